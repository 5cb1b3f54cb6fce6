import { checkIn } from '../operations/check-in.ts';
import type { Http } from './context.tsx';
import { problemDocument } from './errors.tsx';

const CHECK_IN = 'application/jose';
// The signed payload may have 1 MiB; base64url and the signature make it larger.
const LARGEST_CHECK_IN = 1_500_000;

/** What a system's program asks for: the bundle and the check-in. */
export function checkInRoutes(http: Http): void {
  const { app, portal } = http;
  app.addContentTypeParser(CHECK_IN, { parseAs: 'string', bodyLimit: LARGEST_CHECK_IN }, (_, body, done) =>
    done(null, body),
  );

  app.post('/check-ins', { bodyLimit: LARGEST_CHECK_IN }, async (request, reply) => {
    const result = await checkIn(portal, typeof request.body === 'string' ? request.body : '');
    if (result.outcome === 'answered') return reply.type(CHECK_IN).send(result.answer);
    // The rule that opens what a system signs says the same of a request and of a check-in.
    return problemDocument(http, reply, result.code === 'request-damaged' ? 'check-in-damaged' : result.code);
  });

  app.get('/bundle', (_, reply) =>
    reply
      .type(CHECK_IN)
      // Whoever opens it in a browser gets a file to carry.
      .header('content-disposition', 'attachment; filename="portal.bundle"')
      .send(portal.keys.bundleDocument),
  );
}
