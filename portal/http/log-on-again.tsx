import type { FastifyReply } from 'fastify';
import { checkPassword } from '../operations/accounts.ts';
import { LogOnAgainPage } from '../pages/log-on-again.tsx';
import type { LogOnProblem } from '../pages/log-on-problem.tsx';
import { waysToLogOn } from '../store/reads/ways-to-log-on.ts';
import { countTries, type Http, ownPath, type Posted, send, signedIn, text } from './context.tsx';
import { enter } from './enter.ts';
import { sendAgain } from './log-on.tsx';
import type { SignedIn } from './visitor.ts';

const PATH = '/log-on/again';

/** Who is logged on shows once more who they are, by any way that the account has, and goes on where they were. */
export function logOnAgainRoutes(http: Http): void {
  const { app, portal } = http;
  const isTooMuch = countTries(http);

  const page = async (visitor: SignedIn, next: string, problem?: LogOnProblem) => {
    const { hasPassword, issuers, passkeys } = await waysToLogOn(portal.db, visitor.account.id, portal.settings);
    const providers = portal.settings.providers.filter(({ issuer }) => issuers.includes(issuer));
    const ways = { hasPassword, providers, hasPasskeys: passkeys.length > 0 };
    return <LogOnAgainPage visitor={visitor} portal={portal.settings} next={next} ways={ways} problem={problem} />;
  };

  app.get(PATH, async (request, reply): Promise<FastifyReply> => {
    const next = ownPath((request.query as Posted)['next']);
    const visitor = await signedIn(http, request, reply, next);
    return visitor ? send(reply, await page(visitor, next)) : reply;
  });

  app.post(PATH, async (request, reply) => {
    const posted = (request.body ?? {}) as Posted;
    const next = ownPath(posted['next']);
    const visitor = await signedIn(http, request, reply, next);
    if (!visitor) return reply;
    const again = async (problem: LogOnProblem) => sendAgain(reply, await page(visitor, next, problem), problem);
    if (await isTooMuch(request)) return again('too-many');
    const checked = await checkPassword(portal, visitor.account.email, text(posted['password']));
    if (checked.outcome === 'wrong') return again('wrong');
    if (checked.outcome === 'refused') return again(checked);
    return enter(http, request, reply, { account: checked.account.id, next });
  });
}
