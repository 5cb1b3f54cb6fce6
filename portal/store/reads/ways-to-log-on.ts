import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

/** How somebody can log on to their account: by password, and through providers with these issuers. */
export interface WaysToLogOn {
  hasPassword: boolean;
  issuers: string[];
}

export async function waysToLogOn(q: Queries, account: string): Promise<WaysToLogOn> {
  const row = await q.row(sql<WaysToLogOn>`
    select password_hash is not null as "hasPassword",
      array(select iss from identity where account = a.id order by linked_at) as issuers
    from account a where id = ${account}`);
  return row ?? { hasPassword: false, issuers: [] };
}
