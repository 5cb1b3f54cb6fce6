import type { FastifyReply, FastifyRequest } from 'fastify';
import { readInvitationCode } from '../../core/invitation-code.ts';
import { otherSeat, readInvite } from '../../core/invitations.ts';
import { refused } from '../../core/refusals.ts';
import { acceptInvitation, lookAtInvitation, refuseInvitation } from '../operations/answer-invitation.ts';
import { invite, withdrawInvitation } from '../operations/invite.ts';
import {
  INVITATION_CODE_FIELD,
  InvitationPage,
  PrintedInvitationPage,
  TypeInvitationPage,
} from '../pages/invitation.tsx';
import { mistypedInvitation } from '../pages/invitation-problems.ts';
import { INVITE, INVITE_ADDRESS, inviteProblem } from '../pages/invite-fields.tsx';
import { registrationOf } from '../store/facts.ts';
import { countTries, type Http, numberOf, type Posted, seeOther, send, signedIn, text, uuidOf } from './context.tsx';
import { leave } from './enter.ts';
import { refuse } from './refuse.tsx';
import { systemPage } from './system-page.tsx';

/** Inviting somebody to the free seat, and what the invitee sees and says. */
export function invitationRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const isTooMuch = countTries(http);

  app.post('/systems/:number/invitations', async (request, reply) => {
    const number = numberOf(request, 'number');
    const visitor = await signedIn(http, request, reply, `/systems/${number}`);
    if (!visitor) return reply;
    const { account } = visitor;
    const registration = await registrationOf(portal.db, account.id, number);
    if (!registration || registration.who === 'stranger') {
      return refuse(http, request, reply, visitor, refused('not-among-yours'));
    }
    const posted = (request.body ?? {}) as Posted;
    const taken = registration.parties.map((party) => party.email);
    const { answer, problem } = readInvite({ choice: posted[INVITE], address: posted[INVITE_ADDRESS] }, taken);
    const seat = otherSeat(registration.who);
    if (problem || answer.choice === 'unknown') {
      const problems = [inviteProblem(visitor, seat, problem ?? 'choose')];
      return systemPage(http, request, reply, visitor, { problems, inviting: answer, status: 422 });
    }
    const wanted =
      answer.choice === 'mail'
        ? ({ how: 'mail', address: answer.address ?? '' } as const)
        : ({ how: 'printed' } as const);
    const result = await invite(portal, { account, registration: number, invite: wanted });
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, { chosen: number });
    if (result.code === undefined) return seeOther(reply, `/systems/${number}#invite`);
    // The answer itself shows the code, and nothing keeps the answer.
    reply.header('cache-control', 'no-store');
    const { code, expiresAt } = result;
    const page = { visitor, portal: portal.settings, site: registration.site, number, seat, code, expiresAt };
    return send(reply, <PrintedInvitationPage {...page} />);
  });

  app.post('/systems/:number/invitations/:invitation/withdraw', async (request, reply) => {
    const number = numberOf(request, 'number');
    const visitor = await signedIn(http, request, reply, `/systems/${number}`);
    if (!visitor) return reply;
    const invitation = uuidOf(request, 'invitation');
    const result = await withdrawInvitation(portal, { account: visitor.account, registration: number, invitation });
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, { chosen: number });
    return seeOther(reply, `/systems/${number}`);
  });

  app.get('/invitations', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const isRefused = (request.query as Posted)['refused'] !== undefined;
    return send(reply, <TypeInvitationPage visitor={visitor} portal={portal.settings} isRefused={isRefused} />);
  });

  app.post('/invitations', async (request, reply) => {
    const visitor = await signedIn(http, request, reply, '/invitations');
    if (!visitor) return reply;
    if (await isTooMuch(request)) return refuse(http, request, reply, visitor, { code: 'too-many-requests' });
    const typed = text((request.body as Posted | undefined)?.[INVITATION_CODE_FIELD]);
    const reading = readInvitationCode(typed);
    if (reading.outcome === 'read') return seeOther(reply, `/invitations/${reading.code}`);
    const page = { visitor, portal: portal.settings, typed, problem: mistypedInvitation(visitor, reading) };
    return send(reply, <TypeInvitationPage {...page} />, 422);
  });

  app.get('/invitations/:secret', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const secret = secretOf(request);
    const result = await lookAtInvitation(portal, { account: visitor.account, secret });
    if (result.outcome === 'refused')
      return refuse(http, request, reply, visitor, result, { invitation: `/invitations/${secret}` });
    if (result.outcome === 'already') return seeOther(reply, `/systems/${result.registration}`);
    const { invitation } = result;
    return send(reply, <InvitationPage {...{ visitor, portal: portal.settings, invitation, secret }} />);
  });

  app.post('/invitations/:secret/accept', async (request, reply) => {
    const secret = secretOf(request);
    const visitor = await signedIn(http, request, reply, `/invitations/${secret}`);
    if (!visitor) return reply;
    const result = await acceptInvitation(portal, { account: visitor.account, secret });
    if (result.outcome === 'refused')
      return refuse(http, request, reply, visitor, result, { invitation: `/invitations/${secret}` });
    return seeOther(reply, `/systems/${result.registration}?accepted`);
  });

  app.post('/invitations/:secret/refuse', async (request, reply) => {
    const secret = secretOf(request);
    const visitor = await signedIn(http, request, reply, `/invitations/${secret}`);
    if (!visitor) return reply;
    const result = await refuseInvitation(portal, { account: visitor.account, secret });
    if (result.outcome === 'refused')
      return refuse(http, request, reply, visitor, result, { invitation: `/invitations/${secret}` });
    if (result.outcome === 'already') return seeOther(reply, `/systems/${result.registration}`);
    return seeOther(reply, '/invitations?refused');
  });

  app.post('/invitations/:secret/another-account', async (request, reply) => {
    const next = encodeURIComponent(`/invitations/${secretOf(request)}`);
    await leave(http, request);
    cookies.setSession(reply, undefined);
    return toLogOn(reply, next);
  });
}

export const toLogOn = (reply: FastifyReply, next: string): FastifyReply =>
  seeOther(reply, `/log-on?another&next=${next}`);

/** Of a link or a paper; what neither can be is one that nobody has. */
export function secretOf(request: FastifyRequest): string {
  const { secret = '' } = request.params as Record<string, string>;
  return /^[\w-]{1,64}$/.test(secret) ? secret : '-';
}
