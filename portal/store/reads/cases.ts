import type { CaseCause, CaseEnd, OpenedAs } from '../../../core/cases.ts';
import type { RegistrationState, Seat } from '../../../core/permissions.ts';
import type { SystemId } from '../../../core/system-id.ts';
import type { Queries } from '../database.ts';
import { seatFreeAt } from '../facts.ts';
import { type Part, sql } from '../sql.ts';

/** What stands in a list of cases. */
export interface CaseLine {
  id: string;
  cause: CaseCause;
  openedAs: OpenedAs;
  /** That it is about. */
  seat: Seat;
  openedAt: Date;
  objectionsUntil: Date;
  endedAt: Date | null;
  endedAs: CaseEnd | null;
}

export const CASE_LINE = sql.part`f.id, f.cause, f.opened_as as "openedAs", f.seat, f.opened_at as "openedAt",
      f.objections_until as "objectionsUntil", f.ended_at as "endedAt", f.ended_as as "endedAs"`;

/** A party reads a case unless that was over before it had its seat. */
const isItsTime = sql.part`(f.ended_n is null or f.ended_n > ${seatFreeAt})`;

/** The cases about a registration, for whoever acts for a party of it; the newest first. */
export function casesAbout(q: Queries, account: string, number: string): Promise<CaseLine[]> {
  return q.rows(sql<CaseLine>`
    select ${CASE_LINE} from case_file f
    join acting mine on mine.registration = f.registration and mine.account = ${account}
    where f.registration = ${number} and (f.opened_by = ${account} or ${isItsTime}) order by f.opened_at desc`);
}

export interface OwnCase extends CaseLine {
  systemId: SystemId | null;
  /** Only of a registration that the opener acts for. */
  site: string | null;
}

/** When it was opened, and its id. */
export type CaseKey = readonly [string, string];

/** The cases that an account opened; of a registration that it has no seat on it learns nothing by that. */
export function casesOpenedBy(
  q: Queries,
  account: string,
  { after, limit }: { after?: CaseKey | undefined; limit?: number } = {},
): Promise<OwnCase[]> {
  const [openedAt = null, id = null] = after ?? [];
  return q.rows(sql<OwnCase>`
    select ${CASE_LINE}, f.system_id as "systemId", case when mine.account is not null then r.site_name end as site
    from case_file f
    join registration r on r.number = f.registration
    left join acting mine on mine.registration = f.registration and mine.account = ${account}
    where f.opened_by = ${account}
      and (${openedAt}::timestamptz is null or (f.opened_at, f.id) < (${openedAt}::timestamptz, ${id}::uuid))
    order by f.opened_at desc, f.id desc limit ${limit ?? null}`);
}

export interface Objection {
  seat: Seat;
  name: string;
  organisation: string;
  at: Date;
  /** Null once it was erased. */
  text: string | null;
}

export interface CaseShown extends CaseLine {
  isOpener: boolean;
  openedBy: { name: string; organisation: string; email: string };
  systemId: SystemId | null;
  /** Null once it was erased. */
  statement: string | null;
  evidence: string | null;
  endedSeat: Seat | null;
  reason: string | null;
  /** Only for whoever acts for a party. */
  registration: {
    number: string;
    site: string;
    state: RegistrationState;
    seat: Seat;
    /** That they act for has objected, or opened it. */
    isAnswered: boolean;
  } | null;
  objections: Objection[];
}

const textOf = (n: Part, field: string): Part => sql.part`(
      select t.text from history_text t where t.registration = f.registration and t.n = ${n} and t.field = ${field})`;

/** What a case `f` says, opened by `c`. */
export const CASE_COLUMNS = sql.part`${CASE_LINE}, f.system_id as "systemId", f.ended_seat as "endedSeat",
      json_build_object('name', c.name, 'organisation', c.organisation, 'email', c.email) as "openedBy",
      ${textOf(sql.part`f.opened_n`, 'statement')} as statement, ${textOf(sql.part`f.opened_n`, 'evidence')} as evidence,
      ${textOf(sql.part`f.ended_n`, 'decision')} as reason`;

export const OBJECTIONS = sql.part`(
      select json_agg(json_build_object('seat', o.seat, 'name', p.name, 'organisation', p.organisation, 'at', o.at,
          'text', (select t.text from history_text t
            where t.registration = o.registration and t.n = o.n and t.field = 'objection')) order by o.at)
      from objection o join account p on p.id = o.account where o.case_file = f.id)`;

/**
 * A case, for who opened it and for the parties: who opened it without a seat reads what they wrote themselves and what was
 * decided, and nothing of the registration. Foreign and unknown are one answer.
 */
export async function caseFor(q: Queries, account: string, id: string): Promise<CaseShown | undefined> {
  const row = await q.row(sql<Omit<CaseShown, 'objections'> & { objections: Objection[] | null }>`
    select ${CASE_COLUMNS}, f.opened_by = ${account} as "isOpener",
      case when mine.account is not null then json_build_object('number', r.number, 'site', r.site_name, 'state', r.state,
        'seat', mine.seat, 'isAnswered', exists (
          select from objection o where o.case_file = f.id and o.holder = mine.holder)
          or exists (select from acting theirs where theirs.registration = f.registration
            and theirs.account = f.opened_by and theirs.holder = mine.holder)) end as registration,
      case when mine.account is not null then ${OBJECTIONS} end as objections
    from case_file f
    join registration r on r.number = f.registration
    join account c on c.id = f.opened_by
    left join acting mine on mine.registration = f.registration and mine.account = ${account}
    where f.id = ${id} and (f.opened_by = ${account} or (mine.account is not null and ${isItsTime}))`);
  return row && { ...row, objections: objectionsFrom(row.objections) };
}

/** JSON has no dates. */
export const objectionsFrom = (rows: Objection[] | null): Objection[] =>
  (rows ?? []).map((row) => ({ ...row, at: new Date(row.at) }));

/** What a portal administrator did with a registration, for its parties: each log-on in one line. */
export interface Look {
  name: string;
  reason: string;
  first: Date;
  last: Date;
  count: number;
}

export function looksAt(q: Queries, account: string, number: string): Promise<Look[]> {
  return q.rows(sql<Look>`
    select c.name, l.reason, min(l.at) as first, max(l.at) as last, count(*)::int as count
    from administrator_act l
    join acting mine on mine.registration = l.registration and mine.account = ${account}
    join account c on c.id = l.administrator
    where l.registration = ${number} and l.act = 'looked'
    group by l.session, l.administrator, c.name, l.reason
    order by last desc`);
}
