import type { ChosenRegistration, Standing } from '../../core/association.ts';
import type { RegistrationState, Seat, Who } from '../../core/permissions.ts';
import type { LockedRegistration } from './changes.ts';
import type { Queries, Transaction } from './database.ts';
import { type Part, sql } from './sql.ts';

/** What the rules are given: read inside a transaction, after the locks. */

/**
 * Locks first the System IDs, then the registrations, each in order: everybody takes them in this order, so nobody waits
 * in a circle. Unknown ones lock nothing. Not awaited by callers that send their reads right behind.
 */
export function lock(
  tx: Transaction,
  systemIds: readonly string[],
  registrations: readonly string[],
): Promise<unknown> {
  return Promise.all([
    tx.rows(sql`select from system where system_id = any(${systemIds}) order by system_id for update`),
    tx.rows(sql`select from registration where number = any(${registrations}) order by number for update`),
  ]);
}

/** Somebody who acts for a seat: the account that has it, or each member of the organisation that has it. */
export interface Party {
  seat: Seat;
  account: string;
  /** Whose the seat is: the account, or the organisation. */
  holder: string;
  name: string;
  organisation: string;
  email: string;
}

/** Who will act for a seat that an account takes now. */
export interface Taking {
  /** The account's organisation, if it has one: the seat will be that one's. */
  organisation: string | undefined;
  parties: Party[];
}

/** Nobody joins or leaves an organisation with this account until the transaction ends. */
export async function takingSeat(tx: Transaction, account: string, seat: Seat): Promise<Taking> {
  const [, parties] = await Promise.all([
    tx.rows(sql`select from account where id = ${account} for share`),
    tx.rows(sql<Party>`
      select ${seat} as seat, c.id as account, they.holder, c.name, coalesce(o.name, c.organisation) as organisation,
        c.email
      from acts_for they
      join account c on c.id = they.account
      left join organisation o on o.id = they.organisation
      where they.holder = coalesce(
        (select holder from acts_for where account = ${account} and organisation is not null), ${account})`),
  ]);
  // Without an organisation the account is its own holder.
  const holder = parties[0]?.holder;
  return { organisation: holder === account ? undefined : holder, parties };
}

export interface RegistrationFacts extends LockedRegistration, ChosenRegistration {
  /** The asker's seat; `stranger` where nobody asks. */
  who: Who;
  /** For whom the asker acts here: itself, or its organisation. */
  holder: string | undefined;
  revision: number;
  /** At which the answers were last changed. */
  answersRevision: number;
  company: string;
  mergedInto: string | undefined;
  siteAdministrator: { name?: string; email?: string };
  parties: Party[];
  /** Somebody is the end user, or was it once. */
  hadEndUser: boolean;
}

export interface RegistrationRow {
  number: string;
  state: RegistrationState;
  revision: number;
  answers_revision: number;
  site_name: string;
  company: string;
  merged_into: string | null;
  site_administrator: { name?: string; email?: string };
  history_n: number;
  history_hash: Buffer | null;
  parties: Party[] | null;
  had_end_user: boolean;
  seat: Seat | null;
  holder: string | null;
  organisation: string | null;
  association: string | null;
  system_id: string | null;
  made_at: Date | null;
  made_by: string | null;
  last_heard_at: Date | null;
  instance: string | null;
}

/**
 * A registration as one of its parties may know it. A foreign number and an unknown one are the same query and the same
 * answer: `undefined`.
 */
export async function registrationOf(
  q: Queries,
  asker: string,
  number: string,
): Promise<RegistrationFacts | undefined> {
  return readRegistration(
    q,
    number,
    sql.part`join acting mine on mine.registration = r.number and mine.account = ${asker}`,
  );
}

/**
 * The same for what the system itself or another registration causes: nobody asks, so nobody learns anything. `by`: whose
 * word caused it, if they have a seat here.
 */
export async function registrationUnasked(
  q: Queries,
  number: string,
  by?: { id: string },
): Promise<RegistrationFacts | undefined> {
  return readRegistration(
    q,
    number,
    sql.part`left join acting mine on mine.registration = r.number and mine.account = ${by?.id ?? null}`,
  );
}

/** Of a registration `r`: has it an end user, or had it ever one? */
export const hadEndUser = sql.part`(
      exists (select from party p where p.registration = r.number and p.seat = 'end-user')
      or exists (select from former_party f where f.registration = r.number and f.seat = 'end-user'))`;

/**
 * The number of the entry by which the asker's seat, as `mine`, got free of who had it before; 0 if nobody had. What was written
 * until then is not the asker's to read.
 */
export const seatFreeAt = sql.part`
      coalesce((select max(gone.ended_n) from former_party gone
        where gone.registration = mine.registration and gone.seat = mine.seat), 0)`;

/** What `RegistrationRow` has, of a registration `r`, the asker's seat `mine`, the current association `a`, its system `s`. */
export const REGISTRATION_COLUMNS = sql.part`
      r.number, r.state, r.revision, r.answers_revision, r.site_name, r.installation ->> 'company' as company, r.merged_into,
      r.site_administrator, r.history_n, r.history_hash, mine.seat, mine.holder, mine.organisation, a.id as association, a.system_id, a.made_at, a.made_by,
      s.last_heard_at, s.instance,
      (select json_agg(json_build_object('seat', p.seat, 'account', p.account, 'holder', p.holder, 'name', c.name,
          'organisation', coalesce(o.name, c.organisation), 'email', c.email))
        from acting p join account c on c.id = p.account left join organisation o on o.id = p.organisation
        where p.registration = r.number) as parties,
      ${hadEndUser} as had_end_user`;

async function readRegistration(q: Queries, number: string, asker: Part): Promise<RegistrationFacts | undefined> {
  const row = await q.row(sql<RegistrationRow>`
    select ${REGISTRATION_COLUMNS}
    from registration r
    ${asker}
    left join association a on a.registration = r.number and a.state = 'current'
    left join system s on s.system_id = a.system_id
    where r.number = ${number}`);
  return row && factsFrom(row);
}

export function factsFrom(row: RegistrationRow): RegistrationFacts {
  const facts: RegistrationFacts = {
    number: row.number,
    state: row.state,
    revision: row.revision,
    answersRevision: row.answers_revision,
    site: row.site_name,
    company: row.company,
    mergedInto: row.merged_into ?? undefined,
    siteAdministrator: row.site_administrator,
    head: { n: row.history_n, hash: row.history_hash ?? undefined },
    who: row.seat ?? 'stranger',
    holder: row.holder ?? undefined,
    organisation: row.organisation ?? undefined,
    parties: row.parties ?? [],
    hadEndUser: row.had_end_user,
  };
  if (row.association && row.system_id && row.made_at && row.made_by) {
    facts.current = {
      association: row.association,
      systemId: row.system_id,
      madeAt: row.made_at,
      madeBy: row.made_by,
      ...(row.last_heard_at && { lastHeardAt: row.last_heard_at }),
      ...(row.instance && { instance: row.instance }),
    };
  }
  return facts;
}

export interface StandingRow {
  association: string;
  registration: string;
  state: Standing['state'];
  made_by: string;
  /** As text where the row came as JSON. */
  made_at: Date | string;
  as_new: boolean;
  site_name: string;
  seat: Seat | null;
  by_own_party: boolean | null;
}

/** Where a System ID stands: every claim on it, and the registration whose current or retired System ID it is. */
export async function standingsOf(q: Queries, asker: string, systemId: string): Promise<Standing[]> {
  const rows = await q.rows(sql<StandingRow>`
    select a.id as association, a.registration, a.state, a.made_by, a.made_at, a.as_new, r.site_name, mine.seat,
      coalesce(a.made_for, a.made_by) = mine.holder as by_own_party
    from association a
    join registration r on r.number = a.registration
    left join acting mine on mine.registration = a.registration and mine.account = ${asker}
    where a.system_id = ${systemId} and a.state in ('current', 'retired', 'claimed')
    order by a.made_at`);
  return rows.map(standingFrom);
}

export function standingFrom(row: StandingRow): Standing {
  return {
    association: row.association,
    registration: row.registration,
    site: row.site_name,
    state: row.state,
    madeBy: row.made_by,
    byOwnParty: row.by_own_party ?? false,
    madeAt: new Date(row.made_at),
    asNew: row.as_new,
    who: row.seat ?? 'stranger',
  };
}

/** Those that the account can still withdraw: where it has no seat any more, they count for nobody. */
export async function provisionalClaimsOf(q: Queries, account: string): Promise<number> {
  const row = await q.row(sql<{ count: number }>`
    select count(*)::int as count from association a
    join acting on acting.registration = a.registration and acting.account = a.made_by
    where a.made_by = ${account} and a.state = 'claimed'`);
  return row?.count ?? 0;
}

/**
 * How a System ID came here: a browser carried the server's own request, a person typed it, or brought it in a file or QR
 * code, which anybody can copy.
 */
export type How = 'carried' | 'typed' | 'file';

/** The requests that were brought: by whom, what the server said of itself, and whether the person went on. */
export interface BroughtRequest {
  id: string;
  systemId: string;
  how: How;
  n: number | undefined;
  proven: boolean;
  /** The proven instance key, unless it was heard from under two live System IDs. */
  instance: string | undefined;
  instanceCopied: boolean;
  server: { kind: string; product: string; version: string; name: string } | undefined;
  returnTo: string | undefined;
  origin: string | undefined;
  receivedAt: Date;
  proceededAt: Date | undefined;
  association: string | undefined;
}

/**
 * The instance key that puts a registration first in the list: also of a file, in which the server proved it as well. Only a
 * carried request that is stale has none, for it was made for a click that is over.
 */
export const installationOf = ({ how, proven, instance }: BroughtRequest): string | undefined =>
  proven || how === 'file' ? instance : undefined;

export interface RequestRow {
  id: string;
  system_id: string;
  how: How;
  n: number | null;
  proven: boolean;
  instance: string | null;
  copied_at: Date | string | null;
  server: BroughtRequest['server'] | null;
  return_to: string | null;
  origin: string | null;
  received_at: Date | string;
  proceeded_at: Date | string | null;
  association: string | null;
}

/** `undefined`: unknown, another account's, cancelled or older than a day: we no longer hold it. */
export async function requestOf(
  q: Queries,
  account: string,
  id: string,
  now: Date,
): Promise<BroughtRequest | undefined> {
  const row = await q.row(sql<RequestRow>`
    select q.id, q.system_id, q.how, q.n, q.proven, q.instance, i.copied_at, q.server, q.return_to, q.origin,
      q.received_at, q.proceeded_at, q.association
    from request q left join instance i on i.public_key = q.instance
    where q.id = ${id} and q.account = ${account} and q.cancelled_at is null
      and q.received_at > ${new Date(now.getTime() - REQUEST_HOURS * 60 * 60 * 1000)}`);
  return row && requestFrom(row);
}

export function requestFrom(row: RequestRow): BroughtRequest {
  return {
    id: row.id,
    systemId: row.system_id,
    how: row.how,
    n: row.n ?? undefined,
    proven: row.proven,
    instance: row.copied_at ? undefined : (row.instance ?? undefined),
    instanceCopied: row.copied_at !== null,
    server: row.server ?? undefined,
    returnTo: row.return_to ?? undefined,
    origin: row.origin ?? undefined,
    receivedAt: new Date(row.received_at),
    proceededAt: row.proceeded_at === null ? undefined : new Date(row.proceeded_at),
    association: row.association ?? undefined,
  };
}

/** How long a brought request is kept, by the portal's own clock. */
export const REQUEST_HOURS = 24;

/** Two systems say that they are one: how that was found out. */
export type ConflictKind = 'retired-speaks' | 'restored' | 'copy' | 'signing-key';

/** Since when a registration `r` has had a System ID: one that was prepared is not registered before its first. */
export const registeredAt = sql.part`coalesce((
      select min(first.made_at) from association first
      where first.registration = r.number and first.state not in ('undone', 'withdrawn', 'beaten')), r.created_at)`;
