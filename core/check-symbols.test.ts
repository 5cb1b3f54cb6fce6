import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksHold, explanations, withCheckSymbols } from './check-symbols.ts';
import { symbolsOf, textOf } from './crockford.ts';

// Every kind of text that has check symbols: the unwritten symbol of its place, and how many data symbols it has.
const PLACES = fc.constantFrom(
  { unwritten: 1, length: 13 },
  { unwritten: 2, length: 13 },
  { unwritten: 3, length: 13 },
  { unwritten: 4, length: 13 },
  { unwritten: 8, length: 23 },
  { unwritten: 16, length: 8 },
);
const symbol = fc.integer({ min: 0, max: 31 });
const honest = PLACES.chain(({ unwritten, length }) =>
  fc.record({
    unwritten: fc.constant(unwritten),
    symbols: fc
      .array(symbol, { minLength: length, maxLength: length })
      .map((data) => withCheckSymbols(unwritten, data)),
  }),
);

describe('check symbols', () => {
  test('are the two that docs/codes.md works out by hand', () => {
    expect(textOf(withCheckSymbols(1, symbolsOf('3KKZ2E8Q6RKDS')))).toBe('3KKZ2E8Q6RKDS6V');
    expect(textOf(withCheckSymbols(0, [0]))).toBe('000');
    // x² mod g(x) = x² + 6x + 8 is 6x + 8
    expect(withCheckSymbols(0, [1])).toEqual([1, 6, 8]);
  });

  test('hold behind every text, and not at another place', () => {
    fc.assert(
      fc.property(honest, symbol, ({ unwritten, symbols }, other) => {
        expect(checksHold(unwritten, symbols)).toBe(true);
        expect(checksHold(other, symbols)).toBe(other === unwritten);
      }),
    );
  });

  test('find every single wrong symbol, where it is and by how much', () => {
    fc.assert(
      fc.property(honest, fc.nat(), fc.integer({ min: 1, max: 31 }), ({ unwritten, symbols }, place, error) => {
        const at = place % symbols.length;
        const wrong = symbols.with(at, (symbols[at] as number) ^ error);
        expect(checksHold(unwritten, wrong)).toBe(false);
        expect(explanations(unwritten, wrong)).toContainEqual({ kind: 'symbol', at, error });
      }),
      { numRuns: 1000 },
    );
  });

  test('find every exchange of two neighbours', () => {
    fc.assert(
      fc.property(honest, fc.nat(), ({ unwritten, symbols }, place) => {
        const at = place % (symbols.length - 1);
        const [left, right] = [symbols[at] as number, symbols[at + 1] as number];
        fc.pre(left !== right);
        const exchanged = symbols.with(at, right).with(at + 1, left);
        expect(checksHold(unwritten, exchanged)).toBe(false);
        expect(explanations(unwritten, exchanged)).toContainEqual({ kind: 'exchange', at });
      }),
      { numRuns: 1000 },
    );
  });

  test('find that a text stands in the place of another', () => {
    fc.assert(
      fc.property(honest, symbol, ({ unwritten, symbols }, place) => {
        fc.pre(place !== unwritten);
        expect(explanations(place, symbols)).toContainEqual({ kind: 'place', place: unwritten });
      }),
    );
  });

  test('whatever is named, mending it makes the checks hold', () => {
    const typed = fc.tuple(PLACES, fc.infiniteStream(symbol)).map(([{ unwritten, length }, stream]) => ({
      unwritten,
      symbols: [...stream.take(length + 2)],
    }));
    let explained = 0;
    fc.assert(
      fc.property(typed, ({ unwritten, symbols }) => {
        fc.pre(!checksHold(unwritten, symbols));
        for (const one of explanations(unwritten, symbols)) {
          explained++;
          expect(mends(one, unwritten, symbols)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
    expect(explained).toBeGreaterThan(100);
  });
});

function mends(one: ReturnType<typeof explanations>[number], unwritten: number, symbols: number[]): boolean {
  switch (one.kind) {
    case 'symbol':
      return checksHold(unwritten, symbols.with(one.at, (symbols[one.at] as number) ^ one.error));
    case 'exchange': {
      const [left, right] = [symbols[one.at] as number, symbols[one.at + 1] as number];
      return left !== right && checksHold(unwritten, symbols.with(one.at, right).with(one.at + 1, left));
    }
    case 'place':
      return checksHold(one.place, symbols);
  }
}
