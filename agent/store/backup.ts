// A backup is the whole database in one file. A template is the same without identity: the servers that start from it
// each make their own. Neither carries the sessions of those who were logged on.

import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, inDatabase } from './database.ts';
import { setLastBackup } from './settings.ts';

export function backUp(db: Database, folder: string, now: Date): Uint8Array {
  setLastBackup(db, now);
  return copyOf(db, folder, 'delete from session');
}

export function template(db: Database, folder: string): Uint8Array {
  return copyOf(
    db,
    folder,
    `delete from session; delete from portal; delete from request; delete from offer;
     delete from setting where name in ('last-backup', 'postponed', 'restored');
     update system set seed = null, made_at = null, made_because = null, n = 0,
       instance_key = null, machine = null, folder = null`,
  );
}

function copyOf(db: Database, folder: string, without: string): Uint8Array {
  const path = join(folder, `backup-${randomUUID()}.sqlite`);
  try {
    closeSync(openSync(path, 'wx', 0o600));
    db.prepare('vacuum into ?').run(path);
    // Vacuumed again, so that what was taken out does not stay behind in unused pages.
    inDatabase(path, (copy) => copy.exec(`${without}; vacuum`));
    return readFileSync(path);
  } finally {
    rmSync(path, { force: true });
  }
}
