import type { WaysToLogOn } from '../../../core/accounts.ts';
import { relyingPartyAt } from '../../../core/passkeys.ts';
import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

/** How somebody can log on to their account: through providers that the portal knows, with passkeys for where it is. */
export async function waysToLogOn(
  q: Queries,
  account: string,
  { providers, url }: { providers: readonly { issuer: string }[]; url: string },
): Promise<WaysToLogOn> {
  const known = providers.map(({ issuer }) => issuer);
  const row = await q.row(sql<WaysToLogOn>`
    select password_hash is not null as "hasPassword",
      array(select iss from identity where account = a.id and iss = any(${known}::text[]) order by linked_at) as issuers,
      array(select id from passkey where account = a.id and rp_id = ${relyingPartyAt(url)?.id ?? null}::text) as passkeys
    from account a where id = ${account}`);
  return row ?? { hasPassword: false, issuers: [], passkeys: [] };
}
