// The server's database: one SQLite file that a person can delete, copy or replace by hand at any moment, also while the
// agent runs. So it is opened for each piece of work and closed again: there is never a connection to a file that is gone.

import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type Database = DatabaseSync;

/** "DATS": tells our file from any other SQLite file. */
const APPLICATION = 0x44415453;
/** What each version of the schema added. A file of an older one is brought up to date in place, also a backup. */
const VERSIONS = [
  `
create table system (
  only integer primary key check (only = 1),
  seed blob,                       -- none in a template: the server that starts with it makes its own
  made_at integer,
  made_because text,
  n integer not null default 0,    -- the counter of all that the system signs; only grows
  instance_key text,               -- public part of the instance key beside which this database was last at home
  machine text,                    -- JSON list; with the folder it recognises its home when instance.json was lost
  folder text
) strict;
insert into system (only) values (1);

-- What belongs to one portal; another portal's starts from nothing.
create table portal (
  fingerprint text primary key,
  token text,
  last_sequence integer not null default 0,
  record text,                     -- the accepted one, as received; shown only after it was verified again
  registration text,
  revision integer,
  sequence integer,
  accepted_at integer,
  check_in text,                   -- the latest check-in, sent again in the same bytes until it was answered
  check_in_n integer,
  check_in_at integer,
  answered integer not null default 1,
  next_check_in integer,           -- seconds, as the portal last asked
  asked_at integer,                -- when somebody last chose Register now
  heard_at integer,
  failure text,
  failed_at integer
) strict;

create table request (
  fingerprint text not null,
  n integer not null,
  made_at integer not null,
  document text not null,
  primary key (fingerprint, n)
) strict;

create table offer (
  fingerprint text not null,
  registration text not null,
  record text not null,
  declined integer not null default 0,
  primary key (fingerprint, registration)
) strict;

create table user (name text primary key collate nocase, password text not null) strict;
create table session (token_hash blob primary key, user text not null, made_at integer not null) strict;
create table setting (name text primary key, value integer not null) strict;
`,
  `
-- The offline way, with one portal as all of this table.
alter table portal add column code text;            -- the registration code that was accepted last
alter table portal add column code_at integer;
alter table portal add column code_failures integer not null default 0;  -- in a row: the next try waits by them
alter table portal add column min_code_key integer not null default 0;   -- raised by accepted codes and records
alter table portal add column code_keys text;       -- which code keys that limit is about: with others it is void
alter table portal add column entered text;         -- JSON: the text that a person typed where only a code came
alter table portal add column file_request text;    -- the latest request for a QR code or file, and
alter table portal add column file_request_says text; -- what it says: until that changes, no other is made
alter table offer add column by_hand integer not null default 0;  -- a person brought it: the portal's silence ends it not
`,
];

export type Unreadable = 'not-a-database' | 'newer';

/** A file that is not ours, is damaged, or was written by a newer version. It is never overwritten: that is a person's decision. */
export class DatabaseUnreadable extends Error {
  readonly why: Unreadable;
  constructor(why: Unreadable) {
    super(`The database of this server cannot be read: ${why}.`);
    this.why = why;
  }
}

export function databasePath(folder: string): string {
  return join(folder, 'server.sqlite');
}

/** Opens the file, lets the work be done, closes it. An absent or empty file becomes an empty database of ours. */
export function inDatabase<T>(path: string, work: (db: Database) => T): T {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  const db = new DatabaseSync(path, { timeout: 5_000 });
  try {
    db.exec('pragma journal_mode = delete; pragma synchronous = full; pragma secure_delete = on');
    checkSchema(db);
    return work(db);
  } catch (error) {
    throw isDamage(error) ? new DatabaseUnreadable('not-a-database') : error;
  } finally {
    db.close();
  }
}

/** All or nothing, also when the process is killed in the middle. */
export function inTransaction<T>(db: Database, work: () => T): T {
  db.exec('begin immediate');
  try {
    const result = work();
    db.exec('commit');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}

function checkSchema(db: Database): void {
  const isOurs = pragma(db, 'application_id') === APPLICATION;
  const version = isOurs ? pragma(db, 'user_version') : 0;
  if (version === VERSIONS.length) return;
  if (version > VERSIONS.length) throw new DatabaseUnreadable('newer');
  if (version === 0 && db.prepare('select 1 from sqlite_schema').get()) throw new DatabaseUnreadable('not-a-database');
  inTransaction(db, () => {
    // Another process (`datestone agent new-identity`) may have been faster.
    const reached = pragma(db, 'application_id') === APPLICATION ? pragma(db, 'user_version') : 0;
    for (const additions of VERSIONS.slice(reached)) db.exec(additions);
    db.exec(`pragma application_id = ${APPLICATION}; pragma user_version = ${VERSIONS.length}`);
  });
}

function pragma(db: Database, name: 'user_version' | 'application_id'): number {
  return Number(db.prepare(`pragma ${name}`).get()?.[name]);
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, with their extended codes. */
function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode;
  return code !== undefined && [11, 26].includes(code & 0xff);
}
