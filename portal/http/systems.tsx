import type { FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../../core/permissions.ts';
import { type RefusalCode, refused } from '../../core/refusals.ts';
import { close, confirm } from '../operations/confirm.ts';
import { settleConflict } from '../operations/conflicts.ts';
import { undo } from '../operations/undo.ts';
import { ClosePage } from '../pages/close.tsx';
import { RegisteredSystemsPage } from '../pages/registered-systems.tsx';
import { SystemPage } from '../pages/system-information.tsx';
import { discardDraft, draftOf, openDrafts } from '../store/drafts.ts';
import { REQUEST_HOURS } from '../store/facts.ts';
import { presentCodes } from '../store/reads/codes.ts';
import { HISTORY_PAGE_SIZE, historyOf } from '../store/reads/history.ts';
import { registeredSystems, STATE_FILTERS, type StateFilter } from '../store/reads/registered-systems.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { uploadsOf } from '../store/uploads.ts';
import { type Http, numberOf, type Posted, revisionIn, seeOther, send, signedIn, text, uuidOf } from './context.tsx';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

/** Registered systems, the System information page, and what a party can do to a registration from there. */
export function systemRoutes(http: Http): void {
  const { app, portal } = http;
  const { db } = portal;
  const portalName = portal.settings.name;

  app.get('/', (_, reply) => seeOther(reply, '/systems'));

  app.get('/systems', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const query = request.query as Posted;
    const { search, state } = narrowedBy(query);
    const heldSince = new Date(visitor.now.getTime() - REQUEST_HOURS * 60 * 60 * 1000);
    const [systems, drafts] = await Promise.all([
      registeredSystems(db, visitor.account.id, { search, state, page: pageIn(query) }),
      openDrafts(db, visitor.account.id, heldSince),
    ]);
    return send(reply, <RegisteredSystemsPage {...{ visitor, portalName, systems, drafts, search, state }} />);
  });

  app.get('/systems/:number', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    return visitor ? systemPage(request, reply, visitor) : reply;
  });

  app.post('/systems/:number/confirm', async (request, reply) => {
    const visitor = await signedIn(http, request, reply, pathOf(request));
    if (!visitor) return reply;
    const seen = revisionIn(request.body);
    const result = await confirm(portal, { account: visitor.account, registration: numberOf(request, 'number'), seen });
    if (result.outcome === 'changed-since') return systemPage(request, reply, visitor, true);
    return answer(request, reply, visitor, result);
  });

  app.get('/systems/:number/close', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const system = await systemInformation(db, visitor.account.id, numberOf(request, 'number'), visitor.now);
    if (!system) return refuse(http, request, reply, visitor, refused('not-among-yours'));
    const allowed = may('close', system.state, system.seat);
    if (allowed === 'yes') return send(reply, <ClosePage {...{ visitor, portalName, system }} />);
    const facts = { site: system.site, registration: system.number };
    return refuse(http, request, reply, visitor, refused(allowed, facts));
  });

  app.post('/systems/:number/close', async (request, reply) => {
    const visitor = await signedIn(http, request, reply, pathOf(request));
    if (!visitor) return reply;
    const result = await close(portal, { account: visitor.account, registration: numberOf(request, 'number') });
    return answer(request, reply, visitor, result);
  });

  app.post('/systems/:number/associations/:association/undo', async (request, reply) => {
    const visitor = await signedIn(http, request, reply, pathOf(request));
    if (!visitor) return reply;
    const registration = numberOf(request, 'number');
    const association = uuidOf(request, 'association');
    return answer(request, reply, visitor, await undo(portal, { account: visitor.account, registration, association }));
  });

  app.post('/systems/:number/conflicts/:conflict/settle', async (request, reply) => {
    const visitor = await signedIn(http, request, reply, pathOf(request));
    if (!visitor) return reply;
    const registration = numberOf(request, 'number');
    const conflict = uuidOf(request, 'conflict');
    const result = await settleConflict(portal, { account: visitor.account, registration, conflict });
    return answer(request, reply, visitor, result);
  });

  app.post('/drafts/:draft/discard', async (request, reply) => {
    const visitor = await signedIn(http, request, reply, '/systems');
    if (!visitor) return reply;
    await discardDraft(db, visitor.account.id, uuidOf(request, 'draft'));
    const registration = text((request.body as Posted | undefined)?.['registration']);
    return seeOther(reply, /^\d{8}$/.test(registration) ? `/systems/${registration}` : '/systems');
  });

  async function systemPage(request: FastifyRequest, reply: FastifyReply, visitor: SignedIn, changedSince = false) {
    const { id } = visitor.account;
    const number = numberOf(request, 'number');
    const [system, draft, uploads] = await Promise.all([
      systemInformation(db, id, number, visitor.now),
      draftOf(db, id, { registration: number }),
      uploadsOf(db, id, number),
    ]);
    if (!system) return refuse(http, request, reply, visitor, refused('not-among-yours'));
    const historyPage = historyPageIn(request.query as Posted, system.historyLength);
    const [history, codes] = await Promise.all([historyOf(db, id, number, historyPage), presentCodes(db, id, number)]);
    const sent = (request.query as Posted)['sent'] !== undefined;
    const shown = { system, draft, uploads, codes, history, historyPage, changedSince, sent };
    const page = <SystemPage visitor={visitor} portalName={portalName} {...shown} />;
    return send(reply, page, changedSince ? 409 : 200);
  }

  /** Every act here ends where it began: on the page that shows how things stand now. */
  function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: SignedIn,
    result: { outcome: 'refused'; code: RefusalCode } | { outcome: string; registration: string },
  ) {
    if ('code' in result) return refuse(http, request, reply, visitor, result, { chosen: numberOf(request, 'number') });
    return seeOther(reply, `/systems/${result.registration}`);
  }
}

/** The page that a form of the System information page stands on. */
const pathOf = (request: FastifyRequest): string => `/systems/${numberOf(request, 'number')}`;

/** What the list of Registered systems was narrowed down to. */
export function narrowedBy(query: Posted): { search: string; state: StateFilter | undefined } {
  return {
    search: text(query['q']).trim(),
    state: STATE_FILTERS.find((known) => known === query['state']),
  };
}

const MOST_PAGES = 1_000_000;

/** Which page of a list is asked for; what is no number is the first. */
export function pageIn(query: Posted): number {
  const page = Number(text(query['page']));
  return Number.isSafeInteger(page) ? Math.min(Math.max(page, 1), MOST_PAGES) : 1;
}

function historyPageIn(query: Posted, length: number): number | undefined {
  if (query['history'] === 'all') return undefined;
  const last = Math.max(1, Math.ceil(length / HISTORY_PAGE_SIZE));
  return Math.min(pageIn({ page: query['history'] }), last);
}
