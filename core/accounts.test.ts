import { expect, test } from 'vitest';
import { mayMakeAccessToken, mayUnlink } from './accounts.ts';

const LAST = { outcome: 'refused', code: 'last-way-to-log-on' };

test('a provider is unlinked only while a password or another provider remains', () => {
  expect(mayUnlink({ hasPassword: true, issuers: ['a'] }, 'a')).toBeUndefined();
  expect(mayUnlink({ hasPassword: false, issuers: ['a', 'b'] }, 'a')).toBeUndefined();
  expect(mayUnlink({ hasPassword: false, issuers: ['a'] }, 'a')).toEqual(LAST);
  // Two people at one provider go together.
  expect(mayUnlink({ hasPassword: false, issuers: ['a', 'a'] }, 'a')).toEqual(LAST);
});

test('an account has at most 50 access tokens that work', () => {
  expect(mayMakeAccessToken(49)).toBeUndefined();
  expect(mayMakeAccessToken(50)).toEqual({ outcome: 'refused', code: 'access-token-limit', facts: { count: 50 } });
});
