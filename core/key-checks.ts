// Which public keys may be used at all (docs/codes.md, "System ID"; docs/documents.md, "Keys that are refused"). Tested as
// bytes, before any library sees them: what libraries let through changes with their version. Node computes with X25519
// keys that are refused here; under a small Ed25519 key, Node 20 takes one signature for any message, Node 24.21 does not.

import { toHex } from './bytes.ts';

const FIELD_PRIME = 2n ** 255n - 19n;

const LOW_ORDER_X25519 = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
]);

const SMALL_ORDER_ED25519_Y = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/** What is wrong with the 32 bytes of an X25519 public key, or undefined if it may be used. */
export function x25519Fault(key: Uint8Array): 'not-canonical' | 'low-order' | undefined {
  if (key.length !== 32 || !belowFieldPrime(key)) return 'not-canonical';
  return LOW_ORDER_X25519.has(toHex(key)) ? 'low-order' : undefined;
}

/** Whether these are the bytes of an X25519 public key that may be used: canonical and not of low order. */
export function acceptableX25519(key: Uint8Array): boolean {
  return x25519Fault(key) === undefined;
}

/** Whether these are the bytes of an Ed25519 public key that may be used: y below the field prime, and not of small order. */
export function acceptableEd25519(key: Uint8Array): boolean {
  if (key.length !== 32) return false;
  const y = Uint8Array.from(key);
  y[31] = (y[31] as number) & 0x7f; // the top bit is the sign of x, not part of y
  return belowFieldPrime(y) && !SMALL_ORDER_ED25519_Y.has(toHex(y));
}

function belowFieldPrime(littleEndian: Uint8Array): boolean {
  return BigInt(`0x${toHex(littleEndian.toReversed())}`) < FIELD_PRIME;
}
