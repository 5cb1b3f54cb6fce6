// The alphabet of everything that people read and type (docs/codes.md, "Text").

/** Crockford's base 32: a symbol is its place in this text, 0 to 31. I, L, O and U are not in it. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

// What stands between symbols on paper or comes in with a paste: spaces, two invisible characters, and the dashes.
const SEPARATORS = /[\p{White_Space}\u200B\uFEFF\u002D\u2010-\u2015\u2212]/gu;
const NOT_A_LETTER_OR_DIGIT = /[^A-Za-z0-9]/u;
const READ_AS: Record<string, string> = { O: '0', I: '1', L: '1', U: 'V' };

export type TypedReading =
  | { outcome: 'read'; text: string }
  | { outcome: 'not-understood'; character: string; at: number };

/**
 * What a person typed, as canonical symbols: separators dropped, upper case, look-alikes replaced. `not-understood` names
 * the first character that is no ASCII letter or digit, and how many symbols stand before it. The order matters: upper
 * case comes after that test, for it turns some foreign letters into ASCII ones.
 */
export function readTyped(typed: string): TypedReading {
  const kept = typed.replace(SEPARATORS, '');
  const foreign = NOT_A_LETTER_OR_DIGIT.exec(kept);
  if (foreign) return { outcome: 'not-understood', character: foreign[0], at: foreign.index };
  return { outcome: 'read', text: kept.toUpperCase().replace(/[OILU]/g, (letter) => READ_AS[letter] as string) };
}

/** Canonical text → symbols, 0 to 31 each. */
export function symbolsOf(text: string): number[] {
  return Array.from(text, (letter) => ALPHABET.indexOf(letter));
}

/** Symbols → canonical text. */
export function textOf(symbols: number[]): string {
  return symbols.map((symbol) => ALPHABET[symbol]).join('');
}

/** A number of 5 × `count` bits → its symbols, the most significant first. */
export function symbolsOfNumber(value: bigint, count: number): number[] {
  return Array.from(value.toString(32).padStart(count, '0'), (digit) => Number.parseInt(digit, 32));
}

/** Symbols, the most significant first → the number that they are. */
export function numberOfSymbols(symbols: number[]): bigint {
  return symbols.reduce((value, symbol) => (value << 5n) | BigInt(symbol), 0n);
}
