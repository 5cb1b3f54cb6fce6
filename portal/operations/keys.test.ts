import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBundle, recordKeyId } from '../../core/documents/bundle.ts';
import { openKeyFile, sealKeyFile } from '../../core/key-file.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import { loadKeys, newerKeys, type PortalKeys } from '../store/keys.ts';
import { sql } from '../store/sql.ts';
import { advanceKeys, dropExportedKeys, exportKeys, newRecordKey, newRoot, showKeys, testKeys } from './keys.ts';

const NOW = new Date('2026-11-24T13:05:00Z');
const PASSPHRASE = 'nine blue bicycles at the weir';
const URL = 'https://portal.example';

let database: TestDatabase;
let keys: PortalKeys;
beforeEach(async () => {
  database = await testDatabase();
  keys = await load();
});
afterEach(() => database.drop());

const load = () => loadKeys(database.db, { url: URL, name: 'Test portal', now: NOW });

async function sealed(): Promise<string> {
  const made = await exportKeys(database.db, PASSPHRASE);
  if (made.outcome !== 'sealed') throw new Error(made.outcome);
  return made.file;
}

async function secretsHere(): Promise<string[]> {
  const rows = await database.db.rows(
    sql<{ id: string }>`select id from portal_key where purpose = 'code' order by id`,
  );
  return rows.map((row) => row.id);
}

describe('the code keys', () => {
  test('are shown with where each secret is', async () => {
    expect(await showKeys(database.db)).toMatchObject({
      outcome: 'shown',
      url: URL,
      fingerprint: keys.bundle.fingerprint,
      bundleVersion: 1,
      rootChanges: 0,
      recordKeys: [{ kid: keys.record.kid, signs: true }],
      currentCodeKey: 0,
    });
    const empty = await testDatabase();
    expect(await showKeys(empty.db)).toEqual({ outcome: 'no-keys' });
    await empty.drop();
  });

  test('above the current one go into a file, and only then out of the database', async () => {
    const file = await sealed();
    expect(await secretsHere()).toHaveLength(8);
    expect(await testKeys(database.db, file, PASSPHRASE)).toEqual({
      outcome: 'right',
      codeKeys: [1, 2, 3, 4, 5, 6, 7],
    });
    expect(await dropExportedKeys(database.db, file, PASSPHRASE)).toEqual({
      outcome: 'dropped',
      codeKeys: [1, 2, 3, 4, 5, 6, 7],
    });
    expect(await secretsHere()).toEqual(['0']);
    expect(await exportKeys(database.db, PASSPHRASE)).toEqual({ outcome: 'nothing-to-export' });
    const shown = await showKeys(database.db);
    expect(shown.outcome === 'shown' && shown.codeKeys.map(({ state, secret }) => `${state} ${secret}`)).toEqual([
      'current in-the-database',
      ...Array(7).fill('to-come elsewhere'),
    ]);
    // The bundle names all eight as before, and a portal starts with one secret.
    const again = await load();
    expect(again.bundle).toEqual(keys.bundle);
    expect(again.forDocuments.codeKeys.map(({ id }) => id)).toEqual([0]);
  });

  test('stay where they are while the file cannot be opened', async () => {
    const file = await sealed();
    expect(await dropExportedKeys(database.db, file, 'nine blue bicycles at the wier')).toEqual({
      outcome: 'wrong-passphrase',
    });
    const middle = Math.floor(file.length / 2);
    const damaged = `${file.slice(0, middle)}${file[middle] === 'A' ? 'B' : 'A'}${file.slice(middle + 1)}`;
    expect((await dropExportedKeys(database.db, damaged, PASSPHRASE)).outcome).not.toBe('dropped');
    expect(await testKeys(database.db, 'hello', PASSPHRASE)).toEqual({ outcome: 'not-a-key-file' });
    expect(await secretsHere()).toHaveLength(8);
  });

  test('of another portal, and others than the bundle names, are told apart', async () => {
    const opened = await openKeyFile(await sealed(), PASSPHRASE);
    if (opened.outcome !== 'opened') throw new Error(opened.outcome);
    const [first, ...others] = opened.keys.codeKeys;
    const wrong = { ...opened.keys, codeKeys: [{ id: 1, secret: new Uint8Array(32).fill(7) }, ...others] };
    expect(first?.id).toBe(1);
    expect(await testKeys(database.db, await sealKeyFile(wrong, PASSPHRASE), PASSPHRASE)).toEqual({
      outcome: 'keys-differ',
      codeKeys: [1],
    });
    const foreign = { ...opened.keys, fingerprint: keys.bundle.code_keys[0] ?? '' };
    expect(await testKeys(database.db, await sealKeyFile(foreign, PASSPHRASE), PASSPHRASE)).toEqual({
      outcome: 'key-file-of-another-portal',
    });
  });

  test('are not put under a passphrase that can be guessed', async () => {
    expect(await exportKeys(database.db, 'fourteen chars')).toEqual({ outcome: 'passphrase-too-short', least: 15 });
  });

  test('go on one by one, and those that are elsewhere only with the file', async () => {
    expect(await advanceKeys(database.db, NOW)).toEqual({ outcome: 'advanced', currentCodeKey: 1, bundleVersion: 2 });
    const file = await sealed();
    await dropExportedKeys(database.db, file, PASSPHRASE);
    expect(await secretsHere()).toEqual(['0', '1']);
    expect(await advanceKeys(database.db, NOW)).toEqual({ outcome: 'file-needed', codeKey: 2 });
    expect(await advanceKeys(database.db, NOW, { file, passphrase: 'not the passphrase' })).toEqual({
      outcome: 'wrong-passphrase',
    });
    expect(await advanceKeys(database.db, NOW, { file, passphrase: PASSPHRASE })).toMatchObject({ currentCodeKey: 2 });
    // Only the next one comes back.
    expect(await secretsHere()).toEqual(['0', '1', '2']);
    const after = await load();
    expect(after.bundle).toMatchObject({ version: 3, min_code_key: 2, code_keys: keys.bundle.code_keys });
    expect(await openBundle(after.bundleDocument, keys.bundle.fingerprint)).toMatchObject({ outcome: 'genuine' });
  });

  test('come to an end', async () => {
    for (const key of [1, 2, 3, 4, 5, 6, 7]) {
      expect(await advanceKeys(database.db, NOW)).toMatchObject({ currentCodeKey: key });
    }
    expect(await advanceKeys(database.db, NOW)).toEqual({ outcome: 'last-key' });
    expect(await exportKeys(database.db, PASSPHRASE)).toEqual({ outcome: 'nothing-to-export' });
  });

  test('are advanced once for each who asks, however many at once', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => advanceKeys(database.db, NOW)));
    const current = results.map((one) => one.outcome === 'advanced' && one.currentCodeKey);
    expect(current.toSorted((a, b) => Number(a) - Number(b))).toEqual([1, 2, 3, 4]);
  });
});

describe('a new record key', () => {
  test('is announced, then signs, then the old one is dropped', async () => {
    // Keys are named in the order in which they were made.
    const announced = await newRecordKey(database.db, 'announce', new Date(NOW.getTime() + 1000));
    if (announced.outcome !== 'announced') throw new Error(announced.outcome);
    const between = await load();
    expect(between.record.kid).toBe(keys.record.kid);
    expect(between.bundle.record_keys.map(({ kid }) => kid)).toEqual([keys.record.kid, announced.kid]);

    expect(await newRecordKey(database.db, 'announce', NOW)).toEqual({ outcome: 'unfinished', kid: announced.kid });
    expect(await newRecordKey(database.db, 'drop', NOW)).toEqual({ outcome: 'nothing-to-do' });
    expect(await newRecordKey(database.db, 'sign', NOW)).toMatchObject({ outcome: 'signs', kid: announced.kid });
    const signs = await load();
    expect(signs.record.kid).toBe(announced.kid);
    expect(signs.bundle.record_keys).toHaveLength(2);

    expect(await newRecordKey(database.db, 'sign', NOW)).toEqual({ outcome: 'nothing-to-do' });
    expect(await newRecordKey(database.db, 'drop', NOW)).toMatchObject({ outcome: 'dropped', kid: keys.record.kid });
    const after = await load();
    expect(after.bundle.record_keys.map(({ kid }) => kid)).toEqual([announced.kid]);
    expect(after.bundle.version).toBe(4);
    expect(recordKeyId(Uint8Array.from(Buffer.from(after.bundle.record_keys[0]?.x ?? '', 'base64url')))).toBe(
      announced.kid,
    );
  });
});

describe('a new root key', () => {
  test('is believed by who trusts the first fingerprint, which stays', async () => {
    for (const count of [1, 2, 3]) {
      expect(await newRoot(database.db, NOW)).toMatchObject({ outcome: 'changed', rootChanges: count });
      const after = await load();
      expect(after.bundle.fingerprint).toBe(keys.bundle.fingerprint);
      expect(after.bundle.roots).toHaveLength(count + 1);
      expect(await openBundle(after.bundleDocument, keys.bundle.fingerprint)).toMatchObject({ outcome: 'genuine' });
    }
    expect(await database.db.rows(sql`select from portal_key where purpose = 'root'`)).toHaveLength(1);
    expect(await showKeys(database.db)).toMatchObject({ rootChanges: 3, fingerprint: keys.bundle.fingerprint });
  });

  test('comes no more where the chain would be longer than a bundle', async () => {
    const outcomes: string[] = [];
    for (let n = 0; n < 10; n++) outcomes.push((await newRoot(database.db, NOW)).outcome);
    expect(outcomes.indexOf('chain-full')).toBeGreaterThanOrEqual(3);
    expect(outcomes.at(-1)).toBe('chain-full');
    const last = await load();
    expect(await openBundle(last.bundleDocument, keys.bundle.fingerprint)).toMatchObject({ outcome: 'genuine' });
    // There is room for what may change without another root.
    expect(await newRecordKey(database.db, 'announce', NOW)).toMatchObject({ outcome: 'announced' });
  });
});

test('a process that runs goes on with what another has changed', async () => {
  expect(await newerKeys(database.db, keys.bundle.version)).toBeUndefined();
  await advanceKeys(database.db, NOW);
  const newer = await newerKeys(database.db, keys.bundle.version);
  expect(newer?.forDocuments.minCodeKey).toBe(1);
  expect(newer?.bundleDocument).toBe((await load()).bundleDocument);
});
