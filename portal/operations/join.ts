import type { Role } from '../../core/organisations.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { Account } from '../portal.ts';
import type { Queries, Transaction } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { lockSeatsOf, moveSeats } from './move-seats.ts';

/** Somebody becomes a member of an organisation, its first or a further one. */
export interface Joining {
  account: Account;
  organisation: { id: string; name: string };
  role: Role;
  /** The registrations that the account has alone become the organisation's; otherwise they stay its own. */
  bring: boolean;
  at: Date;
}

/**
 * The account is locked first, then its registrations, and last, by a trigger, the organisation: so nobody waits in a circle
 * with a colleague who takes a seat. Should one take the other seat of the same registration meanwhile, the database
 * refuses, and the caller looks again.
 */
export async function joinIn(
  tx: Transaction,
  { account, organisation, role, bring, at }: Joining,
): Promise<{ outcome: 'joined'; brought: number } | Refused> {
  await tx.rows(sql`select from account where id = ${account.id} for no key update`);
  const member = await tx.row(sql`select from acts_for where account = ${account.id} and organisation is not null`);
  if (member) return refused('already-member');
  const alone = bring ? await lockSeatsOf(tx, account.id, account.id) : [];
  const other = await otherSeat(tx, account.id, organisation.id, bring);
  if (other) return refused('organisation-has-other-seat', other);
  await tx.rows(sql`
    insert into acts_for (account, holder, organisation, role, since)
    values (${account.id}, ${organisation.id}, ${organisation.id}, ${role}, ${at})`);
  await moveSeats(tx, alone, {
    account,
    from: { holder: account.id },
    to: { holder: organisation.id, organisation: organisation.id },
    about: organisation,
    act: 'brought-into-organisation',
    at,
  });
  return { outcome: 'joined', brought: alone.length };
}

/**
 * A registration of the account on which the organisation has the other seat; and if it brings its own, also one on which a
 * colleague has it alone.
 */
function otherSeat(
  q: Queries,
  account: string,
  organisation: string,
  bring: boolean,
): Promise<{ site: string; registration: string } | undefined> {
  return q.row(sql<{ site: string; registration: string }>`
    select r.site_name as site, r.number as registration
    from party own
    join party theirs on theirs.registration = own.registration and theirs.seat <> own.seat
    join registration r on r.number = own.registration
    where own.holder = ${account} and (theirs.holder = ${organisation} or (${bring}::boolean and theirs.holder in (
      select account from acts_for where organisation = ${organisation})))
    order by r.number limit 1`);
}
