// A portal's fingerprint as two people compare it, one at the portal and one at a site.

import { fromBase64url, toHex } from './bytes.ts';

/** 16 groups of four hex digits: no capital and no small letter to mistake, unlike base64url. */
export function fingerprintGroups(fingerprint: string): string[] {
  const bytes = fromBase64url(fingerprint);
  if (bytes?.length !== 32) throw new Error(`Not a fingerprint: ${fingerprint}`);
  return toHex(bytes).match(/.{4}/g) ?? [];
}
