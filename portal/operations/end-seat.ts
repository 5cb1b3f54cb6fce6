import type { Seat } from '../../core/permissions.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import { decideEnd, decideResign } from '../../core/seat-ends.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import { lock, registrationOf, registrationUnasked } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { tellAccount } from './account-mails.ts';
import { emptySeat } from './empty-seat.ts';
import { noticesTo } from './notices.ts';

/** A seat ends without anybody in its place. What was associated stays; who had the seat sees nothing of it any more. */

const DAY_MS = 24 * 60 * 60 * 1000;
const SEAT: Seat = 'integrator';

interface Command {
  account: Account;
  registration: string;
}

export interface EndCommand extends Command {
  /** The integrator that the page named: its account or organisation. */
  seen: string;
  /** In the end user's own words; both parties read it. */
  reason: string;
}

export type EndResult = { outcome: 'ended' | 'already' | 'changed-since'; registration: string } | Refused;

/** The end user ends the integrator's seat, at once. */
export function endIntegrator(portal: Portal, command: EndCommand): Promise<EndResult> {
  const { account, registration: number, seen, reason } = command;
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const [, registration] = await Promise.all([lock(tx, [], [number]), registrationOf(tx, account.id, number)]);
    if (!registration) return refused('not-among-yours');
    const decision = decideEnd({ ...registration, seen });
    if (decision.outcome === 'refused') return decision;
    if (decision.outcome !== 'may') return { outcome: decision.outcome, registration: number };
    const { site, parties, siteAdministrator } = registration;
    const facts = { site, by: account.name, organisation: account.organisation, reasonText: reason, at };
    await emptySeat(tx, number, SEAT, at);
    await writeChange(tx, {
      registration,
      act: 'seat-ended',
      actor: account,
      at,
      about: { seat: SEAT, reason: 'other' },
      texts: { reason },
      mails: noticesTo({ parties: parties.filter(({ seat }) => seat !== SEAT), siteAdministrator }, 'seat-ended', {
        ...facts,
        registration: number,
      }),
    });
    for (const party of parties.filter(({ seat }) => seat === SEAT)) {
      await tellAccount(tx, party, 'seat-ended-for-you', facts);
    }
    return { outcome: 'ended', registration: number };
  });
}

export interface ResignCommand extends Command {
  /** Although nobody would be left. */
  insists: boolean;
}

export type ResignResult = { outcome: 'resigned' | 'already' | 'nobody-left'; registration: string } | Refused;

/** The integrator says that it leaves: until that day everything is as before, and it can take it back. */
export function resign(portal: Portal, command: ResignCommand): Promise<ResignResult> {
  const { account, registration: number, insists } = command;
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const [, registration] = await Promise.all([lock(tx, [], [number]), registrationOf(tx, account.id, number)]);
    if (!registration) return refused('not-among-yours');
    const decision = decideResign({ ...registration, insists });
    if (decision.outcome === 'refused') return decision;
    if (decision.outcome === 'nobody-left') return { outcome: 'nobody-left', registration: number };
    const until = new Date(at.getTime() + portal.settings.resignationDays * DAY_MS);
    const leaves = await tx.row(sql`
      update party set leaves_at = ${until} where registration = ${number} and seat = ${SEAT} and leaves_at is null
      returning seat`);
    if (!leaves) return { outcome: 'already', registration: number };
    const facts = { site: registration.site, by: account.name, organisation: account.organisation, until, at };
    await writeChange(tx, {
      registration,
      act: 'resigned',
      actor: account,
      at,
      about: { seat: SEAT, until: until.toISOString().slice(0, 10) },
      mails: noticesTo(registration, 'resigned', { ...facts, registration: number }),
    });
    return { outcome: 'resigned', registration: number };
  });
}

export type TakeBackResult = { outcome: 'taken-back' | 'already'; registration: string } | Refused;

/** The integrator stays after all. */
export function takeBackResignation(
  portal: Portal,
  { account, registration: number }: Command,
): Promise<TakeBackResult> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const [, registration] = await Promise.all([lock(tx, [], [number]), registrationOf(tx, account.id, number)]);
    if (!registration) return refused('not-among-yours');
    const decision = decideResign({ ...registration, insists: true });
    if (decision.outcome === 'refused') return decision;
    const stays = await tx.row(sql`
      update party set leaves_at = null where registration = ${number} and seat = ${SEAT} and leaves_at is not null
      returning seat`);
    if (!stays) return { outcome: 'already', registration: number };
    const facts = { site: registration.site, by: account.name, organisation: account.organisation, at };
    await writeChange(tx, {
      registration,
      act: 'resignation-taken-back',
      actor: account,
      at,
      about: { seat: SEAT },
      mails: noticesTo(registration, 'resignation-taken-back', { ...facts, registration: number }),
    });
    return { outcome: 'taken-back', registration: number };
  });
}

/** Integrators whose notice is over leave. Where nobody is left, nobody reads the registration any more. */
export async function leaveSeats(portal: Pick<Portal, 'db' | 'now'>): Promise<number> {
  const at = portal.now();
  const due = await portal.db.rows(sql<{ registration: string }>`
    select p.registration from party p join registration r on r.number = p.registration
    where p.leaves_at <= ${at} and r.state in ('prepared', 'registered', 'confirmed')`);
  let left = 0;
  for (const { registration: number } of due) if (await leaveSeat(portal, number, at)) left++;
  return left;
}

function leaveSeat(portal: Pick<Portal, 'db'>, number: string, at: Date): Promise<boolean> {
  return portal.db.transaction(async (tx) => {
    const [, registration, leaves] = await Promise.all([
      lock(tx, [], [number]),
      registrationUnasked(tx, number),
      tx.row(sql`select from party where registration = ${number} and seat = ${SEAT} and leaves_at <= ${at}`),
    ]);
    if (!registration || !leaves) return false;
    const { site, parties, siteAdministrator } = registration;
    const staying = parties.filter(({ seat }) => seat !== SEAT);
    const nobodyLeft = staying.length === 0;
    const facts = { site, at };
    await emptySeat(tx, number, SEAT, at);
    if (nobodyLeft) {
      await tx.rows(sql`
        update invitation set ended_at = ${at}, ended_as = 'closed' where registration = ${number} and ended_at is null`);
    }
    await writeChange(tx, {
      registration,
      act: 'seat-left',
      actor: undefined,
      at,
      about: { seat: SEAT },
      ...(nobodyLeft && { state: 'without-party' as const }),
      mails: noticesTo({ parties: staying, siteAdministrator }, nobodyLeft ? 'without-party' : 'seat-left', facts),
    });
    for (const party of parties.filter(({ seat }) => seat === SEAT)) {
      await tellAccount(tx, party, 'seat-left-by-you', facts);
    }
    return true;
  });
}
