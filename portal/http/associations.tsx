import type { FastifyReply, FastifyRequest } from 'fastify';
import { decideAssociation, REASONS, type Reason } from '../../core/association.ts';
import { type AssociateResult, associate, proposalOf } from '../operations/associate.ts';
import { handOutCode } from '../operations/hand-out-code.ts';
import { type MoveResult, move } from '../operations/move.ts';
import { ChoosePage } from '../pages/choose.tsx';
import { type ReasonProblem, ReviewPage, type TypedReason } from '../pages/review.tsx';
import { provisionalClaimsOf, registrationOf, requestOf, standingsOf } from '../store/facts.ts';
import { choicesFor, type Show } from '../store/reads/choices.ts';
import { serverOf } from '../store/reads/server.ts';
import { type Brought, proceededRequest } from './brought.tsx';
import { type Http, numberOf, type Posted, seeOther, send, signedIn, text, uuidIn, uuidOf } from './context.tsx';
import { donePath } from './done.tsx';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

/** More than a sentence belongs into a mail, not into the history. */
const LONGEST_REASON = 500;

/** The System association page, the review of what will happen, and the act itself. */
export function associationRoutes(http: Http): void {
  const { app, portal } = http;

  app.get('/requests/:id/registrations', async (request, reply) => {
    const known = await proceededRequest(http, request, reply);
    if (!known) return reply;
    const { visitor, brought } = known;
    const query = request.query as Posted;
    const [search, show, page] = [text(query['q']).trim(), showIn(query), Number(text(query['page'])) || 1];
    const wanted = { search, show, page: Math.trunc(Math.min(Math.max(page, 1), 1e6)), now: visitor.now };
    const choices = await choicesFor(portal.db, visitor.account.id, brought, wanted);
    return send(
      reply,
      <ChoosePage {...known} portal={portal.settings} choices={choices} search={search} show={show} />,
    );
  });

  app.get('/requests/:id/registrations/:number', async (request, reply) => {
    const known = await proceededRequest(http, request, reply);
    return known ? review(request, reply, known) : reply;
  });

  app.post('/requests/:id/registrations/:number', async (request, reply) => {
    const visitor = await signedIn(http, request, reply, request.url);
    if (!visitor) return reply;
    const typed = reasonIn(request.body);
    const problem = problemOf(typed);
    if (problem) return again(request, reply, typed, problem);
    return answer(request, reply, visitor, typed, await associate(portal, commandIn(request, visitor, typed)));
  });

  app.post('/requests/:id/registrations/:number/move', async (request, reply) => {
    const visitor = await signedIn(http, request, reply, request.url.replace(/\/move$/, ''));
    if (!visitor) return reply;
    const typed = reasonIn(request.body);
    const problem = problemOf(typed);
    if (problem) return again(request, reply, typed, problem);
    const body = (request.body ?? {}) as Posted;
    const from = { registration: text(body['from']), association: uuidIn(body['association']) };
    const moved = await move(portal, { ...commandIn(request, visitor, typed), from });
    return answer(request, reply, visitor, typed, moved);
  });

  /** Old and new side by side, and what the rule would say if the button were pressed now. */
  async function review(
    request: FastifyRequest,
    reply: FastifyReply,
    { visitor, brought }: Brought,
    again?: { typed: TypedReason; problem: ReasonProblem },
  ) {
    const number = numberOf(request, 'number');
    const asker = visitor.account.id;
    const [chosen, standings, claims, before] = await Promise.all([
      registrationOf(portal.db, asker, number),
      standingsOf(portal.db, asker, brought.systemId),
      provisionalClaimsOf(portal.db, asker),
      serverOf(portal.db, asker, number),
    ]);
    const seen = chosen?.current?.association;
    const facts = { account: visitor.account, brought, chosen, standings, claims, seen, reason: undefined };
    const first = decideAssociation(proposalOf(portal, facts));
    const from = first.outcome === 'offer-move' ? first.from : undefined;
    const elsewhere = standings.filter((standing) => standing.association !== from?.association);
    const decision = from ? decideAssociation(proposalOf(portal, { ...facts, standings: elsewhere })) : first;
    if (decision.outcome === 'refused') {
      return refuse(http, request, reply, visitor, decision, { brought, chosen: number });
    }
    if (decision.outcome === 'already') return seeOther(reply, donePath(number, decision.association));
    if (decision.outcome === 'offer-move' || !chosen) throw new Error('A System ID stands in two places.');
    const page = (
      <ReviewPage
        visitor={visitor}
        portal={portal.settings}
        brought={brought}
        chosen={chosen}
        before={before}
        from={from}
        lastHeardAt={decision.outcome === 'reason-needed' ? decision.lastHeardAt : undefined}
        {...again}
      />
    );
    return send(reply, page, again ? 422 : 200);
  }

  async function again(request: FastifyRequest, reply: FastifyReply, typed: TypedReason, problem: ReasonProblem) {
    const known = await proceededRequest(http, request, reply);
    return known ? review(request, reply, known, { typed, problem }) : reply;
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: SignedIn,
    typed: TypedReason,
    result: AssociateResult | MoveResult,
  ) {
    switch (result.outcome) {
      case 'claimed':
        await handOutCode(portal, { account: visitor.account, ...result });
        return seeOther(reply, donePath(result.registration, result.association));
      case 'associated':
      case 'already':
        return seeOther(reply, donePath(result.registration, result.association));
      case 'reason-needed':
        return again(request, reply, typed, 'missing');
      case 'offer-move':
        // The review page says where the System ID is now, and offers it.
        return seeOther(reply, request.url);
      case 'refused': {
        const brought = await requestOf(portal.db, visitor.account.id, uuidOf(request, 'id'), visitor.now);
        return refuse(http, request, reply, visitor, result, { brought, chosen: numberOf(request, 'number') });
      }
    }
  }
}

function commandIn(request: FastifyRequest, { account }: SignedIn, { reason, other }: TypedReason) {
  return {
    account,
    request: uuidOf(request, 'id'),
    registration: numberOf(request, 'number'),
    seen: text((request.body as Posted | undefined)?.['seen']) || undefined,
    reason,
    ...(reason === 'other' && { reasonText: other }),
  };
}

function reasonIn(body: unknown): TypedReason {
  const posted = (body ?? {}) as Posted;
  const reason = REASONS.find((known): known is Reason => known === posted['reason']);
  return { reason, other: text(posted['other']).trim() };
}

function problemOf({ reason, other }: TypedReason): ReasonProblem | undefined {
  if (reason !== 'other') return undefined;
  if (other === '') return 'other-missing';
  return other.length > LONGEST_REASON ? 'other-too-long' : undefined;
}

function showIn(query: Posted): Show {
  const show = query['show'];
  return show === 'silent' || show === 'prepared' ? show : 'all';
}
