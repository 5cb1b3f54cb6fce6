import type { RegistrationState } from '../../../core/permissions.ts';
import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

/** A registration as it stands on its label. */
export interface Labelled {
  number: string;
  state: RegistrationState;
  site: string;
  company: string;
  city: string;
  plannedServer: string | null;
}

const LABEL = sql.part`
    select r.number, r.state, r.site_name as site, r.installation ->> 'company' as company,
      r.installation ->> 'city' as city, r.installation ->> 'planned_server' as "plannedServer"
    from registration r
    join acting mine on mine.registration = r.number`;

/** What was prepared from one form or file, in the order of its lines, as far as the asker still has a seat on it. */
export function preparedFrom(q: Queries, account: string, from: string): Promise<Labelled[]> {
  return q.rows(sql<Labelled>`${LABEL} and mine.account = ${account}
    where r.created_by = ${account} and r.prepared_from = ${from}
    order by r.prepared_line`);
}

export function labelOf(q: Queries, account: string, number: string): Promise<Labelled | undefined> {
  return q.row(sql<Labelled>`${LABEL} and mine.account = ${account}
    where r.number = ${number}`);
}
