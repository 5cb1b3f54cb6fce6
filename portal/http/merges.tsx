import { refused } from '../../core/refusals.ts';
import { merge, mergeFacts } from '../operations/merge.ts';
import { MergePage } from '../pages/merge.tsx';
import { type Http, numberOf, seeOther, send, signedIn } from './context.tsx';
import { donePath } from './done.tsx';
import { refuse } from './refuse.tsx';

/** Two registrations of one system become one: the page that says what that means, and the act. */
export function mergeRoutes(http: Http): void {
  const { app, portal } = http;
  const path = '/systems/:fresh/merge/:kept';

  app.get(path, async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const numbers = { fresh: numberOf(request, 'fresh'), kept: numberOf(request, 'kept') };
    const { fresh, kept, first, decision } = await mergeFacts(portal.db, { account: visitor.account, ...numbers });
    if (kept && fresh?.mergedInto === kept.number) return seeOther(reply, `/systems/${kept.number}`);
    if (decision.outcome === 'refused') {
      return refuse(http, request, reply, visitor, decision, { chosen: numbers.kept });
    }
    if (!fresh || !kept || !first) return refuse(http, request, reply, visitor, refused('not-among-yours'));
    return send(
      reply,
      <MergePage visitor={visitor} portal={portal.settings} fresh={fresh} kept={kept} first={first} />,
    );
  });

  app.post(path, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, request.url);
    if (!visitor) return reply;
    const numbers = { fresh: numberOf(request, 'fresh'), kept: numberOf(request, 'kept') };
    const result = await merge(portal, { account: visitor.account, ...numbers });
    if (result.outcome === 'refused') {
      return refuse(http, request, reply, visitor, result, { chosen: numbers.kept });
    }
    return seeOther(reply, donePath(result.registration, result.association));
  });
}
