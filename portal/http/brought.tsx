import type { FastifyReply, FastifyRequest } from 'fastify';
import { refused } from '../../core/refusals.ts';
import { adoptRequests } from '../operations/bring.ts';
import { hashToken } from '../operations/sessions.ts';
import { type BroughtRequest, requestOf } from '../store/facts.ts';
import { type Http, seeOther, signedIn, uuidOf } from './context.tsx';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

export interface Brought {
  visitor: SignedIn;
  brought: BroughtRequest;
}

/**
 * The request that the page is about and who looks at it. Without a sign-in or a request of theirs that we still hold the
 * answer is sent here, and `undefined` is returned.
 */
export async function broughtRequest(
  http: Http,
  request: FastifyRequest,
  reply: FastifyReply,
  back?: string,
): Promise<Brought | undefined> {
  const visitor = await signedIn(http, request, reply, back);
  if (!visitor) return undefined;
  const { portal, cookies } = http;
  const read = () => requestOf(portal.db, visitor.account.id, uuidOf(request, 'id'), visitor.now);
  let brought = await read();
  const carrier = cookies.carrier(request);
  if (!brought && carrier) {
    // A server's page posted it from another site, so the browser kept its session back; now it shows it.
    await adoptRequests(portal, visitor.account.id, hashToken(carrier));
    brought = await read();
  }
  if (brought) return { visitor, brought };
  await refuse(http, request, reply, visitor, refused('request-expired'));
  return undefined;
}

/** The same after *Proceed*: before it, nothing is said about the System ID. */
export async function proceededRequest(
  http: Http,
  request: FastifyRequest,
  reply: FastifyReply,
  back?: string,
): Promise<Brought | undefined> {
  const known = await broughtRequest(http, request, reply, back);
  if (!known || known.brought.proceededAt) return known;
  seeOther(reply, `/requests/${known.brought.id}/proceed`);
  return undefined;
}
