import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemKeysFrom } from '../../core/system-keys.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import { loadKeys } from './keys.ts';
import { migrate } from './migrate.ts';
import { sql } from './sql.ts';

/** Data that was written by an older version, brought to the present shape. */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.db.transaction((tx) => tx.script('drop schema public cascade; create schema public;'));
});
afterAll(() => database.drop());

const OLD = [
  ...['0001-registrations', '0002-answers-revision', '0003-sign-in', '0004-api', '0005-prepared'],
  ...['0006-programs', '0007-outbox-reader', '0008-password-tries'],
].map((name) => `${name}.sql`);

test('what was registered before there were codes goes on, and keeps the portal its keys', async () => {
  const { db } = database;
  await db.transaction(async (tx) => {
    await tx.script('create table migration (name text primary key, applied_at timestamptz not null default now())');
    for (const file of OLD) {
      await tx.script(readFileSync(new URL(`./migrations/${file}`, import.meta.url), 'utf8'));
      await tx.rows(sql`insert into migration (name) values (${file})`);
    }
  });
  const portal = { url: 'https://portal.example', name: 'Test portal', now: new Date('2026-11-24T13:05:00Z') };
  const [account, association] = [randomUUID(), randomUUID()];
  const { systemId } = systemKeysFrom(new Uint8Array(32).fill(1));
  const { now } = portal;
  await db.rows(sql`insert into account (id, email, name, organisation, kind, password_hash, created_at)
    values (${account}, 'lena@example.com', 'Lena', 'Brandt', 'partner', 'none', ${now})`);
  await db.rows(sql`insert into system (system_id, request_n, sequence) values (${systemId}, 7, 0)`);
  await db.rows(sql`insert into registration (number, state, installation, created_at, created_by)
    values ('48172065', 'registered', '{"site_name": "Cold Store"}', ${now}, ${account})`);
  await db.rows(sql`insert into association (id, registration, system_id, state, how, made_by, made_at)
    values (${association}, '48172065', ${systemId}, 'claimed', 'typed', ${account}, ${now})`);
  await db.rows(sql`insert into request (id, account, system_id, how, proven, received_at)
    values (${randomUUID()}, ${account}, ${systemId}, 'carried', true, ${now})`);
  await db.rows(sql`insert into portal_key (purpose, id, secret, created_at)
    values ('record', 'a-record-key', ${Buffer.alloc(32, 2)}, ${now})`);

  await migrate(db);

  expect(await db.row(sql`select how, state from association where id = ${association}`)).toEqual({
    how: 'typed',
    state: 'claimed',
  });
  expect(await db.row(sql`select signs_since from portal_key where purpose = 'record'`)).toEqual({ signs_since: now });
  expect(await db.row(sql`select sequence, bundle_version from system`)).toEqual({ sequence: 0, bundle_version: 0 });
  await db.rows(sql`update association set how = 'file' where id = ${association}`);
  await expect(db.rows(sql`update request set how = 'file'`)).rejects.toThrow(/only_carried_requests_prove/);
  await db.rows(sql`delete from portal_key`);
  expect((await loadKeys(db, portal)).bundle.version).toBe(1);
});
