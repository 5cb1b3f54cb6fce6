import { mayUnlink } from '../../core/accounts.ts';
import { LANGUAGES } from '../../core/languages.ts';
import { chooseLanguage, languageOf } from '../operations/language.ts';
import { unlink } from '../operations/unlink.ts';
import { AccountPage } from '../pages/account.tsx';
import { waysToLogOn } from '../store/reads/ways-to-log-on.ts';
import { type Http, type Posted, seeOther, send, signedIn, text } from './context.tsx';
import { notFound } from './errors.tsx';
import { providerIn } from './log-on-with.tsx';
import { refuse } from './refuse.tsx';

const PATH = '/account';

/** Who one is here, in which language one is written to, and the ways to log on: a provider is linked and unlinked. */
export function accountRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const { providers } = portal.settings;

  app.get(PATH, async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const ways = await waysToLogOn(portal.db, visitor.account.id, providers);
    const linked = providers.filter(({ issuer }) => ways.issuers.includes(issuer));
    const page = {
      visitor,
      portal: portal.settings,
      linked: new Map(linked.map(({ id, issuer }) => [id, { mayUnlink: mayUnlink(ways, issuer) === undefined }])),
      hasPassword: ways.hasPassword,
      language: await languageOf(portal, visitor.account),
    };
    return send(reply, <AccountPage {...page} />);
  });

  app.post(`${PATH}/language`, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, PATH);
    if (!visitor) return reply;
    const chosen = text(((request.body ?? {}) as Posted)['language']);
    const language = LANGUAGES.find((one) => one === chosen);
    if (language) await chooseLanguage(portal, visitor.account, language);
    return seeOther(reply, PATH);
  });

  app.post(`${PATH}/providers/:provider/unlink`, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, PATH);
    if (!visitor) return reply;
    const provider = providerIn(http, request);
    if (!provider) return notFound(http, request, reply);
    const session = cookies.session(request) ?? '';
    const result = await unlink(portal, { account: visitor.account, provider, session });
    return result.outcome === 'refused' ? refuse(http, request, reply, visitor, result) : seeOther(reply, PATH);
  });
}
