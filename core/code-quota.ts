// How many new registration codes a System ID gets in a day. Its numbers have to last for ever, so there is an end. But a
// System ID that was photographed may be claimed by strangers, and they must not use up what the right party needs.

/** For a System ID, whoever asks. */
const MOST = 10;
/** For an account that asks about this System ID. */
const MOST_FOR_AN_ACCOUNT = 5;
/** So many an account gets whatever others had: a code, and another in its place. */
const SHARE = 2;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A code of this System ID that was handed out. */
export interface IssuedCode {
  at: Date;
  /** To the account that asks now. */
  mine: boolean;
}

/** From when on an issued code counts no more. */
export function countedSince(now: Date): Date {
  return new Date(now.getTime() - DAY_MS);
}

/** When this account can have a new code of the System ID, if it cannot have one now. `issued`: the oldest first. */
export function waitsUntil(issued: readonly IssuedCode[], now: Date): Date | undefined {
  if (isFree(issued, now)) return undefined;
  return issued.map(({ at }) => new Date(at.getTime() + DAY_MS)).find((then) => then > now && isFree(issued, then));
}

function isFree(issued: readonly IssuedCode[], now: Date): boolean {
  const counted = issued.filter(({ at }) => at > countedSince(now));
  const mine = counted.filter((one) => one.mine).length;
  return mine < SHARE || (mine < MOST_FOR_AN_ACCOUNT && counted.length < MOST);
}
