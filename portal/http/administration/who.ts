import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionIdOf } from '../../operations/sessions.ts';
import type { Looker } from '../../store/reads/administration/registration.ts';
import { type Http, visitor as visitorOf } from '../context.tsx';
import { notFound } from '../errors.tsx';
import { freshlySignedIn } from '../fresh.ts';
import type { SignedIn } from '../visitor.ts';

export interface Administering {
  visitor: SignedIn;
  looker: Looker;
}

/**
 * A portal administrator who showed who they are a short while ago. Everybody else gets what they get at an address that does
 * not exist, and `undefined` is returned. `back`: the page from which a form can be sent again.
 */
export async function administrator(
  http: Http,
  request: FastifyRequest,
  reply: FastifyReply,
  back = request.url,
): Promise<Administering | undefined> {
  const known = await visitorOf(http, request);
  if (!known.account?.administers) {
    await notFound(http, request, reply);
    return undefined;
  }
  const visitor = await freshlySignedIn(http, request, reply, back);
  const session = visitor && (await sessionIdOf(http.portal, http.cookies.session(request) ?? ''));
  return visitor && session ? { visitor, looker: { account: visitor.account.id, session } } : undefined;
}
