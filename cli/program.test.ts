import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { toBase64url } from '../core/bytes.ts';
import { signBundle } from '../core/documents/bundle.ts';
import { makeRecord } from '../core/documents/record.ts';
import { makeRequest } from '../core/documents/request.ts';
import { PORTAL, REQUEST, SYSTEM } from '../core/documents/test-cast.ts';
import { linesOf, shortId } from '../core/system-id.ts';
import { program } from './program.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'datestone-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the program', () => {
  test.each(program.commands.map((command) => command.name()))('explains %s', async (command) => {
    const { code, stdout } = await datestone(command, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: datestone ${command}`);
    if (command !== 'completion') expect(stdout).toContain('--json');
  });

  test('ends with 2 where it was not understood', async () => {
    expect((await datestone('inspekt')).code).toBe(2);
    expect((await datestone('demo', '--port-base', 'eighty')).code).toBe(2);
    expect((await datestone('agent', 'new-identity')).code).toBe(2);
  });

  test('ends with 1 and a sentence where it cannot do what it is told', async () => {
    const { code, stderr } = await datestone('agent', 'new-identity', '--data', folder);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `There is no server database in ${folder}. The agent makes one, with a new identity, when it starts.\n`,
    );
  });

  test('says in sentences what is missing in the environment of an agent', async () => {
    const { code, stderr } = await datestone('agent');
    expect(code).toBe(1);
    expect(stderr).toContain('DATESTONE_AGENT_DATA is missing');
    expect(stderr).not.toContain('    at ');
  });
});

describe('inspect', () => {
  const lines = linesOf(SYSTEM.systemId);

  test('reads a System ID however it is typed', async () => {
    for (const words of [[lines.join('\n')], lines, [SYSTEM.systemId.toLowerCase()]]) {
      const { code, stdout } = await datestone('inspect', '--json', ...words);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        type: 'System ID',
        facts: { 'short ID': shortId(SYSTEM.systemId), canonical: SYSTEM.systemId },
        problems: [],
      });
    }
  });

  test('says where a System ID is mistyped, and ends with 1', async () => {
    const [first, ...others] = lines;
    const mistyped = first.slice(0, -1) + (first.endsWith('0') ? '1' : '0');
    const { code, stdout } = await datestone('inspect', mistyped, ...others);
    expect(code).toBe(1);
    expect(stdout).toContain(`Line 1, group 3 (${mistyped.slice(-5)}): one character is probably wrong.`);
  });

  test('verifies a record with the bundle of its portal, and finds the byte that was changed', async () => {
    const record = await recordOfSystem();
    const bundle = file('portal.bundle', await signBundle(PORTAL.payload, PORTAL.rootSecret));
    const well = await datestone('inspect', '--json', '--bundle', bundle, file('well.datestone', record));
    expect(well.code).toBe(0);
    expect(JSON.parse(well.stdout)).toMatchObject({
      type: 'Record',
      facts: { registration: '00412345' },
      problems: [],
    });

    const changed = `${record.slice(0, -9)}${record.at(-9) === 'A' ? 'B' : 'A'}${record.slice(-8)}`;
    const not = await datestone('inspect', '--json', '--bundle', bundle, file('changed.datestone', changed));
    expect(not.code).toBe(1);
    expect(JSON.parse(not.stdout).problems).toEqual(['It was refused: record-damaged.']);
  });

  test('says of a record without a bundle that it was not verified', async () => {
    const { code, stdout } = await datestone('inspect', await recordOfSystem());
    expect(code).toBe(0);
    expect(stdout).toContain('The signature was not verified: give the portal’s bundle with --bundle.');
  });

  test('reads a request and says who signed it', async () => {
    const { code, stdout } = await datestone('inspect', '--json', await makeRequest(REQUEST));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'Request', facts: { 'short ID': shortId(SYSTEM.systemId) } });
  });
});

const recordOfSystem = () =>
  makeRecord(
    {
      iss: PORTAL.payload.iss,
      fingerprint: PORTAL.bundle.fingerprint,
      sub: SYSTEM.systemId,
      ed25519: toBase64url(SYSTEM.ed25519Public),
      registration: '00412345',
      revision: 4,
      sequence: 2,
      min_code_key: 2,
      since: '2019-03-14',
      state: 'confirmed',
      site: { name: 'Tower É', company: 'Nordbau', city: 'Bern', country: 'CH' },
      history: { n: 5, hash: toBase64url(new Uint8Array(32).fill(3)) },
    },
    PORTAL.recordKey,
  );

function file(name: string, content: string): string {
  writeFileSync(path.join(folder, name), `${content}\n`);
  return path.join(folder, name);
}

function datestone(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const program = path.join(import.meta.dirname, 'datestone.mjs');
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  return new Promise((ended) => {
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) => {
      ended({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}
