import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { documentFileName } from '../../core/file-names.ts';
import { shortId } from '../../core/system-id.ts';
import type { HelpTopic } from '../../ui/help/topics.ts';
import { dateOf, type Reader } from '../../ui/text.ts';
import type { ServingAgent } from '../agent.ts';
import { refusalOfCode } from '../code-answers.ts';
import { takeCode } from '../codes.ts';
import { takeFile } from '../file-answers.ts';
import { OfflinePage } from '../pages/offline.tsx';
import { t } from '../pages/site-page.tsx';
import { isRegistered } from '../plate.ts';
import { readPlate } from '../records.ts';
import { fileRequest, requestLink } from '../requests.ts';
import { showBundle } from './portal.ts';
import { sendPage, siteFor } from './problems.ts';
import { TOO_LARGE, uploadedText } from './upload.ts';

const codeForm = z.object({ code: z.string().max(1_000).catch('') });

/** More than any record or bundle. */
const LARGEST_FILE = 64 * 1024;

export function offlineRoutes(atHome: FastifyInstance, agent: ServingAgent): void {
  atHome.get('/offline', (request, reply) => showOffline(request, reply));

  atHome.get('/offline/request', async (_request, reply) => {
    const document = await fileRequest(agent);
    const systemId = await agent.store.use(({ keys }) => keys.systemId);
    const name = documentFileName(agent.server.name, systemId, 'request');
    return reply
      .type('application/octet-stream')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(`${document}\n`);
  });

  atHome.post('/offline/code', async (request, reply) => {
    const typed = codeForm.parse(request.body ?? {}).code;
    const { answer, heals } = await takeCode(agent, typed);
    if (answer.outcome === 'accepted' || answer.outcome === 'already') {
      agent.checkIns.plan();
      return reply.redirect(`/offline/registered?${new URLSearchParams(notesOf(answer, heals))}`, 303);
    }
    const systemId = await agent.store.use(({ keys }) => keys.systemId);
    const refusal = refusalOfCode(answer, shortId(systemId), inUtc(siteFor(agent, request).reader));
    return showOffline(request, reply, { typed, problem: { field: 'code', ...refusal }, status: refusal.status });
  });

  atHome.post('/offline/file', async (request, reply) => {
    const text = await uploadedText(request, LARGEST_FILE);
    if (text === TOO_LARGE) return refuseFile(request, reply, t('file.record-too-large'), 413);
    if (text === undefined) return refuseFile(request, reply, t('file.none'));
    const answer = await takeFile(agent, text);
    switch (answer.outcome) {
      case 'applied':
      case 'same':
        agent.checkIns.plan();
        return reply.redirect(
          isRegistered(await readPlate(agent)) ? '/offline/registered?note=loaded' : '/registration?note=applied',
          303,
        );
      case 'offered':
        return reply.redirect('/registration', 303);
      case 'bundle':
        return showBundle(agent, request, reply, text);
      case 'refused':
        return refuseFile(request, reply, answer.text);
    }
  });

  function refuseFile(request: FastifyRequest, reply: FastifyReply, text: string, status = 422) {
    return showOffline(request, reply, { problem: { field: 'file', text, help: 'file-is-not-taken-in' }, status });
  }

  async function showOffline(
    request: FastifyRequest,
    reply: FastifyReply,
    { status, ...refused }: { typed?: string; problem?: FieldProblem; status?: number } = {},
  ) {
    const document = await fileRequest(agent);
    const systemId = await agent.store.use(({ keys }) => keys.systemId);
    const link = requestLink(agent.portal, document);
    return sendPage(reply, OfflinePage({ site: siteFor(agent, request), systemId, link, ...refused }), status);
  }
}

interface FieldProblem {
  field: 'code' | 'file';
  text: string;
  help: HelpTopic;
}

function notesOf(
  { outcome, ...answer }: { outcome: string; isRepaired?: boolean },
  heals: Date | undefined,
): Record<string, string> {
  if (outcome === 'already') return { note: 'already' };
  if (heals) return { note: 'healed', issued: heals.toISOString().slice(0, 10) };
  return answer.isRepaired ? { note: 'repaired' } : {};
}

/** The days of codes are days in UTC. */
function inUtc(reader: Reader): (day: Date) => string {
  return (day) => dateOf(day, { ...reader, timeZone: 'UTC' });
}
