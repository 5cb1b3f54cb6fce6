// Keys that a system and its portal both can compute, and nobody else (docs/codes.md, "Shared keys"): each from its own
// X25519 secret and the other's public key.

import { concat, utf8 } from './bytes.ts';
import { hkdf, hmacSha256, sameBytes, x25519 } from './crypto.ts';

/** The two who share, by what both know: the portal's fingerprint and code key, the system's key; 32 bytes each. */
export interface Pair {
  fingerprint: Uint8Array;
  codePublic: Uint8Array;
  systemPublic: Uint8Array;
}

/** One side of the pair: its own X25519 secret and the other's X25519 public key. */
export interface Side {
  secret: Uint8Array;
  peerPublic: Uint8Array;
}

/** K(label) of docs/codes.md, 32 bytes. The peer's key must have passed `acceptableX25519`; throws on an all-zero secret. */
export function sharedKey(label: 'registration' | 'confirmation' | 'bind', side: Side, pair: Pair): Uint8Array {
  const info = concat(utf8(`${label}\0`), pair.fingerprint, pair.codePublic, pair.systemPublic);
  return hkdf(utf8('datestone code v1'), x25519(side.secret, side.peerPublic), info);
}

/** What ties a system's signing key to its System ID: 16 bytes that only the system and its portal can make. */
export function bindOf(ed25519Public: Uint8Array, side: Side, pair: Pair): Uint8Array {
  return hmacSha256(sharedKey('bind', side, pair), ed25519Public).slice(0, 16);
}

/** Whether `bind` is the one for this signing key, in constant time. */
export function bindHolds(bind: Uint8Array, ed25519Public: Uint8Array, side: Side, pair: Pair): boolean {
  return sameBytes(bind, bindOf(ed25519Public, side, pair));
}
