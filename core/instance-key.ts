// The instance key stands for an installation, not for its database: it lies in a file outside, and is still there when the
// database was deleted (docs/documents.md, "Instance key").

import { fromBase64url, toBase64url, utf8 } from './bytes.ts';
import { ed25519PublicKey, ed25519Sign, ed25519Verify, randomBytes } from './crypto.ts';
import { acceptableEd25519 } from './key-checks.ts';
import type { SystemId } from './system-id.ts';

/** An Ed25519 key pair, 32 bytes each. */
export interface InstanceKey {
  publicKey: Uint8Array;
  secretKey: Uint8Array;
}

/** What the proof is about: to whom (the portal's fingerprint, base64url), under which System ID, in which document. */
export interface Statement {
  aud: string;
  systemId: SystemId;
  n: number;
}

export function newInstanceKey(): InstanceKey {
  const secretKey = randomBytes(32);
  return { secretKey, publicKey: ed25519PublicKey(secretKey) };
}

/** The proof (base64url) that whoever makes this statement has the instance key. */
export function instanceProof(key: InstanceKey, statement: Statement): string {
  return toBase64url(ed25519Sign(key.secretKey, signedText(statement)));
}

/** Whether `proof` is one by the instance key `instance` (both base64url, from a stranger) for this statement. */
export function verifyInstanceProof(instance: string, proof: string, statement: Statement): boolean {
  const [publicKey, signature] = [fromBase64url(instance), fromBase64url(proof)];
  if (!publicKey || !signature || !acceptableEd25519(publicKey)) return false;
  return ed25519Verify(publicKey, signedText(statement), signature);
}

function signedText({ aud, systemId, n }: Statement): Uint8Array {
  return utf8(`datestone-instance.${aud}.${systemId}.${n}`);
}
