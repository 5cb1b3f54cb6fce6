import type { FastifyReply, FastifyRequest } from 'fastify';
import { adoptRequests } from '../operations/bring.ts';
import { type Beginning, endSession, hashToken, startSession } from '../operations/sessions.ts';
import { type Http, seeOther } from './context.tsx';

interface Entering extends Omit<Beginning, 'userAgent'> {
  account: string;
  next: string;
  /** Another browser of the same person, whose request waits. */
  carrierHash?: Buffer | undefined;
}

/**
 * Somebody has shown who they are: what their browser carried is theirs now, a new session begins whatever there was
 * before, and they go on where they were.
 */
export async function enter(
  http: Http,
  request: FastifyRequest,
  reply: FastifyReply,
  { account, next, carrierHash, ...way }: Entering,
): Promise<FastifyReply> {
  const { portal, cookies } = http;
  const carrier = cookies.carrier(request);
  for (const hash of [carrier && hashToken(carrier), carrierHash]) {
    if (hash) await adoptRequests(portal, account, hash);
  }
  await leave(http, request);
  cookies.setSession(reply, await startSession(portal, account, { ...way, userAgent: request.headers['user-agent'] }));
  return seeOther(reply, next);
}

/** Ends the session that the browser has, if any, and says through which provider its person had come. */
export async function leave(
  { portal, cookies }: Http,
  request: FastifyRequest,
): Promise<{ provider: string | undefined }> {
  const token = cookies.session(request);
  return token ? endSession(portal, token) : { provider: undefined };
}
