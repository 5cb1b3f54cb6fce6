import type { FastifyRequest } from 'fastify';
import { accountOfPerson, meet } from '../operations/identities.ts';
import { rememberLogOn, takeLogOn } from '../operations/log-ons.ts';
import { hashToken } from '../operations/sessions.ts';
import { begin, finish } from '../sign-in/provider.ts';
import type { ProviderSettings } from '../sign-in/settings.ts';
import { countTries, type Http, ownPath, type Posted, seeOther, text, visitor } from './context.tsx';
import { enter } from './enter.ts';
import { notFound } from './errors.tsx';
import { refuse } from './refuse.tsx';

/**
 * Log on with an OpenID Connect provider. The way there is a link and not a form: `form-action 'self'` in our headers
 * would keep a browser from following a form to the provider, and nothing is changed by going there.
 */
export function logOnWithRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const { url } = portal.settings;
  const isTooMuch = countTries(http);

  app.get('/log-on/with/:provider', async (request, reply) => {
    const provider = providerIn(http, request);
    if (!provider) return notFound(http, request, reply);
    const who = await visitor(http, request);
    if (await isTooMuch(request)) return refuse(http, request, reply, who, { code: 'too-many-requests' });
    const query = request.query as Posted;
    const next = ownPath(query['next']);
    const [another, fresh] = [query['another'] !== undefined, query['fresh'] !== undefined];
    const begun = await begin(provider, `${url}/log-on/with/${provider.id}/back`, { another, fresh });
    if (begun.outcome === 'failed') {
      request.log.warn({ provider: provider.id, why: begun.why }, 'a log-on could not begin');
      return refuse(http, request, reply, who, begun, { logOn: { provider, next } });
    }
    const browserHash = cookies.ensureCarrier(request, reply);
    await rememberLogOn(portal, { ...begun, browserHash, provider: provider.id, next, fresh });
    return seeOther(reply, begun.url.href);
  });

  app.get('/log-on/with/:provider/back', async (request, reply) => {
    const provider = providerIn(http, request);
    if (!provider) return notFound(http, request, reply);
    const who = await visitor(http, request);
    const state = text((request.query as Posted)['state']);
    const browserHash = hashToken(cookies.carrier(request) ?? '');
    const sent = await takeLogOn(portal, { state, browserHash, provider: provider.id });
    if (!sent)
      return refuse(http, request, reply, who, { code: 'log-on-used' }, { logOn: { provider, next: '/systems' } });
    const { next } = sent;
    const person = await finish(provider, new URL(request.url, url), { ...sent, state });
    if (person.outcome === 'failed') {
      request.log.warn({ provider: provider.id, code: person.code, why: person.why }, 'a log-on failed');
      return refuse(http, request, reply, who, person, { logOn: { provider, next } });
    }
    const account = await accountOfPerson(portal, person);
    const entering = { next, provider: provider.id, asked: sent.fresh };
    // Whoever is logged on already wants to link: nobody is taken to another account without a word.
    if (who.account && account) {
      if (account === who.account.id) {
        // Only a provider that asked has shown anew who it is.
        return sent.fresh ? enter(http, request, reply, { ...entering, account }) : seeOther(reply, next);
      }
      return refuse(http, request, reply, who, { code: 'identity-of-another-account' }, { logOn: { provider, next } });
    }
    if (account) return enter(http, request, reply, { ...entering, account });
    const newcomer = await meet(portal, person, { browserHash, provider: provider.id, next });
    return seeOther(reply, `/log-on/first/${newcomer}`);
  });
}

export function providerIn({ portal }: Http, request: FastifyRequest): ProviderSettings | undefined {
  const { provider } = request.params as { provider: string };
  return portal.settings.providers.find(({ id }) => id === provider);
}
