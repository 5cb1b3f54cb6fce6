// What the members of documents may hold (docs/documents.md). A payload has the document's own member names; members that
// nobody here knows are dropped by the reader, never refused.

import { z } from 'zod';
import { fromBase64url } from '../bytes.ts';
import { acceptableEd25519, acceptableX25519 } from '../key-checks.ts';
import { isSystemId, type SystemId } from '../system-id.ts';

function bytes(length: number) {
  return z.string().refine((text) => fromBase64url(text)?.length === length);
}

function key(acceptable: (bytes: Uint8Array) => boolean) {
  return z.string().refine((text) => acceptable(fromBase64url(text) ?? new Uint8Array()));
}

export const fingerprint = bytes(32);
export const hash = bytes(32);
export const bind = bytes(16);
export const signature = bytes(64);
export const ed25519Key = key(acceptableEd25519);
export const x25519Key = key(acceptableX25519);

export const systemId = z.custom<SystemId>((value) => typeof value === 'string' && isSystemId(value));
export const registrationNumber = z.string().regex(/^[0-9]{8}$/);
export const codeKeyId = z.int().min(0).max(7);
/** Of registration codes; 0 before the first. */
export const sequence = z.int().min(0).max(4095);
/** The `n` of what a system signs. */
export const counter = z.int().min(1);
/** Unix seconds. */
export const time = z.int().min(0);
export const date = z.iso.date();
export const name = z.string().min(1).max(200);
