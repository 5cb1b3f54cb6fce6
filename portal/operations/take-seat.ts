import type { Seat } from '../../core/permissions.ts';
import type { Account, Portal } from '../portal.ts';
import { seatOf } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import { violated } from '../store/database.ts';
import { lock, registrationUnasked } from '../store/facts.ts';
import { sql } from '../store/sql.ts';

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
      await writeChange(tx, { registration, act: 'seat-taken', actor: account.id, at, about: { seat }, mails: [] });
      return { outcome: 'taken', seat };
    });
  } catch (error) {
    if (violated(error)?.startsWith('party_')) return { outcome: 'seat-taken' };
    throw error;
  }
}
