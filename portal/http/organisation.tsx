import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayInOrganisation, ROLES } from '../../core/organisations.ts';
import { refused } from '../../core/refusals.ts';
import { looksLikeEmail } from '../../core/registration-form.ts';
import type { Problem } from '../../ui/reader.ts';
import { inviteColleague, withdrawColleague } from '../operations/invite-colleague.ts';
import { makeOrganisation } from '../operations/make-organisation.ts';
import { changeRole, leaveOrganisation, removeMember } from '../operations/members.ts';
import {
  ADDRESS_FIELD,
  BRING_FIELD,
  MemberPage,
  NAME_FIELD,
  NoOrganisationPage,
  OrganisationPage,
} from '../pages/organisation.tsx';
import { type Member, type Organisation, organisationOf, registrationsAlone } from '../store/reads/organisation.ts';
import { type Http, type Posted, seeOther, send, signedIn, text, uuidOf } from './context.tsx';
import { notFound } from './errors.tsx';
import { freshlySignedIn } from './fresh.ts';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

const PATH = '/account/organisation';
const LONGEST_NAME = 200;

/** Making an organisation, its members, and leaving it. */
export function organisationRoutes(http: Http): void {
  const { app, portal } = http;
  const { db, settings } = portal;

  app.get(PATH, async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    return visitor ? page(request, reply, visitor) : reply;
  });

  app.post(PATH, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, PATH);
    if (!visitor) return reply;
    const { account, t } = visitor;
    const posted = (request.body ?? {}) as Posted;
    const name = text(posted[NAME_FIELD]).trim().toWellFormed();
    const bring = await bringIn(http, visitor, posted);
    const problems: Problem[] = [
      ...(name === '' ? [{ field: NAME_FIELD, text: t('organisation.name.missing') }] : []),
      ...(name.length > LONGEST_NAME
        ? [{ field: NAME_FIELD, text: t('organisation.name.long', { max: LONGEST_NAME }) }]
        : []),
      ...bring.problems,
    ];
    if (problems.length > 0) return page(request, reply, visitor, { problems, typed: name });
    const result = await makeOrganisation(portal, { account, name, bring: bring.chosen });
    // Pressed twice, it is there.
    return result.outcome === 'refused' && result.code !== 'already-member'
      ? refuse(http, request, reply, visitor, result)
      : seeOther(reply, PATH);
  });

  app.post(`${PATH}/invitations`, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, PATH);
    if (!visitor) return reply;
    const { account, t } = visitor;
    const typed = text((request.body as Posted | undefined)?.[ADDRESS_FIELD]).trim();
    const organisation = await organisationOf(db, account.id, visitor.now);
    const allowed = mayInOrganisation('invite', organisation?.role);
    if (allowed !== 'yes') return refuse(http, request, reply, visitor, refused(allowed));
    const wrong = (key: 'not-an-email' | 'member') =>
      page(request, reply, visitor, {
        problems: [{ field: ADDRESS_FIELD, text: t(`organisation.invite.${key}`) }],
        typed,
      });
    if (!looksLikeEmail(typed)) return wrong('not-an-email');
    if (organisation?.members.some(({ email }) => email.toLowerCase() === typed.toLowerCase())) return wrong('member');
    const result = await inviteColleague(portal, { account, address: typed });
    return result.outcome === 'refused'
      ? refuse(http, request, reply, visitor, result)
      : seeOther(reply, `${PATH}#invite`);
  });

  app.post(`${PATH}/invitations/:id/withdraw`, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, PATH);
    if (!visitor) return reply;
    const { account } = visitor;
    const result = await withdrawColleague(portal, { account, invitation: uuidOf(request, 'id') });
    return result.outcome === 'refused'
      ? refuse(http, request, reply, visitor, result)
      : seeOther(reply, `${PATH}#invite`);
  });

  app.get(`${PATH}/members/:member`, async (request, reply) => {
    const found = await memberIn(request, reply);
    return found ? send(reply, <MemberPage {...found} portalName={settings.name} />) : reply;
  });

  app.post(`${PATH}/members/:member/role`, async (request, reply) => {
    const found = await memberIn(request, reply);
    const visitor = found && (await freshlySignedIn(http, request, reply, pathOf(found.member)));
    if (!visitor) return reply;
    const { account } = visitor;
    const member = found.member.account;
    const chosen = text((request.body as Posted | undefined)?.['role']);
    const role = ROLES.find((one) => one === chosen);
    const result = role && (await changeRole(portal, { account, member, role }));
    return result?.outcome === 'refused' ? refuse(http, request, reply, visitor, result) : seeOther(reply, PATH);
  });

  app.post(`${PATH}/members/:member/remove`, async (request, reply) => {
    const found = await memberIn(request, reply);
    const visitor = found && (await freshlySignedIn(http, request, reply, pathOf(found.member)));
    if (!visitor) return reply;
    const { account } = visitor;
    const result = await removeMember(portal, { account, member: found.member.account });
    return result.outcome === 'refused' ? refuse(http, request, reply, visitor, result) : seeOther(reply, PATH);
  });

  app.post(`${PATH}/leave`, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, PATH);
    if (!visitor) return reply;
    const ends = text((request.body as Posted | undefined)?.['ends']) === 'yes';
    const result = await leaveOrganisation(portal, { account: visitor.account, ends });
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result);
    return seeOther(reply, result.outcome === 'left' ? `${PATH}?left` : PATH);
  });

  interface Shown {
    problems?: Problem[];
    typed?: string;
  }

  async function page(
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: SignedIn,
    { problems = [], typed = '' }: Shown = {},
  ): Promise<FastifyReply> {
    const shared = { visitor, portalName: settings.name, problems, typed };
    const status = problems.length > 0 ? 422 : 200;
    const organisation = await organisationOf(db, visitor.account.id, visitor.now);
    if (organisation) return send(reply, <OrganisationPage {...shared} organisation={organisation} />, status);
    const alone = await registrationsAlone(db, visitor.account.id);
    const query = request.query as Posted;
    const said = { hasLeft: query['left'] !== undefined, isRefused: query['refused'] !== undefined };
    return send(reply, <NoOrganisationPage {...shared} {...said} alone={alone} />, status);
  }

  interface Found {
    visitor: SignedIn;
    organisation: Organisation;
    member: Member;
  }

  /** A colleague, for an administrator; everybody else is told why not, or that there is no such page. */
  async function memberIn(request: FastifyRequest, reply: FastifyReply): Promise<Found | undefined> {
    const visitor = await signedIn(http, request, reply, PATH);
    if (!visitor) return undefined;
    const organisation = await organisationOf(db, visitor.account.id, visitor.now);
    const allowed = mayInOrganisation('remove', organisation?.role);
    const id = uuidOf(request, 'member');
    const member = organisation?.members.find((one) => one.account === id);
    if (allowed === 'yes' && organisation && member) return { visitor, organisation, member };
    if (allowed === 'yes') await notFound(http, request, reply);
    else await refuse(http, request, reply, visitor, refused(allowed));
    return undefined;
  }
}

const pathOf = ({ account }: Member): string => `${PATH}/members/${account}`;

/** What somebody who joins said about what they have alone; who has nothing is not asked. */
export async function bringIn(
  { portal }: Http,
  { account, t }: SignedIn,
  posted: Posted,
): Promise<{ chosen: boolean; problems: Problem[] }> {
  const chosen = text(posted[BRING_FIELD]);
  const count = await registrationsAlone(portal.db, account.id);
  const isAnswered = count === 0 || chosen === 'yes' || chosen === 'no';
  const problems = isAnswered ? [] : [{ field: BRING_FIELD, text: t('organisation.bring.choose', { count }) }];
  return { chosen: chosen === 'yes', problems };
}
