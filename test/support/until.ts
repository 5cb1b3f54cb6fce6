import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until there is an answer. It says what it waited for when none came. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  // Far beyond what a slow machine needs; it only keeps a test from waiting for ever.
  for (const end = Date.now() + 45_000; Date.now() < end; await pause(50)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
  }
  throw new Error(`Waited in vain for ${what}.`);
}
