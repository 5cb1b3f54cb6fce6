// Everything that sites and portal say to one another is a compact JWS (RFC 7515) under Ed25519 (docs/documents.md, "Rules
// for all"). This file knows the envelope: sizes, header, signature. What the letters say is in the files beside it.
//
// A stranger may send anything. So a document is measured before it is split, split before it is decoded, and nothing in
// its header chooses a key.

import { CompactSign, compactVerify } from 'jose';
import { z } from 'zod';
import { fromBase64url, fromUtf8, toBase64url, utf8 } from '../bytes.ts';
import { ed25519PublicKey } from '../crypto.ts';
import { acceptableEd25519 } from '../key-checks.ts';

/** Every type of document, and how many bytes its payload may have. */
export const MAX_BYTES = {
  'datestone-bundle+jwt': 8 * 1024,
  'datestone-request+jwt': 64 * 1024,
  'datestone-checkin+jwt': 1024 * 1024,
  'datestone-answer+jwt': 1024 * 1024,
  'datestone-record+jwt': 2 * 1024,
} as const;

export type DocumentType = keyof typeof MAX_BYTES;

/** A document by the word in its type. */
export type DocumentKind = DocumentType extends `datestone-${infer Kind}+jwt` ? Kind : never;

const MAX_HEADER_SYMBOLS = 1024;
const SIGNATURE_SYMBOLS = 86;
const DOT = 1;

/** Would have the reader use a key, a format or an extension that the sender chose. */
const REFUSED_HEADERS = ['jwk', 'jku', 'x5u', 'x5c', 'b64', 'crit'];

const headerSchema = z.object({ alg: z.string(), typ: z.string(), kid: z.string() });

/** A document of this payload (a JSON object), signed. Throws if it would be too large: no reader would take it. */
export async function sign(
  typ: DocumentType,
  kid: string,
  payload: object,
  ed25519Secret: Uint8Array,
): Promise<string> {
  const bytes = utf8(JSON.stringify(payload));
  if (bytes.length > MAX_BYTES[typ]) throw new Error(`A ${typ} of ${bytes.length} bytes is too large.`);
  const x = toBase64url(ed25519PublicKey(ed25519Secret));
  const key = { kty: 'OKP', crv: 'Ed25519', x, d: toBase64url(ed25519Secret) };
  return new CompactSign(bytes).setProtectedHeader({ alg: 'EdDSA', typ, kid }).sign(key);
}

/** What stands in an envelope. Nobody has vouched for it yet. */
export interface Unpacked {
  outcome: 'unpacked';
  kid: string;
  payload: unknown;
}

export interface Unreadable {
  outcome: 'refused';
  why: 'too-large' | 'not-a-document' | 'wrong-type' | 'wrong-header';
}

/** Takes a document of this type apart without believing it: the signature is not looked at. */
export function unpack(document: string, typ: DocumentType): Unpacked | Unreadable {
  if (isTooLarge(document, typ)) return unreadable('too-large');
  const [headerPart, payloadPart, signaturePart, ...more] = document.split('.');
  if (headerPart === undefined || payloadPart === undefined || signaturePart === undefined || more.length > 0) {
    return unreadable('not-a-document');
  }
  if (payloadPart.length > maxPayloadSymbols(typ)) return unreadable('too-large');
  // Each part in its one canonical writing: or changed texts would be documents with the same signature.
  if (fromBase64url(signaturePart)?.length !== 64) return unreadable('not-a-document');
  const members = parsed(headerPart);
  const header = headerSchema.safeParse(members);
  const payload = parsed(payloadPart);
  if (!members || !header.success || payload === undefined) return unreadable('not-a-document');

  if (header.data.typ !== typ) return unreadable('wrong-type');
  if (header.data.alg !== 'EdDSA' || REFUSED_HEADERS.some((name) => Object.hasOwn(members, name)))
    return unreadable('wrong-header');
  return { outcome: 'unpacked', kid: header.data.kid, payload };
}

/** Which of our documents this looks like, unverified: to say what was brought by mistake. */
export function kindOf(document: string): DocumentKind | undefined {
  const typ = peek(document)?.typ;
  return typ !== undefined && Object.hasOwn(MAX_BYTES, typ)
    ? (typ.slice('datestone-'.length, -'+jwt'.length) as DocumentKind)
    : undefined;
}

/** Whether a document of this type could not be read, whatever it says. */
export function isTooLarge(document: string, typ: DocumentType): boolean {
  return document.length > MAX_HEADER_SYMBOLS + DOT + maxPayloadSymbols(typ) + DOT + SIGNATURE_SYMBOLS;
}

/** Type and key id of anything that looks like a document, unverified: to know how to go on. */
export function peek(document: string): { typ: string; kid: string } | undefined {
  const [headerPart = ''] = document.slice(0, MAX_HEADER_SYMBOLS + DOT).split('.');
  const header = headerSchema.safeParse(parsed(headerPart));
  return header.success ? { typ: header.data.typ, kid: header.data.kid } : undefined;
}

/** Whether an unpacked document is signed under this public key (32 bytes). */
export async function signedBy(document: string, ed25519Public: Uint8Array): Promise<boolean> {
  if (!acceptableEd25519(ed25519Public)) return false;
  const key = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(ed25519Public) };
  try {
    await compactVerify(document, key, { algorithms: ['EdDSA'] });
    return true;
  } catch {
    return false;
  }
}

const maxPayloadSymbols = (typ: DocumentType) => Math.ceil((MAX_BYTES[typ] * 4) / 3);

/** base64url of UTF-8 of a JSON object → that object. */
function parsed(part: string): object | undefined {
  const bytes = fromBase64url(part);
  const text = bytes && fromUtf8(bytes);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(why: Unreadable['why']): Unreadable {
  return { outcome: 'refused', why };
}
