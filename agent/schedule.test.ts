import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Situation, secondsUntilCheckIn } from './schedule.ts';

const now = new Date('2026-11-24T14:05:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const registered: Situation = {
  atHome: true,
  hasRegistration: true,
  askedAt: undefined,
  heardAt: ago(600),
  nextCheckIn: 3600,
  hasNews: false,
  failures: 0,
  failedAt: undefined,
  now,
};
const unregistered: Situation = { ...registered, hasRegistration: false, heardAt: undefined, nextCheckIn: undefined };
const wait = (situation: Situation) => secondsUntilCheckIn(situation, 0);

test('an unregistered server never starts to speak by itself', () => {
  expect(wait(unregistered)).toBeUndefined();
  expect(wait({ ...unregistered, failures: 3, failedAt: ago(1) })).toBeUndefined();
});

test('for ten minutes after Register now it asks every three seconds, whether or not it gets through', () => {
  expect(wait({ ...unregistered, askedAt: now })).toBe(3);
  expect(wait({ ...unregistered, askedAt: ago(599), failures: 100, failedAt: now })).toBe(3);
  expect(wait({ ...unregistered, askedAt: ago(600) })).toBeUndefined();
});

test('a clock that was set back by a year does not make it ask for a year', () => {
  expect(wait({ ...unregistered, askedAt: ago(-365 * 86_400) })).toBeUndefined();
});

test('a registered server asks at the interval that the portal named', () => {
  expect(wait(registered)).toBe(3000);
  expect(wait({ ...registered, heardAt: ago(5000) })).toBe(0);
});

test('what it shows is told at once when it changed', () => {
  expect(wait({ ...registered, hasNews: true })).toBe(1);
});

test('after failures it asks ever more seldom, up to the interval, counted from the latest failure', () => {
  const failed = (failures: number, seconds: number) => wait({ ...registered, failures, failedAt: ago(seconds) });
  expect([failed(1, 0), failed(2, 0), failed(5, 0), failed(50, 0)]).toEqual([30, 60, 480, 3600]);
  expect(failed(5, 400)).toBe(80);
});

test('a server that was moved or copied says nothing, whatever else holds', () => {
  expect(wait({ ...registered, atHome: false, askedAt: now, hasNews: true })).toBeUndefined();
});

test('whatever portal, clock and database say, a registered server waits from 0 seconds to a week and a tenth', () => {
  const time = fc.option(fc.date({ noInvalidDate: true }), { nil: undefined });
  const situation = fc.record({
    atHome: fc.constant(true),
    hasRegistration: fc.constant(true),
    askedAt: time,
    heardAt: time,
    nextCheckIn: fc.option(fc.integer(), { nil: undefined }),
    hasNews: fc.boolean(),
    failures: fc.nat(),
    failedAt: time,
    now: fc.date({ noInvalidDate: true }),
  });
  fc.assert(
    fc.property(situation, fc.double({ min: 0, max: 0.999, noNaN: true }), (known, jitter) => {
      const seconds = secondsUntilCheckIn(known, jitter);
      return seconds !== undefined && seconds >= 0 && seconds <= 7 * 86_400 * 1.1;
    }),
  );
});
