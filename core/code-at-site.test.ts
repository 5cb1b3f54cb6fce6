import { describe, expect, test } from 'vitest';
import { fromBase64url } from './bytes.ts';
import { withCheckSymbols } from './check-symbols.ts';
import { type CodesAtSite, confirmationAtSite, decideCode, secondsAfter } from './code-at-site.ts';
import { symbolsOf, textOf } from './crockford.ts';
import { OTHER_PORTAL, OTHER_SYSTEM, PORTAL, SYSTEM } from './documents/test-cast.ts';
import { makeRegistrationCode, type RegistrationCode } from './registration-code.ts';

const SITE: CodesAtSite = {
  keys: SYSTEM,
  bundle: PORTAL.bundle,
  minCodeKey: 2,
  lastSequence: 0,
  lastCode: undefined,
  lastRecordAt: undefined,
  secondsToWait: 0,
};

function issued(
  { sequence = 12, keyId = 2, day = 692 } = {},
  { portal = PORTAL, system = SYSTEM } = {},
): RegistrationCode {
  const key = portal.forDocuments.codeKeys[keyId];
  if (!key) throw new Error('no such key');
  return makeRegistrationCode(
    { keyId, advisory: false, asksConfirmation: true, sequence, day },
    { secret: key.secret, peerPublic: system.x25519Public },
    {
      fingerprint: fromBase64url(portal.forDocuments.fingerprint) as Uint8Array,
      codePublic: key.public,
      systemPublic: system.x25519Public,
    },
  );
}

const code = issued();
const withCode = { ...SITE, lastSequence: 12, lastCode: code };
/** A text whose check symbols hold. */
const honest = (data: string) => textOf(withCheckSymbols(8, symbolsOf(data)));

describe('a site answers a code', () => {
  test('that it accepts with the confirmation code', () => {
    const { answer, failed } = decideCode(code.toLowerCase(), SITE);
    expect(answer).toMatchObject({ outcome: 'accepted', code, isRepaired: false, content: { sequence: 12 } });
    expect(answer).toHaveProperty('confirmation', confirmationAtSite(code, SITE));
    expect(failed).toBe(false);
  });

  test('with one wrong symbol or one exchange by mending it, for the MAC vouches for the result', () => {
    const oneWrong = `${code.slice(0, 9)}${code.charAt(9) === 'Z' ? 'Y' : 'Z'}${code.slice(10)}`;
    const at = Array.from(code).findIndex((symbol, index) => symbol !== code.charAt(index + 1));
    const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
    for (const typed of [oneWrong, swapped]) {
      expect(decideCode(typed, SITE)).toMatchObject({
        answer: { outcome: 'accepted', code, isRepaired: true },
        failed: false,
      });
    }
  });

  test('that could be mended to a code for another system only as mistyped, and that counts as a failure', () => {
    const other = issued({}, { system: OTHER_SYSTEM });
    const typed = `${other.slice(0, 9)}${other.charAt(9) === 'Z' ? 'Y' : 'Z'}${other.slice(10)}`;
    expect(decideCode(typed, SITE)).toMatchObject({
      answer: { outcome: 'mistyped', places: [{ group: 2 }] },
      failed: true,
    });
  });

  test('of another length or alphabet by what it counted, and that costs no try', () => {
    expect(decideCode('12345', SITE)).toEqual({ answer: { outcome: 'wrong-length', symbols: 5 }, failed: false });
    expect(decideCode(SYSTEM.systemId, SITE)).toEqual({
      answer: { outcome: 'other-text', text: 'system-id' },
      failed: false,
    });
  });

  test('of another type as made by a newer portal, also while tries have to wait', () => {
    const newer = honest(`A${code.slice(1, 23)}`);
    for (const secondsToWait of [0, 30]) {
      expect(decideCode(newer, { ...SITE, secondsToWait })).toEqual({
        answer: { outcome: 'another-type' },
        failed: false,
      });
    }
  });

  test('of another system or portal as such', () => {
    for (const foreign of [issued({}, { system: OTHER_SYSTEM }), issued({}, { portal: OTHER_PORTAL })]) {
      expect(decideCode(foreign, SITE)).toEqual({ answer: { outcome: 'not-for-this-system' }, failed: true });
    }
  });

  test('under a retired key as such, after its MAC', () => {
    expect(decideCode(issued({ keyId: 1 }), SITE).answer).toEqual({ outcome: 'retired-key' });
    expect(decideCode(issued({ keyId: 1 }, { system: OTHER_SYSTEM }), SITE).answer).toEqual({
      outcome: 'not-for-this-system',
    });
    expect(decideCode(issued({ keyId: 7 }), SITE).answer.outcome).toBe('accepted');
  });

  test('that is older with both dates', () => {
    const older = { outcome: 'older', inUse: new Date('2026-11-24'), typed: new Date('2026-11-23') };
    for (const typed of [issued({ sequence: 11, day: 691 }), issued({ day: 691 }), issued({ sequence: 0, day: 691 })]) {
      expect(decideCode(typed, withCode)).toEqual({ answer: older, failed: false });
    }
    expect(decideCode(issued({ sequence: 0 }), SITE).answer).toMatchObject({ outcome: 'older', inUse: undefined });
  });

  test('that it has already by saying so, with the confirmation code once more', () => {
    const { answer } = decideCode(code, withCode);
    expect(answer).toMatchObject({ outcome: 'already', confirmation: confirmationAtSite(code, SITE) });
  });

  test('whose number a record brought first by accepting it, and an older one with the day of the record', () => {
    const loaded = { ...SITE, lastSequence: 12, lastRecordAt: new Date('2026-11-24T09:00:00Z') };
    expect(decideCode(code, loaded).answer.outcome).toBe('accepted');
    expect(decideCode(issued({ sequence: 11 }), loaded).answer).toMatchObject({
      inUse: undefined,
      recordCame: loaded.lastRecordAt,
    });
    const since = { ...loaded, lastSequence: 13, lastCode: code };
    expect(decideCode(issued({ sequence: 13 }), since).answer.outcome).toBe('accepted');
    expect(decideCode(code, since).answer).toMatchObject({ outcome: 'older', recordCame: loaded.lastRecordAt });
  });
});

describe('after failures', () => {
  test('a code has to wait, right or wrong, and nothing is computed', () => {
    const waiting = { ...SITE, secondsToWait: 7.2 };
    for (const typed of [code, issued({}, { system: OTHER_SYSTEM })]) {
      expect(decideCode(typed, waiting)).toEqual({ answer: { outcome: 'wait', seconds: 8 }, failed: false });
    }
    const oneWrong = `${code.slice(0, 9)}${code.charAt(9) === 'Z' ? 'Y' : 'Z'}${code.slice(10)}`;
    expect(decideCode(oneWrong, waiting)).toMatchObject({ answer: { outcome: 'mistyped' }, failed: false });
  });

  test('ten are free, then the wait doubles up to a minute', () => {
    expect([0, 9, 10, 11, 12, 15, 16, 1000].map(secondsAfter)).toEqual([0, 0, 1, 2, 4, 32, 60, 60]);
  });
});
