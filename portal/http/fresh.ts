import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSessionFresh } from '../operations/sessions.ts';
import { type Http, seeOther, signedIn } from './context.tsx';
import type { SignedIn } from './visitor.ts';

/**
 * Who is signed in and showed who they are a short while ago; otherwise they are asked again, go on to `back`, and
 * `undefined` is returned. For what must not be left to whoever sits at an open page. As with `signedIn`, what a form had
 * sent is gone then, so `back` is a page from which it can be sent again.
 */
export async function freshlySignedIn(
  http: Http,
  request: FastifyRequest,
  reply: FastifyReply,
  back: string,
): Promise<SignedIn | undefined> {
  const visitor = await signedIn(http, request, reply, back);
  if (!visitor || (await isSessionFresh(http.portal, http.cookies.session(request) ?? ''))) return visitor;
  seeOther(reply, `/log-on/again?next=${encodeURIComponent(back)}`);
  return undefined;
}
