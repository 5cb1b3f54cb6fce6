import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { shortId } from '../../core/system-id.ts';
import type { ServingAgent } from '../agent.ts';
import { t } from '../pages/site-page.tsx';
import { NotTakenPage } from '../pages/way-back.tsx';
import { takeRecord } from '../records.ts';
import { membersOf } from '../sent.ts';
import { sendPage, siteFor } from './problems.ts';

const query = z.object({ record: z.string().catch('') });

/** The browser brings the record from the portal: at sites where only the person's computer has Internet, the only way. */
export function wayBackRoutes(atHome: FastifyInstance, agent: ServingAgent): void {
  atHome.get('/registration/back', async (request, reply) => {
    const { record } = query.parse(request.query);
    const taken = await takeRecord(agent, record, { byHand: true });
    switch (taken.outcome) {
      case 'applied':
      case 'same':
        // It may come twice. The second time is as good as the first.
        agent.checkIns.plan();
        return reply.redirect('/registration?note=applied', 303);
      case 'older':
      case 'ended':
        return reply.redirect(`/registration?note=${taken.outcome}`, 303);
      case 'offered':
        return reply.redirect('/registration', 303);
      case 'refused': {
        const systemId = await agent.store.use(({ keys }) => keys.systemId);
        const other = taken.code === 'record-for-another-system' ? shortId(String(membersOf(record).members.sub)) : '';
        const why = t(`back.${taken.code}`, { own: shortId(systemId), other, host: agent.portal.host });
        return sendPage(reply, NotTakenPage({ site: siteFor(agent, request), systemId, why }), 422);
      }
    }
  });
}
