import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../../test/support/folders.ts';
import { newIdentity } from '../new-identity.ts';
import { DatabaseUnreadable } from './database.ts';
import { nextCounter, seconds } from './identity.ts';
import { isPassword } from './passwords.ts';
import { accept, conversation } from './registration.ts';
import { becomeAnother, becomeTheSame, type ServerStore, serverStore } from './server.ts';
import { findUser, hasUsers, initialPasswordPath } from './users.ts';

const now = () => new Date('2026-11-24T14:05:00Z');
const storeIn = (folder: string, machine = ['machine-id:here'], password: string | undefined = 'correct horse') =>
  serverStore({ folder, machine }, password, now);
const systemIdIn = (store: ServerStore) => store.use(({ keys }) => keys.systemId);
const isAtHome = (store: ServerStore) => store.use(({ atHome }) => atHome);
const database = (folder: string) => join(folder, 'server.sqlite');
const instance = (folder: string) => join(folder, 'instance.json');
const keyIn = (folder: string) => JSON.parse(readFileSync(instance(folder), 'utf8')).instance_key;
const portal = { fingerprint: 'portal', code_keys: ['a', 'b'] };
const record = { text: 'a.record', registration: '48172065', revision: 3, sequence: 2, min_code_key: 0 };

test('a first start makes a system, an administrator and an instance key, readable by the agent alone', async () => {
  const folder = newFolder();
  const store = storeIn(folder);
  expect(await systemIdIn(store)).toHaveLength(60);
  const admin = await store.use(({ db }) => findUser(db, 'ADMIN'));
  expect(await isPassword('correct horse', admin?.password)).toBe(true);
  expect(await isPassword('correct house', admin?.password)).toBe(false);
  for (const file of [database(folder), instance(folder)]) expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('without a configured password one is made, and left in a file that the agent alone can read', async () => {
  const folder = newFolder();
  const store = serverStore({ folder, machine: [] }, undefined, now);
  // Many pages at once find the new database: they wait for one and the same password.
  const users = await Promise.all(Array.from({ length: 5 }, () => store.use(({ db }) => findUser(db, 'admin'))));
  expect(new Set(users.map((user) => user?.password)).size).toBe(1);
  const password = readFileSync(initialPasswordPath(folder), 'utf8').trim();
  expect(await isPassword(password, users[0]?.password)).toBe(true);
  expect(statSync(initialPasswordPath(folder)).mode & 0o777).toBe(0o600);
});

test('the counter only grows, also across the ends of the process', async () => {
  const folder = newFolder();
  expect(await storeIn(folder).use(({ db }) => [nextCounter(db), nextCounter(db)])).toEqual([1, 2]);
  expect(await storeIn(folder).use(({ db }) => nextCounter(db))).toBe(3);
});

test('a database that is deleted by hand is followed by a new system, and the file beside it remembers the old one', async () => {
  const folder = newFolder();
  const store = storeIn(folder);
  const old = await systemIdIn(store);
  await store.use((server) => accept(server, portal, record, now()));
  const key = keyIn(folder);

  rmSync(database(folder));
  const { systemId, former, accepted } = await store.use(({ db, keys, instance }) => ({
    systemId: keys.systemId,
    former: instance.former,
    accepted: conversation(db, 'portal').accepted,
  }));
  expect(systemId).not.toBe(old);
  expect(accepted).toBeUndefined();
  expect(former).toEqual([
    { systemId: old, record: 'a.record', recordAt: seconds(now()), until: now().getTime() / 1000 },
  ]);
  expect(keyIn(folder)).toBe(key);
  expect(await store.use(({ db }) => hasUsers(db))).toBe(true);
});

test('an empty file in place of the database is a new database', async () => {
  const folder = newFolder();
  const old = await systemIdIn(storeIn(folder));
  writeFileSync(database(folder), '');
  expect(await systemIdIn(storeIn(folder))).not.toBe(old);
});

test('a file that is no database of ours is left as it is', async () => {
  const folder = newFolder();
  const store = storeIn(folder);
  await systemIdIn(store);
  writeFileSync(database(folder), 'something else entirely, and long enough to be looked at'.repeat(200));
  await expect(systemIdIn(store)).rejects.toThrow(DatabaseUnreadable);
  expect(readFileSync(database(folder), 'utf8')).toContain('something else entirely');
});

test('deleting instance.json is never an error: a new key is made and nobody is asked', async () => {
  const folder = newFolder();
  const store = storeIn(folder);
  const systemId = await systemIdIn(store);
  const key = keyIn(folder);
  rmSync(instance(folder));
  expect(await isAtHome(store)).toBe(true);
  expect(await systemIdIn(store)).toBe(systemId);
  expect(keyIn(folder)).not.toBe(key);
});

test.each(['', '{', '{"instance_key":"short"}', 'null'])(
  'an instance.json that holds %j counts as lost',
  async (text) => {
    const folder = newFolder();
    const store = storeIn(folder);
    await systemIdIn(store);
    writeFileSync(instance(folder), text);
    expect(await isAtHome(store)).toBe(true);
    expect(keyIn(folder)).toHaveLength(43);
  },
);

test('database and instance.json deleted together leave nothing of the old system', async () => {
  const folder = newFolder();
  const store = storeIn(folder);
  const old = await systemIdIn(store);
  rmSync(database(folder));
  rmSync(instance(folder));
  expect(await systemIdIn(store)).not.toBe(old);
  expect(await store.use(({ instance }) => instance.former)).toEqual([]);
});

test.each([
  ['beside the instance key of another installation', true, ['machine-id:here']],
  ['into an empty folder of the same machine', false, ['machine-id:here']],
  ['into an empty folder of another machine', false, ['machine-id:there']],
])('a database copied %s is not at home', async (_where, hasKey, machine) => {
  const golden = newFolder();
  await systemIdIn(storeIn(golden));
  const folder = newFolder();
  const store = storeIn(folder, machine);
  if (hasKey) await systemIdIn(store);
  copyFileSync(database(golden), database(folder));
  expect(await isAtHome(store)).toBe(false);
});

test('a whole disk that is copied to another machine is not at home there', async () => {
  const folder = newFolder();
  await systemIdIn(storeIn(folder));
  const copy = storeIn(folder, ['machine-id:clone']);
  expect(await isAtHome(copy)).toBe(false);
});

test('an adapter that is added or replaced asks nobody', async () => {
  const folder = newFolder();
  await systemIdIn(storeIn(folder, ['mac:1', 'mac:2']));
  expect(await isAtHome(storeIn(folder, ['mac:2', 'mac:3']))).toBe(true);
  expect(await isAtHome(storeIn(folder, ['mac:3']))).toBe(true);
  expect(await isAtHome(storeIn(folder, ['mac:1']))).toBe(false);
});

test('a machine that replaces the one of before keeps the System ID', async () => {
  const golden = newFolder();
  const systemId = await systemIdIn(storeIn(golden));
  const folder = newFolder();
  const store = storeIn(folder);
  const own = await systemIdIn(store);
  copyFileSync(database(golden), database(folder));
  await store.use(({ db, place }) => becomeTheSame(db, place));
  expect(await isAtHome(store)).toBe(true);
  expect(await systemIdIn(store)).toBe(systemId);
  expect(await store.use(({ instance }) => instance.former.map((one) => one.systemId))).toEqual([own]);
});

test('another system gets a System ID of its own, and nothing that belonged to the old one', async () => {
  const golden = newFolder();
  await storeIn(golden).use((server) => accept(server, portal, record, now()));
  const folder = newFolder();
  const store = storeIn(folder);
  copyFileSync(database(golden), database(folder));
  const old = await systemIdIn(store);
  await store.use(({ db, place }) => becomeAnother(db, place, undefined, now()));
  expect(await isAtHome(store)).toBe(true);
  expect(await systemIdIn(store)).not.toBe(old);
  expect(await store.use(({ db }) => conversation(db, 'portal').accepted)).toBeUndefined();
});

test('a cloned machine that is another system does not keep the instance key of the original', async () => {
  const folder = newFolder();
  await systemIdIn(storeIn(folder));
  const key = keyIn(folder);
  const clone = storeIn(folder, ['machine-id:clone']);
  await clone.use(({ db, place }) => becomeAnother(db, place, undefined, now()));
  expect(await isAtHome(clone)).toBe(true);
  expect(keyIn(folder)).not.toBe(key);
  expect(await clone.use(({ instance }) => instance.former)).toEqual([]);
});

test('a moved disk on a new machine keeps its instance key', async () => {
  const folder = newFolder();
  await systemIdIn(storeIn(folder));
  const key = keyIn(folder);
  const moved = storeIn(folder, ['machine-id:new']);
  await moved.use(({ db, place }) => becomeTheSame(db, place));
  expect(await isAtHome(moved)).toBe(true);
  expect(keyIn(folder)).toBe(key);
});

test('a new identity keeps users, says why it was made, and is seen by an agent that is running', async () => {
  const folder = newFolder();
  const store = storeIn(folder);
  const old = await systemIdIn(store);
  const made = newIdentity(folder, { reason: 'Golden image', now: now(), machine: ['machine-id:here'] });
  expect(made).toMatchObject({ outcome: 'made', former: old, systemId: await systemIdIn(store) });
  expect(await store.use(({ madeBecause, instance }) => [madeBecause, instance.former[0]?.systemId])).toEqual([
    'Golden image',
    old,
  ]);
  expect(await store.use(({ db }) => findUser(db, 'admin'))).toBeDefined();
});

test('a new identity for a folder without a database makes nothing', () => {
  const folder = newFolder();
  expect(newIdentity(folder, { reason: 'x' })).toEqual({ outcome: 'no-database' });
  expect(existsSync(database(folder))).toBe(false);
});
