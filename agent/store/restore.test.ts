import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { newFolder } from '../../test/support/folders.ts';
import { backUp, template } from './backup.ts';
import { nextCounter } from './identity.ts';
import { accept, conversation, noteHeard } from './registration.ts';
import { bringBackup, putInPlace, removeLeftovers } from './restore.ts';
import { type ServerStore, serverStore } from './server.ts';
import { beginSession } from './sessions.ts';
import { askAgain, lastBackup, setAskAgain } from './settings.ts';

const now = () => new Date('2026-11-24T14:05:00Z');
const newStore = () => serverStore({ folder: newFolder(), machine: ['machine-id:here'] }, 'correct horse', now);
const systemIdIn = (store: ServerStore) => store.use(({ keys }) => keys.systemId);
const portal = { fingerprint: 'portal', code_keys: ['a', 'b'] };
const record = { text: 'a.record', registration: '48172065', revision: 3, sequence: 2, min_code_key: 0 };
const backupOf = (store: ServerStore) => store.use(({ db, place }) => backUp(db, place.folder, now()));

function brought(store: ServerStore, content: Uint8Array) {
  const result = bringBackup(store.place, content, now());
  if (result.outcome === 'refused') throw new Error(`The backup is refused: ${result.why}`);
  return result;
}

test('a backup holds the system, its record and the date of the backup, and no sessions', async () => {
  const store = newStore();
  const systemId = await systemIdIn(store);
  await store.use((server) => {
    accept(server, portal, record, now());
    beginSession(server.db, 'admin', now());
  });
  const backup = await backupOf(store);

  const other = newStore();
  await systemIdIn(other);
  const { name, asks } = brought(other, backup);
  expect(asks).toBe(true);
  expect(putInPlace(other.place, name, 'replaces', now())).toBe(true);
  expect(await systemIdIn(other)).toBe(systemId);
  await other.use(({ db, atHome }) => {
    expect(atHome).toBe(true);
    expect(conversation(db, 'portal').accepted?.record).toBe('a.record');
    expect(lastBackup(db)).toEqual(now());
    expect(db.prepare('select count(*) as n from session').get()).toEqual({ n: 0 });
  });
});

test('a backup of another machine that is put in place as another system makes a new System ID', async () => {
  const store = newStore();
  const systemId = await systemIdIn(store);
  const backup = await backupOf(store);
  const other = newStore();
  const own = await systemIdIn(other);
  putInPlace(other.place, brought(other, backup).name, 'another', now());
  expect([systemId, own]).not.toContain(await systemIdIn(other));
  expect(await other.use(({ atHome }) => atHome)).toBe(true);
});

test('a backup of the same machine asks nothing', async () => {
  const store = newStore();
  await systemIdIn(store);
  expect(brought(store, await backupOf(store)).asks).toBe(false);
});

test('a restored backup of the running system does not go back in its counter, token and record', async () => {
  const store = newStore();
  await store.use(({ db }) => setAskAgain(db, 30));
  const backup = await backupOf(store);
  await store.use((server) => {
    setAskAgain(server.db, 7);
    accept(server, portal, record, now());
    noteHeard(server.db, 'portal', { token: 'new', nextCheckIn: 60, conflict: false }, now());
    nextCounter(server.db);
  });
  putInPlace(store.place, brought(store, backup).name, undefined, now());
  await store.use(({ db }) => {
    expect(askAgain(db)).toBe(30);
    expect(conversation(db, 'portal')).toMatchObject({ token: 'new', accepted: { record: 'a.record' } });
    expect(nextCounter(db)).toBe(2);
  });
});

test('a template holds nothing of the identity, not even in unused pages', async () => {
  const store = newStore();
  const { seed, instanceKey } = await store.use((server) => {
    accept(server, portal, { ...record, text: 'a-record-that-must-not-be-in-a-template' }, now());
    noteHeard(
      server.db,
      'portal',
      { token: 'a-token-that-must-not-be-in-a-template', nextCheckIn: 60, conflict: false },
      now(),
    );
    const row = server.db.prepare('select seed, instance_key from system').get();
    return { seed: row?.seed as Uint8Array, instanceKey: String(row?.instance_key) };
  });
  const file = Buffer.from(await store.use(({ db, place }) => template(db, place.folder)));
  for (const secret of [Buffer.from(seed), instanceKey, 'must-not-be-in-a-template'])
    expect(file.includes(secret)).toBe(false);
  // The same search finds them in a backup, so it can find them.
  expect(Buffer.from(await backupOf(store)).includes(Buffer.from(seed))).toBe(true);

  const other = newStore();
  await systemIdIn(other);
  const { name, asks } = brought(other, file);
  expect(asks).toBe(false);
  putInPlace(other.place, name, undefined, now());
  expect(await systemIdIn(other)).not.toBe(await systemIdIn(store));
  expect(await other.use(({ db }) => db.prepare('select name from user').all())).toEqual([{ name: 'admin' }]);
});

test('each server that starts from one template has a System ID of its own', async () => {
  const store = newStore();
  const file = await store.use(({ db, place }) => template(db, place.folder));
  const ids = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const other = newStore();
      await systemIdIn(other);
      putInPlace(other.place, brought(other, file).name, undefined, now());
      return systemIdIn(other);
    }),
  );
  expect(new Set(ids).size).toBe(3);
});

test.each([
  ['nothing', Buffer.alloc(0), 'not-a-database'],
  ['a text', Buffer.from('not a database, though long enough to be one'.repeat(100)), 'not-a-database'],
])('%s is refused as a backup, and nothing is kept of it', async (_what, content, why) => {
  const store = newStore();
  const before = await systemIdIn(store);
  expect(bringBackup(store.place, content, now())).toEqual({ outcome: 'refused', why });
  expect(readdirSync(store.place.folder).filter((file) => file.startsWith('restore-'))).toEqual([]);
  expect(await systemIdIn(store)).toBe(before);
});

test('a database of another program is refused as a backup', async () => {
  const store = newStore();
  const path = join(store.place.folder, 'other.sqlite');
  const other = new DatabaseSync(path);
  other.exec('create table notes (text)');
  other.close();
  expect(bringBackup(store.place, readFileSync(path), now())).toEqual({ outcome: 'refused', why: 'not-a-database' });
});

test('a damaged backup is refused', async () => {
  const store = newStore();
  const backup = Buffer.from(await backupOf(store));
  // All pages but the first, which says what file it is.
  backup.fill(0xff, 4096);
  expect(bringBackup(store.place, backup, now())).toMatchObject({ outcome: 'refused' });
});

test('a backup of a newer version is refused as such', async () => {
  const store = newStore();
  const backup = Buffer.from(await backupOf(store));
  backup.writeUInt32BE(99, 60); // user_version
  expect(bringBackup(store.place, backup, now())).toEqual({ outcome: 'refused', why: 'newer' });
});

test('what was brought and not put in place is removed after an hour, and at a start whatever is left', async () => {
  const store = newStore();
  await systemIdIn(store);
  const { folder } = store.place;
  const left = ['restore-a.sqlite', 'restore-b.sqlite', 'backup-a.sqlite', 'deleted-a'];
  for (const name of left) writeFileSync(join(folder, name), 'a seed');
  for (const name of left)
    utimesSync(join(folder, name), now(), name.includes('-b') ? now() : new Date('2026-11-24T13:00:00Z'));
  removeLeftovers(folder, now());
  expect(readdirSync(folder).sort()).toEqual(['instance.json', 'restore-b.sqlite', 'server.sqlite']);
  removeLeftovers(folder);
  expect(readdirSync(folder).sort()).toEqual(['instance.json', 'server.sqlite']);
});

test('a name that is not of a kept backup puts nothing in place', async () => {
  const store = newStore();
  const before = await systemIdIn(store);
  for (const name of ['', '../server', '00000000-0000-0000-0000-000000000000']) {
    expect(putInPlace(store.place, name, 'another', now())).toBe(false);
  }
  expect(await systemIdIn(store)).toBe(before);
});
