// `datestone agent new-identity`: for a vendor's tool that copies a server, or turns one into another. The agent may be
// running: it opens its database for each piece of work, so the next one finds the new system.

import { existsSync } from 'node:fs';
import { shortId } from '../core/system-id.ts';
import { machineIdentifiers } from './machine.ts';
import { databasePath, inDatabase } from './store/database.ts';
import { type Place, readIdentity } from './store/identity.ts';
import { becomeAnother, openServer } from './store/server.ts';

export type NewIdentity =
  /** There is none to change: the agent makes one at its next start. */
  { outcome: 'no-database' } | { outcome: 'made'; systemId: string; shortId: string; former: string | undefined };

/**
 * Gives the database in this folder a new seed, and so a new System ID. Users and settings stay; what belonged to the old
 * System ID goes. Throws `DatabaseUnreadable` if the file is not one of ours.
 */
export function newIdentity(
  dataFolder: string,
  { reason, now = new Date(), machine = machineIdentifiers() }: { reason: string; now?: Date; machine?: string[] },
): NewIdentity {
  if (!existsSync(databasePath(dataFolder))) return { outcome: 'no-database' };
  const place: Place = { folder: dataFolder, machine };
  return inDatabase(databasePath(dataFolder), (db) => {
    const former = readIdentity(db)?.keys.systemId;
    becomeAnother(db, place, reason, now);
    const { systemId } = openServer(db, place, now).keys;
    return { outcome: 'made', systemId, shortId: shortId(systemId), former };
  });
}
