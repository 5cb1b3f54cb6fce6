import { type Refused, refused } from './refusals.ts';

/** What an account may do with its own ways in. */

/** So many that work at once: more than anybody can keep in view is a program that makes one each time. */
const MOST_ACCESS_TOKENS = 50;

export function mayMakeAccessToken(live: number): Refused<'access-token-limit'> | undefined {
  return live < MOST_ACCESS_TOKENS ? undefined : refused('access-token-limit', { count: live });
}

/** How somebody can log on: with a password, and through providers, named by issuer, that the portal knows today. */
export interface WaysToLogOn {
  hasPassword: boolean;
  issuers: readonly string[];
}

/** A provider is unlinked only while another way remains: an account that nobody can log on to is lost. */
export function mayUnlink(ways: WaysToLogOn, issuer: string): Refused<'last-way-to-log-on'> | undefined {
  const another = ways.hasPassword || ways.issuers.some((one) => one !== issuer);
  return another ? undefined : refused('last-way-to-log-on');
}
