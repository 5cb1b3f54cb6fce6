import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ServingAgent } from '../agent.ts';
import { ComparePortalsPage, PortalPage } from '../pages/portal.tsx';
import { type Problem, t } from '../pages/site-page.tsx';
import { type BroughtBundle, takeBundle, trustPortal } from '../trusted-portal.ts';
import { sendPage, siteFor } from './problems.ts';
import { TOO_LARGE, uploadedText } from './upload.ts';

/** More than any bundle with its chain. */
const LARGEST_FILE = 64 * 1024;

const trustForm = z.object({
  bundle: z.string().max(LARGEST_FILE).catch(''),
  compared: z.string().optional().catch(undefined),
});

export function portalRoutes(atHome: FastifyInstance, agent: ServingAgent): void {
  atHome.get<{ Querystring: { note?: string } }>('/portal', async (request, reply) => {
    const { note } = request.query;
    const { bundle, name } = agent.portal;
    const told = note === 'taken' ? t('portal.taken') : note === 'changed' ? t('portal.changed', { name }) : undefined;
    return sendPage(reply, PortalPage({ site: siteFor(agent, request), bundle, note: told }));
  });

  atHome.post('/portal/bundle', async (request, reply) => {
    const text = await uploadedText(request, LARGEST_FILE);
    if (text === TOO_LARGE) return refuse(agent, request, reply, t('portal.bundle-too-large'), 413);
    if (text === undefined) return refuse(agent, request, reply, t('portal.none'));
    return showBundle(agent, request, reply, text);
  });

  atHome.post('/portal/trust', async (request, reply) => {
    const { bundle, compared } = trustForm.parse(request.body ?? {});
    if (compared === undefined) {
      const problems = [{ field: 'compared', text: t('portal.compare.not') }];
      return answer(agent, request, reply, { brought: await takeBundle(agent, bundle), text: bundle, problems });
    }
    const brought = await trustPortal(agent, bundle);
    if (brought.outcome !== 'taken') return answer(agent, request, reply, { brought, text: bundle });
    agent.checkIns.plan();
    return reply.redirect('/portal?note=changed', 303);
  });
}

/** A bundle was brought, here or where records are loaded. */
export async function showBundle(agent: ServingAgent, request: FastifyRequest, reply: FastifyReply, text: string) {
  return answer(agent, request, reply, { brought: await takeBundle(agent, text), text });
}

interface Answered {
  brought: BroughtBundle;
  text: string;
  problems?: Problem[];
}

function answer(
  agent: ServingAgent,
  request: FastifyRequest,
  reply: FastifyReply,
  { brought, text, problems }: Answered,
) {
  const site = siteFor(agent, request);
  switch (brought.outcome) {
    case 'taken':
      agent.checkIns.plan();
      return reply.redirect('/portal?note=taken', 303);
    case 'another': {
      const bundles = { now: agent.portal.bundle, other: brought.bundle };
      return sendPage(
        reply,
        ComparePortalsPage({ site, ...bundles, document: text, problems: problems ?? [] }),
        problems ? 422 : 200,
      );
    }
    case 'same':
    case 'older':
      return refuse(agent, request, reply, t(`portal.${brought.outcome}`));
    case 'refused':
      return refuse(agent, request, reply, t(`portal.${brought.code}`));
  }
}

function refuse(agent: ServingAgent, request: FastifyRequest, reply: FastifyReply, problem: string, status = 422) {
  const page = PortalPage({ site: siteFor(agent, request), bundle: agent.portal.bundle, problem });
  return sendPage(reply, page, status);
}
