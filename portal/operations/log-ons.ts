import type { Portal } from '../portal.ts';
import type { Journey } from '../sign-in/provider.ts';
import { sql } from '../store/sql.ts';
import { hashToken } from './sessions.ts';

/** The way to a provider and back. What is needed to take it up again lies in the database, for whichever process it meets. */

/** How long somebody may take at the provider. */
const MINUTES = 60;

export interface LogOnBegun extends Pick<Journey, 'state' | 'nonce' | 'codeVerifier'> {
  /** The browser that is sent; only this one may come back. */
  browserHash: Buffer;
  provider: string;
  /** Where to go on to afterwards. */
  next: string;
  /** The provider is to ask its person who they are, who is logged on already. */
  fresh: boolean;
}

export async function rememberLogOn(portal: Portal, begun: LogOnBegun): Promise<void> {
  const { state, nonce, codeVerifier, browserHash, provider, next, fresh } = begun;
  const now = portal.now();
  await portal.db.rows(sql`
    insert into log_on (state_hash, browser_hash, provider, nonce, code_verifier, next, fresh, expires_at)
    values (${hashToken(state)}, ${browserHash}, ${provider}, ${nonce}, ${codeVerifier}, ${next}, ${fresh},
      ${new Date(now.getTime() + MINUTES * 60_000)})`);
}

/** Taken once: of several answers to one log-on the first counts. */
export function takeLogOn(
  portal: Portal,
  { state, browserHash, provider }: Pick<LogOnBegun, 'state' | 'browserHash' | 'provider'>,
): Promise<Pick<LogOnBegun, 'nonce' | 'codeVerifier' | 'next' | 'fresh'> | undefined> {
  return portal.db.row(sql<Pick<LogOnBegun, 'nonce' | 'codeVerifier' | 'next' | 'fresh'>>`
    delete from log_on
    where state_hash = ${hashToken(state)} and browser_hash = ${browserHash} and provider = ${provider}
      and expires_at > ${portal.now()}
    returning nonce, code_verifier as "codeVerifier", next, fresh`);
}
