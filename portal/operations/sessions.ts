import { createHash, randomBytes } from 'node:crypto';
import { isFresh } from '../../core/accounts.ts';
import { browserIn } from '../../core/user-agents.ts';
import type { Account, Portal } from '../portal.ts';
import { ACCOUNT_COLUMNS, itsOrganisation } from '../store/accounts.ts';
import { sql } from '../store/sql.ts';

/** Sessions lie in the database; the browser holds a random token, of which only the hash is stored. */

export const SESSION_HOURS = 12;
const HOUR_MS = 60 * 60 * 1000;

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** How its person came: through a provider or with a passkey; or else with a password. */
export interface Beginning {
  provider?: string;
  passkey?: string;
  /** The provider was made to ask its person who they are. Otherwise it may have known them for days. */
  asked?: boolean;
  userAgent?: string | undefined;
}

export async function startSession(portal: Portal, account: string, beginning: Beginning = {}): Promise<string> {
  const { provider = null, passkey = null, asked, userAgent } = beginning;
  const [token, now] = [newToken(), portal.now()];
  const way = (provider && 'provider') ?? (passkey && 'passkey') ?? 'password';
  const provenAt = provider && !asked ? null : now;
  const { browser = null, system = null } = browserIn(userAgent);
  await portal.db.rows(sql`
    insert into session (token_hash, account, way, provider, passkey, browser, system, proven_at, used_at, created_at, expires_at)
    values (${hashToken(token)}, ${account}, ${way}, ${provider}, ${passkey}, ${browser}, ${system}, ${provenAt},
      ${hourOf(now)}, ${now}, ${new Date(now.getTime() + SESSION_HOURS * HOUR_MS)})`);
  return token;
}

/** Whose session it is. That it was used is noted by the hour, so it is one write an hour. */
export function accountOfSession(portal: Portal, token: string): Promise<Account | undefined> {
  const [hash, now] = [hashToken(token), portal.now()];
  return portal.db.row(sql<Account>`
    with used_ as (
      update session set used_at = ${hourOf(now)}
      where token_hash = ${hash} and expires_at > ${now} and used_at < ${hourOf(now)}
    )
    select ${ACCOUNT_COLUMNS}, case when a.shared then s.person end as person,
      exists (select from administrator d where d.account = a.id and d.until is null) as administers
    from session s join account a on a.id = s.account
    ${itsOrganisation}
    where s.token_hash = ${hash} and s.expires_at > ${now} and a.erased_at is null`);
}

/** Who of several people uses the account in this session. */
export async function namePerson(portal: Portal, token: string, person: string): Promise<void> {
  await portal.db.rows(sql`
    update session set person = ${person} where token_hash = ${hashToken(token)} and expires_at > ${portal.now()}`);
}

/** Whether its person has shown who they are a short while ago. */
export async function isSessionFresh(portal: Portal, token: string): Promise<boolean> {
  const now = portal.now();
  const row = await portal.db.row(sql<{ provenAt: Date | null }>`
    select proven_at as "provenAt" from session where token_hash = ${hashToken(token)} and expires_at > ${now}`);
  return isFresh(row?.provenAt ?? undefined, now);
}

/** What names the session beside what its administrator does in it; its token never does. */
export async function sessionIdOf({ db }: Pick<Portal, 'db'>, token: string): Promise<string | undefined> {
  const row = await db.row(sql<{ id: string }>`select id from session where token_hash = ${hashToken(token)}`);
  return row?.id;
}

/** Ends the session, and says through which provider its person came. */
export async function endSession(portal: Portal, token: string): Promise<{ provider: string | undefined }> {
  const row = await portal.db.row(sql<{ provider: string | null }>`
    delete from session where token_hash = ${hashToken(token)} returning provider`);
  return { provider: row?.provider ?? undefined };
}

/** A log-on that is open, as its person is shown it. */
export interface OpenSession {
  id: string;
  way: 'password' | 'provider' | 'passkey';
  /** By its id. */
  provider: string | null;
  /** The name of the passkey, if it still has one. */
  passkey: string | null;
  browser: string | null;
  system: string | null;
  createdAt: Date;
  /** The hour in which it was used last. */
  usedAt: Date;
  /** The one that asks. */
  isThis: boolean;
}

/** All that are open, the one that asks first and then the newest. */
export function sessionsOf(portal: Portal, account: string, token: string): Promise<OpenSession[]> {
  return portal.db.rows(sql<OpenSession>`
    select s.id, s.way, s.provider, p.name as passkey, s.browser, s.system, s.created_at as "createdAt",
      s.used_at as "usedAt", s.token_hash = ${hashToken(token)} as "isThis"
    from session s left join passkey p on p.id = s.passkey
    where s.account = ${account} and s.expires_at > ${portal.now()}
    order by "isThis" desc, s.created_at desc, s.id`);
}

/** Ends one log-on of the account. One of somebody else's is as unknown as one that never was. */
export async function endSessionOf(portal: Portal, account: string, id: string): Promise<void> {
  await portal.db.rows(sql`delete from session where id = ${id} and account = ${account}`);
}

/** Ends all log-ons of the account but the one that asks. */
export async function endOtherSessions(portal: Portal, account: string, token: string): Promise<void> {
  await portal.db.rows(sql`delete from session where account = ${account} and token_hash <> ${hashToken(token)}`);
}

function hourOf(time: Date): Date {
  return new Date(Math.floor(time.getTime() / HOUR_MS) * HOUR_MS);
}
