import { hasOurShape } from '../store/migrate.ts';
import type { Http } from './context.tsx';
import { problemDocument } from './errors.tsx';

/**
 * What watches the portal asks two things. *Is it alive?* (`/healthz`) asks no database: a portal whose database is away
 * is well, and starting it anew would mend nothing. *May it be sent visitors?* (`/readyz`) does. One that has been told to
 * stop takes no connection any more, and so is not ready either.
 */
export function healthRoutes(http: Http): void {
  const { app, portal } = http;
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  // Each connection ends with the answer that is still due on it.
  app.addHook('onSend', async (_, reply) => {
    if (stopping) reply.header('connection', 'close');
  });

  app.get('/healthz', (_, reply) => reply.send({ status: 'ok' }));

  app.get('/readyz', async (_, reply) => {
    if (!(await hasOurShape(portal.db))) return problemDocument(http, reply, 'unavailable');
    return reply.send({ status: 'ready' });
  });
}
