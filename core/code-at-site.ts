// What a site answers to a registration code that somebody types, as a table in the order in which it is tested
// (docs/codes.md, "What a site answers"). Only an accepted code changes anything that is kept.

import { fromBase64url } from './bytes.ts';
import { type ConfirmationCode, confirmationOf } from './confirmation-code.ts';
import type { Bundle } from './documents/bundle.ts';
import {
  codeHolds,
  contentOf,
  dateOfDay,
  type RegistrationCode,
  type RegistrationCodeContent,
  type RegistrationCodeReading,
  readRegistrationCode,
} from './registration-code.ts';
import type { Pair, Side } from './shared-keys.ts';
import type { SystemKeys } from './system-keys.ts';

/** What a site knows when somebody types a code. */
export interface CodesAtSite {
  keys: SystemKeys;
  bundle: Pick<Bundle, 'fingerprint' | 'code_keys'>;
  /** The lowest key that still counts, by bundle, records and accepted codes. */
  minCodeKey: number;
  /** The highest sequence that was accepted, of a code or a record; 0 if none. */
  lastSequence: number;
  /** The code that was accepted last, and when: none if only records were. */
  lastCode: RegistrationCode | undefined;
  /** The day of what is in use, where that is a record. */
  lastRecordAt: Date | undefined;
  /** What is left of the delay after failures; 0 if a try is free. */
  secondsToWait: number;
}

export type CodeAnswer =
  | Exclude<RegistrationCodeReading, { outcome: 'read' | 'mistyped' }>
  | Pick<Extract<RegistrationCodeReading, { outcome: 'mistyped' }>, 'outcome' | 'places'>
  | { outcome: 'wait'; seconds: number }
  | { outcome: 'not-for-this-system' }
  | { outcome: 'retired-key' }
  /** In use: a code, which says its day, or a record, of which only the site's own clock knows when it came. */
  | { outcome: 'older'; inUse: Date | undefined; recordCame: Date | undefined; typed: Date }
  | ({ outcome: 'already' } & Answered)
  | ({ outcome: 'accepted'; isRepaired: boolean } & Answered);

interface Answered {
  code: RegistrationCode;
  content: RegistrationCodeContent;
  confirmation: ConfirmationCode;
}

/**
 * Decides on a code as it was typed. `failed`: a MAC was computed and none verified, which counts against the next tries.
 * While these have to wait none is computed, so that nobody learns anything from trying on.
 */
export function decideCode(typed: string, site: CodesAtSite): { answer: CodeAnswer; failed: boolean } {
  const reading = readRegistrationCode(typed);
  const isFree = site.secondsToWait <= 0;
  switch (reading.outcome) {
    case 'read':
      if (!isFree) return { answer: { outcome: 'wait', seconds: Math.ceil(site.secondsToWait) }, failed: false };
      if (!isFromPortal(reading.code, site)) return { answer: { outcome: 'not-for-this-system' }, failed: true };
      return { answer: judge(reading.code, false, site), failed: false };
    case 'mistyped': {
      const { places, repairs } = reading;
      const right = isFree ? repairs.find((repair) => isFromPortal(repair, site)) : undefined;
      if (right) return { answer: judge(right, true, site), failed: false };
      return { answer: { outcome: 'mistyped', places }, failed: isFree && repairs.length > 0 };
    }
    default:
      return { answer: reading, failed: false };
  }
}

/** Seconds that the next try has to wait after so many failures in a row: the first ten are free, none waits over a minute. */
export function secondsAfter(failures: number): number {
  return failures < 10 ? 0 : Math.min(2 ** (failures - 10), 60);
}

/** The confirmation code of a code that this site accepted. */
export function confirmationAtSite(
  code: RegistrationCode,
  site: Pick<CodesAtSite, 'keys' | 'bundle'>,
): ConfirmationCode {
  const { side, pair } = betweenUs(code, site);
  return confirmationOf(code, side, pair);
}

/** The code is for this system and from its portal: whether it is the newest is what remains. */
function judge(code: RegistrationCode, isRepaired: boolean, site: CodesAtSite): CodeAnswer {
  const content = contentOf(code);
  const { keyId, sequence } = content;
  if (keyId < site.minCodeKey) return { outcome: 'retired-key' };
  const last = site.lastCode && contentOf(site.lastCode);
  // A record may have brought the number first; its code is then the same news once more.
  const codeInUse = last?.sequence === site.lastSequence ? site.lastCode : undefined;
  if (
    sequence === 0 ||
    sequence < site.lastSequence ||
    (codeInUse && sequence === site.lastSequence && code !== codeInUse)
  ) {
    const inUse = codeInUse && last ? dateOfDay(last.day) : undefined;
    const recordCame = inUse ? undefined : site.lastRecordAt;
    return { outcome: 'older', inUse, recordCame, typed: dateOfDay(content.day) };
  }
  const answered = { code, content, confirmation: confirmationAtSite(code, site) };
  return code === codeInUse ? { outcome: 'already', ...answered } : { outcome: 'accepted', isRepaired, ...answered };
}

function isFromPortal(code: RegistrationCode, site: CodesAtSite): boolean {
  const { side, pair } = betweenUs(code, site);
  return codeHolds(code, side, pair);
}

/** The keys between this system and its portal, under the code key that the code names. */
function betweenUs(
  code: RegistrationCode,
  { keys, bundle }: Pick<CodesAtSite, 'keys' | 'bundle'>,
): { side: Side; pair: Pair } {
  const codePublic = fromBase64url(bundle.code_keys[contentOf(code).keyId] ?? '') ?? new Uint8Array();
  return {
    side: { secret: keys.x25519Secret, peerPublic: codePublic },
    pair: {
      fingerprint: fromBase64url(bundle.fingerprint) ?? new Uint8Array(),
      codePublic,
      systemPublic: keys.x25519Public,
    },
  };
}
