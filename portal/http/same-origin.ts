import type { FastifyInstance } from 'fastify';

/** Made to be posted from elsewhere: a server's page carries a request, a server's program checks in. */
const FROM_ANYWHERE = new Set(['/requests', '/check-ins']);

/**
 * A form of ours is sent by a page of ours. Browsers say where a post comes from; what they let another site post is
 * refused before anything looks at it. (The session cookie is SameSite=Lax besides.)
 */
export function onlyFromOurPages(app: FastifyInstance, url: string): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD' || FROM_ANYWHERE.has(request.url)) return;
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const foreign = (origin !== undefined && origin !== url) || site === 'cross-site' || site === 'same-site';
    if (foreign) {
      await reply
        .code(403)
        .type('text/plain; charset=utf-8')
        .send('from-another-page: This form was sent from another site. Nothing was changed. Open the portal and try again.');
    }
  });
}
