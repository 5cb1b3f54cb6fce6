import { readSystemId } from '../../core/system-id.ts';
import { bringTyped } from '../operations/bring.ts';
import { RegisterPage } from '../pages/register.tsx';
import { type Http, type Posted, seeOther, send, signedIn, text } from './context.tsx';

/** The Register page: a System ID is typed into one of its two boxes, and goes on like a request that was carried. */
export function registerRoutes(http: Http): void {
  const { app, portal } = http;

  app.get('/register', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    return send(reply, <RegisterPage visitor={visitor} portal={portal.settings} />);
  });

  for (const { path, field, then } of [
    { path: '/register', field: 'id', then: 'register' },
    { path: '/register/associate', field: 'new-id', then: 'associate' },
  ] as const) {
    app.post(path, async (request, reply) => {
      const visitor = await signedIn(http, request, reply, '/register');
      if (!visitor) return reply;
      const typed = text((request.body as Posted | undefined)?.[field]);
      const reading = readSystemId(typed);
      if (reading.outcome !== 'read') {
        const page = <RegisterPage visitor={visitor} portal={portal.settings} wrong={{ field, typed, reading }} />;
        return send(reply, page, 422);
      }
      const brought = await bringTyped(portal, visitor.account.id, reading.systemId);
      return seeOther(reply, `/requests/${brought.request}/proceed?then=${then}`);
    });
  }
}
