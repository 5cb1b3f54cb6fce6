import { expect, test } from 'vitest';
import { type IssuedCode, waitsUntil } from './code-quota.ts';

const HOUR = 3_600_000;
const NOW = new Date('2026-11-24T13:05:00Z');
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR);
const mine = (...hours: number[]): IssuedCode[] => hours.map((one) => ({ at: ago(one), mine: true }));
const others = (...hours: number[]): IssuedCode[] => hours.map((one) => ({ at: ago(one), mine: false }));
const inOrder = (...codes: IssuedCode[]) => codes.toSorted((a, b) => a.at.getTime() - b.at.getTime());
const TEN = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

test('an account gets five codes of a System ID in any 24 hours', () => {
  expect(waitsUntil([], NOW)).toBeUndefined();
  expect(waitsUntil(mine(4, 3, 2, 1), NOW)).toBeUndefined();
  expect(waitsUntil(mine(5, 4, 3, 2, 1), NOW)).toEqual(ago(5 - 24));
  expect(waitsUntil(mine(24, 4, 3, 2, 1), NOW)).toBeUndefined();
  expect(waitsUntil(mine(30, 5, 4, 3, 2, 1), NOW)).toEqual(ago(5 - 24));
});

test('all together get ten, and nobody is shut out from two by what others had', () => {
  expect(waitsUntil(others(...TEN), NOW)).toBeUndefined();
  expect(waitsUntil(others(...TEN, ...TEN, ...TEN), NOW)).toBeUndefined();
  expect(waitsUntil(inOrder(...others(...TEN), ...mine(2)), NOW)).toBeUndefined();
  expect(waitsUntil(inOrder(...others(...TEN.slice(2)), ...mine(2, 1)), NOW)).toEqual(ago(8 - 24));
  expect(waitsUntil(inOrder(...others(...TEN.slice(3)), ...mine(2, 1)), NOW)).toBeUndefined();
});

test('who waits is told when both limits let another through', () => {
  // Five of one's own, of which one ends in an hour; but fifteen in all, of which six have to end.
  const codes = inOrder(...mine(23, 4, 3, 2, 1), ...others(22, 21, 20, 10, 9, 8, 7, 6, 5, 4));
  expect(waitsUntil(codes, NOW)).toEqual(ago(9 - 24));
});
