// Local users. All of them administer the server: whoever only looks at it needs no account here.

import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64url } from '../../core/bytes.ts';
import { randomBytes } from '../../core/crypto.ts';
import type { Database } from './database.ts';
import { hashPassword } from './passwords.ts';

export const FIRST_ADMINISTRATOR = 'admin';

export function hasUsers(db: Database): boolean {
  return db.prepare('select 1 from user limit 1').get() !== undefined;
}

/** The name as it is written in the database, and the hash of the password. */
export function findUser(db: Database, name: string): { name: string; password: string } | undefined {
  return db.prepare('select name, password from user where name = ?').get(name) as never;
}

export function initialPasswordPath(folder: string): string {
  return join(folder, 'initial-password');
}

/** The hash for the first administrator of a new database. Without a password one is made, and left in a file. */
export async function prepareFirstAdministrator(folder: string, password: string | undefined): Promise<string> {
  const chosen = password ?? toBase64url(randomBytes(12));
  const hash = await hashPassword(chosen);
  if (password === undefined) writePassword(initialPasswordPath(folder), chosen);
  return hash;
}

export function addFirstAdministrator(db: Database, hash: string): void {
  db.prepare('insert into user (name, password) select ?, ? where not exists (select 1 from user)').run(
    FIRST_ADMINISTRATOR,
    hash,
  );
}

function writePassword(path: string, password: string): void {
  const file = openSync(path, 'w', 0o600);
  writeSync(file, `${password}\n`);
  fsyncSync(file);
  closeSync(file);
}
