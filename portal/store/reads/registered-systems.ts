import type { RegistrationState } from '../../../core/permissions.ts';
import type { Queries } from '../database.ts';
import { type Part, sql } from '../sql.ts';
import { found } from './search.ts';

export const PAGE_SIZE = 25;

/** What the list can be narrowed down to. The words on the page are these, so a filter finds what it is named after. */
export const STATE_FILTERS = [
  'confirmed',
  'registered',
  'not-confirmed-by-system',
  'prepared',
  'in-conflict',
  'closed',
] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];

export interface SystemRow {
  number: string;
  state: RegistrationState;
  site: string;
  company: string;
  city: string;
  mergedInto: string | null;
  /** The current System ID; where there is none, the one that waits for the system's own word. */
  systemId: string | null;
  /** A claim waits for the system's own word. */
  waits: boolean;
  inConflict: boolean;
  kind: string | null;
  server: string | null;
  /** The name that the server of a prepared registration will have. */
  plannedServer: string | null;
  lastHeardAt: Date | null;
}

export interface SystemsPage {
  rows: SystemRow[];
  count: number;
  page: number;
  last: number;
}

/** One page of the registrations on which this account has a seat, by name. A page after the last is the last. */
export async function registeredSystems(
  q: Queries,
  account: string,
  wanted: { search: string; state: StateFilter | undefined; page: number },
): Promise<SystemsPage> {
  const mine = systemsThatFit(account, wanted);
  const counted = await q.row(sql<{ count: number }>`select count(*)::int as count ${mine}`);
  const count = counted?.count ?? 0;
  const last = Math.max(1, Math.ceil(count / PAGE_SIZE));
  const page = Math.min(Math.max(1, wanted.page), last);
  const rows = await q.rows(sql<SystemRow>`
    select ${COLUMNS}
    ${mine}
    order by r.site_name collate by_name, r.number
    limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`);
  return { rows, count, page, last };
}

/** By what the list is sorted. */
export type SystemKey = [site: string, number: string];

/** The same list from one item on: what is added meanwhile moves nothing. */
export function registeredSystemsAfter(
  q: Queries,
  account: string,
  wanted: { search: string; state: StateFilter | undefined; after: SystemKey | undefined; limit: number },
): Promise<SystemRow[]> {
  const [site, number] = wanted.after ?? [];
  const after = wanted.after
    ? sql.part`and (r.site_name collate by_name, r.number) > (${site}::text collate by_name, ${number}::text)`
    : sql.nothing;
  return q.rows(sql<SystemRow>`
    select ${COLUMNS}
    ${systemsThatFit(account, wanted)} ${after}
    order by r.site_name collate by_name, r.number
    limit ${wanted.limit}`);
}

export const systemsThatFit = (
  account: string,
  { search, state }: { search: string; state: StateFilter | undefined },
): Part => sql.part`${systemsOf(account)} where ${found(search)} ${filter(state)}`;

const systemsOf = (account: string): Part => sql.part`
  from acting mine
  join registration r on r.number = mine.registration and mine.account = ${account}
  left join lateral (
    select registration, system_id from association
    where registration = r.number and state in ('current', 'claimed')
    order by state = 'current' desc, made_at desc limit 1) a on true
  left join system s on s.system_id = a.system_id
  left join shared_server said on said.registration = a.registration and said.system_id = a.system_id`;

const waits = sql.part`exists (
  select from association c where c.registration = r.number and c.state = 'claimed')`;

const inConflict = sql.part`exists (
  select from association c join conflict on conflict.system_id = c.system_id and conflict.settled_at is null
  where c.registration = r.number and c.state in ('current', 'retired'))`;

const COLUMNS = sql.part`
      r.number, r.state, r.site_name as site, r.installation ->> 'company' as company,
      r.installation ->> 'city' as city, r.merged_into as "mergedInto", a.system_id as "systemId", ${waits} as waits,
      ${inConflict} as "inConflict", s.kind, s.name as server,
      r.installation ->> 'planned_server' as "plannedServer", s.last_heard_at as "lastHeardAt"`;

function filter(state: StateFilter | undefined): Part {
  switch (state) {
    case undefined:
      return sql.nothing;
    case 'closed':
      return sql.part`and r.state in ('closed', 'merged')`;
    case 'in-conflict':
      return sql.part`and ${inConflict}`;
    case 'not-confirmed-by-system':
      return sql.part`and ${waits}`;
    case 'confirmed':
    case 'registered':
    case 'prepared':
      return sql.part`and r.state = ${state}`;
  }
}
