import type { WaysToLogOn } from '../../../core/accounts.ts';
import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

/** How somebody can log on to their account, of the providers that the portal knows. */
export async function waysToLogOn(
  q: Queries,
  account: string,
  providers: readonly { issuer: string }[],
): Promise<WaysToLogOn> {
  const known = providers.map(({ issuer }) => issuer);
  const row = await q.row(sql<WaysToLogOn>`
    select password_hash is not null as "hasPassword",
      array(select iss from identity where account = a.id and iss = any(${known}::text[]) order by linked_at) as issuers
    from account a where id = ${account}`);
  return row ?? { hasPassword: false, issuers: [] };
}
