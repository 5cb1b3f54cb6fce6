import { randomUUID } from 'node:crypto';
import {
  type CaseCause,
  type CaseEnd,
  decideObjection,
  decideOpening,
  type OpenCase,
  type OpenedAs,
  objectionsUntil,
} from '../../core/cases.ts';
import type { Seat } from '../../core/permissions.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import { shortId } from '../../core/system-id.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import type { Queries, Transaction } from '../store/database.ts';
import { lock, type RegistrationFacts, registrationOf, registrationUnasked, requestOf } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { noticesTo } from './notices.ts';

/** Opening a case, objecting to it, and withdrawing it. A portal administrator decides it: `decide-case.ts`. */

/** By a party, about its registration; or by whoever carried a request here from the system itself, about a seat. */
export type CaseAbout = { registration: string } | { request: string; wants: Seat };

export interface OpenCaseCommand {
  account: Account;
  about: CaseAbout;
  cause: CaseCause;
  statement: string;
  /** What shows it: contracts, names, where to ask. */
  evidence: string;
}

export type OpenCaseResult =
  | { outcome: 'opened' | 'already'; case: string }
  /** The System ID is nobody else's: it needs no case. */
  | { outcome: 'not-registered' }
  | { outcome: 'yours'; registration: string }
  | Refused;

export function openCase(portal: Portal, command: OpenCaseCommand): Promise<OpenCaseResult> {
  const { account, about } = command;
  return portal.db.transaction(async (tx) => {
    if ('registration' in about) {
      const number = about.registration;
      const [, registration] = await Promise.all([lock(tx, [], [number]), registrationOf(tx, account.id, number)]);
      if (!registration) return refused('not-among-yours');
      return openIn(tx, portal, registration, command, undefined);
    }
    const brought = await requestOf(tx, account.id, about.request, portal.now());
    if (!brought?.proceededAt) return refused('request-expired');
    // Before anything is looked up: up to the proof a foreign System ID and an unknown one are one answer.
    if (!brought.proven) return refused('proof-needed');
    const number = await heldBy(tx, brought.systemId);
    if (number === undefined) return { outcome: 'not-registered' };
    const [, own, registration] = await Promise.all([
      lock(tx, [], [number]),
      registrationOf(tx, account.id, number),
      registrationUnasked(tx, number),
    ]);
    if (own) return { outcome: 'yours', registration: number };
    // It may have been closed, or given to another registration, while we waited.
    if (!registration || (await heldBy(tx, brought.systemId)) !== number) return { outcome: 'not-registered' };
    return openIn(tx, portal, registration, command, brought.systemId);
  });
}

/** The registration that has the System ID, or had it. */
export async function heldBy(q: Queries, systemId: string): Promise<string | undefined> {
  const row = await q.row(sql<{ registration: string }>`
    select registration from association where system_id = ${systemId} and state in ('current', 'retired')`);
  return row?.registration;
}

async function openIn(
  tx: Transaction,
  portal: Portal,
  registration: RegistrationFacts,
  { account, about, cause, statement, evidence }: OpenCaseCommand,
  systemId: string | undefined,
): Promise<OpenCaseResult> {
  const at = portal.now();
  const { number, site, state, who, parties } = registration;
  const open = await tx.row(sql<{ id: string }>`
    select id from case_file where registration = ${number} and opened_by = ${account.id} and ended_at is null`);
  if (open) return { outcome: 'already', case: open.id };
  const wants = 'wants' in about ? about.wants : undefined;
  const decision = decideOpening({ state, site, who, wants, parties });
  if (decision.outcome === 'refused') return decision;
  const { openedAs, seat } = decision;
  const id = randomUUID();
  const until = objectionsUntil(at);
  const facts = {
    site,
    registration: number,
    by: account.name,
    organisation: account.organisation,
    email: account.email,
    cause,
    openedAs,
    seat,
    statement,
    ...(evidence && { evidence }),
    ...(systemId && { shortId: shortId(systemId) }),
    case: id,
    until,
    at,
  };
  const own = parties.filter(({ holder }) => holder === registration.holder).map(({ email }) => email);
  // Nobody is asked to object to a case of their own.
  const mails = noticesTo(registration, 'case-opened', facts).map((mail) =>
    own.includes(mail.address) ? { ...mail, facts: { ...facts, case: undefined } } : mail,
  );
  const { n } = await writeChange(tx, {
    registration,
    act: 'case-opened',
    actor: account,
    at,
    about: { case: id, cause, opened_as: openedAs, seat, ...(systemId && { system_id: systemId }) },
    texts: { statement, ...(evidence && { evidence }) },
    mails,
  });
  await Promise.all([
    tx.rows(sql`
      insert into case_file
        (id, registration, opened_by, opened_as, system_id, cause, seat, opened_n, opened_at, objections_until)
      values (${id}, ${number}, ${account.id}, ${openedAs}, ${systemId ?? null}, ${cause}, ${seat}, ${n}, ${at}, ${until})`),
    // Those who decide are told that there is one, and again when the time to object is over. They are told nothing of what
    // it is about: to read it is a look.
    tx.rows(sql`
      insert into outbox (id, recipient, address, template, facts, created_at, due_at)
      select gen_random_uuid(), 'account', c.email, 'case-waits',
        ${JSON.stringify({ case: id, until, at })}, ${at}, due_at
      from administrator d join account c on c.id = d.account, unnest(${[at, until]}::timestamptz[]) as due (due_at)
      where d.until is null`),
  ]);
  return { outcome: 'opened', case: id };
}

/** A case as its operations read it, its registration locked. */
export interface CaseRow extends OpenCase {
  id: string;
  registration: string;
  openedBy: string;
  /** Whom the opener acts for now, if for anybody here. */
  openerSeat: Seat | null;
}

interface StoredCase extends Omit<CaseRow, 'openedAs' | 'endedAs'> {
  openedAs: OpenedAs;
  endedAs: CaseEnd | null;
}

/** Not awaited by callers that lock its registration behind it: it is read once more then. */
export function readCase(q: Queries, id: string): Promise<CaseRow | undefined> {
  return q.row(sql<StoredCase>`
    select f.id, f.registration, f.opened_by as "openedBy", f.opened_as as "openedAs", f.seat,
      f.objections_until as "objectionsUntil", f.ended_as as "endedAs",
      array(select o.holder from objection o where o.case_file = f.id) as objected,
      (select seat from acting where acting.registration = f.registration and acting.account = f.opened_by)
        as "openerSeat"
    from case_file f where f.id = ${id}`);
}

/** The case and its registration, locked: what is read now stands until the transaction ends. */
export async function lockCase(tx: Transaction, id: string): Promise<CaseRow | undefined> {
  const found = await readCase(tx, id);
  if (!found) return undefined;
  await lock(tx, [], [found.registration]);
  return readCase(tx, id);
}

/** A case that has ended waits for nobody. */
export async function forgetReminders(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx.rows(sql`
    update outbox set given_up_at = ${at}, last_error = 'the case has ended'
    where template = 'case-waits' and facts ->> 'case' = ${id} and accepted_at is null and given_up_at is null`);
}

export interface ObjectCommand {
  account: Account;
  case: string;
  text: string;
}

export type ObjectResult = { outcome: 'objected' | 'already'; case: string } | Refused;

/** A party says why not. From then on the administrator reads both sides. */
export function objectToCase(portal: Portal, { account, case: id, text }: ObjectCommand): Promise<ObjectResult> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const found = await lockCase(tx, id);
    const registration = found && (await registrationOf(tx, account.id, found.registration));
    if (!found || !registration?.holder) return refused('not-among-yours');
    const { number, site, state, who, holder } = registration;
    // A colleague of the opener does not object to the case of their own organisation.
    const isOpener = found.openedBy === account.id || found.openerSeat === who;
    const decision = decideObjection({ case: found, isOpener, state, who, holder });
    if (decision.outcome === 'refused') return decision;
    if (decision.outcome === 'already') return { outcome: 'already', case: id };
    const facts = { site, registration: number, by: account.name, organisation: account.organisation, case: id, at };
    const { n } = await writeChange(tx, {
      registration,
      act: 'case-objected',
      actor: account,
      at,
      about: { case: id },
      texts: { objection: text },
      mails: noticesTo(registration, 'case-objected', { ...facts, objection: text }),
    });
    await tx.rows(sql`
      insert into objection (case_file, holder, seat, account, registration, n, at)
      values (${id}, ${holder}, ${who}, ${account.id}, ${number}, ${n}, ${at})`);
    return { outcome: 'objected', case: id };
  });
}

export type WithdrawCaseResult = { outcome: 'withdrawn' | 'already'; case: string } | Refused;

/** The opener takes it back, with or without a seat. */
export function withdrawCase(
  portal: Portal,
  { account, case: id }: Omit<ObjectCommand, 'text'>,
): Promise<WithdrawCaseResult> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const found = await lockCase(tx, id);
    if (found?.openedBy !== account.id) return refused('not-among-yours');
    if (found.endedAs === 'withdrawn') return { outcome: 'already', case: id };
    if (found.endedAs !== null) return refused('case-ended');
    const registration = await registrationUnasked(tx, found.registration, account);
    if (!registration) return refused('not-among-yours');
    const { site, number } = registration;
    const facts = { site, registration: number, by: account.name, organisation: account.organisation, case: id, at };
    const { n } = await writeChange(tx, {
      registration,
      act: 'case-withdrawn',
      actor: account,
      at,
      about: { case: id },
      mails: noticesTo(registration, 'case-withdrawn', facts),
    });
    await Promise.all([
      tx.rows(sql`
        update case_file set ended_at = ${at}, ended_as = 'withdrawn', ended_n = ${n} where id = ${id}`),
      forgetReminders(tx, id, at),
    ]);
    return { outcome: 'withdrawn', case: id };
  });
}
