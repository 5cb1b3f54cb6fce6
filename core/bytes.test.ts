import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat, fromBase64url, fromHex, fromUtf8, toBase64url, toHex, utf8 } from './bytes.ts';

test('bytes come back from base64url, hex and UTF-8', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string({ unit: 'grapheme' }), (bytes, text) => {
      expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
      expect(fromHex(toHex(bytes))).toEqual(bytes);
      expect(fromUtf8(utf8(text))).toBe(text);
    }),
  );
});

test('base64url has one writing for the same bytes: every other text is refused', () => {
  expect(fromBase64url('AQ')).toEqual(Uint8Array.from([1]));
  for (const text of ['AR', 'AQ==', 'AQ=', 'A', 'AQ\n', ' AQ', '+w', '/w', 'A Q', 'AQ.']) {
    expect(fromBase64url(text), text).toBeUndefined();
  }
});

test('bytes that are no UTF-8 are no text', () => {
  expect(fromUtf8(Uint8Array.from([0xff]))).toBeUndefined();
  expect(fromUtf8(Uint8Array.from([0xed, 0xa0, 0x80]))).toBeUndefined();
  expect(fromUtf8(Uint8Array.from([0xef, 0xbb, 0xbf, 0x41]))).toBe('\uFEFFA');
});

test('hex of ours that is none is an error', () => {
  expect(() => fromHex('abc')).toThrow('Not hex: abc');
  expect(() => fromHex('zz')).toThrow('Not hex: zz');
});

test('byte strings are put together in their order', () => {
  expect(concat(Uint8Array.from([1]), new Uint8Array(), Uint8Array.from([2, 3]))).toEqual(Uint8Array.from([1, 2, 3]));
});
