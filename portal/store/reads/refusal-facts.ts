import type { Seat } from '../../../core/permissions.ts';
import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

/** What a refusal may say of a registration to one of its parties. */
export interface RefusalRegistration {
  number: string;
  site: string;
  closedAt: Date | null;
  mergedInto: string | null;
  confirmedAt: Date | null;
  confirmedBy: string | null;
  /** The party that did what stands in the way, if it still is one. */
  doer: { name: string; seat: Seat } | null;
}

/** `undefined` for everybody who has no seat on it. */
export function refusalRegistration(
  q: Queries,
  asker: string,
  number: string,
  by: string | undefined,
): Promise<RefusalRegistration | undefined> {
  return q.row(sql<RefusalRegistration>`
    select r.number, r.site_name as site, r.closed_at as "closedAt", r.merged_into as "mergedInto",
      r.confirmed_at as "confirmedAt", confirmer.name as "confirmedBy",
      case when doer.account is not null then json_build_object('name', doing.name, 'seat', doer.seat) end as doer
    from registration r
    join acting mine on mine.registration = r.number and mine.account = ${asker}
    left join (acting p join account confirmer on confirmer.id = p.account)
      on p.registration = r.number and p.account = r.confirmed_by
    left join (acting doer join account doing on doing.id = doer.account)
      on doer.registration = r.number and doer.account = ${by ?? null}
    where r.number = ${number}`);
}

/** The asker's registration whose current or former System ID this is. */
export async function registrationWith(q: Queries, asker: string, systemId: string): Promise<string | undefined> {
  const row = await q.row(sql<{ registration: string }>`
    select a.registration from association a
    join acting mine on mine.registration = a.registration and mine.account = ${asker}
    where a.system_id = ${systemId} and a.state in ('current', 'retired')`);
  return row?.registration;
}
