import type { PasskeyAnswer } from '../../core/passkeys.ts';
import type { Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';
import { hashToken, newToken } from './sessions.ts';

/** What a browser is asked to sign. It lies in the database, for whichever process the answer meets. */

export const CHALLENGE_MINUTES = 5;

export interface Challenged {
  /** The browser that is asked; only this one may answer. */
  browserHash: Buffer;
  /** To which a passkey is to be added; none: somebody logs on. */
  account?: string;
}

export async function newChallenge(portal: Portal, { browserHash, account }: Challenged): Promise<string> {
  const challenge = newToken();
  const expiresAt = new Date(portal.now().getTime() + CHALLENGE_MINUTES * 60_000);
  await portal.db.rows(sql`
    insert into passkey_challenge (challenge_hash, browser_hash, account, expires_at)
    values (${hashToken(challenge)}, ${browserHash}, ${account ?? null}, ${expiresAt})`);
  return challenge;
}

/** Taken once, whatever the answer is worth: of several answers the first counts. */
export async function takeChallenge(
  portal: Portal,
  { challenge }: Pick<PasskeyAnswer, 'challenge'>,
  { browserHash, account }: Challenged,
): Promise<boolean> {
  const row = await portal.db.row(sql`
    delete from passkey_challenge
    where challenge_hash = ${hashToken(challenge)} and browser_hash = ${browserHash}
      and account is not distinct from ${account ?? null}::uuid and expires_at > ${portal.now()}
    returning 1`);
  return row !== undefined;
}
