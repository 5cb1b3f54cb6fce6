import { z } from 'zod';
import { fromBase64url, toBase64url, utf8 } from '../core/bytes.ts';
import { ALPHABET } from '../core/crockford.ts';
import { sha256 } from '../core/crypto.ts';

/**
 * A person lets a program in with the browser (RFC 8252): the program listens on this machine and opens the portal's page
 * with a challenge; the page sends a code to the program; code and verifier together give a token, once.
 */

/** Where the program sends the browser, with `port`, `challenge` and `name`. */
export const LOG_ON_PATH = '/programs/log-on';
/** Where the browser may rest afterwards: what happened, in words. */
export const ALLOWED_PATH = '/programs/allowed';
export const REFUSED_PATH = '/programs/refused';

/** What the page comes back with to `http://127.0.0.1:{port}/`. */
export type ComesBack = { challenge: string; code: string } | { challenge: string; refused: '' };

/** Where the program posts both halves, as JSON, and gets its token. */
export const TOKEN_PATH = '/programs/tokens';
export const exchangeSchema = z.strictObject({ code: z.string().max(100), verifier: z.string().max(100) });
export const programTokenSchema = z.object({ token: z.string() });
export type ProgramToken = z.infer<typeof programTokenSchema>;

export const LONGEST_PROGRAM_NAME = 80;

/** Who has the verifier is who sent the challenge. */
export function challengeOf(verifier: string): string {
  return toBase64url(sha256(utf8(verifier)));
}

export function isChallenge(text: string): boolean {
  return fromBase64url(text)?.length === 32;
}

/** Both sides show it, for the person to compare: a page that another program opened shows another one. */
export function codeToCompare(challenge: string): string {
  const symbols = [...(fromBase64url(challenge) ?? [])].slice(0, 8).map((byte) => ALPHABET[byte % 32]);
  return `${symbols.slice(0, 4).join('')}-${symbols.slice(4).join('')}`;
}
