import { expect, test } from 'vitest';
import { mayErase, whatHolds } from './erasure.ts';

const NOTHING = { seats: 0, cases: 0, organisation: false, administers: false };

test('an account that nobody depends on may be erased', () => {
  expect(whatHolds(NOTHING)).toEqual([]);
  expect(mayErase(NOTHING)).toBeUndefined();
});

test.each([{ seats: 1 }, { cases: 2 }, { organisation: true }, { administers: true }])('not one with %o', (held) => {
  expect(whatHolds({ ...NOTHING, ...held })).toEqual(Object.keys(held));
  expect(mayErase({ ...NOTHING, ...held })).toMatchObject({ outcome: 'refused', code: 'account-in-use' });
});
