import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

/** What the portal knows about a request that was brought, told only to a party of what it is about. */

/** The one registration of the asker's whose installation has this instance key; none if several have it. */
export async function knownInstallation(q: Queries, asker: string, instance: string): Promise<string | undefined> {
  const rows = await q.rows(sql<{ site: string }>`
    select r.site_name as site
    from acting mine
    join registration r on r.number = mine.registration
    join association a on a.registration = r.number and a.state = 'current'
    join system s on s.system_id = a.system_id and s.instance = ${instance}
    where mine.account = ${asker}
    limit 2`);
  return rows.length === 1 ? rows[0]?.site : undefined;
}

export interface UsedFor {
  registration: string;
  site: string;
  at: Date;
  /** It stands no more: undone, withdrawn, or beaten. */
  ended: boolean;
}

/** The association that a request made. */
export function usedFor(q: Queries, asker: string, association: string): Promise<UsedFor | undefined> {
  return q.row(sql<UsedFor>`
    select a.registration, r.site_name as site, a.made_at as at, a.state not in ('current', 'claimed') as ended
    from association a
    join registration r on r.number = a.registration
    join acting mine on mine.registration = a.registration and mine.account = ${asker}
    where a.id = ${association}`);
}

/** Whether the account brought this System ID, went on, and nothing came of it yet. */
export async function holdsRequestOf(q: Queries, account: string, systemId: string, since: Date): Promise<boolean> {
  const row = await q.row(sql`
    select from request
    where system_id = ${systemId} and account = ${account} and proceeded_at is not null and cancelled_at is null
      and association is null and received_at > ${since} limit 1`);
  return row !== undefined;
}
