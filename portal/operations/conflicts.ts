import { randomUUID } from 'node:crypto';
import { type Refused, refused } from '../../core/refusals.ts';
import { shortId } from '../../core/system-id.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import type { Transaction } from '../store/database.ts';
import { type ConflictKind, lock, registrationOf, registrationUnasked } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { noticesTo } from './notices.ts';

export type { ConflictKind };

/** Two systems say that they are one. No winner is picked by machine: the parties see it, and one of them settles it. */

/** Opens it once: while it is open, the same finding changes nothing. The parties are told. */
export async function openConflict(tx: Transaction, systemId: string, kind: ConflictKind, at: Date): Promise<void> {
  const opened = await tx.row(sql<{ id: string }>`
    insert into conflict (id, system_id, kind, opened_at) values (${randomUUID()}, ${systemId}, ${kind}, ${at})
    on conflict (system_id, kind) where settled_at is null do nothing returning id`);
  if (!opened) return;
  const owner = await tx.row(sql<{ registration: string }>`
    select registration from association where system_id = ${systemId} and state in ('current', 'retired')`);
  if (!owner) return;
  const [, registration] = await Promise.all([
    lock(tx, [], [owner.registration]),
    registrationUnasked(tx, owner.registration),
  ]);
  if (!registration) return;
  const facts = { site: registration.site, registration: registration.number, newShortId: shortId(systemId), kind, at };
  await writeChange(tx, {
    registration,
    act: 'conflict-opened',
    actor: undefined,
    at,
    about: { system_id: systemId, kind },
    mails: noticesTo(registration, 'conflict', facts),
  });
}

export interface SettleCommand {
  account: Account;
  registration: string;
  conflict: string;
}

export type SettleResult = { outcome: 'settled' | 'already'; registration: string } | Refused;

/**
 * A party says: the system that is current is the right one, go on with it. What it says next is believed whatever its
 * counter; a retired System ID stays retired.
 */
export function settleConflict(portal: Portal, command: SettleCommand): Promise<SettleResult> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const [, registration] = await Promise.all([
      lock(tx, [], [command.registration]),
      registrationOf(tx, command.account.id, command.registration),
    ]);
    if (!registration) return refused('not-among-yours');
    const settled = await tx.row(sql<{ system_id: string; kind: ConflictKind }>`
      update conflict set settled_at = ${at}
      where id = ${command.conflict} and settled_at is null and system_id in (
        select system_id from association where registration = ${command.registration} and state in ('current', 'retired'))
      returning system_id, kind`);
    if (!settled) return { outcome: 'already', registration: registration.number };
    await Promise.all([
      (settled.kind === 'restored' || settled.kind === 'copy') &&
        tx.rows(sql`update system set resync = true where system_id = ${settled.system_id}`),
      writeChange(tx, {
        registration,
        act: 'conflict-settled',
        actor: command.account,
        at,
        about: { system_id: settled.system_id, kind: settled.kind },
        mails: noticesTo(registration, 'conflict-settled', {
          site: registration.site,
          registration: registration.number,
          by: command.account.name,
          organisation: command.account.organisation,
          newShortId: shortId(settled.system_id),
          kind: settled.kind,
          at,
        }),
      }),
    ]);
    return { outcome: 'settled', registration: registration.number };
  });
}
