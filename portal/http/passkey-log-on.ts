import { relyingPartyAt } from '../../core/passkeys.ts';
import { askToSign, logOnWithPasskey, notAccepted } from '../operations/passkey-log-on.ts';
import { hashToken } from '../operations/sessions.ts';
import { countTries, type Http, ownPath, type Posted, text, visitor } from './context.tsx';
import { enter } from './enter.ts';
import { notFound } from './errors.tsx';
import { refuse } from './refuse.tsx';

/** Log on with a passkey: a script asks for the question, and posts the page's form with the answer. */
export function passkeyLogOnRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const rp = relyingPartyAt(portal.settings.url);
  const isTooMuch = countTries(http);

  app.post('/log-on/passkey/question', async (request, reply) => {
    if (!rp) return notFound(http, request, reply);
    if (await isTooMuch(request)) {
      return refuse(http, request, reply, await visitor(http, request), { code: 'too-many-requests' });
    }
    const question = await askToSign(portal, rp, cookies.ensureCarrier(request, reply));
    return reply.header('cache-control', 'no-store').send(question);
  });

  app.post('/log-on/passkey', async (request, reply) => {
    if (!rp) return notFound(http, request, reply);
    const who = await visitor(http, request);
    const posted = (request.body ?? {}) as Posted;
    const next = ownPath(posted['next']);
    const browserHash = hashToken(cookies.carrier(request) ?? '');
    const signed = await logOnWithPasskey(portal, rp, { answer: text(posted['answer']), browserHash });
    // Nobody is taken to another account without a word.
    const isOther = signed.outcome === 'known' && who.account !== undefined && who.account.id !== signed.account;
    const result = isOther ? notAccepted('another account') : signed;
    if (result.outcome === 'known') {
      return enter(http, request, reply, { account: result.account, passkey: result.passkey, next });
    }
    if ('why' in result) request.log.warn({ why: result.why }, 'a passkey was not accepted');
    return refuse(http, request, reply, who, result, { logOn: { next } });
  });
}
