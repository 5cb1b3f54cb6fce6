import { mayUnlink } from '../../core/accounts.ts';
import type { Refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import type { ProviderSettings } from '../sign-in/settings.ts';
import { waysToLogOn } from '../store/reads/ways-to-log-on.ts';
import { sql } from '../store/sql.ts';
import { tellAccount } from './account-mails.ts';
import { lockAccount } from './accounts.ts';
import { hashToken } from './sessions.ts';

export interface UnlinkCommand {
  account: Account;
  provider: Pick<ProviderSettings, 'id' | 'name' | 'issuer'>;
  /** The session of who says so: it goes on, also if it began there. */
  session: string;
}

export type UnlinkResult = { outcome: 'unlinked' | 'not-linked' } | Refused<'last-way-to-log-on'>;

/** Nobody logs on to the account through this provider any more; who did is logged off. A mail says so. */
export function unlink(portal: Portal, { account, provider, session }: UnlinkCommand): Promise<UnlinkResult> {
  const { id, name, issuer } = provider;
  return portal.db.transaction(async (tx): Promise<UnlinkResult> => {
    await lockAccount(tx, account);
    const ways = await waysToLogOn(tx, account.id, portal.settings);
    if (!ways.issuers.includes(issuer)) return { outcome: 'not-linked' };
    const no = mayUnlink(ways, issuer);
    if (no) return no;
    await Promise.all([
      tx.rows(sql`delete from identity where account = ${account.id} and iss = ${issuer}`),
      tx.rows(sql`
        delete from session
        where account = ${account.id} and provider = ${id} and token_hash <> ${hashToken(session)}`),
      tellAccount(tx, account, 'provider-unlinked', { provider: name, at: portal.now() }),
    ]);
    return { outcome: 'unlinked' };
  });
}
