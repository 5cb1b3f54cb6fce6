import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ServingAgent } from '../agent.ts';
import { DeletePage } from '../pages/database.tsx';
import { DatabaseNewPage } from '../pages/register.tsx';
import { t } from '../pages/site-page.tsx';
import { makeBrowserRequest } from '../requests.ts';
import { deleteDatabase } from '../store/restore.ts';
import { FIRST_ADMINISTRATOR, initialPasswordPath } from '../store/users.ts';
import { sendPage, siteFor } from './problems.ts';
import { logOn, userOf } from './visit.ts';

const deleteForm = z.object({ server: z.string().max(1_000).catch('') });

export function deleteRoutes(administrator: FastifyInstance, agent: ServingAgent): void {
  const { store } = agent;

  administrator.get('/database/delete', async (request, reply) => {
    const systemId = await store.use(({ keys }) => keys.systemId);
    return sendPage(reply, DeletePage({ site: siteFor(agent, request), systemId }));
  });

  administrator.post('/database/delete', async (request, reply) => {
    const typed = deleteForm.parse(request.body ?? {}).server;
    if (typed !== agent.server.name) {
      const systemId = await store.use(({ keys }) => keys.systemId);
      const problems = [{ field: 'server', text: t('delete.wrong', { server: agent.server.name }) }];
      return sendPage(reply, DeletePage({ site: siteFor(agent, request), systemId, typed, problems }), 422);
    }
    deleteDatabase(store.place.folder);
    // Whoever could delete it administers what takes its place, and goes on without having to look for a password.
    await store.use((server) => logOn(agent, server, FIRST_ADMINISTRATOR, reply));
    agent.checkIns.plan();
    return reply.redirect('/database/new', 303);
  });

  administrator.get('/database/new', async (request, reply) => {
    if (!request.visit?.atHome) return reply.redirect('/which-system', 303);
    const { systemId, document } = await makeBrowserRequest(agent, agent.addressOf(request));
    const former = await store.use(({ instance }) => instance.former[0]?.systemId);
    return sendPage(
      reply,
      DatabaseNewPage({
        site: siteFor(agent, request),
        systemId,
        request: document,
        former,
        user: userOf(request),
        passwordFile: agent.choseFirstPassword ? undefined : initialPasswordPath(store.place.folder),
      }),
    );
  });
}
