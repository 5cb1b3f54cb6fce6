import { randomUUID } from 'node:crypto';
import type { Scope } from '../../api/contract/operation.ts';
import { mayMakeAccessToken } from '../../core/accounts.ts';
import type { Refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { ACCOUNT_COLUMNS, itsOrganisation } from '../store/accounts.ts';
import { sql } from '../store/sql.ts';
import { tellAccount } from './account-mails.ts';
import { lockAccount } from './accounts.ts';
import { hashToken, newToken } from './sessions.ts';

/** Personal access tokens: a program acts for the account that made one. Only the hash is stored. */

export interface AccessToken {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date;
  /** The day, as 2026-11-24: enough to see that a token is not used any more. */
  lastUsedOn: string | null;
}

export interface NewAccessToken {
  name: string;
  scopes: readonly Scope[];
  expiresAt: Date;
}

// Found by secret scanners, and recognised by people.
const PREFIX = 'dst_';

export type MadeResult = { outcome: 'made'; token: string; made: AccessToken } | Refused<'access-token-limit'>;

/** Makes one. The account gets a mail: whoever did not make it learns of it. */
export function makeAccessToken(portal: Portal, account: Account, wanted: NewAccessToken): Promise<MadeResult> {
  const token = PREFIX + newToken();
  const at = portal.now();
  const id = randomUUID();
  const scopes = [...new Set(wanted.scopes)];
  const { name, expiresAt } = wanted;
  return portal.db.transaction(async (tx): Promise<MadeResult> => {
    await lockAccount(tx, account);
    const row = await tx.row(sql<{ live: number }>`
      select count(*)::int as live from access_token where account = ${account.id} and expires_at > ${at}`);
    const no = mayMakeAccessToken(row?.live ?? 0);
    if (no) return no;
    await tx.rows(sql`
      insert into access_token (id, token_hash, account, name, scopes, created_at, expires_at)
      values (${id}, ${hashToken(token)}, ${account.id}, ${name}, ${scopes}, ${at}, ${expiresAt})`);
    await tellAccount(tx, account, 'access-token-made', { name, scopes, at, until: expiresAt });
    return { outcome: 'made', token, made: { id, name, scopes, createdAt: at, expiresAt, lastUsedOn: null } };
  });
}

export function accessTokensOf(portal: Portal, account: string): Promise<AccessToken[]> {
  return portal.db.rows(sql<AccessToken>`
    select id, name, scopes, created_at as "createdAt", expires_at as "expiresAt", last_used_on::text as "lastUsedOn"
    from access_token where account = ${account} order by created_at desc, id`);
}

/** It opens nothing from now on. One of somebody else's is as unknown as one that never was. */
export async function revokeAccessToken(
  portal: Portal,
  account: string,
  id: string,
): Promise<{ outcome: 'revoked' | 'unknown' }> {
  const row = await portal.db.row(sql`delete from access_token where id = ${id} and account = ${account} returning id`);
  return { outcome: row ? 'revoked' : 'unknown' };
}

export interface TokenBearer {
  account: Account;
  token: AccessToken;
}

/** Who sent this token. Whatever else was sent is looked up in the same way and found nowhere. */
export async function bearerOf(portal: Portal, token: string): Promise<TokenBearer | undefined> {
  const hash = hashToken(token);
  const now = portal.now();
  const today = now.toISOString().slice(0, 10);
  // One write a day and token.
  const row = await portal.db.row(sql<AccessToken & { account: Account }>`
    with used_ as (
      update access_token set last_used_on = ${today}
      where token_hash = ${hash} and expires_at > ${now} and last_used_on is distinct from ${today}::date
    )
    select t.id, t.name, t.scopes, t.created_at as "createdAt", t.expires_at as "expiresAt",
      ${today}::text as "lastUsedOn",
      (select row_to_json(known) from (select ${ACCOUNT_COLUMNS}, case when a.shared then t.name end as person) known) as account
    from access_token t join account a on a.id = t.account
    ${itsOrganisation}
    where t.token_hash = ${hash} and t.expires_at > ${now} and a.erased_at is null`);
  if (!row) return undefined;
  const { account, ...known } = row;
  return { account, token: known };
}
