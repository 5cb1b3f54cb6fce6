// A document of our own, taken apart for its page. Nothing is decided by it, so nothing is verified.

import { decodeJwt, decodeProtectedHeader } from 'jose';

export function membersOf(document: string): { kid: string; members: Record<string, unknown> } {
  return { kid: String(decodeProtectedHeader(document).kid), members: decodeJwt(document) };
}
