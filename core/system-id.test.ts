import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from './bytes.ts';
import { withCheckSymbols } from './check-symbols.ts';
import { ALPHABET, symbolsOf, symbolsOfNumber, textOf } from './crockford.ts';
import { isSystemId, linesOf, publicKeyOf, readSystemId, type SystemId, shortId, systemIdOf } from './system-id.ts';
import { systemKeysFrom } from './system-keys.ts';

const ID = systemKeysFrom(fromHex('a5'.repeat(32))).systemId;
const [LINE_1, LINE_2, LINE_3, LINE_4] = linesOf(ID).map((line) => line.replaceAll('-', '')) as [
  string,
  string,
  string,
  string,
];

const systemIds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((seed) => systemKeysFrom(seed).systemId);

describe('a System ID is written', () => {
  test('as four lines of three groups', () => {
    expect(linesOf(ID)).toEqual(['35ZAD-VSBDH-JBDY0', 'Q70BX-XR87M-PS19X', 'Y9W8Q-MH3Z8-0KYW4', 'ZJVW7-ZZXSQ-PSRHH']);
  });

  test('short, as its first two groups', () => {
    expect(shortId(ID)).toBe('35ZAD-VSBDH');
  });

  test('only for a key that a server can have', () => {
    expect(() => systemIdOf(new Uint8Array(32))).toThrow('low-order');
    expect(() => systemIdOf(new Uint8Array(32).fill(0xff))).toThrow('not-canonical');
  });
});

describe('what a person types is read', () => {
  test('back to the key that it names, whatever the key', () => {
    fc.assert(
      fc.property(systemIds, (id) => {
        expect(readSystemId(linesOf(id).join('\n'))).toEqual({ outcome: 'read', systemId: id });
        expect(systemIdOf(publicKeyOf(id))).toBe(id);
      }),
      { numRuns: 50 },
    );
  });

  test('in lower case, with look-alikes, any spaces and any dashes', () => {
    const typed = Array.from(ID.toLowerCase(), (letter, at) => letter + (SEPARATORS[at] ?? ''))
      .join('')
      .replaceAll('0', 'o')
      .replaceAll('v', 'u')
      .replace('1', 'l');
    expect(typed).toMatch(/o.*u|u.*o/su);
    expect(readSystemId(typed)).toEqual({ outcome: 'read', systemId: ID });
  });

  test('in one canonical form only', () => {
    expect(isSystemId(ID)).toBe(true);
    expect(isSystemId(ID.toLowerCase())).toBe(false);
    expect(isSystemId(linesOf(ID).join('-'))).toBe(false);
    expect(isSystemId(`${ID} `)).toBe(false);
    expect(isSystemId(`3${'0'.repeat(59)}`)).toBe(false);
  });
});

describe('a text that cannot be one is named', () => {
  test.each(['', ' ', ' - \n\u200B'])('empty, when nothing was typed: %j', (typed) => {
    expect(readSystemId(typed)).toEqual({ outcome: 'empty' });
  });

  test.each([1, 11, 24, 26, 44, 46, 59, 61, 120])('with its length, when it has %i symbols', (count) => {
    expect(readSystemId(ID.repeat(2).slice(0, count))).toEqual({ outcome: 'wrong-length', symbols: count });
  });

  test('with the character that is not understood, and its place', () => {
    expect(readSystemId(`${linesOf(ID)[0]}\nQ70B#`)).toEqual({
      outcome: 'not-understood',
      character: '#',
      line: 2,
      group: 1,
    });
  });

  test.each(['ı', 'ſ', 'Ａ', '٣', '😀', '_'])(
    'with a foreign letter, never taken for an ASCII one: %s',
    (character) => {
      expect(readSystemId(character + ID.slice(1))).toEqual({
        outcome: 'not-understood',
        character,
        line: 1,
        group: 1,
      });
    },
  );

  test('as a Registration code, when it has 25 symbols', () => {
    expect(readSystemId('5FY1Z-20CXC-ZTV30-ENH3S-VX79M')).toEqual({ outcome: 'other-text', text: 'registration-code' });
  });

  test('as a Confirmation code, when it has 10 symbols', () => {
    expect(readSystemId('789Y3-E5PGF')).toEqual({ outcome: 'other-text', text: 'confirmation-code' });
  });

  test('but a short ID is no Confirmation code', () => {
    expect(readSystemId(shortId(ID))).toEqual({ outcome: 'wrong-length', symbols: 10 });
  });
});

describe('a missing line is named', () => {
  test.each([
    [1, LINE_2 + LINE_3 + LINE_4],
    [2, LINE_1 + LINE_3 + LINE_4],
    [3, LINE_1 + LINE_2 + LINE_4],
    [4, LINE_1 + LINE_2 + LINE_3],
    [4, LINE_3 + LINE_2 + LINE_1],
  ])('line %i', (line, typed) => {
    expect(readSystemId(typed)).toEqual({ outcome: 'line-missing', lines: [line] });
  });

  test('two lines, when one of the three stands twice', () => {
    expect(readSystemId(LINE_1 + LINE_1 + LINE_3)).toEqual({ outcome: 'line-missing', lines: [2, 4] });
  });

  test('only when the other three are good', () => {
    const wrong = LINE_1.replace('3', '4');
    expect(readSystemId(wrong + LINE_2 + LINE_3)).toEqual({ outcome: 'wrong-length', symbols: 45 });
  });
});

describe('a mistyped System ID is never taken, and its place is named', () => {
  test('for every wrong symbol at every place', () => {
    for (const [at, right] of [...ID].entries()) {
      for (const wrong of ALPHABET) {
        if (wrong === right) continue;
        const typed = ID.slice(0, at) + wrong + ID.slice(at + 1);
        expect(placesNamed(typed)).toContainEqual({ kind: 'symbol', ...placeOf(at), text: groupAround(typed, at) });
      }
    }
  });

  test('for every exchange of two neighbours, also over the end of a group or line', () => {
    fc.assert(
      fc.property(systemIds, (id) => {
        for (let at = 0; at < 59; at++) {
          if (id[at] === id[at + 1]) continue;
          const typed = exchanged(id, at);
          expect(placesNamed(typed)).toContainEqual({ kind: 'exchange', ...placeOf(at), text: groupAround(typed, at) });
        }
      }),
      { numRuns: 20 },
    );
  });

  test('with no more than two places for one mistake, and both when two explanations hold', () => {
    let both = 0;
    for (let at = 0; at < 59; at++) {
      if (ID[at] === ID[at + 1]) continue;
      const places = placesNamed(exchanged(ID, at));
      expect(places.length).toBeLessThanOrEqual(2);
      if (places.length === 2) both++;
    }
    expect(both).toBeGreaterThan(0);
  });

  test('two neighbours exchanged over the end of a line are one mistake', () => {
    expect(placesNamed(exchanged(ID, 14))).toEqual([{ kind: 'exchange', line: 1, group: 3, text: 'JBDYQ' }]);
  });

  test('but two wrong symbols there are two', () => {
    const last = ID[14] === 'Z' ? 'Y' : 'Z';
    const first = ID[15] === 'X' ? 'W' : 'X';
    const typed = ID.slice(0, 14) + last + first + ID.slice(16);
    expect(placesNamed(typed)).toEqual([
      { kind: 'symbol', line: 1, group: 3, text: groupAround(typed, 14) },
      { kind: 'symbol', line: 2, group: 1, text: groupAround(typed, 15) },
    ]);
  });

  test('a line that stands in the place of another', () => {
    expect(placesNamed(LINE_1 + LINE_3 + LINE_2 + LINE_4)).toEqual([
      { kind: 'line', line: 3, standsIn: 2 },
      { kind: 'line', line: 2, standsIn: 3 },
    ]);
    expect(placesNamed(LINE_1 + LINE_2 + LINE_3 + LINE_3)).toEqual([{ kind: 'line', line: 3, standsIn: 4 }]);
  });

  test('but a place that is no line explains nothing', () => {
    const fifth = textOf(withCheckSymbols(5, symbolsOf(LINE_4).slice(0, 13)));
    expect(placesNamed(LINE_1 + LINE_2 + LINE_3 + fifth)).not.toContainEqual(expect.objectContaining({ kind: 'line' }));
  });

  test('a line with more mistakes than can be told apart', () => {
    expect(placesNamed(`${LINE_1 + LINE_2}AAAAAAAAAAAAAAA${LINE_4}`)).toEqual([{ kind: 'several', line: 3 }]);
  });

  test('whatever noise was typed: it is refused, or it is a System ID in canonical form', () => {
    const noise = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.string({ unit: fc.constantFrom(...ALPHABET, ...'oiluOILU- \n#'), minLength: 50, maxLength: 70 }),
      fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 60, maxLength: 60 }),
    );
    fc.assert(
      fc.property(noise, (typed) => {
        const reading = readSystemId(typed);
        if (reading.outcome === 'read') expect(systemIdOf(publicKeyOf(reading.systemId))).toBe(reading.systemId);
        if (reading.outcome === 'mistyped') expect(reading.places).not.toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a System ID that no server can have is refused though its checks hold', () => {
  test.each([0, 2, 3, 15])('type %i', (type) => {
    expect(readSystemId(madeOf(type, toHex(publicKeyOf(ID))))).toEqual({ outcome: 'not-possible', why: 'type' });
  });

  test.each([
    ['bit 255 set', `${'11'.repeat(31)}91`, 'not-canonical'],
    ['the field prime', `ed${'ff'.repeat(30)}7f`, 'not-canonical'],
    ['the largest number', `${'ff'.repeat(31)}7f`, 'not-canonical'],
    ['zero', '00'.repeat(32), 'low-order'],
    ['one', `01${'00'.repeat(31)}`, 'low-order'],
    ['minus one', `ec${'ff'.repeat(30)}7f`, 'low-order'],
    ['order eight', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800', 'low-order'],
    ['order eight', '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157', 'low-order'],
  ])('key: %s', (_name, key, why) => {
    expect(readSystemId(madeOf(1, key))).toEqual({ outcome: 'not-possible', why });
  });
});

const SEPARATORS = [...' \t\n\r\u0085\u00A0\u1680\u2000\u2007\u2028\u2029\u202F\u205F\u3000\u200B\uFEFF-‐‑‒–—―−'];

function placesNamed(typed: string) {
  const reading = readSystemId(typed);
  if (reading.outcome !== 'mistyped') throw new Error(`${typed} was read as ${JSON.stringify(reading)}`);
  return reading.places;
}

function placeOf(at: number) {
  return { line: Math.floor(at / 15) + 1, group: (Math.floor(at / 5) % 3) + 1 };
}

function groupAround(typed: string, at: number): string {
  return typed.slice(at - (at % 5), at - (at % 5) + 5);
}

function exchanged(id: SystemId, at: number): string {
  return id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2);
}

/** Sixty symbols with right checks around any type and key. */
function madeOf(type: number, keyHex: string): string {
  const data = symbolsOfNumber(BigInt(`0x${type.toString(16)}${keyHex}`), 52);
  return [1, 2, 3, 4].map((line) => textOf(withCheckSymbols(line, data.slice(13 * (line - 1), 13 * line)))).join('');
}
