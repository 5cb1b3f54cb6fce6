import { describe, expect, test } from 'vitest';
import { fromHex } from './bytes.ts';
import { ed25519PublicKey, x25519, x25519PublicKey } from './crypto.ts';
import { acceptableEd25519, acceptableX25519, x25519Fault } from './key-checks.ts';

const SECRET = new Uint8Array(32).fill(5);
const PRIME = `ed${'ff'.repeat(30)}7f`;
const TOO_LARGE = [PRIME, `ee${'ff'.repeat(30)}7f`, `${'ff'.repeat(31)}7f`];
const ZERO = '00'.repeat(32);
const ONE = `01${'00'.repeat(31)}`;
const MINUS_ONE = `ec${'ff'.repeat(30)}7f`;

test('keys that people make are acceptable', () => {
  for (let n = 0; n < 100; n++) {
    expect(acceptableX25519(x25519PublicKey(new Uint8Array(32).fill(n)))).toBe(true);
    expect(acceptableEd25519(ed25519PublicKey(new Uint8Array(32).fill(n)))).toBe(true);
  }
});

describe('an X25519 key is refused', () => {
  test.each([
    ZERO,
    ONE,
    MINUS_ONE,
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  ])('of low order: every secret shares zero with it: %s', (hex) => {
    expect(() => x25519(SECRET, fromHex(hex))).toThrow();
    expect(x25519Fault(fromHex(hex))).toBe('low-order');
  });

  test.each(TOO_LARGE)('at or above the field prime: %s', (hex) => {
    expect(x25519Fault(fromHex(hex))).toBe('not-canonical');
  });

  test('with bit 255 set, though the library computes with it', () => {
    const key = x25519PublicKey(SECRET);
    const high = key.with(31, (key[31] as number) | 0x80);
    expect(x25519(SECRET, high)).toEqual(x25519(SECRET, key));
    expect(x25519Fault(high)).toBe('not-canonical');
  });

  test.each([0, 31, 33])('of %i bytes', (length) => {
    expect(acceptableX25519(new Uint8Array(length).fill(9))).toBe(false);
  });
});

describe('an Ed25519 key is refused', () => {
  test.each([
    ZERO,
    ONE,
    MINUS_ONE,
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ])('of small order, with either sign: %s', (hex) => {
    const key = fromHex(hex);
    expect(acceptableEd25519(key)).toBe(false);
    expect(acceptableEd25519(key.with(31, (key[31] as number) | 0x80))).toBe(false);
  });

  test.each(TOO_LARGE)('with y at or above the field prime, with either sign: %s', (hex) => {
    const key = fromHex(hex);
    expect(acceptableEd25519(key)).toBe(false);
    expect(acceptableEd25519(key.with(31, 0xff))).toBe(false);
  });

  test.each([0, 31, 33])('of %i bytes', (length) => {
    expect(acceptableEd25519(new Uint8Array(length).fill(9))).toBe(false);
  });
});
