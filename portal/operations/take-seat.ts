import type { Seat } from '../../core/permissions.ts';
import { type SystemId, shortId } from '../../core/system-id.ts';
import type { Account, Portal } from '../portal.ts';
import { seatOf } from '../portal.ts';
import { type Mail, writeChange } from '../store/changes.ts';
import { type Transaction, violated } from '../store/database.ts';
import { lock, type Party, type RegistrationFacts, registrationUnasked } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { claimReminders } from './notices.ts';

export type TakeSeatResult =
  | { outcome: 'taken'; seat: Seat }
  | { outcome: 'seat-taken' }
  | { outcome: 'no-registration' };

/**
 * Gives an account its seat on a registration. The caller has established that it may: nothing on a page leads here until
 * there are invitations. One account a seat, and never the same in both, is held by the database.
 */
export async function takeSeat(portal: Portal, account: Account, number: string): Promise<TakeSeatResult> {
  const seat = seatOf(account);
  const at = portal.now();
  try {
    return await portal.db.transaction(async (tx) => {
      const [, registration] = await Promise.all([lock(tx, [], [number]), registrationUnasked(tx, number)]);
      if (!registration) return { outcome: 'no-registration' };
      await tx.rows(sql`
        insert into party (registration, seat, account, since) values (${number}, ${seat}, ${account.id}, ${at})`);
      const mails = await remindersStillDue(tx, registration, { ...account, account: account.id, seat }, at);
      await writeChange(tx, { registration, act: 'seat-taken', actor: account.id, at, about: { seat }, mails });
      return { outcome: 'taken', seat };
    });
  } catch (error) {
    if (violated(error)?.startsWith('party_')) return { outcome: 'seat-taken' };
    throw error;
  }
}

/** Who comes while a claim waits is reminded of it as well, on those days that are still to come. */
async function remindersStillDue(
  tx: Transaction,
  { number, site }: RegistrationFacts,
  party: Party,
  now: Date,
): Promise<Mail[]> {
  const claims = await tx.rows(sql<{ id: string; systemId: SystemId; madeAt: Date }>`
    select id, system_id as "systemId", made_at as "madeAt" from association
    where registration = ${number} and state = 'claimed'`);
  return claims
    .flatMap(({ id, systemId, madeAt }) => {
      const facts = { site, registration: number, newShortId: shortId(systemId), at: madeAt.toISOString() };
      return claimReminders({ parties: [party] }, facts, id, madeAt);
    })
    .filter(({ dueAt }) => dueAt !== undefined && dueAt > now);
}
