// What the portal signs with a record key, read at a site: the key is the one that the site's bundle names, and no other.

import type { z } from 'zod';
import { fromBase64url } from '../bytes.ts';
import type { Bundle } from './bundle.ts';
import { type DocumentType, signedBy, unpack } from './jws.ts';

/** A record key of the portal: its id in the bundle, and the Ed25519 secret (32 bytes). */
export interface RecordKey {
  kid: string;
  secret: Uint8Array;
}

/** Of a site's bundle, what reading takes. */
export type KnownPortal = Pick<Bundle, 'fingerprint' | 'record_keys'>;

export type FromPortal<Payload> =
  | { outcome: 'genuine'; payload: Payload }
  | { outcome: 'refused'; why: 'too-large' | 'not-of-this-type' | 'damaged' }
  /** No key of the bundle has this id. What it `claims` to say is unverified. */
  | { outcome: 'refused'; why: 'unknown-key'; claims: unknown };

export async function openFromPortal<Payload>(
  document: string,
  typ: DocumentType,
  schema: z.ZodType<Payload>,
  portal: KnownPortal,
): Promise<FromPortal<Payload>> {
  const unpacked = unpack(document, typ);
  if (unpacked.outcome === 'refused') {
    return { outcome: 'refused', why: unpacked.why === 'too-large' ? 'too-large' : 'not-of-this-type' };
  }
  const key = portal.record_keys.find(({ kid }) => kid === unpacked.kid);
  if (!key) return { outcome: 'refused', why: 'unknown-key', claims: unpacked.payload };
  const read = schema.safeParse(unpacked.payload);
  if (!read.success || !(await signedBy(document, fromBase64url(key.x) ?? new Uint8Array()))) {
    return { outcome: 'refused', why: 'damaged' };
  }
  return { outcome: 'genuine', payload: read.data };
}
