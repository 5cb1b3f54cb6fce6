import { endOtherSessions, endSessionOf } from '../operations/sessions.ts';
import { type Http, seeOther, signedIn, uuidOf } from './context.tsx';

const BACK = '/account';

/** Ending log-ons from *Your account*: one, or all but this one. They are gone for every process, at once. */
export function sessionRoutes(http: Http): void {
  const { app, portal, cookies } = http;

  app.post('/account/sessions/:id/end', async (request, reply) => {
    const visitor = await signedIn(http, request, reply, BACK);
    if (!visitor) return reply;
    await endSessionOf(portal, visitor.account.id, uuidOf(request, 'id'));
    return seeOther(reply, BACK);
  });

  app.post('/account/sessions/end-others', async (request, reply) => {
    const visitor = await signedIn(http, request, reply, BACK);
    if (!visitor) return reply;
    await endOtherSessions(portal, visitor.account.id, cookies.session(request) ?? '');
    return seeOther(reply, BACK);
  });
}
