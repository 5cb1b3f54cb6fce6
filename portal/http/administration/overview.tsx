import type { FastifyReply } from 'fastify';
import { giveUpMail, type MailResult, retryMail } from '../../operations/administer.ts';
import { showKeys } from '../../operations/keys.ts';
import { CataloguePage, ConsentTextsPage, KeysPage } from '../../pages/administration/as-configured.tsx';
import { MailsPage } from '../../pages/administration/mails.tsx';
import { OverviewPage } from '../../pages/administration/overview.tsx';
import { queuedMails } from '../../store/reads/administration/mails.ts';
import { consentCounts, latestActs, openCaseCount } from '../../store/reads/administration/overview.ts';
import { type Http, seeOther, send, uuidOf } from '../context.tsx';
import { notFound } from '../errors.tsx';
import { type Administering, administrator } from './who.ts';

/** The overview of the administration, the mail queue, and what is only shown. */
export function administrationRoutes(http: Http): void {
  const { app, portal } = http;
  const { db } = portal;
  const portalName = portal.settings.name;

  app.get('/administration', async (request, reply) => {
    const known = await administrator(http, request, reply);
    return known ? overview(http, reply, known) : reply;
  });

  app.get('/administration/mails', async (request, reply) => {
    const known = await administrator(http, request, reply);
    if (!known) return reply;
    const { visitor } = known;
    const mails = await queuedMails(db, visitor.now);
    return send(reply, <MailsPage {...{ visitor, portalName, ...mails }} />);
  });

  for (const { act, does } of [
    { act: 'retry', does: retryMail },
    { act: 'give-up', does: giveUpMail },
  ]) {
    app.post(`/administration/mails/:mail/${act}`, async (request, reply) => {
      const known = await administrator(http, request, reply, '/administration/mails');
      if (!known) return reply;
      // Sent or given up meanwhile: the page says how it stands now.
      const done: MailResult = await does(portal, known.looker, uuidOf(request, 'mail'));
      return done.outcome === 'holds-secret'
        ? notFound(http, request, reply)
        : seeOther(reply, '/administration/mails');
    });
  }

  app.get('/administration/consents', async (request, reply) => {
    const known = await administrator(http, request, reply);
    if (!known) return reply;
    const counts = await consentCounts(db);
    return send(reply, <ConsentTextsPage {...{ visitor: known.visitor, portalName, counts }} />);
  });

  app.get('/administration/catalogue', async (request, reply) => {
    const known = await administrator(http, request, reply);
    return known ? send(reply, <CataloguePage visitor={known.visitor} portalName={portalName} />) : reply;
  });

  app.get('/administration/keys', async (request, reply) => {
    const known = await administrator(http, request, reply);
    if (!known) return reply;
    const keys = await showKeys(db);
    if (keys.outcome === 'no-keys') throw new Error('A portal that runs has keys.');
    return send(reply, <KeysPage {...{ visitor: known.visitor, portalName, keys }} />);
  });
}

/** `sought`: what was looked for in vain. */
export async function overview(
  { portal }: Http,
  reply: FastifyReply,
  { visitor }: Administering,
  sought?: string,
): Promise<FastifyReply> {
  const { db } = portal;
  const [openCases, { waitingCount }, acts] = await Promise.all([
    openCaseCount(db),
    queuedMails(db, visitor.now),
    latestActs(db),
  ]);
  const shown = { visitor, portalName: portal.settings.name, openCases, waitingMails: waitingCount, acts };
  return send(reply, <OverviewPage {...shown} notFound={sought} />, sought === undefined ? 200 : 422);
}
