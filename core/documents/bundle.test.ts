import { describe, expect, test } from 'vitest';
import { toBase64url } from '../bytes.ts';
import { openBundle, signBundle } from './bundle.ts';
import { sign } from './jws.ts';
import { OTHER_PORTAL, PORTAL } from './test-cast.ts';

const TYP = 'datestone-bundle+jwt';
const document = await signBundle(PORTAL.payload, PORTAL.rootSecret);

describe('a bundle', () => {
  test('is trusted the first time by its own root, and gives its fingerprint', async () => {
    expect(await openBundle(document)).toEqual({ outcome: 'genuine', bundle: PORTAL.bundle });
    expect(await openBundle(`\n${document}\n`, PORTAL.bundle.fingerprint)).toMatchObject({ outcome: 'genuine' });
  });

  test('of another portal is refused once a fingerprint is pinned', async () => {
    const other = await signBundle(OTHER_PORTAL.payload, OTHER_PORTAL.rootSecret);
    expect(await openBundle(other, PORTAL.bundle.fingerprint)).toEqual(refused('bundle-from-another-portal'));
  });

  test('in the name of another portal is refused', async () => {
    const disguised = await sign(TYP, PORTAL.bundle.fingerprint, OTHER_PORTAL.payload, OTHER_PORTAL.rootSecret);
    for (const pinned of [undefined, PORTAL.bundle.fingerprint]) {
      expect(await openBundle(disguised, pinned)).toEqual(refused('bundle-from-another-portal'));
    }
    const stolen = await sign(TYP, PORTAL.bundle.fingerprint, PORTAL.payload, OTHER_PORTAL.rootSecret);
    expect(await openBundle(stolen)).toEqual(refused('bundle-damaged'));
  });

  test('with any one character changed is refused', async () => {
    for (let at = 0; at < document.length; at++) {
      const changed = document.slice(0, at) + (document[at] === 'A' ? 'B' : 'A') + document.slice(at + 1);
      expect((await openBundle(changed)).outcome, `at ${at}`).toBe('refused');
    }
  });

  const { code_keys, record_keys } = PORTAL.payload;
  test.each([
    ['seven code keys', { code_keys: code_keys.slice(1) }],
    ['a code key of low order', { code_keys: [toBase64url(new Uint8Array(32)), ...code_keys.slice(1)] }],
    ['a record key of small order', { record_keys: [{ kid: 'k', x: toBase64url(new Uint8Array(32)) }] }],
    ['no record key', { record_keys: [] }],
    ['two record keys of one id', { record_keys: [...record_keys, ...record_keys] }],
    ['a lowest code key that is none', { min_code_key: 8 }],
    ['an address that is no web address', { iss: 'javascript:alert(1)' }],
    ['no version', { version: undefined }],
  ])('with %s is refused, though signed by its root', async (_what, members) => {
    const made = await sign(TYP, PORTAL.bundle.fingerprint, { ...PORTAL.payload, ...members }, PORTAL.rootSecret);
    expect(await openBundle(made)).toEqual(refused('bundle-damaged'));
  });

  test('is told apart from other files, and from what is too large', async () => {
    expect(await openBundle('hello')).toEqual(refused('not-a-bundle'));
    expect(await openBundle('x'.repeat(20_000))).toEqual(refused('bundle-too-large'));
  });
});

function refused(code: string) {
  return { outcome: 'refused', code };
}
