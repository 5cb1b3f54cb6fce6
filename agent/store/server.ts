// Opening the database answers three questions before anything else is done with it: does it hold a system, is it at
// home here, and does instance.json know of it. Everything in the agent goes through `use`.

import { mkdirSync } from 'node:fs';
import { sameMachine } from '../machine.ts';
import { type Database, databasePath, inDatabase } from './database.ts';
import { type Identity, isAtHome, makeIdentity, type Place, readIdentity, rememberHome, seconds } from './identity.ts';
import {
  type InstanceFile,
  newInstanceFile,
  readInstanceFile,
  removeInstanceFile,
  withSystem,
  writeInstanceFile,
} from './instance-file.ts';
import { addFirstAdministrator, hasUsers, prepareFirstAdministrator } from './users.ts';

/** The database, open, and whose it is. */
export interface Server extends Identity {
  db: Database;
  place: Place;
  instance: InstanceFile;
  /** False: it was moved or copied here, and an administrator has not yet said which system this is. */
  atHome: boolean;
}

export interface ServerStore {
  place: Place;
  /** The work is done in one go: nobody else of this process sees the database in between. */
  use<T>(work: (server: Server) => T): Promise<T>;
}

export function serverStore(place: Place, firstPassword: string | undefined, now: () => Date): ServerStore {
  mkdirSync(place.folder, { recursive: true, mode: 0o700 });
  const path = databasePath(place.folder);
  let adding: Promise<void> | undefined;

  async function use<T>(work: (server: Server) => T): Promise<T> {
    while (!inDatabase(path, hasUsers)) {
      // Two requests that find a new database wait for one and the same password.
      adding ??= addAdministrator().finally(() => {
        adding = undefined;
      });
      await adding;
    }
    return inDatabase(path, (db) => work(openServer(db, place, now())));
  }

  async function addAdministrator(): Promise<void> {
    const hash = await prepareFirstAdministrator(place.folder, firstPassword);
    inDatabase(path, (db) => addFirstAdministrator(db, hash));
  }
  return { place, use };
}

/** Settles whose database it is. A new one, and a template, become a system here. */
export function openServer(db: Database, place: Place, now: Date): Server {
  const identity = readIdentity(db);
  if (!identity) {
    becomeAnother(db, place, undefined, now);
    return openServer(db, place, now);
  }
  const found = readInstanceFile(place.folder);
  if (!isAtHome(db, found, place)) {
    return { ...identity, db, place, instance: found ?? newInstanceFile(place.machine), atHome: false };
  }
  const instance = withMachine(found ?? newInstanceFile(place.machine), place.machine);
  const settled = withSystem(instance, identity.keys.systemId, seconds(now)) ?? instance;
  if (settled !== found) writeInstanceFile(place.folder, settled);
  rememberHome(db, settled, place);
  return { ...identity, db, place, instance: settled, atHome: true };
}

/** An administrator's answer for a database that came from elsewhere: this machine *replaces* the one it came from. */
export function becomeTheSame(db: Database, place: Place): void {
  const found = readInstanceFile(place.folder) ?? newInstanceFile(place.machine);
  const instance = { ...found, machine: place.machine };
  writeInstanceFile(place.folder, instance);
  rememberHome(db, instance, place);
}

/**
 * The other answer: this is *another* system. An instance.json of another machine came with a copy of the whole disk: its
 * key is the original's, so this machine makes its own.
 */
export function becomeAnother(db: Database, place: Place, because: string | undefined, now: Date): void {
  const found = readInstanceFile(place.folder);
  if (found && !sameMachine(found.machine, place.machine)) removeInstanceFile(place.folder);
  makeIdentity(db, because, now);
}

/** Adapters come and go; the file follows while it still recognises the machine. */
function withMachine(instance: InstanceFile, machine: string[]): InstanceFile {
  return JSON.stringify(instance.machine) === JSON.stringify(machine) ? instance : { ...instance, machine };
}
