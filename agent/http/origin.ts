// A form of another site must not act here with this browser's cookie. SameSite=Lax already keeps the cookie away; this
// holds for browsers that know no SameSite, and it says why nothing happened.

import type { FastifyRequest } from 'fastify';

export function comesFromAnotherSite({
  method,
  headers,
  host,
}: Pick<FastifyRequest, 'method' | 'headers' | 'host'>): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && hostOf(headers.origin) !== host;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
