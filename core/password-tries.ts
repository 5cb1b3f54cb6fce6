import { type Refused, refused } from './refusals.ts';

/**
 * Wrong passwords slow down, and lock nobody out for good: after a few of them each next try has to wait, longer and
 * longer, up to a minute. A right one clears them.
 */

const FREE = 5;
const LONGEST_SECONDS = 60;
/** Without any try for so long, the wrong ones are forgotten. */
export const FORGOTTEN_AFTER_MS = 60 * 60 * 1000;

/** Seconds to wait after so many wrong ones. */
export function waitAfter(wrong: number): number {
  return wrong < FREE ? 0 : Math.min(2 ** (wrong - FREE), LONGEST_SECONDS);
}

/** The tries for one address since the last right password. */
export interface PasswordTries {
  wrong: number;
  triedAt: Date;
  /** Before this no password is looked at. */
  waitUntil: Date;
}

/**
 * A try is made: what is to be remembered of it, and the refusal if its password is not to be looked at. It counts as
 * wrong from its start, so that many at once do not slip by. One that is refused counts as well, but makes nobody wait
 * longer: otherwise a stranger who never stops would keep the owner out.
 */
export function beginTry(
  known: PasswordTries | undefined,
  now: Date,
): { tries: PasswordTries; refused?: Refused<'too-many-wrong-passwords'> } {
  const before = known && !isForgotten(known, now) ? known : { wrong: 0, waitUntil: now };
  const wrong = before.wrong + 1;
  const waitMs = before.waitUntil.getTime() - now.getTime();
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1000);
    return {
      tries: { wrong, triedAt: now, waitUntil: before.waitUntil },
      refused: refused('too-many-wrong-passwords', { seconds }),
    };
  }
  return { tries: { wrong, triedAt: now, waitUntil: new Date(now.getTime() + waitAfter(wrong) * 1000) } };
}

/** In both directions: nobody waits for a time that a clock once had by mistake. */
function isForgotten({ triedAt }: PasswordTries, now: Date): boolean {
  return Math.abs(now.getTime() - triedAt.getTime()) >= FORGOTTEN_AFTER_MS;
}
