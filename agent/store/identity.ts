// Which system the database is: its seed, its counter, and the place where it was last at home.

import { toBase64url } from '../../core/bytes.ts';
import { newSeed, type SystemKeys, systemKeysFrom } from '../../core/system-keys.ts';
import { sameMachine } from '../machine.ts';
import { type Database, inTransaction } from './database.ts';
import type { InstanceFile } from './instance-file.ts';

/** Where an agent runs: its data folder, and what its machine is recognised by. */
export interface Place {
  folder: string;
  machine: string[];
}

export interface Identity {
  keys: SystemKeys;
  madeAt: Date;
  /** In a person's words, if the identity was asked for: "Golden image". */
  madeBecause: string | undefined;
}

interface SystemRow {
  seed: Uint8Array | null;
  made_at: number | null;
  made_because: string | null;
  n: number;
  instance_key: string | null;
  machine: string | null;
  folder: string | null;
}

/** Undefined for a new database and for a template. */
export function readIdentity(db: Database): Identity | undefined {
  const { seed, made_at, made_because } = systemRow(db);
  if (!seed || made_at === null) return undefined;
  return { keys: systemKeysFrom(seed), madeAt: new Date(made_at * 1000), madeBecause: made_because ?? undefined };
}

/** A new seed, and so a new System ID. What belonged to the old one goes: nothing of it is true of the new one. */
export function makeIdentity(db: Database, because: string | undefined, now: Date): void {
  inTransaction(db, () => {
    db.exec('delete from portal; delete from request; delete from offer');
    db.prepare(
      'update system set seed = ?, made_at = ?, made_because = ?, instance_key = null, machine = null, folder = null',
    ).run(newSeed(), seconds(now), because ?? null);
  });
}

/** The next number for something that this system signs. It is on the disk before the document can leave. */
export function nextCounter(db: Database): number {
  return Number(db.prepare('update system set n = n + 1 returning n').get()?.n);
}

/**
 * Whether the database lies where it was last at home. The instance key decides; where instance.json is gone, the machine
 * and the folder do, so that deleting the file asks nobody anything, and a golden copy in twenty places asks twenty times.
 */
export function isAtHome(db: Database, instance: InstanceFile | undefined, place: Place): boolean {
  const home = systemRow(db);
  if (home.instance_key === null) return true;
  if (instance)
    return home.instance_key === toBase64url(instance.key.publicKey) && sameMachine(instance.machine, place.machine);
  return home.folder === place.folder && sameMachine(JSON.parse(home.machine ?? '[]'), place.machine);
}

export function rememberHome(db: Database, instance: InstanceFile, place: Place): void {
  const home = [toBase64url(instance.key.publicKey), JSON.stringify(place.machine), place.folder] as const;
  const { instance_key, machine, folder } = systemRow(db);
  if (home[0] === instance_key && home[1] === machine && home[2] === folder) return;
  db.prepare('update system set instance_key = ?, machine = ?, folder = ?').run(...home);
}

export function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

function systemRow(db: Database): SystemRow {
  return db.prepare('select * from system').get() as unknown as SystemRow;
}
