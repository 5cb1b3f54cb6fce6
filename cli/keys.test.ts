import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadKeys } from '../portal/store/keys.ts';
import { sql } from '../portal/store/sql.ts';
import { type TestDatabase, testDatabase } from '../test/support/postgres.ts';
import { Terminal } from '../test/support/terminal.ts';

/** The program as a process, and a real database. */

const PASSPHRASE = 'nine blue bicycles at the weir';

let database: TestDatabase;
let mia: Terminal;
beforeEach(async () => {
  database = await testDatabase();
  mia = new Terminal();
  Object.assign(mia.env, { DATABASE_URL: database.url, DATESTONE_KEYS_PASSPHRASE: PASSPHRASE });
});
afterEach(async () => {
  mia.forget();
  await database.drop();
});

const load = () => loadKeys(database.db, { url: 'https://portal.example', name: 'Test portal', now: new Date() });
const inHome = (name: string) => path.join(mia.home, name);
const keys = (...args: string[]) => mia.datestone(['keys', ...args]);

async function secretsHere(): Promise<string> {
  const rows = await database.db.rows(
    sql<{ id: string }>`select id from portal_key where purpose = 'code' order by id`,
  );
  return rows.map(({ id }) => id).join('');
}

const shown = async () => JSON.parse((await keys('show', '--json')).stdout);

describe('keys', () => {
  test('say where no portal was started, and make none there', async () => {
    mia.env['DATABASE_URL'] = undefined;
    mia.env['DATESTONE_DATA'] = inHome('nowhere');
    const { code, stderr } = await keys();
    expect([code, stderr]).toEqual([2, expect.stringContaining('There is no portal with keys here.')]);
  });

  test('are exported on a terminal: the passphrase twice and unseen, then yes, and the secrets are gone', async () => {
    await load();
    mia.env['DATESTONE_KEYS_PASSPHRASE'] = undefined;
    const screen = mia.onScreen(['keys', 'export', inHome('portal.keys')]);
    for (const typed of [PASSPHRASE, 'another', PASSPHRASE, PASSPHRASE]) {
      await screen.says(/(Passphrase|The same once more): $/);
      screen.type(`${typed}\n`);
    }
    await screen.says(/Are both copies where they are kept\? Type yes to go on: /);
    expect(await secretsHere()).toBe('01234567');
    screen.type('yes\n');
    const { code, stdout } = await screen.ended;
    expect([code, stdout]).toEqual([0, expect.stringContaining('1, 2, 3, 4, 5, 6, 7 are no longer in the database')]);
    expect(stdout).toContain('The two were not the same.');
    expect(stdout).not.toContain(PASSPHRASE);
    expect(statSync(inHome('portal.keys')).mode & 0o777).toBe(0o600);
    expect(await secretsHere()).toBe('0');
  });

  test('go from a script into a file, through its test, out of the database, and on to the next', async () => {
    await load();
    const file = inHome('portal.keys');
    expect((await keys('export', file)).code).toBe(0);
    const written = readFileSync(file, 'utf8');
    const again = await keys('export', file);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is there already. Name a new file.')]);
    expect(readFileSync(file, 'utf8')).toBe(written);
    expect(await secretsHere()).toBe('01234567');

    const tested = await keys('test', file);
    expect([tested.code, tested.stdout]).toEqual([0, expect.stringContaining('is good: it opens')]);
    expect((await keys('remove', file)).code).toBe(2);
    expect((await keys('remove', file, '--yes')).code).toBe(0);
    expect(await secretsHere()).toBe('0');
    expect(await shown()).toMatchObject({ current_code_key: 0, next: [expect.stringContaining('once a year')] });

    const without = await keys('advance', '--yes');
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('is kept elsewhere')]);
    const { code, stdout } = await keys('advance', file, '--yes', '--json');
    expect([code, JSON.parse(stdout)]).toEqual([0, { current_code_key: 1, bundle_version: 2 }]);
    expect((await load()).forDocuments).toMatchObject({ minCodeKey: 1, codeKeys: [{ id: 0 }, { id: 1 }] });
    const { stdout: words } = await keys('show');
    expect(words).toMatch(/Code key in use +1;[\s\S]*To come, kept elsewhere +2, 3, 4, 5, 6, 7/);
  });

  test('say what is wrong with a copy, and change nothing', async () => {
    await load();
    const file = inHome('portal.keys');
    await keys('export', file);
    const text = readFileSync(file, 'utf8');
    writeFileSync(inHome('spoilt.keys'), `${text.slice(0, -9)}${text.at(-9) === 'A' ? 'B' : 'A'}${text.slice(-8)}`);
    writeFileSync(inHome('letter.keys'), 'Dear Mia');
    writeFileSync(inHome('passphrase'), 'ten blue bicycles at the weir\n');
    const wrong = [[file, '--passphrase-file', inHome('passphrase')], [inHome('spoilt.keys')], [inHome('letter.keys')]];
    const codes: string[] = [];
    for (const args of wrong) {
      const { code, stderr } = await keys('remove', ...args, '--yes', '--json');
      codes.push(`${code} ${JSON.parse(stderr.trim().split('\n').at(-1) ?? '').code}`);
    }
    expect(codes).toEqual(['1 wrong-passphrase', '1 wrong-passphrase', '1 not-a-key-file']);
    expect((await keys('test', '/nowhere')).code).toBe(2);
    expect(await secretsHere()).toBe('01234567');
  });

  test('need a passphrase that is long enough, and somebody or something that gives it', async () => {
    await load();
    mia.env['DATESTONE_KEYS_PASSPHRASE'] = 'too short';
    expect((await keys('export', inHome('k'))).stderr).toContain('at least 15 characters. Nothing was written.');
    mia.env['DATESTONE_KEYS_PASSPHRASE'] = undefined;
    const { code, stderr } = await keys('export', inHome('k'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('--passphrase-file')]);
    expect((await keys('export', inHome('k'), '--passphrase', PASSPHRASE)).code).toBe(2);
  });

  test('that sign are changed in three steps, and the root in one', async () => {
    const before = await load();
    expect((await keys('new-record-key', 'sign', '--yes')).stderr).toContain('There is nothing to sign.');
    expect((await keys('new-record-key', 'announce')).code).toBe(2);
    const outcomes: string[] = [];
    for (const step of ['announce', 'sign', 'drop']) {
      outcomes.push(JSON.parse((await keys('new-record-key', step, '--yes', '--json')).stdout).outcome);
    }
    expect(outcomes).toEqual(['announced', 'signs', 'dropped']);
    expect(JSON.parse((await keys('new-root', '--yes', '--json')).stdout)).toMatchObject({ root_changes: 1 });
    const after = await load();
    expect(after.record.kid).not.toBe(before.record.kid);
    expect(after.bundle.fingerprint).toBe(before.bundle.fingerprint);
    expect(await shown()).toMatchObject({ record_keys: [{ kid: after.record.kid, signs: true }], root_changes: 1 });
  });
});
