import { type Refused, refused } from './refusals.ts';

/** What an account may do with its own ways in. */

/** So many that work at once: more than anybody can keep in view is a program that makes one each time. */
const MOST_ACCESS_TOKENS = 50;
/** As many devices as one person has, and some more. */
const MOST_PASSKEYS = 20;
/** For so long somebody counts as the one who logged on; after that somebody else may sit at the open page. */
const FRESH_MS = 15 * 60 * 1000;

export function mayMakeAccessToken(live: number): Refused<'access-token-limit'> | undefined {
  return live < MOST_ACCESS_TOKENS ? undefined : refused('access-token-limit', { count: live });
}

export function mayAddPasskey(count: number): Refused<'passkey-limit'> | undefined {
  return count < MOST_PASSKEYS ? undefined : refused('passkey-limit', { count });
}

/**
 * How somebody can log on: with a password, through providers, named by issuer, that the portal knows today, and with
 * passkeys that were made for its host.
 */
export interface WaysToLogOn {
  hasPassword: boolean;
  issuers: readonly string[];
  passkeys: readonly string[];
}

/** A provider is unlinked only while another way remains: an account that nobody can log on to is lost. */
export function mayUnlink(ways: WaysToLogOn, issuer: string): Refused<'last-way-to-log-on'> | undefined {
  return unlessLast({ ...ways, issuers: ways.issuers.filter((one) => one !== issuer) });
}

/** The same for a passkey. One that opens nothing any more is no way, and can always be removed. */
export function mayRemovePasskey(ways: WaysToLogOn, passkey: string): Refused<'last-way-to-log-on'> | undefined {
  if (!ways.passkeys.includes(passkey)) return undefined;
  return unlessLast({ ...ways, passkeys: ways.passkeys.filter((one) => one !== passkey) });
}

function unlessLast(left: WaysToLogOn): Refused<'last-way-to-log-on'> | undefined {
  const another = left.hasPassword || left.issuers.length > 0 || left.passkeys.length > 0;
  return another ? undefined : refused('last-way-to-log-on');
}

/**
 * Whether a sign-in is fresh enough for what cannot be left to whoever sits at an open page. `provenAt`: when the person
 * last showed who they are; undefined where nobody said.
 */
export function isFresh(provenAt: Date | undefined, now: Date): boolean {
  return provenAt !== undefined && now.getTime() - provenAt.getTime() < FRESH_MS;
}
