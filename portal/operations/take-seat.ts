import type { Seat } from '../../core/permissions.ts';
import { type SystemId, shortId } from '../../core/system-id.ts';
import type { Account, Portal } from '../portal.ts';
import { seatOf } from '../portal.ts';
import { type Mail, writeChange } from '../store/changes.ts';
import { type Transaction, violated } from '../store/database.ts';
import {
  lock,
  type Party,
  type RegistrationFacts,
  registrationUnasked,
  type Taking,
  takingSeat,
} from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { tellAccount } from './account-mails.ts';
import { emptySeat, forgetConfirmation } from './empty-seat.ts';
import { claimReminders, noticesTo } from './notices.ts';

export type TakeSeatResult =
  | { outcome: 'taken'; seat: Seat }
  | { outcome: 'seat-taken' }
  | { outcome: 'no-registration' };

/**
 * Gives an account its seat on a registration without anybody's invitation: for the first registrations of a portal. One
 * account a seat, and never the same in both, is held by the database.
 */
export async function takeSeat(portal: Portal, account: Account, number: string): Promise<TakeSeatResult> {
  const seat = seatOf(account);
  const at = portal.now();
  try {
    return await portal.db.transaction(async (tx) => {
      const [, registration] = await Promise.all([lock(tx, [], [number]), registrationUnasked(tx, number)]);
      if (!registration) return { outcome: 'no-registration' };
      const { organisation, parties } = await putInSeat(tx, { registration, account, seat, at });
      const mails = await remindersStillDue(tx, registration, parties, at);
      const taken = { ...registration, organisation };
      await writeChange(tx, { registration: taken, act: 'seat-taken', actor: account, at, about: { seat }, mails });
      return { outcome: 'taken', seat };
    });
  } catch (error) {
    if (violated(error)?.startsWith('party_')) return { outcome: 'seat-taken' };
    throw error;
  }
}

interface SeatTaking {
  /** Its row is locked. */
  registration: RegistrationFacts;
  account: Account;
  seat: Seat;
  at: Date;
}

/** An invitation was accepted: the account has the seat, and everybody who was there before is told, as it is itself. */
export async function takeSeatIn(tx: Transaction, taking: SeatTaking): Promise<void> {
  const { registration, account, seat, at } = taking;
  const { number, site, parties, siteAdministrator } = registration;
  const facts = { site, registration: number, by: account.name, organisation: account.organisation, seat, at };
  const taken = await putInSeat(tx, taking);
  await writeChange(tx, {
    registration: { ...registration, organisation: taken.organisation },
    act: 'seat-taken',
    actor: account,
    at,
    about: { seat },
    mails: [
      ...noticesTo({ parties: [...parties, ...taken.parties], siteAdministrator }, 'seat-taken', facts),
      ...(await remindersStillDue(tx, registration, taken.parties, at)),
    ],
  });
}

/**
 * An offer was accepted: the seat changes hands at once, with all that it holds. What was associated for the party of before
 * counts as the new one's, so that the clock for undoing it goes on. Whoever is end user now has confirmed and agreed to
 * nothing yet.
 */
export async function handOverIn(tx: Transaction, taking: SeatTaking): Promise<void> {
  const { registration, account, seat, at } = taking;
  const { number, site, parties, siteAdministrator, state } = registration;
  const leaving = parties.filter((party) => party.seat === seat);
  const staying = parties.filter((party) => party.seat !== seat);
  const facts = { site, by: account.name, organisation: account.organisation, seat, at };
  await emptySeat(tx, number, seat, at);
  const taken = await putInSeat(tx, taking);
  await tx.rows(sql`
    update association set made_for = ${taken.organisation ?? account.id}
    where registration = ${number} and coalesce(made_for, made_by) = ${leaving[0]?.holder ?? null}`);
  const head = await writeChange(tx, {
    registration: { ...registration, organisation: taken.organisation },
    act: 'handed-over',
    actor: account,
    at,
    about: { seat },
    ...(seat === 'end-user' && state === 'confirmed' && { state: 'registered' as const }),
    mails: [
      ...noticesTo({ parties: [...staying, ...taken.parties], siteAdministrator }, 'handed-over', {
        ...facts,
        registration: number,
      }),
      ...(await remindersStillDue(tx, registration, taken.parties, at)),
    ],
  });
  if (seat === 'end-user') await forgetConfirmation(tx, { ...registration, head }, account, at);
  for (const party of leaving) await tellAccount(tx, party, 'handed-over-by-you', facts);
}

/** Says who acts for the seat now: with a member's, the whole organisation. */
export async function putInSeat(tx: Transaction, { registration, account, seat, at }: SeatTaking): Promise<Taking> {
  const taking = await takingSeat(tx, account.id, seat);
  await tx.rows(sql`
    insert into party (registration, seat, account, since) values (${registration.number}, ${seat}, ${account.id}, ${at})`);
  return taking;
}

/** Who comes while a claim waits is reminded of it as well, on those days that are still to come. */
async function remindersStillDue(
  tx: Transaction,
  { number, site }: RegistrationFacts,
  parties: readonly Party[],
  now: Date,
): Promise<Mail[]> {
  const claims = await tx.rows(sql<{ id: string; systemId: SystemId; madeAt: Date }>`
    select id, system_id as "systemId", made_at as "madeAt" from association
    where registration = ${number} and state = 'claimed'`);
  return claims
    .flatMap(({ id, systemId, madeAt }) => {
      const facts = { site, registration: number, newShortId: shortId(systemId), at: madeAt.toISOString() };
      return claimReminders({ parties }, facts, id, madeAt);
    })
    .filter(({ dueAt }) => dueAt !== undefined && dueAt > now);
}
