// Two Reed–Solomon check symbols behind each line or code (docs/codes.md, "Check symbols"): they find every single wrong
// symbol and every exchange of two neighbours, and say where it is.
//
// The symbols are the coefficients of a polynomial over GF(32), the highest power first. Before them stands one symbol that
// is never written and says which place this is (line 1 … 4 of a System ID): so a line in another's place shows as an
// error at the unwritten symbol.

/** Why a text may fail its checks. `at` is the index of the (first) symbol concerned, not counting the unwritten one. */
export type Explanation =
  /** One symbol is wrong: adding `error` (exclusive or) to it makes the checks hold. */
  | { kind: 'symbol'; at: number; error: number }
  /** The symbols at `at` and `at + 1` are exchanged. */
  | { kind: 'exchange'; at: number }
  /** All is right, for the place whose unwritten symbol is `place`. */
  | { kind: 'place'; place: number };

/** `data`, followed by its two check symbols. */
export function withCheckSymbols(unwritten: number, data: number[]): number[] {
  // Division by g(x) = (x − α)(x − α²) = x² + 6x + 8, one coefficient at a time; `high` and `low` are the remainder so far.
  let high = 0;
  let low = 0;
  for (const symbol of [unwritten, ...data]) {
    const quotient = symbol ^ high;
    high = low ^ times(quotient, 6);
    low = times(quotient, 8);
  }
  return [...data, high, low];
}

/** Whether the last two of `symbols` are the check symbols of those before, at this place. */
export function checksHold(unwritten: number, symbols: number[]): boolean {
  return syndromes(unwritten, symbols).every((value) => value === 0);
}

/**
 * Every explanation by one single mistake, of `symbols` whose checks fail: at most one of `symbol` or `place`, and at most
 * one `exchange`. None, if more than one mistake was made.
 */
export function explanations(unwritten: number, symbols: number[]): Explanation[] {
  const [first, second] = syndromes(unwritten, symbols);
  // One mistake, or one exchange, makes both syndromes differ from zero.
  if (first === 0 || second === 0) return [];
  return [...oneWrong(unwritten, symbols, first, second), ...oneExchange(symbols, first, second)];
}

// A wrong coefficient of x^p that is off by e gives the syndromes e·α^p and e·α^2p, whose quotient is α^p.
function oneWrong(unwritten: number, symbols: number[], first: number, second: number): Explanation[] {
  const power = LOG[over(second, first)] as number;
  const error = over(first, alphaTo(power));
  const at = symbols.length - 1 - power;
  if (at >= 0) return [{ kind: 'symbol', at, error }];
  if (at === -1) return [{ kind: 'place', place: unwritten ^ error }];
  return [];
}

// Exchanged coefficients of x^p and x^(p+1) are both off by e, their difference. The syndromes are then e·α^p·(α + 1) and
// e·α^2p·(α² + 1), and α² + 1 = (α + 1)².
function oneExchange(symbols: number[], first: number, second: number): Explanation[] {
  const power = LOG[over(over(second, first), ALPHA ^ 1)] as number;
  const error = over(first, times(alphaTo(power), ALPHA ^ 1));
  const at = symbols.length - 2 - power;
  const [left, right] = [symbols[at], symbols[at + 1]];
  if (left === undefined || right === undefined || (left ^ right) !== error) return [];
  return [{ kind: 'exchange', at }];
}

// The polynomial's values at α and α², which are zero for every honest text.
function syndromes(unwritten: number, symbols: number[]): [number, number] {
  const at = (point: number) => [unwritten, ...symbols].reduce((value, symbol) => times(value, point) ^ symbol, 0);
  return [at(ALPHA), at(times(ALPHA, ALPHA))];
}

// GF(32) is the polynomials over GF(2) modulo x^5 + x^2 + 1; addition is exclusive or; α = x = 2 generates all 31 others.
const ALPHA = 2;
const MODULUS = 0b100101;
const POWERS = Array.from({ length: 31 }, () => 1);
const LOG = Array.from({ length: 32 }, () => 0);
for (let power = 0, value = 1; power < 31; power++) {
  POWERS[power] = value;
  LOG[value] = power;
  value <<= 1;
  if (value > 31) value ^= MODULUS;
}

function alphaTo(power: number): number {
  return POWERS[power % 31] as number;
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : alphaTo((LOG[a] as number) + (LOG[b] as number));
}

/** a / b, for b that is not zero. */
function over(a: number, b: number): number {
  return a === 0 ? 0 : alphaTo((LOG[a] as number) + 31 - (LOG[b] as number));
}
