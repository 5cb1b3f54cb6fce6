import { expect, test } from 'vitest';
import {
  isFresh,
  mayAddPasskey,
  mayMakeAccessToken,
  mayRemovePasskey,
  mayUnlink,
  type WaysToLogOn,
} from './accounts.ts';

const LAST = { outcome: 'refused', code: 'last-way-to-log-on' };
const ways = (some: Partial<WaysToLogOn>): WaysToLogOn => ({ hasPassword: false, issuers: [], passkeys: [], ...some });

test('a provider is unlinked only while a password, another provider or a passkey remains', () => {
  expect(mayUnlink(ways({ hasPassword: true, issuers: ['a'] }), 'a')).toBeUndefined();
  expect(mayUnlink(ways({ issuers: ['a', 'b'] }), 'a')).toBeUndefined();
  expect(mayUnlink(ways({ issuers: ['a'], passkeys: ['p'] }), 'a')).toBeUndefined();
  expect(mayUnlink(ways({ issuers: ['a'] }), 'a')).toEqual(LAST);
  // Two people at one provider go together.
  expect(mayUnlink(ways({ issuers: ['a', 'a'] }), 'a')).toEqual(LAST);
});

test('a passkey is removed only while another way remains, but always where it opens nothing', () => {
  expect(mayRemovePasskey(ways({ hasPassword: true, passkeys: ['p'] }), 'p')).toBeUndefined();
  expect(mayRemovePasskey(ways({ issuers: ['a'], passkeys: ['p'] }), 'p')).toBeUndefined();
  expect(mayRemovePasskey(ways({ passkeys: ['p', 'q'] }), 'p')).toBeUndefined();
  expect(mayRemovePasskey(ways({ passkeys: ['p'] }), 'p')).toEqual(LAST);
  expect(mayRemovePasskey(ways({ passkeys: ['p'] }), 'of another host')).toBeUndefined();
});

test('an account has at most 50 access tokens that work', () => {
  expect(mayMakeAccessToken(49)).toBeUndefined();
  expect(mayMakeAccessToken(50)).toEqual({ outcome: 'refused', code: 'access-token-limit', facts: { count: 50 } });
});

test('an account has at most 20 passkeys', () => {
  expect(mayAddPasskey(19)).toBeUndefined();
  expect(mayAddPasskey(20)).toEqual({ outcome: 'refused', code: 'passkey-limit', facts: { count: 20 } });
});

test('a sign-in is fresh for 15 minutes, and never where nobody said when it was', () => {
  const at = new Date('2026-11-24T13:05:00Z');
  const after = (seconds: number) => new Date(at.getTime() + seconds * 1000);
  expect([0, 899, 900].map((seconds) => isFresh(at, after(seconds)))).toEqual([true, true, false]);
  expect(isFresh(undefined, at)).toBe(false);
});
