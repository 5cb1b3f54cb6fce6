// Putting another file in the database's place: a backup, or nothing.

import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Database,
  DatabaseUnreadable,
  databasePath,
  inDatabase,
  inTransaction,
  type Unreadable,
} from './database.ts';
import { isAtHome, type Place, readIdentity } from './identity.ts';
import { readInstanceFile } from './instance-file.ts';
import { becomeAnother, becomeTheSame } from './server.ts';
import { setRestored } from './settings.ts';

/** Long enough to read the question and to walk to the other machine. */
const HOUR = 3600_000;

export type Brought =
  | { outcome: 'refused'; why: Unreadable | 'damaged' }
  /** Kept under this name until it is put in place. */
  | { outcome: 'kept'; name: string; asks: boolean };

/** Takes in a backup and looks at it; the database stays as it is. `asks`: it came from another machine. */
export function bringBackup(place: Place, content: Uint8Array, now: Date): Brought {
  removeLeftovers(place.folder, now);
  const name = randomUUID();
  const path = uploadPath(place.folder, name);
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
  const brought = look(path, place);
  if (brought.outcome === 'refused') rmSync(path);
  return brought.outcome === 'kept' ? { ...brought, name } : brought;
}

function look(path: string, place: Place): { outcome: 'kept'; asks: boolean } | Exclude<Brought, { outcome: 'kept' }> {
  if (statSync(path).size === 0) return { outcome: 'refused', why: 'not-a-database' };
  try {
    return inDatabase(path, (db) => {
      if (db.prepare('pragma integrity_check').get()?.integrity_check !== 'ok')
        return { outcome: 'refused', why: 'damaged' };
      return { outcome: 'kept', asks: !isAtHome(db, readInstanceFile(place.folder), place) };
    });
  } catch (error) {
    if (error instanceof DatabaseUnreadable) return { outcome: 'refused', why: error.why };
    throw error;
  }
}

export type WhichSystem = 'replaces' | 'another';

/** Puts the backup in the place of the database. False if it is no longer kept. */
export function putInPlace(place: Place, name: string, which: WhichSystem | undefined, now: Date): boolean {
  const path = uploadPath(place.folder, name);
  if (!/^[0-9a-f-]{36}$/.test(name) || !readdirSync(place.folder).includes(`restore-${name}.sqlite`)) return false;
  inDatabase(path, (backup) => {
    if (which === 'another') becomeAnother(backup, place, undefined, now);
    if (which === 'replaces') becomeTheSame(backup, place);
    if (!keepWhatIsNewer(backup, place)) setRestored(backup, now);
  });
  replaceDatabase(place.folder, path);
  return true;
}

/**
 * A backup of the very system that runs here brings back its users and settings. The counter, the token and the record
 * stay as they are now: going back in the conversation with the portal would look like a second copy of this system.
 * False for any other: what it says of its registration may be old.
 */
function keepWhatIsNewer(backup: Database, place: Place): boolean {
  const own = readIdentity(backup)?.keys.systemId;
  const isRunning = inDatabase(databasePath(place.folder), (db) => readIdentity(db)?.keys.systemId === own);
  if (own === undefined || !isRunning) return false;
  backup.prepare('attach ? as present').run(databasePath(place.folder));
  inTransaction(backup, () => {
    for (const table of ['system', 'portal', 'request', 'offer']) {
      backup.exec(`delete from main.${table}; insert into main.${table} select * from present.${table}`);
    }
  });
  backup.exec('detach present');
  return true;
}

/** After this the next use finds no database, and makes one with a new System ID and a first administrator. */
export function deleteDatabase(folder: string): void {
  const path = databasePath(folder);
  const aside = join(folder, `deleted-${randomUUID()}`);
  renameSync(path, aside);
  rmSync(`${path}-journal`, { force: true });
  rmSync(aside);
  syncFolder(folder);
}

function replaceDatabase(folder: string, by: string): void {
  // A journal belongs to the file that it was written for; beside another one it would damage it.
  rmSync(`${databasePath(folder)}-journal`, { force: true });
  renameSync(by, databasePath(folder));
  syncFolder(folder);
}

/**
 * Backups that nobody put in place, and what a killed process left half done: all of it holds a seed. Without `now`, at a
 * start, when nobody can be reading a question any more, whatever there is.
 */
export function removeLeftovers(folder: string, now?: Date): void {
  for (const name of readdirSync(folder).filter((one) => /^(restore|backup|deleted)-/.test(one))) {
    const path = join(folder, name);
    const age = now ? Math.abs(now.getTime() - statSync(path).mtimeMs) : Number.POSITIVE_INFINITY;
    if (age > HOUR) rmSync(path, { force: true });
  }
}

function uploadPath(folder: string, name: string): string {
  return join(folder, `restore-${name}.sqlite`);
}

/** On Windows a folder cannot be opened, and needs no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
