import type { FastifyReply, FastifyRequest } from 'fastify';
import { CASE_CAUSES, LONGEST_CASE_TEXT } from '../../core/cases.ts';
import { otherSeat } from '../../core/invitations.ts';
import { may } from '../../core/permissions.ts';
import { refused } from '../../core/refusals.ts';
import type { Problem } from '../../ui/reader.ts';
import { heldBy, type OpenCaseResult, objectToCase, openCase, withdrawCase } from '../operations/cases.ts';
import { CasePage, CasesPage } from '../pages/case.tsx';
import { type CaseAnswer, OpenCasePage } from '../pages/case-form.tsx';
import { registrationOf } from '../store/facts.ts';
import { caseFor, casesOpenedBy } from '../store/reads/cases.ts';
import { type Brought, proceededRequest } from './brought.tsx';
import { type Http, numberOf, type Posted, seeOther, send, signedIn, text, uuidOf } from './context.tsx';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

const NOTHING: CaseAnswer = { statement: '', evidence: '' };

/** Opening a case with a seat or with the system's own proof, and what its opener and the parties read and answer. */
export function caseRoutes(http: Http): void {
  const { app, portal } = http;
  const portalName = portal.settings.name;

  app.get('/requests/:id/case', async (request, reply) => {
    const known = await proceededRequest(http, request, reply);
    return known ? asHolder(request, reply, known, NOTHING) : reply;
  });

  app.post('/requests/:id/case', async (request, reply) => {
    const known = await proceededRequest(http, request, reply, `/requests/${uuidOf(request, 'id')}/case`);
    if (!known) return reply;
    const { visitor, brought } = known;
    const { answer, problems } = answerIn(request.body, visitor, true);
    if (problems.length > 0 || !answer.cause || !answer.wants) return asHolder(request, reply, known, answer, problems);
    const { cause, wants, statement, evidence } = answer;
    const about = { request: brought.id, wants };
    const result = await openCase(portal, { account: visitor.account, about, cause, statement, evidence });
    return result.outcome === 'refused'
      ? refuse(http, request, reply, visitor, result, { brought })
      : opened(reply, result, `/requests/${brought.id}`);
  });

  /** Without a seat: nothing is looked up before the system has proven itself. */
  async function asHolder(
    request: FastifyRequest,
    reply: FastifyReply,
    { visitor, brought }: Brought,
    answer: CaseAnswer,
    problems: Problem[] = [],
  ): Promise<FastifyReply> {
    if (!brought.proven) return refuse(http, request, reply, visitor, refused('proof-needed'), { brought });
    const number = await heldBy(portal.db, brought.systemId);
    // The page of the request says what can be done with a System ID that is nobody's, or one's own.
    const own = number !== undefined && (await registrationOf(portal.db, visitor.account.id, number));
    if (number === undefined || own) return seeOther(reply, `/requests/${brought.id}`);
    const page = <OpenCasePage {...{ visitor, portalName, about: { brought }, answer, problems }} />;
    return send(reply, page, problems.length > 0 ? 422 : 200);
  }

  app.get('/systems/:number/case', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    return visitor ? asParty(request, reply, visitor, NOTHING) : reply;
  });

  app.post('/systems/:number/case', async (request, reply) => {
    const number = numberOf(request, 'number');
    const visitor = await signedIn(http, request, reply, `/systems/${number}/case`);
    if (!visitor) return reply;
    const { answer, problems } = answerIn(request.body, visitor, false);
    if (problems.length > 0 || !answer.cause) return asParty(request, reply, visitor, answer, problems);
    const { cause, statement, evidence } = answer;
    const about = { registration: number };
    const result = await openCase(portal, { account: visitor.account, about, cause, statement, evidence });
    return result.outcome === 'refused'
      ? refuse(http, request, reply, visitor, result, { chosen: number })
      : opened(reply, result, `/systems/${number}`);
  });

  async function asParty(
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: SignedIn,
    answer: CaseAnswer,
    problems: Problem[] = [],
  ): Promise<FastifyReply> {
    const number = numberOf(request, 'number');
    const registration = await registrationOf(portal.db, visitor.account.id, number);
    if (!registration || registration.who === 'stranger') {
      return refuse(http, request, reply, visitor, refused('not-among-yours'));
    }
    const { site, state, who, parties } = registration;
    const allowed = may('open-case', state, who);
    if (allowed !== 'yes') return refuse(http, request, reply, visitor, refused(allowed, { site }), { chosen: number });
    const other = parties.find((party) => party.seat === otherSeat(who));
    if (!other) {
      return refuse(http, request, reply, visitor, refused('case-needs-other-party', { site }), { chosen: number });
    }
    const page = <OpenCasePage {...{ visitor, portalName, about: { number, site, other }, answer, problems }} />;
    return send(reply, page, problems.length > 0 ? 422 : 200);
  }

  app.get('/cases', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const own = await casesOpenedBy(portal.db, visitor.account.id);
    return send(reply, <CasesPage {...{ visitor, portalName, own }} />);
  });

  app.get('/cases/:case', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    return visitor ? casePage(request, reply, visitor) : reply;
  });

  app.post('/cases/:case/object', async (request, reply) => {
    const id = uuidOf(request, 'case');
    const visitor = await signedIn(http, request, reply, `/cases/${id}`);
    if (!visitor) return reply;
    const objection = writtenIn(request.body, 'objection');
    const problem = writtenProblem(visitor, 'objection', objection, visitor.t('case.object.missing'));
    if (problem) return casePage(request, reply, visitor, { objection, problem });
    const result = await objectToCase(portal, { account: visitor.account, case: id, text: objection });
    return result.outcome === 'refused'
      ? refuse(http, request, reply, visitor, result)
      : seeOther(reply, `/cases/${id}`);
  });

  app.post('/cases/:case/withdraw', async (request, reply) => {
    const id = uuidOf(request, 'case');
    const visitor = await signedIn(http, request, reply, `/cases/${id}`);
    if (!visitor) return reply;
    const result = await withdrawCase(portal, { account: visitor.account, case: id });
    return result.outcome === 'refused'
      ? refuse(http, request, reply, visitor, result)
      : seeOther(reply, `/cases/${id}`);
  });

  async function casePage(
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: SignedIn,
    again?: { objection: string; problem: Problem },
  ): Promise<FastifyReply> {
    const shown = await caseFor(portal.db, visitor.account.id, uuidOf(request, 'case'));
    if (!shown) return refuse(http, request, reply, visitor, refused('not-among-yours'));
    const isNew = (request.query as Posted)['opened'] !== undefined;
    const page = <CasePage {...{ visitor, portalName, shown, isNew }} {...(again && { again })} />;
    return send(reply, page, again ? 422 : 200);
  }
}

function opened(reply: FastifyReply, result: Exclude<OpenCaseResult, { outcome: 'refused' }>, otherwise: string) {
  return seeOther(reply, 'case' in result ? `/cases/${result.case}?opened` : otherwise);
}

function answerIn(body: unknown, visitor: SignedIn, asksSeat: boolean): { answer: CaseAnswer; problems: Problem[] } {
  const posted = (body ?? {}) as Posted;
  const { t } = visitor;
  const answer: CaseAnswer = {
    cause: CASE_CAUSES.find((known) => known === posted['cause']),
    wants: (['integrator', 'end-user'] as const).find((known) => known === posted['wants']),
    statement: writtenIn(posted, 'statement'),
    evidence: writtenIn(posted, 'evidence'),
  };
  const problems = [
    !answer.cause && { field: 'cause', text: t('case.cause.choose') },
    asksSeat && !answer.wants && { field: 'wants', text: t('case.wants.choose') },
    writtenProblem(visitor, 'statement', answer.statement, t('case.statement.missing')),
    writtenProblem(visitor, 'evidence', answer.evidence, undefined),
  ].filter((problem): problem is Problem => typeof problem === 'object');
  return { answer, problems };
}

export const writtenIn = (body: unknown, name: string): string =>
  text((body as Posted | undefined)?.[name])
    .replaceAll('\r\n', '\n')
    .trim();

/** What is wrong with a text. `missing`: what is said where it is needed and not there. */
export function writtenProblem(
  { t }: SignedIn,
  field: string,
  written: string,
  missing: string | undefined,
): Problem | undefined {
  if (written === '' && missing !== undefined) return { field, text: missing };
  return written.length > LONGEST_CASE_TEXT
    ? { field, text: t('case.too-long', { most: LONGEST_CASE_TEXT }) }
    : undefined;
}
