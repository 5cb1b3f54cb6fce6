import type { FastifyInstance } from 'fastify';
import { isHelpTopic } from '../../ui/help/topics.ts';
import type { Agent } from '../agent.ts';
import { HelpIndexPage, HelpPage } from '../pages/help.tsx';
import { sendMessage, sendPage, siteFor } from './problems.ts';

export function helpRoutes(site: FastifyInstance, agent: Agent): void {
  site.get('/help', async (request, reply) => sendPage(reply, HelpIndexPage({ site: siteFor(agent, request) })));

  site.get<{ Params: { topic: string } }>('/help/:topic', async (request, reply) => {
    const { topic } = request.params;
    if (!isHelpTopic(topic)) return sendMessage(agent, request, reply, 404, 'missing');
    return sendPage(reply, HelpPage({ site: siteFor(agent, request), topic }));
  });
}
