import type { ServerWords } from '../../../core/server-changes.ts';
import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

/** What a server last said of itself. */
export interface KnownServer extends ServerWords {
  kind: string;
}

/** The server whose System ID is current for one of the asker's registrations, if it ever spoke. */
export function serverOf(q: Queries, asker: string, registration: string): Promise<KnownServer | undefined> {
  return q.row(sql<KnownServer>`
    select s.kind, coalesce(said.name, s.name) as name, coalesce(said.product, s.product) as product,
      coalesce(said.version, s.version) as version
    from acting mine
    join association a on a.registration = mine.registration and a.state = 'current'
    join system s on s.system_id = a.system_id and s.kind is not null
    left join shared_server said on said.registration = a.registration and said.system_id = a.system_id
    where mine.registration = ${registration} and mine.account = ${asker}`);
}
