// The pause after wrong registration codes. How many there were stands in the database; since when the pause runs, only in
// memory and by a clock that only goes forward. So a restart begins the pause again, and setting the clock ends none.

import { secondsAfter } from '../core/code-at-site.ts';

export interface CodePause {
  /** Seconds until the next try, after so many failures; 0 if it is free. */
  left(failures: number): number;
  begin(): void;
}

/** `tick`: milliseconds of a clock that only goes forward. */
export function codePause(tick: () => number = () => performance.now()): CodePause {
  let since = tick();
  return {
    left: (failures) => Math.max(0, secondsAfter(failures) - (tick() - since) / 1000),
    begin() {
      since = tick();
    },
  };
}
