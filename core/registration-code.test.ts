import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64url } from './bytes.ts';
import { checksHold } from './check-symbols.ts';
import { confirmationOf, confirmer, readConfirmationCode } from './confirmation-code.ts';
import { ALPHABET, symbolsOf } from './crockford.ts';
import { OTHER_PORTAL, OTHER_SYSTEM, PORTAL, SYSTEM } from './documents/test-cast.ts';
import {
  codeHolds,
  contentOf,
  dateOfDay,
  dayOf,
  makeRegistrationCode,
  type RegistrationCodeContent,
  readRegistrationCode,
} from './registration-code.ts';
import type { SystemKeys } from './system-keys.ts';
import { CONFIRMATION_CODE, groupsOf, REGISTRATION_CODE, writtenCode } from './typed-code.ts';

const CONTENT: RegistrationCodeContent = {
  keyId: 5,
  advisory: true,
  asksConfirmation: true,
  sequence: 3971,
  day: 15424,
};

/** Both sides of a pair, the portal's first. */
function between(portal: typeof PORTAL, system: SystemKeys, keyId = 5) {
  const key = portal.forDocuments.codeKeys[keyId];
  if (!key) throw new Error('no such key');
  const fingerprint = fromBase64url(portal.forDocuments.fingerprint) as Uint8Array;
  return {
    portal: { secret: key.secret, peerPublic: system.x25519Public },
    site: { secret: system.x25519Secret, peerPublic: key.public },
    pair: { fingerprint, codePublic: key.public, systemPublic: system.x25519Public },
  };
}

const us = between(PORTAL, SYSTEM);
const code = makeRegistrationCode(CONTENT, us.portal, us.pair);
const confirmation = confirmationOf(code, us.portal, us.pair);

const anyContent: fc.Arbitrary<RegistrationCodeContent> = fc.record({
  keyId: fc.nat(7),
  advisory: fc.boolean(),
  asksConfirmation: fc.boolean(),
  sequence: fc.integer({ min: 0, max: 4095 }),
  day: fc.nat(16383),
});

/** The text with another symbol at this place. */
const withSymbol = (text: string, at: number, symbol: string) => text.slice(0, at) + symbol + text.slice(at + 1);
const exchanged = (text: string, at: number) =>
  text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
const groupAt = (at: number) => Math.floor(at / 5) + 1;

describe('a registration code', () => {
  test('says what was put into it, whatever that was, and holds at both sides', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const { portal, site, pair } = between(PORTAL, SYSTEM, content.keyId);
        const made = makeRegistrationCode(content, portal, pair);
        expect(readRegistrationCode(made)).toEqual({ outcome: 'read', code: made });
        expect(contentOf(made)).toEqual(content);
        expect(codeHolds(made, portal, pair)).toBe(true);
        expect(codeHolds(made, site, pair)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('is of no other system, portal or key', () => {
    for (const other of [between(PORTAL, OTHER_SYSTEM), between(OTHER_PORTAL, SYSTEM), between(PORTAL, SYSTEM, 4)]) {
      expect(codeHolds(code, other.site, other.pair)).toBe(false);
    }
  });

  test('is read in any grouping, in small letters, and with look-alikes', () => {
    const typed = writtenCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', ' – ');
    expect(readRegistrationCode(`\uFEFF ${typed}\n`)).toEqual({ outcome: 'read', code });
    expect(groupsOf(code)).toHaveLength(5);
  });

  test.each([
    [{ ...CONTENT, keyId: 8 }],
    [{ ...CONTENT, sequence: 4096 }],
    [{ ...CONTENT, sequence: -1 }],
    [{ ...CONTENT, day: 0.5 }],
  ])('is not made of what has no room in it: %j', (content) => {
    expect(() => makeRegistrationCode(content, us.portal, us.pair)).toThrow('no room');
  });

  test('knows its day, as far as it has room', () => {
    expect(dayOf(new Date('2024-01-01T00:00:00Z'))).toBe(0);
    expect(dayOf(new Date('2025-01-01T23:59:59Z'))).toBe(0);
    expect(dayOf(new Date('2026-11-24T14:05:00Z'))).toBe(692);
    expect(dayOf(new Date('2300-01-01T00:00:00Z'))).toBe(16383);
    expect(dateOfDay(692).toISOString()).toBe('2026-11-24T00:00:00.000Z');
  });
});

describe.each([
  ['registration code', code as string, REGISTRATION_CODE, readRegistrationCode],
  ['confirmation code', confirmation as string, CONFIRMATION_CODE, readConfirmationCode],
] as const)('a mistyped %s', (_, text, kind, read) => {
  const places = Array.from(text, (__, at) => at);

  test('with any one wrong symbol names its group, and what it may have been', () => {
    for (const at of places) {
      for (const symbol of ALPHABET.replace(text.charAt(at), '')) {
        const reading = read(withSymbol(text, at, symbol));
        expect(reading.outcome).toBe('mistyped');
        if (reading.outcome !== 'mistyped') continue;
        expect(reading.places).toContainEqual(expect.objectContaining({ kind: 'symbol', group: groupAt(at) }));
        expect(reading.repairs).toContain(text);
      }
    }
  });

  test('with any two neighbours exchanged names the group of the first, and what was typed', () => {
    for (const at of places.slice(0, -1)) {
      const typed = exchanged(text, at);
      if (typed === text) continue;
      const reading = read(typed);
      expect(reading.outcome).toBe('mistyped');
      if (reading.outcome !== 'mistyped') continue;
      expect(reading.places).toContainEqual(
        expect.objectContaining({ kind: 'exchange', group: groupAt(at), typed: typed.slice(at, at + 2) }),
      );
      expect(reading.repairs).toContain(text);
    }
  });

  test('with any two wrong symbols is found out', () => {
    const taken = places.flatMap((at) =>
      places
        .slice(at + 1)
        .flatMap((other) =>
          ['0Z', 'Z0', '7K']
            .map((pair) => withSymbol(withSymbol(text, at, pair.charAt(0)), other, pair.charAt(1)))
            .filter((typed) => typed !== text && checksHold(kind.unwritten, symbolsOf(typed))),
        ),
    );
    expect(taken).toEqual([]);
  });

  test('of another length, or with other characters, is told apart from a mistyped one', () => {
    expect(read('')).toEqual({ outcome: 'empty' });
    expect(read(text.slice(1))).toEqual({ outcome: 'wrong-length', symbols: text.length - 1 });
    expect(read(`${text}0`)).toEqual({ outcome: 'wrong-length', symbols: text.length + 1 });
    expect(read(withSymbol(text, 7, 'é'))).toEqual({ outcome: 'not-understood', character: 'é', group: 2 });
    expect(read(withSymbol(text, 7, '😀'))).toEqual({ outcome: 'not-understood', character: '😀', group: 2 });
  });

  test('that is another text is named as that one', () => {
    expect(read(SYSTEM.systemId)).toEqual({ outcome: 'other-text', text: 'system-id' });
    const [other, name] =
      kind === REGISTRATION_CODE ? [confirmation, 'confirmation-code'] : [code, 'registration-code'];
    expect(read(other)).toEqual({ outcome: 'other-text', text: name });
  });
});

test('ten symbols that begin a System ID are no confirmation code', () => {
  expect(readRegistrationCode(SYSTEM.systemId.slice(0, 10))).toEqual({ outcome: 'other-text', text: 'system-id' });
});

describe('a confirmation code', () => {
  test('is the same at both sides, and confirms this code and no other', () => {
    expect(confirmationOf(code, us.site, us.pair)).toBe(confirmation);
    expect(confirmer(us.portal, us.pair)(confirmation, code)).toBe(true);
    const next = makeRegistrationCode({ ...CONTENT, sequence: 3972 }, us.portal, us.pair);
    expect(confirmer(us.portal, us.pair)(confirmation, next)).toBe(false);
    const other = between(PORTAL, OTHER_SYSTEM);
    expect(confirmer(other.portal, other.pair)(confirmation, code)).toBe(false);
  });
});
