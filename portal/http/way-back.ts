import type { FastifyRequest } from 'fastify';
import { hashToken } from '../operations/sessions.ts';
import { wayBack } from '../store/reads/carried.ts';
import { recordFor } from '../store/records.ts';
import type { Http } from './context.tsx';

/** Where a browser can take a record to the server that sent it here, and the host that its person should see named. */
export interface TakeThere {
  url: string;
  host: string;
}

/**
 * The way back: only in the browser and for the account that brought the request. A link, not a form: browsers warn about
 * a form from https to a site's http.
 */
export async function takeThere(
  { portal, cookies }: Http,
  request: FastifyRequest,
  account: string,
  of: { request: string } | { association: string },
): Promise<TakeThere | undefined> {
  const carrier = cookies.carrier(request);
  const way = carrier && (await wayBack(portal.db, account, hashToken(carrier), of));
  if (!way) return undefined;
  const record = await recordFor(portal.db, portal, way.systemId);
  return record ? { url: `${way.returnTo}?record=${record}`, host: new URL(way.returnTo).host } : undefined;
}
