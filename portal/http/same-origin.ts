import { isForPrograms } from './api/problem.ts';
import type { Http } from './context.tsx';
import { refuse } from './refuse.tsx';
import { nobody } from './visitor.ts';

/** Made to be posted from elsewhere: a server's page carries a request, a server's program checks in. */
const FROM_ANYWHERE = new Set(['/requests', '/check-ins']);

/**
 * A form of ours is sent by a page of ours. Browsers say where a post comes from; what they let another site post is
 * refused before anything looks at it. (The session cookie is SameSite=Lax besides.)
 */
export function onlyFromOurPages(http: Http): void {
  const { url } = http.portal.settings;
  http.app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD' || FROM_ANYWHERE.has(request.url)) return;
    // No cookie counts there, so no page can make a browser act for its user.
    if (isForPrograms(request)) return;
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const foreign = (origin !== undefined && origin !== url) || site === 'cross-site' || site === 'same-site';
    if (foreign) await refuse(http, request, reply, nobody(http.portal), { code: 'from-another-page' });
  });
}
