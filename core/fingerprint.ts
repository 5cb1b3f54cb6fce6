// A portal's fingerprint as two people compare it, one at the portal and one at a site.

import { fromBase64url, toHex } from './bytes.ts';

/** Four lines of four groups of hex digits: no capital and no small letter to mistake, unlike base64url. */
export function fingerprintLines(fingerprint: string): string[] {
  const bytes = fromBase64url(fingerprint);
  if (bytes?.length !== 32) throw new Error(`Not a fingerprint: ${fingerprint}`);
  const lines = toHex(bytes).match(/.{16}/g) ?? [];
  return lines.map((line) => (line.match(/.{4}/g) ?? []).join(' '));
}
