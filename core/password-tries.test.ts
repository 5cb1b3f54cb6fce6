import { expect, test } from 'vitest';
import { beginTry, type PasswordTries, waitAfter } from './password-tries.ts';

const start = new Date('2026-11-24T13:05:00Z');
const after = (seconds: number, from = start) => new Date(from.getTime() + seconds * 1000);

/** So many wrong ones, each as soon as it may be made. */
function wrongOnes(count: number): PasswordTries {
  let tries = beginTry(undefined, start).tries;
  for (let i = 1; i < count; i++) tries = beginTry(tries, tries.waitUntil).tries;
  return tries;
}

test('four wrong ones are free; then the wait doubles, up to a minute, and never beyond', () => {
  const waits = Array.from({ length: 14 }, (_, i) => waitAfter(i + 1));
  expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
  expect(waitAfter(100_000)).toBe(60);
});

test('a try before its time is refused with the seconds that are left, and a try in time is not', () => {
  const tries = wrongOnes(8);
  const early = beginTry(tries, after(2.5, tries.triedAt));
  expect(early.refused).toEqual({ outcome: 'refused', code: 'too-many-wrong-passwords', facts: { seconds: 6 } });
  expect(beginTry(tries, after(8, tries.triedAt)).refused).toBeUndefined();
});

test('a refused try counts, but whoever waits does not wait longer by it', () => {
  const tries = wrongOnes(7);
  const early = beginTry(tries, tries.triedAt);
  expect(early.tries.wrong).toBe(8);
  expect(early.tries.waitUntil).toEqual(tries.waitUntil);
});

test('wrong ones are forgotten an hour after the last try', () => {
  const tries = wrongOnes(20);
  expect(beginTry(tries, after(3599, tries.triedAt)).tries.wrong).toBe(21);
  expect(beginTry(tries, after(3600, tries.triedAt)).tries.wrong).toBe(1);
});

test('a clock that was years ahead by mistake keeps nobody waiting', () => {
  const ahead = new Date('2031-01-01T00:00:00Z');
  const tries = { wrong: 30, triedAt: ahead, waitUntil: after(60, ahead) };
  expect(beginTry(tries, start)).toMatchObject({ tries: { wrong: 1 } });
  expect(beginTry(tries, start).refused).toBeUndefined();
});
