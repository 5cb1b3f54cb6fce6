import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ServingAgent } from '../agent.ts';
import { EditPage, RegisterPage } from '../pages/register.tsx';
import { isRegistered } from '../plate.ts';
import { readPlate } from '../records.ts';
import { isLatest, makeBrowserRequest } from '../requests.ts';
import { noteAsked } from '../store/registration.ts';
import { askAgain, postpone } from '../store/settings.ts';
import { sendPage, siteFor } from './problems.ts';

const requestForm = z.object({ request: z.string().catch('') });

export function registerRoutes(atHome: FastifyInstance, agent: ServingAgent): void {
  atHome.get('/register', (request, reply) => showRegister(request, reply, false));

  // One click and no script: the browser posts the signed request here, and the redirect makes it post the same to the
  // portal. So the agent knows of the click, and the portal gets the document from the person's own browser.
  atHome.post('/register/now', async (request, reply) => {
    const { request: document } = requestForm.parse(request.body ?? {});
    const isFresh = await agent.store.use(({ db }) => {
      if (!isLatest(db, agent.portal.fingerprint, document, agent.now())) return false;
      noteAsked(db, agent.portal.fingerprint, agent.now());
      return true;
    });
    if (!isFresh) return showRegister(request, reply, true);
    agent.checkIns.plan();
    return reply.redirect(`${agent.portal.url}/requests`, 307);
  });

  atHome.post('/register/later', async (_request, reply) => {
    await agent.store.use(({ db }) => postpone(db, agent.now()));
    return reply.redirect('/registration', 303);
  });

  async function showRegister(request: FastifyRequest, reply: FastifyReply, madeAnew: boolean) {
    const plate = await readPlate(agent);
    const made = await makeBrowserRequest(agent, agent.addressOf(request));
    const page = { site: siteFor(agent, request), systemId: made.systemId, request: made.document, madeAnew };
    if (isRegistered(plate)) return sendPage(reply, EditPage(page));
    const known = await agent.store.use(({ db, madeAt }) => ({ madeAt, askAgain: askAgain(db) }));
    const newSince = plate.state === 'database-new' ? known.madeAt : undefined;
    return sendPage(reply, RegisterPage({ ...page, newSince, askAgain: known.askAgain }));
  }
}
