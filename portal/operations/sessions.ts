import { createHash, randomBytes } from 'node:crypto';
import type { Account, Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';

/** Sessions lie in the database; the browser holds a random token, of which only the hash is stored. */

export const SESSION_HOURS = 12;

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** `provider`: the one through which its person came, if any. */
export async function startSession(portal: Portal, account: string, provider?: string): Promise<string> {
  const token = newToken();
  const now = portal.now();
  await portal.db.rows(sql`
    insert into session (token_hash, account, provider, created_at, expires_at)
    values (${hashToken(token)}, ${account}, ${provider ?? null}, ${now}, ${new Date(now.getTime() + SESSION_HOURS * 60 * 60 * 1000)})`);
  return token;
}

export function accountOfSession(portal: Portal, token: string): Promise<Account | undefined> {
  return portal.db.row(sql<Account>`
    select a.id, a.email, a.name, a.organisation, a.kind
    from session s join account a on a.id = s.account
    where s.token_hash = ${hashToken(token)} and s.expires_at > ${portal.now()}`);
}

/** Ends the session, and says through which provider its person came. */
export async function endSession(portal: Portal, token: string): Promise<{ provider: string | undefined }> {
  const row = await portal.db.row(sql<{ provider: string | null }>`
    delete from session where token_hash = ${hashToken(token)} returning provider`);
  return { provider: row?.provider ?? undefined };
}
