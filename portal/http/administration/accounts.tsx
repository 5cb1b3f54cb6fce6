import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../../../ui/reader.ts';
import { endSessionsOf } from '../../operations/administer.ts';
import { AccountsPage, AdministeredAccountPage, OrganisationsPage } from '../../pages/administration/accounts.tsx';
import { accountShown, accountsWith, allOrganisations } from '../../store/reads/administration/accounts.ts';
import { writtenIn, writtenProblem } from '../cases.tsx';
import { type Http, type Posted, seeOther, send, text, uuidOf } from '../context.tsx';
import { notFound } from '../errors.tsx';
import { pageIn } from '../paging.ts';
import { type Administering, administrator } from './who.ts';

/** Accounts: who there is, how they log on, and the end of their log-ons; and the organisations that they act for. */
export function administeredAccountRoutes(http: Http): void {
  const { app, portal } = http;
  const { db } = portal;
  const portalName = portal.settings.name;

  app.get('/administration/accounts', async (request, reply) => {
    const known = await administrator(http, request, reply);
    if (!known) return reply;
    const { visitor } = known;
    const query = request.query as Posted;
    const [search, page] = [text(query['q']).trim(), pageIn(query)];
    const found = await accountsWith(db, search, page, visitor.now);
    return send(reply, <AccountsPage {...{ visitor, portalName, search, page, ...found }} />);
  });

  app.get('/administration/organisations', async (request, reply) => {
    const known = await administrator(http, request, reply);
    if (!known) return reply;
    const organisations = await allOrganisations(db);
    return send(reply, <OrganisationsPage {...{ visitor: known.visitor, portalName, organisations }} />);
  });

  app.get('/administration/accounts/:account', async (request, reply) => {
    const known = await administrator(http, request, reply);
    return known ? accountPage(request, reply, known) : reply;
  });

  app.post('/administration/accounts/:account/end-sessions', async (request, reply) => {
    const account = uuidOf(request, 'account');
    const path = `/administration/accounts/${account}`;
    const known = await administrator(http, request, reply, path);
    if (!known) return reply;
    const { visitor, looker } = known;
    const reason = writtenIn(request.body, 'reason');
    const problem = writtenProblem(visitor, 'reason', reason, visitor.t('admin-account.end.missing'));
    if (problem) return accountPage(request, reply, known, { reason, problem });
    const result = await endSessionsOf(portal, looker, { account, reason });
    return result.outcome === 'ended' ? seeOther(reply, `${path}?ended`) : notFound(http, request, reply);
  });

  async function accountPage(
    request: FastifyRequest,
    reply: FastifyReply,
    { visitor }: Administering,
    again?: { reason: string; problem: Problem },
  ): Promise<FastifyReply> {
    const account = await accountShown(db, uuidOf(request, 'account'), visitor.now);
    if (!account) return notFound(http, request, reply);
    const ended = (request.query as Posted)['ended'] !== undefined;
    const page = { visitor, portalName, account, providers: portal.settings.providers, ended };
    return send(reply, <AdministeredAccountPage {...page} {...(again && { again })} />, again ? 422 : 200);
  }
}
