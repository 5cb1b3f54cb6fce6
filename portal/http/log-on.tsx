import type { FastifyRequest } from 'fastify';
import { checkPassword } from '../operations/accounts.ts';
import { adoptRequests } from '../operations/bring.ts';
import { endSession, hashToken, startSession } from '../operations/sessions.ts';
import { LogOnPage, type LogOnProblem } from '../pages/log-on.tsx';
import { waitingForLogOn } from '../store/reads/carried.ts';
import { type Http, ownPath, type Posted, seeOther, send, text, visitor } from './context.tsx';

/** Log on with e-mail and password, log off. */
export function logOnRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const { requestsPerMinute: max } = portal.settings;
  const takeTry = app.createRateLimit({ max, timeWindow: '1 minute' });

  const page = async (request: FastifyRequest, typed: { next: string; email?: string; problem?: LogOnProblem }) => {
    const carrier = cookies.carrier(request);
    const carried = carrier && (await waitingForLogOn(portal.db, hashToken(carrier), portal.now()));
    const who = { ...(await visitor(http, request)), account: undefined };
    return <LogOnPage visitor={who} portal={portal.settings} carried={carried || undefined} {...typed} />;
  };

  app.get('/log-on', async (request, reply) => {
    const next = ownPath((request.query as Posted)['next']);
    const { account } = await visitor(http, request);
    return account ? seeOther(reply, next) : send(reply, await page(request, { next }));
  });

  app.post('/log-on', async (request, reply) => {
    const posted = (request.body ?? {}) as Posted;
    const [next, email] = [ownPath(posted['next']), text(posted['email'])];
    const limit = await takeTry(request);
    if (!limit.isAllowed && limit.isExceeded) {
      return send(reply, await page(request, { next, email, problem: 'too-many' }), 429);
    }
    const account = await checkPassword(portal, email, text(posted['password']));
    if (!account) return send(reply, await page(request, { next, email, problem: 'wrong' }), 422);

    const carrier = cookies.carrier(request);
    if (carrier) await adoptRequests(portal, account.id, hashToken(carrier));
    await leave(http, request);
    cookies.setSession(reply, await startSession(portal, account.id));
    return seeOther(reply, next);
  });

  app.post('/log-off', async (request, reply) => {
    await leave(http, request);
    cookies.setSession(reply, undefined);
    return seeOther(reply, '/log-on');
  });
}

/** Ends the session that the browser has, if any. */
export async function leave({ portal, cookies }: Http, request: FastifyRequest): Promise<void> {
  const token = cookies.session(request);
  if (token) await endSession(portal, token);
}
