import type { RegistrationState } from '../../../core/permissions.ts';
import type { Queries } from '../database.ts';
import { type BroughtRequest, installationOf } from '../facts.ts';
import { type Part, sql } from '../sql.ts';
import { found } from './search.ts';

const CHOICES_PAGE_SIZE = 25;
const SILENT_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

export type Show = 'all' | 'silent' | 'prepared';

/** Why a registration is probably the right one: from the strongest reason to none. */
export type ChoiceReason = 'instance' | 'prepared' | 'waits' | 'same-server';

/** A registration that a System ID can be associated with, or why it cannot. */
export interface Choice {
  number: string;
  state: RegistrationState;
  site: string;
  company: string;
  city: string;
  systemId: string | null;
  kind: string | null;
  server: string | null;
  lastHeardAt: Date | null;
  closedAt: Date | null;
  mergedInto: string | null;
  reason: ChoiceReason | null;
}

export interface ChoicesPage {
  rows: Choice[];
  count: number;
  page: number;
  last: number;
}

interface ChoiceRow extends Choice {
  count: number;
  page: number;
}

/**
 * One page of the asker's registrations for what was brought (docs/behaviour.md, "The list of one's registrations"): the same installation
 * alone on top, then what was prepared for a server of this name, then a claim that waits for this System ID, then the same
 * server name and product, then all else that is prepared, then what was not heard from for longest, then by name; what
 * cannot be chosen comes last. A page after the last is the last.
 */
export async function choicesFor(
  q: Queries,
  asker: string,
  brought: BroughtRequest,
  wanted: { search: string; show: Show; page: number; now: Date },
): Promise<ChoicesPage> {
  const rows = await q.rows(sql<ChoiceRow>`
    with ${mineFor(asker, brought, wanted)}, counted as (
      select count(*)::int as count, greatest(1, ceil(count(*) / ${CHOICES_PAGE_SIZE}::numeric))::int as last
      from mine where listed
    ), paged as (
      select count, least(greatest(1, ${wanted.page}::int), last) as page from counted
    )
    select ${COLUMNS}, count, page
    from mine cross join paged
    where listed
    order by ${ORDER}
    limit ${CHOICES_PAGE_SIZE} offset (select (page - 1) * ${CHOICES_PAGE_SIZE}::int from paged)`);
  const count = rows[0]?.count ?? 0;
  const last = Math.max(1, Math.ceil(count / CHOICES_PAGE_SIZE));
  return { rows, count, page: rows[0]?.page ?? 1, last };
}

/** By what the list is sorted: what cannot be chosen, the reason, how long it was silent, the name. */
export type ChoiceKey = [closed: boolean, same: boolean, rank: number, since: string, site: string, number: string];

/** The same list from one item on: what is added meanwhile moves nothing. */
export function choicesAfter(
  q: Queries,
  asker: string,
  brought: BroughtRequest,
  wanted: { search: string; show: Show; now: Date; after: ChoiceKey | undefined; limit: number },
): Promise<(Choice & { key: ChoiceKey; association: string | null })[]> {
  const [closed, same, rank, since, site, number] = wanted.after ?? [];
  const after = wanted.after
    ? sql.part`and (${ORDER}) > (${closed}::boolean, ${same}::boolean, ${rank}::int, ${since}::timestamptz,
        ${site}::text collate by_name, ${number}::text)`
    : sql.nothing;
  return q.rows(sql<Choice & { key: ChoiceKey; association: string | null }>`
    with ${mineFor(asker, brought, wanted)}
    select ${COLUMNS}, association, json_build_array(is_closed, is_same, rank, since, site_name, number) as key
    from mine
    where listed ${after}
    order by ${ORDER}
    limit ${wanted.limit}`);
}

const ORDER = sql.part`is_closed, is_same, rank, since, site_name collate by_name, number`;

const COLUMNS = sql.part`
      number, state, site_name as site, installation ->> 'company' as company, installation ->> 'city' as city,
      system_id as "systemId", kind, name as server, last_heard_at as "lastHeardAt", closed_at as "closedAt",
      merged_into as "mergedInto", reason`;

/** All that the asker has, as `mine`, with what it is sorted by; `listed`: what was searched for. */
function mineFor(asker: string, brought: BroughtRequest, wanted: { search: string; show: Show; now: Date }): Part {
  // A key that was copied, or that the request does not prove to be fresh, counts for nothing.
  const instance = installationOf(brought) ?? null;
  const another = sql.part`a.system_id <> ${brought.systemId}`;
  const sameInstallation = sql.part`s.instance = ${instance} and ${another}`;
  const silentSince = new Date(wanted.now.getTime() - SILENT_DAYS * DAY_MS);
  return sql.part`reasoned as (
      select r.*, a.id as association, a.system_id, s.kind, s.name, s.last_heard_at,
        r.state in ('closed', 'merged') as is_closed,
        a.system_id is not distinct from ${brought.systemId} as is_same,
        coalesce(s.last_heard_at, a.made_at, r.created_at) as since,
        case
          when ${sameInstallation} and count(*) filter (where ${sameInstallation}) over () = 1 then 'instance'
          when r.state = 'prepared' and lower(r.installation ->> 'planned_server') = lower(${brought.server?.name ?? null})
            then 'prepared'
          when exists (select from association waiting where waiting.registration = r.number
            and waiting.system_id = ${brought.systemId} and waiting.state = 'claimed') then 'waits'
          when lower(s.name) = lower(${brought.server?.name ?? null}) and s.product = ${brought.server?.product ?? null}
            and ${another} then 'same-server'
        end as reason,
        ${found(wanted.search)}
          and (${wanted.show} <> 'silent' or coalesce(s.last_heard_at < ${silentSince}, true))
          and (${wanted.show} <> 'prepared' or r.state = 'prepared') as listed
      from acting
      join registration r on r.number = acting.registration
      left join association a on a.registration = r.number and a.state = 'current'
      left join system s on s.system_id = a.system_id
      where acting.account = ${asker}
    ), mine as materialized (
      select *, case reason when 'instance' then 1 when 'prepared' then 2 when 'waits' then 3 when 'same-server' then 4
        else case state when 'prepared' then 5 else 6 end end as rank
      from reasoned
    )`;
}
