import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenFor } from '../test/support/api.ts';
import { testCast, testPortal } from '../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../test/support/postgres.ts';
import { freePort, type Program, portalProgram } from '../test/support/processes.ts';
import { Terminal } from '../test/support/terminal.ts';
import { program as commands } from './program.ts';

describe('prepare', () => {
  let database: TestDatabase;
  let program: Program;
  let lena: Terminal;
  beforeAll(async () => {
    lena = new Terminal();
    database = await testDatabase();
    const port = await freePort();
    const portal = await testPortal(database.db, `http://localhost:${port}`);
    portal.now = () => new Date();
    const { integrator } = await testCast(portal);
    const token = await tokenFor(portal, integrator);
    program = await portalProgram({ databaseUrl: database.url, data: path.join(lena.home, 'portal'), port });
    await program.start();
    Object.assign(lena.env, { DATESTONE_TOKEN: token, DATESTONE_PORTAL_URL: program.url });
  });
  afterAll(async () => {
    await program.stop();
    await database.drop();
    lena.forget();
  });

  const HEADER = 'site_name,company,address,city,country,segments,site_administrator_name,site_administrator_email';
  const row = (site: string, country = 'DK') =>
    `${site},Nordbau,Street 1,Aarhus,${country},office|retail,Rolf,rolf@nordbau.example`;

  function table(name: string, rows: string[], encoding: 'utf8' | 'latin1' = 'utf8'): string {
    writeFileSync(path.join(lena.home, name), `${[HEADER, ...rows].join('\n')}\n`, encoding);
    return path.join(lena.home, name);
  }

  async function prepared(search: string): Promise<string[]> {
    const { stdout } = await lena.datestone(['systems', search, '--state', 'prepared', '--json']);
    const lines = stdout.split('\n').filter(Boolean);
    return lines.map((line) => (JSON.parse(line) as { site: string }).site);
  }

  test('makes a registration of each row, once, however often the file is sent', async () => {
    const args = ['prepare', table('right.csv', [row('Pier 1'), row('Pier 2')]), '--yes'];
    const { code, stdout } = await lena.datestone(args);
    expect([code, stdout]).toEqual([0, expect.stringContaining('2 registrations prepared.')]);
    expect((await lena.datestone(args)).stdout).toContain('Nothing was prepared again.');
    expect(await prepared('Pier')).toEqual(['Pier 1', 'Pier 2']);
  });

  test('says which rows are wrong, and makes nothing or the right ones only', async () => {
    const from = table('mixed.csv', [row('Quay 1'), row('Quay 2', 'Atlantis')]);
    const all = await lena.datestone(['prepare', from, '--yes']);
    expect([all.code, all.stdout]).toEqual([1, expect.stringMatching(/^3 +country +\S/m)]);
    expect(all.stderr).toContain('Nothing was prepared.');
    expect(await prepared('Quay')).toEqual([]);
    const check = await lena.datestone(['prepare', from, '--check', '--json']);
    expect([check.code, JSON.parse(check.stdout)]).toMatchObject([1, { right: 1, wrong: 1, registrations: [] }]);
    expect((await lena.datestone(['prepare', from, '--yes', '--only-right-rows'])).code).toBe(0);
    expect(await prepared('Quay')).toEqual(['Quay 1']);
  });

  test('takes what a spreadsheet saves in the encoding of the country', async () => {
    const from = table('latin.csv', [row('Mühle Süd')], 'latin1');
    const { code, stderr } = await lena.datestone(['prepare', from, '--yes']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('read as windows-1252')]);
    expect(await prepared('Mühle')).toEqual(['Mühle Süd']);
  });

  test('takes semicolons behind a byte order mark', async () => {
    const from = table('semicolons.csv', []);
    writeFileSync(from, `\uFEFF${HEADER.replaceAll(',', ';')}\r\n${row('Lock 1').replaceAll(',', ';')}\r\n`);
    const { code, stderr } = await lena.datestone(['prepare', from, '--yes']);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('windows-1252')]);
    expect(await prepared('Lock')).toEqual(['Lock 1']);
  });

  test('says of thousands of rows what it is about to do, and then what it has done', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => row(`Berth ${n}`));
    const running = lena.start(['prepare', table('thousands.csv', rows), '--yes']);
    await running.says(/Checking the rows …/);
    await running.says(/Preparing 5000 registrations …/);
    // What it says meanwhile is for people: a program reads the answer alone.
    const { code, stdout } = await running.ended;
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^5000 registrations prepared\./)]);
  });

  test('says of 100,000 rows that they are too many, and prepares none', async () => {
    const rows = Array.from({ length: 100_000 }, () => row('Wharf'));
    const { code, stderr } = await lena.datestone(['prepare', table('too-many.csv', rows), '--yes']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('100,000 rows')]);
    expect(await prepared('Wharf')).toEqual([]);
  });

  test('gives the first line of such a file', async () => {
    const { stdout } = await lena.datestone(['prepare', '--template']);
    const columns = stdout.trim().split(',');
    expect(HEADER.split(',').filter((column) => !columns.includes(column))).toEqual([]);
    expect((await lena.datestone(['prepare', '/nowhere.csv', '--yes'])).code).toBe(2);
  });
});

describe('completion', () => {
  const nobody = new Terminal();
  afterAll(() => nobody.forget());

  test('in bash knows commands, options and their choices, and leaves files to the shell', async () => {
    const { stdout, stderr } = await nobody.bash(`
      source <($DATESTONE completion bash)
      completed() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _datestone; echo "\${COMPREPLY[*]}"; }
      completed datestone as
      completed datestone systems --st
      completed datestone agent new-identity --da
      completed datestone completion z
      completed datestone register ans`);
    expect([stdout, stderr]).toEqual(['associate\n--state\n--data\nzsh\n\n', '']);
  });

  test.each(['zsh', 'fish'])('names every command to %s', async (shell) => {
    const { stdout } = await nobody.datestone(['completion', shell]);
    expect(commands.commands.filter((command) => !stdout.includes(command.name()))).toEqual([]);
  });
});
