import type { MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { shortId } from '../../core/system-id.ts';
import type { ServingAgent } from '../agent.ts';
import { DatabasePage, WhichSystemPage } from '../pages/database.tsx';
import { t } from '../pages/site-page.tsx';
import { backUp, template } from '../store/backup.ts';
import { type Brought, bringBackup, putInPlace, removeLeftovers } from '../store/restore.ts';
import { lastBackup } from '../store/settings.ts';
import { sendPage, siteFor } from './problems.ts';
import { whichForm } from './which-system.ts';

const backupForm = z.object({ 'without-identity': z.string().optional() });

export function databaseRoutes(administrator: FastifyInstance, agent: ServingAgent): void {
  const { place } = agent.store;

  administrator.get('/database', (request, reply) => {
    removeLeftovers(place.folder, agent.now());
    return showDatabase(request, reply);
  });

  administrator.post('/database/backup', async (request, reply) => {
    const isTemplate = backupForm.parse(request.body ?? {})['without-identity'] !== undefined;
    const file = await agent.store.use(({ db, keys }) =>
      isTemplate
        ? { name: fileName('template'), content: template(db, place.folder) }
        : { name: fileName(`${shortId(keys.systemId)}-backup`), content: backUp(db, place.folder, agent.now()) },
    );
    return reply
      .type('application/octet-stream')
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .send(Buffer.from(file.content));
  });

  administrator.post('/database/restore', async (request, reply) => {
    const upload = await request.file();
    const content = upload && (await contentOf(upload));
    if (content === 'too-large') return showRefused(request, reply, 'too-large');
    if (!content || content.length === 0) return showRefused(request, reply, 'none');
    const brought = bringBackup(place, content, agent.now());
    if (brought.outcome === 'refused') return showRefused(request, reply, brought.why);
    if (brought.asks) return sendPage(reply, WhichSystemPage({ site: siteFor(agent, request), backup: brought.name }));
    return restore(request, reply, brought.name, undefined);
  });

  administrator.post('/database/restore/answer', async (request, reply) => {
    const { which, backup } = whichForm.parse(request.body ?? {});
    if (!which) {
      const problems = [{ field: 'which', text: t('database.which.none') }];
      return sendPage(reply, WhichSystemPage({ site: siteFor(agent, request), backup, problems }), 422);
    }
    return restore(request, reply, backup ?? '', which);
  });

  async function restore(
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    which: 'replaces' | 'another' | undefined,
  ) {
    if (!putInPlace(place, name, which, agent.now())) return showRefused(request, reply, 'gone');
    agent.checkIns.plan();
    return reply.redirect('/?restored', 303);
  }

  function showRefused(request: FastifyRequest, reply: FastifyReply, why: RefusedBackup) {
    return showDatabase(request, reply, [{ field: 'backup', text: t(`database.restore.${why}`) }]);
  }

  async function showDatabase(
    request: FastifyRequest,
    reply: FastifyReply,
    problems?: { field: string; text: string }[],
  ) {
    const known = await agent.store.use(({ db, keys }) => ({ systemId: keys.systemId, lastBackup: lastBackup(db) }));
    return sendPage(reply, DatabasePage({ site: siteFor(agent, request), ...known, problems }), problems ? 422 : 200);
  }

  function fileName(rest: string): string {
    return `${agent.server.name.replace(/[^\w.-]+/g, '-')}-${rest}.sqlite`;
  }
}

type RefusedBackup = Extract<Brought, { outcome: 'refused' }>['why'] | 'too-large' | 'none' | 'gone';

async function contentOf(upload: MultipartFile): Promise<Uint8Array | 'too-large'> {
  try {
    return await upload.toBuffer();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 413) return 'too-large';
    throw error;
  }
}
