// The only file that imports node:crypto. Keys go in and out as their raw 32 bytes; what a stranger's key may be is
// decided in key-checks.ts before it comes here.

import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  randomBytes as nodeRandomBytes,
  randomInt,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { toHex } from './bytes.ts';

export function sha256(data: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(data).digest());
}

export function hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(data).digest());
}

/** HKDF (RFC 5869, SHA-256): extract with `salt`, then expand with `info` to 32 bytes, the length of every key here. */
export function hkdf(salt: Uint8Array, keyMaterial: Uint8Array, info: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', keyMaterial, salt, info, 32));
}

export function x25519PublicKey(secret: Uint8Array): Uint8Array {
  return rawPublic(privateKey('x25519', secret));
}

/** The X25519 shared secret. Throws if it is all zero (RFC 7748, 6.1): `acceptableX25519` never lets such a key come here. */
export function x25519(secret: Uint8Array, peerPublic: Uint8Array): Uint8Array {
  const keys = { privateKey: x25519KeyOf(secret), publicKey: publicKey('x25519', peerPublic) };
  const shared = new Uint8Array(diffieHellman(keys));
  if (shared.every((byte) => byte === 0))
    throw new Error('X25519 gave an all-zero secret: the peer key is of low order.');
  return shared;
}

/** Making a key of its bytes costs as much as using it, and a portal uses one for all its systems. */
const x25519Keys = new WeakMap<Uint8Array, KeyObject>();

function x25519KeyOf(secret: Uint8Array): KeyObject {
  const known = x25519Keys.get(secret);
  if (known) return known;
  const key = privateKey('x25519', secret);
  x25519Keys.set(secret, key);
  return key;
}

export function ed25519PublicKey(secret: Uint8Array): Uint8Array {
  return rawPublic(privateKey('ed25519', secret));
}

export function ed25519Sign(secret: Uint8Array, data: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, data, privateKey('ed25519', secret)));
}

/** Whether the signature is one of `data` under a key for which `acceptableEd25519` holds. */
export function ed25519Verify(publicBytes: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, data, publicKey('ed25519', publicBytes), signature);
}

export function randomBytes(count: number): Uint8Array {
  return new Uint8Array(nodeRandomBytes(count));
}

/** A text of `count` random decimal digits; it may begin with zeros. */
export function randomDigits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}

/** Whether two byte strings are equal, in a time that does not depend on where they differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

// Node takes raw keys only wrapped in DER. These prefixes (RFC 8410) are everything in it but the 32 bytes of the key.
const DER = {
  x25519: { pkcs8: '302e020100300506032b656e04220420', spki: '302a300506032b656e032100' },
  ed25519: { pkcs8: '302e020100300506032b657004220420', spki: '302a300506032b6570032100' },
};

function privateKey(curve: keyof typeof DER, secret: Uint8Array): KeyObject {
  const key = DER[curve].pkcs8 + hexOfKey(secret);
  return createPrivateKey({ key, encoding: 'hex', format: 'der', type: 'pkcs8' });
}

function publicKey(curve: keyof typeof DER, bytes: Uint8Array): KeyObject {
  const key = DER[curve].spki + hexOfKey(bytes);
  return createPublicKey({ key, encoding: 'hex', format: 'der', type: 'spki' });
}

function rawPublic(key: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' })).slice(-32);
}

function hexOfKey(bytes: Uint8Array): string {
  if (bytes.length !== 32) throw new Error(`A key has 32 bytes, not ${bytes.length}.`);
  return toHex(bytes);
}

/**
 * Whether the signature is one of `data` under a passkey's key (SubjectPublicKeyInfo in DER), by the only two algorithms
 * that authenticators are asked for: ES256 and RS256.
 */
export function passkeyVerify(spki: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  const key = passkeyKey(spki);
  return key !== undefined && verify('sha256', data, key, signature);
}

/** Whether a passkey may have this key: P-256, or RSA of 2048 to 4096 bits. */
export function acceptablePasskeyKey(spki: Uint8Array): boolean {
  return passkeyKey(spki) !== undefined;
}

function passkeyKey(spki: Uint8Array): KeyObject | undefined {
  const key = spkiKey(spki);
  const { namedCurve, modulusLength = 0 } = key?.asymmetricKeyDetails ?? {};
  const isP256 = key?.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1';
  const isRsa = key?.asymmetricKeyType === 'rsa' && modulusLength >= 2048 && modulusLength <= 4096;
  return isP256 || isRsa ? key : undefined;
}

function spkiKey(spki: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: toHex(spki), encoding: 'hex', format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}
