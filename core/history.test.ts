import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex, utf8 } from './bytes.ts';
import { type ChainedEntry, canonical, commitment, nextHash, verifyChain } from './history.ts';

const CHAIN = chained([
  { n: 1, at: 1_795_000_000, act: 'registered' },
  { n: 2, at: 1_795_000_060, act: 'associated', systemId: 'é ü €' },
  { n: 3, at: 1_795_000_120, act: 'undone' },
]);

describe('the history chain', () => {
  test('hashes the hash before and the canonical entry', () => {
    // printf '%64s' | tr ' ' 0 | xxd -r -p | cat - <(printf '{"a":1,"b":2}') | sha256sum
    const first = nextHash(undefined, canonical({ b: 2, a: 1 }));
    expect(toHex(first)).toBe('f7ac2c2855a36f72e1582296ef43c32f140487bced40256965e3ed200d048d55');
    expect(toHex(nextHash(first, '{}'))).toBe('99ebf3457c6a1728ae99d53d4161391a9db8159852d86c790bfc578f45a67ec1');
  });

  test('is intact as it was made, and gives its head', () => {
    expect(verifyChain(CHAIN)).toEqual({ outcome: 'intact', n: 3, hash: CHAIN[2]?.hash });
    expect(verifyChain([])).toEqual({ outcome: 'intact', n: 0, hash: undefined });
  });

  test('is broken where one character of an entry was changed', () => {
    fc.assert(
      fc.property(fc.nat({ max: CHAIN.length - 1 }), fc.nat(200), (index, place) => {
        const entry = CHAIN[index] as ChainedEntry;
        const at = place % entry.canonical.length;
        const letter = entry.canonical[at] === 'x' ? 'y' : 'x';
        const changed = entry.canonical.slice(0, at) + letter + entry.canonical.slice(at + 1);
        const chain = CHAIN.with(index, { ...entry, canonical: changed });
        expect(verifyChain(chain)).toEqual({ outcome: 'broken', n: index + 1 });
      }),
    );
  });

  test('is broken where an entry was left out, put in, or exchanged', () => {
    const [one, two, three] = CHAIN as [ChainedEntry, ChainedEntry, ChainedEntry];
    expect(verifyChain([one, three])).toEqual({ outcome: 'broken', n: 2 });
    expect(verifyChain([two, three])).toEqual({ outcome: 'broken', n: 1 });
    expect(verifyChain([one, one, two, three])).toEqual({ outcome: 'broken', n: 2 });
    expect(verifyChain([one, three, two])).toEqual({ outcome: 'broken', n: 2 });
  });

  test('is broken by an entry that is not canonical, even under its own hash', () => {
    for (const text of ['{"b":1,"a":2}', '{ "a":1}', '{"a":1.0}', 'no JSON']) {
      expect(verifyChain([{ canonical: text, hash: nextHash(undefined, text) }])).toEqual({ outcome: 'broken', n: 1 });
    }
  });

  test('takes nothing that is no JSON', () => {
    expect(() => canonical({ at: Number.NaN })).toThrow();
    expect(() => canonical(undefined as unknown as object)).toThrow('A history entry is a JSON object.');
  });
});

test('a commitment depends on the salt and on the text, and hides both', () => {
  const [salt, otherSalt] = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)];
  const made = toHex(commitment(salt, 'Ada'));
  expect(made).toBe('aa9cf35946d3066d0686901cdfee2e39cb672e417d7b24b6a5e9e632b926a871');
  expect(toHex(commitment(otherSalt, 'Ada'))).not.toBe(made);
  expect(toHex(commitment(salt, 'Adb'))).not.toBe(made);
  expect(made).not.toContain(toHex(utf8('Ada')));
});

function chained(entries: object[]): ChainedEntry[] {
  const chain: ChainedEntry[] = [];
  for (const entry of entries) {
    const text = canonical(entry);
    chain.push({ canonical: text, hash: nextHash(chain.at(-1)?.hash, text) });
  }
  return chain;
}
