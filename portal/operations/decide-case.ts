import { type Decision, decideCase } from '../../core/cases.ts';
import { may } from '../../core/permissions.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import { type Queries, type Transaction, violated } from '../store/database.ts';
import { type RegistrationFacts, registrationUnasked } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { tellAccount } from './account-mails.ts';
import { isAdministrator } from './administrators.ts';
import { type CaseRow, forgetReminders, lockCase } from './cases.ts';
import { emptySeat, forgetConfirmation } from './empty-seat.ts';
import { noticesTo } from './notices.ts';
import { putInSeat } from './take-seat.ts';

/** A portal administrator decides a case: the only way in which one changes who has a seat. */
export interface DecideCommand {
  account: Account;
  case: string;
  decision: Decision;
  reason: string;
  /** What the page showed: parties and objections. Who decides has read both sides, and not others. */
  seen: string;
}

export type DecideResult = { outcome: 'decided' | 'already'; case: string } | Refused;

export async function decide(portal: Portal, command: DecideCommand): Promise<DecideResult> {
  try {
    return await decideOnce(portal, command);
  } catch (error) {
    // An organisation of the opener's came to have the other seat: nobody acts in both.
    if (violated(error)?.startsWith('party_')) return refused('case-changed');
    throw error;
  }
}

function decideOnce(portal: Portal, command: DecideCommand): Promise<DecideResult> {
  return portal.db.transaction(async (tx): Promise<DecideResult> => {
    const found = await lockCase(tx, command.case);
    const registration = found && (await registrationUnasked(tx, found.registration));
    if (!found || !registration || !(await isAdministrator(tx, command.account.id))) return refused('not-among-yours');
    const allowed = may('decide-case', registration.state, 'portal-administrator');
    if (allowed !== 'yes') return refused(allowed);
    if (found.endedAs !== null) return refused('case-ended');
    if (command.seen !== seenOf(found, registration.parties)) return refused('case-changed');
    const decided = decideCase(
      {
        now: portal.now(),
        case: found,
        state: registration.state,
        parties: registration.parties,
        openerHasSeat: found.openerSeat !== null,
        hadSystemId: await hadSystemId(tx, registration.number),
      },
      command.decision,
    );
    if (decided.outcome === 'refused') return decided;
    return carryOut(tx, portal, { command, found, registration, decided });
  });
}

/** What a decision is about, as one word: it counts only while this is so. */
export function seenOf(found: Pick<CaseRow, 'objected'>, parties: readonly { seat: string; holder: string }[]): string {
  const seats = [...new Set(parties.map(({ seat, holder }) => `${seat} ${holder}`))].sort();
  return [...seats, ...[...found.objected].sort()].join(' ');
}

interface CarryingOut {
  command: DecideCommand;
  found: CaseRow;
  registration: RegistrationFacts;
  decided: Extract<ReturnType<typeof decideCase>, { outcome: 'decided' }>;
}

async function carryOut(
  tx: Transaction,
  portal: Portal,
  { command, found, registration, decided }: CarryingOut,
): Promise<DecideResult> {
  const at = portal.now();
  const { number, site } = registration;
  const { account, reason } = command;
  const opener = await openerOf(tx, found);
  const [removed] = decided.end === 'party-removed' ? decided.frees : [];
  const leaving = registration.parties.filter(({ seat }) => decided.frees.includes(seat));
  for (const freed of decided.frees) await emptySeat(tx, number, freed, at);
  if (decided.end !== 'refused') await endWhatWaits(tx, number, decided.end === 'without-party', at);
  const coming = decided.gives
    ? (await putInSeat(tx, { registration, account: opener, seat: decided.gives, at })).parties
    : [];
  const seat = decided.gives ?? removed;
  const facts = {
    site,
    end: decided.end,
    by: opener.name,
    organisation: opener.organisation,
    ...(seat && { seat }),
    decisionReason: reason,
    case: found.id,
    at,
  };
  const staying = registration.parties.filter((party) => !leaving.includes(party));
  const told = { parties: [...staying, ...coming], siteAdministrator: registration.siteAdministrator };
  const head = await writeChange(tx, {
    registration,
    act: 'case-decided',
    actor: account,
    at,
    about: { case: found.id, decision: decided.end, ...(seat && { seat }) },
    texts: { decision: reason },
    ...(decided.state !== registration.state && { state: decided.state }),
    mails: noticesTo(told, 'case-decided', { ...facts, registration: number }),
  });
  if (decided.endUserChanges) await forgetConfirmation(tx, { ...registration, head }, account, at);
  await Promise.all([
    tx.rows(sql`
      update case_file set ended_at = ${at}, ended_as = ${decided.end}, ended_seat = ${removed ?? null}, ended_n = ${head.n},
        decided_by = ${account.id} where id = ${found.id}`),
    forgetReminders(tx, found.id, at),
    // Who has a seat no more is told as a person: the registration is none of theirs.
    ...leaving.map((party) => tellAccount(tx, party, 'case-decided', facts)),
    ...(told.parties.some((party) => party.account === opener.id)
      ? []
      : [tellAccount(tx, opener, 'case-answered', { ...facts, site: undefined })]),
  ]);
  return { outcome: 'decided', case: found.id };
}

/** Invitations are those of the parties of before; and where nobody is left, no claim waits for anybody. */
async function endWhatWaits(tx: Transaction, number: string, isWithoutParty: boolean, at: Date): Promise<void> {
  await tx.rows(sql`
    with withdrawn_ as (
      update association set state = 'withdrawn', ended_at = ${at}
      where registration = ${number} and state = 'claimed' and ${isWithoutParty}
    )
    update invitation set ended_at = ${at}, ended_as = 'closed' where registration = ${number} and ended_at is null`);
}

async function openerOf(q: Queries, { openedBy }: CaseRow): Promise<Account> {
  const row = await q.row(sql<Account>`
    select id, email, name, organisation, kind from account where id = ${openedBy}`);
  if (!row) throw new Error('Who opened the case has no account.');
  return row;
}

async function hadSystemId(q: Queries, number: string): Promise<boolean> {
  const row = await q.row(sql`
    select from association where registration = ${number} and proven_at is not null limit 1`);
  return row !== undefined;
}
