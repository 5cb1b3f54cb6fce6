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

export async function startSession(portal: Portal, account: string): Promise<string> {
  const token = newToken();
  const now = portal.now();
  await portal.db.rows(sql`
    insert into session (token_hash, account, created_at, expires_at)
    values (${hashToken(token)}, ${account}, ${now}, ${new Date(now.getTime() + SESSION_HOURS * 60 * 60 * 1000)})`);
  return token;
}

export function accountOfSession(portal: Portal, token: string): Promise<Account | undefined> {
  return portal.db.row(sql<Account>`
    select a.id, a.email, a.name, a.organisation, a.kind
    from session s join account a on a.id = s.account
    where s.token_hash = ${hashToken(token)} and s.expires_at > ${portal.now()}`);
}

export async function endSession(portal: Portal, token: string): Promise<void> {
  await portal.db.rows(sql`delete from session where token_hash = ${hashToken(token)}`);
}
