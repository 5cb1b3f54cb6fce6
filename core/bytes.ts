// Byte strings are Uint8Array inside the code, base64url in documents and hex in examples. `Buffer` is Node's, so not here.

import { base64url } from 'jose';

/** The bytes of a text in UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The text that these bytes are in UTF-8, or undefined if they are none. A byte order mark is kept: it is no JSON. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** One byte string out of several, in their order. */
export function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes as base64url without padding, as documents carry them. */
export function toBase64url(bytes: Uint8Array): string {
  return base64url.encode(bytes);
}

/**
 * The bytes of a base64url text, or undefined. Only the one text that `toBase64url` gives is taken: decoders ignore the
 * unused last bits, so without this several different texts would be the same signature.
 */
export function fromBase64url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  const bytes = decoded(text);
  return bytes && toBase64url(bytes) === text ? bytes : undefined;
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return base64url.decode(text);
  } catch {
    return undefined;
  }
}

/** Bytes as lower case hex. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes of a hex text; throws on anything else, for it is ours and not a stranger's. */
export function fromHex(hex: string): Uint8Array {
  if (!/^([0-9a-fA-F]{2})*$/.test(hex)) throw new Error(`Not hex: ${hex}`);
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
