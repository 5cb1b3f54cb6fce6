import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { checkPassword } from '../operations/accounts.ts';
import { hashToken } from '../operations/sessions.ts';
import { LogOnPage } from '../pages/log-on.tsx';
import type { LogOnProblem } from '../pages/log-on-problem.tsx';
import { LoggedOffPage } from '../pages/logged-off.tsx';
import { logOffUrl } from '../sign-in/provider.ts';
import { waitingForLogOn } from '../store/reads/carried.ts';
import { countTries, type Http, ownPath, type Posted, seeOther, send, text, visitor } from './context.tsx';
import { enter, leave } from './enter.ts';
import { notFound } from './errors.tsx';
import { providerIn } from './log-on-with.tsx';

/** Log on with e-mail and password, log off. */
export function logOnRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const { providers } = portal.settings;
  const isTooMuch = countTries(http);

  const page = async (
    request: FastifyRequest,
    typed: { next: string; another: boolean; email?: string; problem?: LogOnProblem },
  ) => {
    const carrier = cookies.carrier(request);
    const carried = carrier && (await waitingForLogOn(portal.db, hashToken(carrier), portal.now()));
    const who = { ...(await visitor(http, request)), account: undefined };
    return <LogOnPage visitor={who} portal={portal.settings} carried={carried || undefined} {...typed} />;
  };

  app.get('/log-on', async (request, reply) => {
    const query = request.query as Posted;
    const [next, another] = [ownPath(query['next']), query['another'] !== undefined];
    const { account } = await visitor(http, request);
    return account ? seeOther(reply, next) : send(reply, await page(request, { next, another }));
  });

  app.post('/log-on', async (request, reply) => {
    const posted = (request.body ?? {}) as Posted;
    const [next, email] = [ownPath(posted['next']), text(posted['email'])];
    const another = posted['another'] !== undefined;
    const again = async (problem: LogOnProblem) =>
      sendAgain(reply, await page(request, { next, another, email, problem }), problem);
    if (await isTooMuch(request)) return again('too-many');
    const checked = await checkPassword(portal, email, text(posted['password']));
    if (checked.outcome === 'wrong') return again('wrong');
    if (checked.outcome === 'refused') return again(checked);
    return enter(http, request, reply, { account: checked.account.id, next });
  });

  app.post('/log-off', async (request, reply) => {
    const { provider } = await leave(http, request);
    cookies.setSession(reply, undefined);
    const known = providers.some(({ id }) => id === provider);
    return seeOther(reply, known ? `/log-off/${provider}` : '/log-on');
  });

  // A page with a link, because a browser would not follow a form of ours to another site: see the headers in app.ts.
  app.get('/log-off/:provider', async (request, reply) => {
    const provider = providerIn(http, request);
    if (!provider) return notFound(http, request, reply);
    const there = await logOffUrl(provider, `${portal.settings.url}/log-on`);
    const who = await visitor(http, request);
    return send(
      reply,
      <LoggedOffPage visitor={who} portal={portal.settings} provider={provider} there={there?.href} />,
    );
  });
}

/** The page that asks for address and password, once more. */
export function sendAgain(reply: FastifyReply, page: VNode, problem: LogOnProblem): FastifyReply {
  if (typeof problem !== 'string') reply.header('retry-after', problem.facts?.seconds);
  return send(reply, page, problem === 'wrong' ? 422 : 429);
}
