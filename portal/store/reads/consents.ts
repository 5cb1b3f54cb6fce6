import type { Consent } from '../../../core/consents.ts';
import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

/** The last word on each kind, for a party of the registration. A kind that nobody was asked for is absent. */
export function consentsOf(q: Queries, account: string, number: string): Promise<Consent[]> {
  return q.rows(sql<Consent>`
    select distinct on (c.kind) c.kind, c.given, c.version, c.at
    from consent c
    join acting mine on mine.registration = c.registration and mine.account = ${account}
    where c.registration = ${number}
    order by c.kind, c.n desc`);
}
