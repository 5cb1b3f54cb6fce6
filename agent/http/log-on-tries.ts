import { waitAfter } from '../../core/password-tries.ts';

// Wrong passwords slow down the address that they come from. Kept in memory as durations: a restart forgives, a clock
// that was set does not matter, and nobody can lock the administrator out from elsewhere.

const ADDRESSES = 10_000;

interface Tries {
  wrong: number;
  waitUntil: number;
}

/** `tick`: milliseconds of a clock that only goes forward. */
export function logOnTries(tick: () => number = () => performance.now()) {
  const tries = new Map<string, Tries>();

  /** Milliseconds to wait, 0 if a try is free. A try counts as wrong from its start, so that many at once do not slip by. */
  function begin(address: string): number {
    const known = tries.get(address) ?? { wrong: 0, waitUntil: 0 };
    const wait = known.waitUntil - tick();
    if (wait > 0) return wait;
    const wrong = known.wrong + 1;
    tries.delete(address);
    tries.set(address, { wrong, waitUntil: tick() + waitAfter(wrong) * 1000 });
    // The oldest goes, so that many addresses cannot fill the memory.
    if (tries.size > ADDRESSES) tries.delete(tries.keys().next().value as string);
    return 0;
  }

  function succeeded(address: string): void {
    tries.delete(address);
  }
  return { begin, succeeded };
}
