import type { FastifyReply, FastifyRequest } from 'fastify';
import { readInvite } from '../../core/invitations.ts';
import { type Action, may } from '../../core/permissions.ts';
import { refused } from '../../core/refusals.ts';
import { endIntegrator, resign, takeBackResignation } from '../operations/end-seat.ts';
import { invite } from '../operations/invite.ts';
import { EndIntegratorPage, INSIST, REASON, ResignPage } from '../pages/end-seat.tsx';
import { HandOverPage } from '../pages/hand-over.tsx';
import { PrintedInvitationPage } from '../pages/invitation.tsx';
import { INVITE, INVITE_ADDRESS, inviteProblem } from '../pages/invite-fields.tsx';
import { registrationOf } from '../store/facts.ts';
import { type SystemInformation, systemInformation } from '../store/reads/system-information.ts';
import { type Http, numberOf, type Posted, seeOther, send, signedIn, text, uuidIn } from './context.tsx';
import { freshlySignedIn } from './fresh.ts';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

const LONGEST_REASON = 500;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A seat changes hands, ends, or is left. Each is asked of somebody who showed a short while ago who they are. */
export function seatRoutes(http: Http): void {
  const { app, portal } = http;
  const portalName = portal.settings.name;

  app.get('/systems/:number/hand-over', async (request, reply) => {
    const here = await arrive(request, reply, 'hand-over', 'hand-over');
    return here ? send(reply, <HandOverPage {...here} portalName={portalName} />) : reply;
  });

  app.post('/systems/:number/hand-over', async (request, reply) => {
    const here = await arrive(request, reply, 'hand-over', 'hand-over');
    if (!here) return reply;
    const { visitor, system } = here;
    const { account } = visitor;
    const { number, site, seat } = system;
    const posted = (request.body ?? {}) as Posted;
    const taken = ((await registrationOf(portal.db, account.id, number))?.parties ?? []).map(({ email }) => email);
    const { answer, problem } = readInvite({ choice: posted[INVITE], address: posted[INVITE_ADDRESS] }, taken);
    if (problem || answer.choice === 'unknown') {
      const problems = [inviteProblem(visitor, seat, problem ?? 'choose')];
      return send(reply, <HandOverPage {...here} {...{ portalName, problems, answer }} />, 422);
    }
    const wanted =
      answer.choice === 'mail' ? { how: 'mail' as const, address: answer.address ?? '' } : { how: 'printed' as const };
    const result = await invite(portal, { account, registration: number, invite: wanted, handsOver: true });
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, { chosen: number });
    if (result.code === undefined) return seeOther(reply, `/systems/${number}#seat`);
    // The answer itself shows the code, and nothing keeps the answer.
    reply.header('cache-control', 'no-store');
    const { code, expiresAt } = result;
    const sheet = { visitor, portal: portal.settings, site, number, seat, code, expiresAt, handsOver: true };
    return send(reply, <PrintedInvitationPage {...sheet} />);
  });

  app.get('/systems/:number/end-integrator', async (request, reply) => {
    const here = await arrive(request, reply, 'end-integrator', 'end-integrator');
    return here ? endPage(reply, here) : reply;
  });

  app.post('/systems/:number/end-integrator', async (request, reply) => {
    const here = await arrive(request, reply, 'end-integrator', 'end-integrator');
    if (!here) return reply;
    const { visitor, system } = here;
    const posted = (request.body ?? {}) as Posted;
    const reason = text(posted[REASON]).trim();
    if (reason === '' || reason.length > LONGEST_REASON) {
      const problem = visitor.t(reason === '' ? 'end-seat.reason.empty' : 'end-seat.reason.too-long');
      return endPage(reply, here, { problems: [{ field: REASON, text: problem }], reason, status: 422 });
    }
    const seen = uuidIn(posted['seen']);
    const command = { account: visitor.account, registration: system.number, seen, reason };
    const result = await endIntegrator(portal, command);
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, { chosen: system.number });
    if (result.outcome === 'changed-since') {
      return endPage(reply, here, { problems: [{ text: visitor.t('end-seat.changed-since') }], reason, status: 409 });
    }
    return seeOther(reply, `/systems/${system.number}`);
  });

  app.get('/systems/:number/resign', async (request, reply) => {
    const here = await arrive(request, reply, 'resign', 'resign');
    return here ? send(reply, <ResignPage {...here} portalName={portalName} until={leavingAt(here.visitor)} />) : reply;
  });

  app.post('/systems/:number/resign', async (request, reply) => {
    const here = await arrive(request, reply, 'resign', 'resign');
    if (!here) return reply;
    const { visitor, system } = here;
    const { number } = system;
    const insists = text((request.body as Posted | undefined)?.[INSIST]) === 'yes';
    const result = await resign(portal, { account: visitor.account, registration: number, insists });
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, { chosen: number });
    if (result.outcome === 'nobody-left') {
      const problems = [{ field: INSIST, text: visitor.t('resign.insist.needed') }];
      return send(reply, <ResignPage {...here} {...{ portalName, problems }} until={leavingAt(visitor)} />, 422);
    }
    return seeOther(reply, `/systems/${number}#seat`);
  });

  app.post('/systems/:number/resign/take-back', async (request, reply) => {
    const number = numberOf(request, 'number');
    const visitor = await signedIn(http, request, reply, `/systems/${number}`);
    if (!visitor) return reply;
    const result = await takeBackResignation(portal, { account: visitor.account, registration: number });
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, { chosen: number });
    return seeOther(reply, `/systems/${number}#seat`);
  });

  const leavingAt = ({ now }: SignedIn): Date => new Date(now.getTime() + portal.settings.resignationDays * DAY_MS);

  /** The registration of the address, for a party that may do this to it; everybody else has been answered. */
  async function arrive(
    request: FastifyRequest,
    reply: FastifyReply,
    action: Action,
    page: string,
  ): Promise<{ visitor: SignedIn; system: SystemInformation } | undefined> {
    const number = numberOf(request, 'number');
    const visitor = await freshlySignedIn(http, request, reply, `/systems/${number}/${page}`);
    if (!visitor) return undefined;
    const system = await systemInformation(portal.db, visitor.account.id, number, visitor.now);
    const allowed = system ? may(action, system.state, system.seat) : 'not-among-yours';
    if (system && allowed === 'yes') return { visitor, system };
    const facts = system && { site: system.site, registration: number };
    await refuse(http, request, reply, visitor, refused(allowed === 'yes' ? 'not-among-yours' : allowed, facts));
    return undefined;
  }

  function endPage(
    reply: FastifyReply,
    { visitor, system }: { visitor: SignedIn; system: SystemInformation },
    {
      status = 200,
      ...again
    }: { problems?: { field?: string; text: string }[]; reason?: string; status?: number } = {},
  ): FastifyReply {
    const integrator = system.parties.find((party) => party.seat === 'integrator');
    // It went while the page was open: there is nothing left to end.
    if (!integrator) return seeOther(reply, `/systems/${system.number}`);
    return send(reply, <EndIntegratorPage {...{ visitor, system, portalName, integrator }} {...again} />, status);
  }
}
