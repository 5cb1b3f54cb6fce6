import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refused } from '../../core/refusals.ts';
import { type FileRemarks, LARGEST_FILE, readFile } from '../csv/read.ts';
import { template } from '../csv/write.ts';
import { prepareRows } from '../operations/prepare-rows.ts';
import { ImportPage } from '../pages/import.tsx';
import { CheckedFilePage } from '../pages/import-check.tsx';
import type { UploadProblem } from '../pages/import-texts.ts';
import { LABELS_PAGE_SIZE, LabelsPage } from '../pages/labels.tsx';
import { PreparedPage, PreparePage } from '../pages/prepare.tsx';
import { fileOf, keepFile, sampleRows, WRONG_ROWS_PAGE_SIZE, wrongRows } from '../store/imports.ts';
import { labelOf, preparedFrom } from '../store/reads/prepared.ts';
import { type Http, numberOf, type Posted, seeOther, send, signedIn, text, uuidOf } from './context.tsx';
import { stepsOf } from './filling.ts';
import { pageIn } from './paging.ts';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

/** Registrations before there is a System ID: the ways to fill them in, from a file, and their labels. */
export function prepareRoutes(http: Http): void {
  const { app, portal } = http;
  const { db } = portal;
  const portalName = portal.settings.name;

  app.get('/prepare', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    return visitor ? send(reply, <PreparePage visitor={visitor} portalName={portalName} />) : reply;
  });

  app.get('/prepare/new', (request, reply) => {
    const copies = (request.query as Posted)['copy'] !== undefined;
    return seeOther(reply, `/prepare/${randomUUID()}/form${copies ? '/copy' : ''}`);
  });

  app.get('/prepare/template.csv', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="registrations-template.csv"')
      .send(template(stepsOf(visitor.account)));
  });

  app.get('/prepare/import', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    return visitor ? importPage(reply, visitor) : reply;
  });

  app.register(async (uploads) => {
    await uploads.register(multipart, { limits: { fileSize: LARGEST_FILE, files: 1, fields: 0 } });

    uploads.post('/prepare/import', { bodyLimit: LARGEST_FILE + 64 * 1024 }, async (request, reply) => {
      const visitor = await signedIn(http, request, reply, '/prepare/import');
      if (!visitor) return reply;
      const upload = await fileIn(request);
      if ('why' in upload) return importPage(reply, visitor, upload);
      const reading = await readFile(upload.bytes, stepsOf(visitor.account));
      if (reading.outcome === 'refused') return importPage(reply, visitor, reading.problem);
      const { rows, remarks } = reading;
      const file = await keepFile(db, visitor.account.id, { name: upload.name, remarks, rows, at: portal.now() });
      return seeOther(reply, `/prepare/imports/${file}`);
    });
  });

  app.get('/prepare/imports/:id', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    return visitor ? checkedPage(request, reply, visitor) : reply;
  });

  app.post('/prepare/imports/:id', async (request, reply) => {
    const file = uuidOf(request, 'id');
    const visitor = await signedIn(http, request, reply, `/prepare/imports/${file}`);
    if (!visitor) return reply;
    const rows = text((request.body as Posted | undefined)?.['rows']);
    if (rows !== 'all' && rows !== 'right') return checkedPage(request, reply, visitor, 'none-chosen');
    const result = await prepareRows(portal, { account: visitor.account, file, rows });
    switch (result.outcome) {
      case 'prepared':
      case 'already':
        return seeOther(reply, `/prepare/${file}`);
      case 'rows-wrong':
        return checkedPage(request, reply, visitor, 'wrong');
      case 'no-row-right':
      case 'no-file':
        return checkedPage(request, reply, visitor);
    }
  });

  app.get('/prepare/:id', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const from = uuidOf(request, 'id');
    const made = await preparedFrom(db, visitor.account.id, from);
    if (made.length === 0) return seeOther(reply, '/prepare');
    return send(reply, <PreparedPage {...{ visitor, portalName, from, made }} />);
  });

  app.get('/prepare/:id/labels', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const from = uuidOf(request, 'id');
    const all = await preparedFrom(db, visitor.account.id, from);
    if (all.length === 0) return seeOther(reply, '/prepare');
    const last = Math.ceil(all.length / LABELS_PAGE_SIZE);
    const page = Math.min(pageIn(request.query as Posted), last);
    const labels = all.slice((page - 1) * LABELS_PAGE_SIZE, page * LABELS_PAGE_SIZE);
    const sheet = { labels, count: all.length, page, path: `/prepare/${from}/labels` };
    return send(reply, <LabelsPage visitor={visitor} portal={portal.settings} {...sheet} />);
  });

  app.get('/systems/:number/label', async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const label = await labelOf(db, visitor.account.id, numberOf(request, 'number'));
    if (!label) return refuse(http, request, reply, visitor, refused('not-among-yours'));
    const sheet = { labels: [label], count: 1, page: 1, path: `/systems/${label.number}/label` };
    return send(reply, <LabelsPage visitor={visitor} portal={portal.settings} {...sheet} />);
  });

  function importPage(reply: FastifyReply, visitor: SignedIn, problem?: UploadProblem, status = 422): FastifyReply {
    const page = <ImportPage {...{ visitor, portalName, steps: stepsOf(visitor.account), problem }} />;
    return send(reply, page, problem ? status : 200);
  }

  async function checkedPage(
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: SignedIn,
    problem?: 'none-chosen' | 'wrong',
  ) {
    const id = uuidOf(request, 'id');
    const file = await fileOf<FileRemarks>(db, visitor.account.id, id, portal.now());
    if (!file) return importPage(reply, visitor, { why: 'gone' }, 404);
    if (file.madeAt) return seeOther(reply, `/prepare/${id}`);
    const last = Math.max(1, Math.ceil(file.wrong / WRONG_ROWS_PAGE_SIZE));
    const page = Math.min(pageIn(request.query as Posted), last);
    const [wrong, sample] = await Promise.all([wrongRows(db, id, page), sampleRows(db, id)]);
    const checked = <CheckedFilePage {...{ visitor, portalName, file, wrong, page, sample, problem }} />;
    return send(reply, checked, problem ? 422 : 200);
  }
}

/** The one file of the form; a browser sends an empty one when none was chosen. */
async function fileIn(
  request: FastifyRequest,
): Promise<{ name: string; bytes: Buffer } | { why: 'none' | 'too-large' }> {
  if (!request.isMultipart()) return { why: 'none' };
  const upload = await request.file({ throwFileSizeLimit: false });
  if (!upload?.filename) return { why: 'none' };
  const bytes = await upload.toBuffer();
  return upload.file.truncated ? { why: 'too-large' } : { name: text(upload.filename).slice(0, 200), bytes };
}
