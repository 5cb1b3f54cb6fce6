import {
  acceptColleagueInvitation,
  lookAtColleagueInvitation,
  refuseColleagueInvitation,
} from '../operations/answer-colleague-invitation.ts';
import { ColleagueInvitationPage } from '../pages/colleague-invitation.tsx';
import { type Http, type Posted, seeOther, send, signedIn } from './context.tsx';
import { leave } from './enter.ts';
import { secretOf, toLogOn } from './invitations.tsx';
import { bringIn } from './organisation.tsx';
import { refuse } from './refuse.tsx';

const JOINED = '/account/organisation';

/** What somebody who is invited into an organisation sees and says. */
export function colleagueInvitationRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const portalName = portal.settings.name;
  const pathOf = (secret: string) => `/organisation-invitations/${secret}`;

  app.get('/organisation-invitations/:secret', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const secret = secretOf(request);
    const path = pathOf(secret);
    const result = await lookAtColleagueInvitation(portal, { account: visitor.account, secret });
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, { invitation: path });
    if (result.outcome === 'already') return seeOther(reply, JOINED);
    const { invitation } = result;
    return send(reply, <ColleagueInvitationPage {...{ visitor, portalName, invitation, path }} />);
  });

  app.post('/organisation-invitations/:secret/accept', async (request, reply) => {
    const secret = secretOf(request);
    const path = pathOf(secret);
    const visitor = await signedIn(http, request, reply, path);
    if (!visitor) return reply;
    const { account } = visitor;
    const looked = await lookAtColleagueInvitation(portal, { account, secret });
    const { chosen: bring, problems } = await bringIn(http, visitor, (request.body ?? {}) as Posted);
    if (looked.outcome === 'open' && problems.length > 0) {
      const { invitation } = looked;
      return send(reply, <ColleagueInvitationPage {...{ visitor, portalName, invitation, path, problems }} />, 422);
    }
    const result = await acceptColleagueInvitation(portal, { account, secret, bring });
    return result.outcome === 'refused'
      ? refuse(http, request, reply, visitor, result, { invitation: path })
      : seeOther(reply, JOINED);
  });

  app.post('/organisation-invitations/:secret/refuse', async (request, reply) => {
    const secret = secretOf(request);
    const path = pathOf(secret);
    const visitor = await signedIn(http, request, reply, path);
    if (!visitor) return reply;
    const result = await refuseColleagueInvitation(portal, { account: visitor.account, secret });
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, { invitation: path });
    return seeOther(reply, result.outcome === 'already' ? JOINED : `${JOINED}?refused`);
  });

  app.post('/organisation-invitations/:secret/another-account', async (request, reply) => {
    const next = encodeURIComponent(pathOf(secretOf(request)));
    await leave(http, request);
    cookies.setSession(reply, undefined);
    return toLogOn(reply, next);
  });
}
