// The portal's card: who it is and under which keys it speaks (docs/documents.md, "Bundle"). A site has the one of its
// portal from its installation.

import { z } from 'zod';
import { fromBase64url, toBase64url } from '../bytes.ts';
import { sha256 } from '../crypto.ts';
import { sign, signedBy, unpack } from './jws.ts';
import { codeKeyId, counter, ed25519Key, fingerprint, name, x25519Key } from './members.ts';

const TYP = 'datestone-bundle+jwt';

const payloadSchema = z.object({
  iss: z.url({ protocol: /^https?$/ }).max(200),
  name,
  root: ed25519Key,
  record_keys: z
    .array(z.object({ kid: z.string().min(1).max(100), x: ed25519Key }))
    .min(1)
    .refine((keys) => new Set(keys.map((key) => key.kid)).size === keys.length),
  code_keys: z.array(x25519Key).length(8),
  min_code_key: codeKeyId,
  version: counter,
});

/** What a bundle says, in its own words. */
export type BundlePayload = z.infer<typeof payloadSchema>;

/** A bundle that was verified, and the fingerprint of the portal that it is of. */
export interface Bundle extends BundlePayload {
  fingerprint: string;
}

export type BundleReading =
  | { outcome: 'genuine'; bundle: Bundle }
  | { outcome: 'refused'; code: 'not-a-bundle' | 'bundle-too-large' | 'bundle-damaged' | 'bundle-from-another-portal' };

/** A portal's fingerprint (base64url): SHA-256 of its first root's public key. */
export function fingerprintOf(rootPublic: Uint8Array): string {
  return toBase64url(sha256(rootPublic));
}

/** The `kid` of a record key: it follows from the key, so that two portals never use one for different keys. */
export function recordKeyId(recordPublic: Uint8Array): string {
  return toBase64url(sha256(recordPublic).slice(0, 12));
}

/** The bundle as a document, signed by its own root. */
export async function signBundle(bundle: BundlePayload, rootSecret: Uint8Array): Promise<string> {
  // Taken member by member, so that no member of ours gets in that the format does not know.
  const payload = payloadSchema.parse(bundle);
  return sign(TYP, fingerprintOf(bytesOf(payload.root)), payload, rootSecret);
}

/**
 * Reads a bundle from a file (white space around it is ignored). With `pinned`, the fingerprint that a site trusts, only
 * that portal's is genuine; without, any that is signed by its own root: the first trust, for a person to compare.
 */
export async function openBundle(document: string, pinned?: string): Promise<BundleReading> {
  const text = document.trim();
  const unpacked = unpack(text, TYP);
  if (unpacked.outcome === 'refused')
    return refused(unpacked.why === 'too-large' ? 'bundle-too-large' : 'not-a-bundle');
  const payload = payloadSchema.safeParse(unpacked.payload);
  if (!payload.success || !fingerprint.safeParse(unpacked.kid).success) return refused('bundle-damaged');
  const root = bytesOf(payload.data.root);
  if (!(await signedBy(text, root))) return refused('bundle-damaged');
  // Signed by itself and yet of another fingerprint: a successor of the first root, which needs a chain to be believed.
  const own = fingerprintOf(root);
  if (unpacked.kid !== own || (pinned !== undefined && pinned !== own)) return refused('bundle-from-another-portal');
  return { outcome: 'genuine', bundle: { ...payload.data, fingerprint: own } };
}

function refused(code: Extract<BundleReading, { outcome: 'refused' }>['code']): BundleReading {
  return { outcome: 'refused', code };
}

function bytesOf(base64url: string): Uint8Array {
  return fromBase64url(base64url) ?? new Uint8Array();
}
