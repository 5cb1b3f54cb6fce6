// The history of a registration: a chain of entries, each hashed together with the hash before it, so that none can be
// changed, left out or put in without a witness of a later hash noticing (docs/documents.md, "History hash").

import canonicalize from 'canonicalize';
import { concat, utf8 } from './bytes.ts';
import { hmacSha256, sameBytes, sha256 } from './crypto.ts';

/** One entry as it is kept: its canonical text and its hash. */
export interface ChainedEntry {
  canonical: string;
  hash: Uint8Array;
}

/** An entry as canonical JSON (RFC 8785): one text for one content. Throws on what is no JSON, such as `undefined` or NaN. */
export function canonical(entry: object): string {
  const text = canonicalize(entry);
  if (text === undefined) throw new Error('A history entry is a JSON object.');
  return text;
}

/** The hash (32 bytes) of an entry that follows the one with hash `previous`; undefined stands before the first. */
export function nextHash(previous: Uint8Array | undefined, canonicalEntry: string): Uint8Array {
  return sha256(concat(previous ?? new Uint8Array(32), utf8(canonicalEntry)));
}

/**
 * Whether every entry follows from those before it, the oldest first. `intact` gives the head, which a witness holds
 * (`n`: how many entries); `broken` the first entry, counted from 1, that is not canonical or has another hash.
 */
export function verifyChain(
  entries: readonly ChainedEntry[],
): { outcome: 'intact'; n: number; hash: Uint8Array | undefined } | { outcome: 'broken'; n: number } {
  let hash: Uint8Array | undefined;
  for (const [index, entry] of entries.entries()) {
    const expected = nextHash(hash, entry.canonical);
    if (!isCanonical(entry.canonical) || !sameBytes(entry.hash, expected)) return { outcome: 'broken', n: index + 1 };
    hash = expected;
  }
  return { outcome: 'intact', n: entries.length, hash };
}

/**
 * What the chain holds in place of a name, reason or note (32 bytes). The text and its salt lie beside the chain: once
 * both are erased, nothing can be learned from the commitment, and the chain still verifies.
 */
export function commitment(salt: Uint8Array, text: string): Uint8Array {
  return hmacSha256(salt, utf8(text));
}

function isCanonical(text: string): boolean {
  try {
    return canonicalize(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}
