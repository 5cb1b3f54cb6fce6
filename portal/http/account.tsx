import { AccountPage } from '../pages/account.tsx';
import { waysToLogOn } from '../store/reads/ways-to-log-on.ts';
import { type Http, send, signedIn } from './context.tsx';

/** Who one is here, and the ways to log on; from here a provider is linked. */
export function accountRoutes(http: Http): void {
  const { app, portal } = http;
  const { providers } = portal.settings;

  app.get('/account', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const { hasPassword, issuers } = await waysToLogOn(portal.db, visitor.account.id);
    const linked = new Set(providers.filter(({ issuer }) => issuers.includes(issuer)).map(({ id }) => id));
    const page = { visitor, portal: portal.settings, linked, hasPassword };
    return send(reply, <AccountPage {...page} />);
  });
}
