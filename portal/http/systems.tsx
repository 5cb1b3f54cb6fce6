import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONSENT_KINDS } from '../../core/consents.ts';
import { may } from '../../core/permissions.ts';
import { type RefusalCode, refused } from '../../core/refusals.ts';
import type { Problem } from '../../ui/reader.ts';
import { close, confirm } from '../operations/confirm.ts';
import { settleConflict } from '../operations/conflicts.ts';
import { undo } from '../operations/undo.ts';
import { ClosePage } from '../pages/close.tsx';
import { RegisteredSystemsPage } from '../pages/registered-systems.tsx';
import { type ConsentChoices, consentField } from '../pages/system-consents.tsx';
import { discardDraft, openDrafts } from '../store/drafts.ts';
import { REQUEST_HOURS, registrationOf } from '../store/facts.ts';
import { registeredSystems, STATE_FILTERS, type StateFilter } from '../store/reads/registered-systems.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { type Http, numberOf, type Posted, revisionIn, seeOther, send, signedIn, text, uuidOf } from './context.tsx';
import { pageIn } from './paging.ts';
import { refuse } from './refuse.tsx';
import { systemPage } from './system-page.tsx';
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
    return visitor ? systemPage(http, request, reply, visitor) : reply;
  });

  app.post('/systems/:number/confirm', async (request, reply) => {
    const visitor = await signedIn(http, request, reply, pathOf(request));
    if (!visitor) return reply;
    const { choices, problems } = consentsIn(request, visitor);
    const registration = numberOf(request, 'number');
    const known = await registrationOf(db, visitor.account.id, registration);
    const allowed = known ? may('confirm', known.state, known.who) : 'not-among-yours';
    // Who may not say it is told so, and not what is missing.
    if (allowed === 'yes' && known?.state !== 'confirmed' && problems.length > 0) {
      return systemPage(http, request, reply, visitor, { problems, choices, status: 422 });
    }
    const result = await confirm(portal, {
      account: visitor.account,
      registration,
      seen: revisionIn(request.body),
      consents: {
        kinds: CONSENT_KINDS.filter((kind) => choices[kind] === 'yes'),
        version: text((request.body as Posted | undefined)?.['version']),
      },
    });
    if (result.outcome === 'changed-since') {
      const changed = [{ text: visitor.t('confirm.changed-since') }];
      return systemPage(http, request, reply, visitor, { problems: changed, choices, status: 409 });
    }
    return answer(request, reply, visitor, result);
  });

  app.get('/systems/:number/close', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const system = await systemInformation(db, visitor.account.id, numberOf(request, 'number'), visitor.now);
    if (!system) return refuse(http, request, reply, visitor, refused('not-among-yours'));
    const allowed = may('close', system.state, system.seat, system.hadEndUser);
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

/** What was answered to the two questions; each has to be answered, with yes or no. */
function consentsIn(request: FastifyRequest, { t }: SignedIn): { choices: ConsentChoices; problems: Problem[] } {
  const posted = (request.body ?? {}) as Posted;
  const choices: ConsentChoices = {};
  const problems: Problem[] = [];
  for (const kind of CONSENT_KINDS) {
    const typed = posted[consentField(kind)];
    if (typed === 'yes' || typed === 'no') choices[kind] = typed;
    else problems.push({ field: consentField(kind), text: t(`consent.choose.${kind}`) });
  }
  return { choices, problems };
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
