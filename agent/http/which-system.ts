import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ServingAgent } from '../agent.ts';
import { WhichSystemPage } from '../pages/database.tsx';
import { t } from '../pages/site-page.tsx';
import { becomeAnother, becomeTheSame } from '../store/server.ts';
import { sendPage, siteFor } from './problems.ts';

export const whichForm = z.object({
  which: z.enum(['replaces', 'another']).optional().catch(undefined),
  backup: z.string().max(100).optional().catch(undefined),
});

/** A database that was moved or copied here by hand asks what it is. */
export function whichSystemRoutes(administrator: FastifyInstance, agent: ServingAgent): void {
  administrator.get('/which-system', async (request, reply) => {
    if (request.visit?.atHome) return reply.redirect('/registration', 303);
    return sendPage(reply, WhichSystemPage({ site: siteFor(agent, request), backup: undefined }));
  });

  administrator.post('/which-system', async (request, reply) => {
    const { which } = whichForm.parse(request.body ?? {});
    if (!which) {
      const problems = [{ field: 'which', text: t('database.which.none') }];
      return sendPage(reply, WhichSystemPage({ site: siteFor(agent, request), backup: undefined, problems }), 422);
    }
    const { place } = agent.store;
    await agent.store.use(({ db, atHome }) => {
      if (atHome) return;
      if (which === 'replaces') becomeTheSame(db, place);
      else becomeAnother(db, place, undefined, agent.now());
    });
    agent.checkIns.plan();
    return reply.redirect('/registration', 303);
  });
}
