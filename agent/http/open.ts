import type { FastifyInstance } from 'fastify';
import type { Agent } from '../agent.ts';
import { PrivacyPage, SystemIdentifierPage } from '../pages/open.tsx';
import { sendPage, siteFor } from './problems.ts';

export function openRoutes(site: FastifyInstance, agent: Agent): void {
  site.get('/system-identifier', async (request, reply) => {
    const systemId = await agent.store.use(({ keys }) => keys.systemId);
    return sendPage(reply, SystemIdentifierPage({ site: siteFor(agent, request), systemId }));
  });

  site.get('/privacy', async (request, reply) => sendPage(reply, PrivacyPage({ site: siteFor(agent, request) })));
}
