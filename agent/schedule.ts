// When an agent speaks to the portal by itself. It never starts that: somebody registered the server, or just asked to.

const SECONDS_ASKING = 600;
const SECONDS_BETWEEN_ASKING = 3;
/** Whatever a portal or a damaged database says, an agent asks no oftener than this and no more seldom. */
const SHORTEST = 3;
const LONGEST = 7 * 86_400;
const FIRST_RETRY = 30;

export interface Situation {
  /** The server was moved or copied and nobody has said yet which system it is. */
  atHome: boolean;
  /** It holds a record of its own registration that is not closed. A replaced one counts: it may be undone. */
  hasRegistration: boolean;
  /** When somebody last chose Register now. */
  askedAt: Date | undefined;
  heardAt: Date | undefined;
  /** In seconds, as the portal last asked. */
  nextCheckIn: number | undefined;
  /** What it shows changed since the portal was last told. */
  hasNews: boolean;
  /** Since the portal last answered, and when the latest was. */
  failures: number;
  failedAt: Date | undefined;
  now: Date;
}

/** Seconds until the next check-in; undefined: none. `jitter` in [0, 1) keeps a thousand agents from asking at once. */
export function secondsUntilCheckIn(situation: Situation, jitter: number): number | undefined {
  if (!situation.atHome) return undefined;
  if (isAsking(situation)) return SECONDS_BETWEEN_ASKING;
  if (!situation.hasRegistration) return undefined;
  const interval = clamp(situation.nextCheckIn ?? 3600, SHORTEST, LONGEST);
  if (situation.failures > 0) {
    const pause = Math.min(FIRST_RETRY * 2 ** (situation.failures - 1), interval);
    return remaining(spread(pause, jitter), situation.failedAt, situation.now);
  }
  if (situation.hasNews) return 1;
  return remaining(spread(interval, jitter), situation.heardAt, situation.now);
}

/** A clock that was set back must not keep an unregistered server asking for a year. */
function isAsking({ askedAt, now }: Situation): boolean {
  const passed = secondsSince(askedAt, now);
  return passed >= 0 && passed < SECONDS_ASKING;
}

/** What is left of a pause; never more than all of it, wherever the clock was set meanwhile. */
function remaining(pause: number, since: Date | undefined, now: Date): number {
  return clamp(pause - secondsSince(since, now), 0, pause);
}

function secondsSince(at: Date | undefined, now: Date): number {
  return at ? (now.getTime() - at.getTime()) / 1000 : Number.POSITIVE_INFINITY;
}

/** A tenth more at the most: the portal spreads by its own answer already. */
function spread(seconds: number, jitter: number): number {
  return seconds * (1 + jitter / 10);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
