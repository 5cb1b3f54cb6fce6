import type { FastifyReply, FastifyRequest } from 'fastify';
import { refused } from '../../core/refusals.ts';
import { decideRegistration } from '../../core/register.ts';
import { ask } from '../operations/ask.ts';
import { cancel, proceed, releaseRequests } from '../operations/bring.ts';
import { hashToken } from '../operations/sessions.ts';
import { takeRequest } from '../operations/take-request.ts';
import { AskedPage, CancelledPage, ProceedPage } from '../pages/proceed.tsx';
import { KnownPage, QuestionPage } from '../pages/question.tsx';
import { installationOf, provisionalClaimsOf, standingsOf } from '../store/facts.ts';
import { knownInstallation, usedFor } from '../store/reads/brought.ts';
import { type Brought, broughtRequest, proceededRequest } from './brought.tsx';
import { countTries, type Http, type Posted, seeOther, send, signedIn, text, uuidOf, visitor } from './context.tsx';
import { leave } from './enter.ts';
import { refuse } from './refuse.tsx';
import { takeThere } from './way-back.ts';

type Then = 'register' | 'associate' | undefined;

/** A request is brought, *Proceed* is asked for, and then the one question: was the system registered before? */
export function requestRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const isTooMuch = countTries(http);

  // Any page on the web can make a browser post here. Nothing comes of it without *Proceed*.
  app.post('/requests', async (request, reply) => {
    const who = await visitor(http, request);
    if (await isTooMuch(request)) return refuse(http, request, reply, who, { code: 'too-many-requests' });
    const taken = await takeRequest(portal, {
      document: text((request.body as Posted | undefined)?.['request']),
      cookieHash: cookies.ensureCarrier(request, reply),
      account: who.account?.id,
      origin: postedFrom(request.headers),
    });
    if (taken.outcome === 'refused') return refuse(http, request, reply, who, taken);
    return seeOther(reply, `/requests/${taken.request}/proceed`);
  });

  app.get('/requests/:id/proceed', async (request, reply) => {
    const known = await broughtRequest(http, request, reply);
    if (!known) return reply;
    const { visitor, brought } = known;
    const then = thenIn(request.query);
    if (brought.proceededAt) return seeOther(reply, nextPath(brought.id, then));
    return send(reply, <ProceedPage visitor={visitor} portal={portal.settings} brought={brought} then={then} />);
  });

  app.post('/requests/:id/proceed', async (request, reply) => {
    const back = `/requests/${uuidOf(request, 'id')}/proceed`;
    const known = await broughtRequest(http, request, reply, back);
    if (!known) return reply;
    const { visitor, brought } = known;
    const result = await proceed(portal, visitor.account.id, brought.id);
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, { brought });
    return seeOther(reply, nextPath(brought.id, thenIn(request.body)));
  });

  app.post('/requests/:id/cancel', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    await cancel(portal, visitor.account.id, uuidOf(request, 'id'));
    return seeOther(reply, '/requests/cancelled');
  });

  app.get('/requests/cancelled', async (request, reply) =>
    send(reply, <CancelledPage visitor={await visitor(http, request)} portal={portal.settings} />),
  );

  app.post('/requests/:id/another-account', async (request, reply) => {
    const known = await broughtRequest(http, request, reply);
    if (!known) return reply;
    const carrier = cookies.carrier(request);
    if (carrier) await releaseRequests(portal, known.visitor.account.id, hashToken(carrier));
    await leave(http, request);
    cookies.setSession(reply, undefined);
    // What was typed stays with the account that typed it.
    const next = known.brought.how === 'typed' ? '/register' : `/requests/${known.brought.id}/proceed`;
    return seeOther(reply, `/log-on?another&next=${encodeURIComponent(next)}`);
  });

  app.get('/requests/:id', async (request, reply) => {
    const known = await proceededRequest(http, request, reply);
    if (!known) return reply;
    const { visitor, brought } = known;
    if (brought.association) return refuseUsed(http, request, reply, known);
    const standings = await standingsOf(portal.db, visitor.account.id, brought.systemId);
    const taken = standings.find((standing) => standing.state !== 'claimed');
    if (taken?.who === 'stranger') {
      return refuse(http, request, reply, visitor, refused('system-id-registered-to-other'), { brought });
    }
    if (taken?.state === 'current') {
      const page = { visitor, portal: portal.settings, brought, registered: taken };
      return send(
        reply,
        <KnownPage {...page} takeThere={await takeThere(http, request, visitor.account.id, { request: brought.id })} />,
      );
    }
    // A box of the Register page has answered the question already.
    const then = thenIn(request.query);
    if (then === 'register') return register(request, reply, known);
    if (then === 'associate') return seeOther(reply, `/requests/${brought.id}/registrations`);
    return send(reply, await question(known));
  });

  app.post('/requests/:id', async (request, reply) => {
    const known = await proceededRequest(http, request, reply, `/requests/${uuidOf(request, 'id')}`);
    if (!known) return reply;
    switch (text((request.body as Posted | undefined)?.['how'])) {
      case 'associate':
        return seeOther(reply, `/requests/${known.brought.id}/registrations`);
      case 'new':
        return register(request, reply, known);
      default:
        return send(reply, await question(known, true), 422);
    }
  });

  app.post('/requests/:id/ask', async (request, reply) => {
    const known = await proceededRequest(http, request, reply, `/requests/${uuidOf(request, 'id')}`);
    if (!known) return reply;
    const what = text((request.body as Posted | undefined)?.['what']) === 'merge' ? 'merge' : 'seat';
    await ask(portal, { account: known.visitor.account, request: known.brought.id, what });
    return seeOther(reply, `/requests/${known.brought.id}/asked?what=${what}`);
  });

  app.get('/requests/:id/asked', async (request, reply) => {
    const known = await proceededRequest(http, request, reply);
    if (!known) return reply;
    const what = (request.query as Posted)['what'] === 'merge' ? 'merge' : 'seat';
    return send(reply, <AskedPage {...known} portal={portal.settings} what={what} />);
  });

  async function question(known: Brought, nothingChosen = false) {
    const { visitor, brought } = known;
    const instance = installationOf(brought);
    const [installation, standings] = await Promise.all([
      instance && knownInstallation(portal.db, visitor.account.id, instance),
      standingsOf(portal.db, visitor.account.id, brought.systemId),
    ]);
    const waits = standings.find((standing) => standing.state === 'claimed' && standing.who !== 'stranger');
    return (
      <QuestionPage
        {...known}
        portal={portal.settings}
        registeredAs={installation || undefined}
        waitsFor={waits?.site}
        nothingChosen={nothingChosen}
      />
    );
  }

  /** *Register as new*: whether it can be is said before a form is filled in, and decided again when it is submitted. */
  async function register(request: FastifyRequest, reply: FastifyReply, { visitor, brought }: Brought) {
    const [standings, provisionalClaims] = await Promise.all([
      standingsOf(portal.db, visitor.account.id, brought.systemId),
      provisionalClaimsOf(portal.db, visitor.account.id),
    ]);
    const decision = decideRegistration({
      asker: visitor.account.id,
      standings,
      proof: brought.proven ? 'proven' : 'provisional',
      provisionalClaims,
      claimLimit: portal.settings.claimLimit,
    });
    switch (decision.outcome) {
      case 'refused':
        return refuse(http, request, reply, visitor, decision, { brought });
      case 'already': {
        const { registration, association } = decision;
        // Typed before and registered as new; now the server itself is here and can prove it.
        const proves = brought.proven && standings.some((s) => s.association === association && s.state === 'claimed');
        const review = `/requests/${brought.id}/registrations/${registration}`;
        return seeOther(reply, proves ? review : `/systems/${registration}/associations/${association}`);
      }
      default:
        return seeOther(reply, `/requests/${brought.id}/form/installation`);
    }
  }
}

/** What a request did is done: whoever comes with it again is told what it was, and where to go on. */
async function refuseUsed(http: Http, request: FastifyRequest, reply: FastifyReply, { visitor, brought }: Brought) {
  const used = await usedFor(http.portal.db, visitor.account.id, brought.association ?? '');
  const facts = used && { registration: used.registration, site: used.site, at: used.at, systemId: brought.systemId };
  return refuse(http, request, reply, visitor, refused('request-replayed', facts), { brought, ended: used?.ended });
}

function thenIn(values: unknown): Then {
  const then = (values as Posted | undefined)?.['then'];
  return then === 'register' || then === 'associate' ? then : undefined;
}

function nextPath(request: string, then: Then): string {
  return then ? `/requests/${request}?then=${then}` : `/requests/${request}`;
}

/**
 * The page that posted. A form that was passed on, as agents pass on theirs, comes with `Origin: null`; the referrer still
 * names where it stood (agents send the origin alone).
 */
function postedFrom({ origin, referer }: FastifyRequest['headers']): string | undefined {
  return origin === 'null' ? referer : origin;
}
