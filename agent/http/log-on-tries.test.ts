import { expect, test } from 'vitest';
import { logOnTries } from './log-on-tries.ts';

function triesAt() {
  const clock = { tick: 0 };
  return { clock, ...logOnTries(() => clock.tick) };
}

test('wrong tries of one address wait ever longer, up to a minute', () => {
  const { begin, clock } = triesAt();
  const waits = Array.from({ length: 14 }, () => {
    const wait = begin('a');
    clock.tick += wait;
    return wait === 0 ? 0 : wait + begin('a');
  });
  expect(waits).toEqual([0, 0, 0, 0, 0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test('waiting costs no further try', () => {
  const { begin, clock } = triesAt();
  for (let i = 0; i < 5; i++) begin('a');
  expect([begin('a'), begin('a')]).toEqual([1000, 1000]);
  clock.tick += 1000;
  expect(begin('a')).toBe(0);
});

test('the right password ends the waiting', () => {
  const { begin, succeeded } = triesAt();
  for (let i = 0; i < 5; i++) begin('a');
  succeeded('a');
  expect(begin('a')).toBe(0);
});

test('one address does not make another one wait', () => {
  const { begin } = triesAt();
  for (let i = 0; i < 9; i++) begin('a');
  expect(begin('b')).toBe(0);
});
