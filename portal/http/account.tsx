import { mayUnlink } from '../../core/accounts.ts';
import { LANGUAGES } from '../../core/languages.ts';
import { relyingPartyAt } from '../../core/passkeys.ts';
import { chooseLanguage, languageOf } from '../operations/language.ts';
import { passkeysOf } from '../operations/passkeys.ts';
import { sessionsOf } from '../operations/sessions.ts';
import { unlink } from '../operations/unlink.ts';
import { AccountPage } from '../pages/account.tsx';
import { waysToLogOn } from '../store/reads/ways-to-log-on.ts';
import { type Http, type Posted, seeOther, send, signedIn, text } from './context.tsx';
import { notFound } from './errors.tsx';
import { freshlySignedIn } from './fresh.ts';
import { providerIn } from './log-on-with.tsx';
import { refuse } from './refuse.tsx';

const PATH = '/account';

/** Who one is here, in which language one is written to, the ways to log on, and where one is logged on. */
export function accountRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const { providers } = portal.settings;

  app.get(PATH, async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const account = visitor.account.id;
    const [ways, passkeys, sessions, language] = await Promise.all([
      waysToLogOn(portal.db, account, portal.settings),
      passkeysOf(portal, account),
      sessionsOf(portal, account, cookies.session(request) ?? ''),
      languageOf(portal, visitor.account),
    ]);
    const linked = providers.filter(({ issuer }) => ways.issuers.includes(issuer));
    const page = {
      visitor,
      portal: portal.settings,
      linked: new Map(linked.map(({ id, issuer }) => [id, { mayUnlink: mayUnlink(ways, issuer) === undefined }])),
      hasPassword: ways.hasPassword,
      passkeys,
      passkeyHost: relyingPartyAt(portal.settings.url)?.id,
      sessions,
      language,
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
    if (!(await freshlySignedIn(http, request, reply, PATH))) return reply;
    const session = cookies.session(request) ?? '';
    const result = await unlink(portal, { account: visitor.account, provider, session });
    return result.outcome === 'refused' ? refuse(http, request, reply, visitor, result) : seeOther(reply, PATH);
  });
}
