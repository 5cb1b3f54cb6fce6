import { type Refused, refused } from './refusals.ts';

/** What an account has in hand that somebody else depends on: it is given away or ended first. */
export interface Held {
  /** Seats of its own in registrations that are open. */
  seats: number;
  /** Cases that it opened and that nobody decided yet. */
  cases: number;
  /** It is a member of an organisation. */
  organisation: boolean;
  /** It runs the portal. */
  administers: boolean;
}

const HOLDS = ['seats', 'cases', 'organisation', 'administers'] as const;
export type Holds = (typeof HOLDS)[number];

/** What is to be given away or ended before the account can be erased, in the order in which it is shown. */
export function whatHolds(held: Held): Holds[] {
  return HOLDS.filter((one) => held[one]);
}

export function mayErase(held: Held): Refused<'account-in-use'> | undefined {
  return whatHolds(held).length > 0 ? refused('account-in-use') : undefined;
}
