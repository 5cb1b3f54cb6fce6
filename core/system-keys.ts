// Everything that a system is follows from one seed in its database (docs/codes.md, "Keys of a system").

import { utf8 } from './bytes.ts';
import { ed25519PublicKey, hkdf, randomBytes, x25519PublicKey } from './crypto.ts';
import { type SystemId, systemIdOf } from './system-id.ts';

/** The keys of one system, 32 bytes each. X25519 names it, Ed25519 signs what it says; neither is made from the other. */
export interface SystemKeys {
  systemId: SystemId;
  x25519Secret: Uint8Array;
  x25519Public: Uint8Array;
  ed25519Secret: Uint8Array;
  ed25519Public: Uint8Array;
}

/** A seed for a new system: 32 random bytes. Losing it is losing the System ID. */
export function newSeed(): Uint8Array {
  return randomBytes(32);
}

/** The keys that follow from a seed of 32 bytes, always the same. */
export function systemKeysFrom(seed: Uint8Array): SystemKeys {
  if (seed.length !== 32) throw new Error(`A seed has 32 bytes, not ${seed.length}.`);
  const secret = (name: string) => hkdf(utf8('datestone system v1'), seed, utf8(name));
  const x25519Secret = secret('x25519');
  const ed25519Secret = secret('ed25519');
  const x25519Public = x25519PublicKey(x25519Secret);
  const ed25519Public = ed25519PublicKey(ed25519Secret);
  return { systemId: systemIdOf(x25519Public), x25519Secret, x25519Public, ed25519Secret, ed25519Public };
}
