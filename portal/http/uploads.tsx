import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Refused, refused } from '../../core/refusals.ts';
import { LIMITS } from '../files/limits.ts';
import { type OpenedFile, openFiles, type UploadedFile } from '../files/open.ts';
import { bringFiles, cancel, proceed } from '../operations/bring.ts';
import { RegisterPage } from '../pages/register.tsx';
import { TogetherPage } from '../pages/together.tsx';
import type { UploadProblem, WholeProblem } from '../pages/upload-texts.ts';
import { standingsOf } from '../store/facts.ts';
import { type KeptUpload, keepUpload, type UploadRow, uploadOf } from '../store/uploads.ts';
import { countTries, type Http, seeOther, send, signedIn, text, uuidOf } from './context.tsx';
import { leave } from './enter.ts';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

/** Requests from files. One goes the way of a carried request; several get one page, with a row each. */
export function uploadRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const { db, settings } = portal;
  const isTooMuch = countTries(http);

  app.register(async (uploads) => {
    await uploads.register(multipart, { limits: { fileSize: LIMITS.file, files: LIMITS.files, fields: 0 } });

    uploads.post('/register/files', async (request, reply) => {
      const visitor = await signedIn(http, request, reply, '/register');
      if (!visitor) return reply;
      if (await isTooMuch(request)) return refuse(http, request, reply, visitor, { code: 'too-many-requests' });
      const opened = await openUpload(request);
      if ('why' in opened) return registerPage(reply, visitor, opened);
      const documents = opened.filter((file) => file.outcome === 'request');
      const taken = await bringFiles(portal, {
        documents: documents.map(({ document }) => document),
        account: visitor.account.id,
        // One alone can still go over to another account, as one that a browser carried.
        cookieHash: opened.length === 1 ? cookies.ensureCarrier(request, reply) : undefined,
      });
      const rows = opened.map(
        (file): { fileName: string; result: { request: string } | { problem: UploadProblem } } => ({
          fileName: file.name,
          result: resultOf(file, file.outcome === 'request' ? taken[documents.indexOf(file)] : undefined),
        }),
      );
      const [first, ...others] = rows;
      if (first && others.length === 0) {
        const { fileName: name, result } = first;
        if ('problem' in result) return registerPage(reply, visitor, { name, ...result.problem });
        return seeOther(reply, `/requests/${result.request}/proceed`);
      }
      return seeOther(reply, `/uploads/${await keepUpload(db, visitor.account.id, rows, visitor.now)}`);
    });
  });

  app.get('/uploads/:id', async (request, reply) => {
    const known = await uploadIn(request, reply);
    if (!known) return reply;
    const { visitor, upload } = known;
    const standings = await Promise.all(
      upload.rows.map(async ({ request: one }) =>
        one?.held && one.proceeded && !one.claim ? standingsOf(db, visitor.account.id, one.systemId) : [],
      ),
    );
    return send(reply, <TogetherPage visitor={visitor} portal={settings} upload={upload} standings={standings} />);
  });

  app.post('/uploads/:id/proceed', (request, reply) =>
    withEach(request, reply, async (visitor, one) => {
      await proceed(portal, visitor.account.id, one.id);
    }),
  );

  app.post('/uploads/:id/cancel', (request, reply) =>
    withEach(
      request,
      reply,
      async (visitor, one) => {
        if (!one.claim) await cancel(portal, visitor.account.id, one.id);
      },
      '/requests/cancelled',
    ),
  );

  /** What came together stays with who uploaded it, as a typed System ID does: the other account uploads it anew. */
  app.post('/uploads/:id/another-account', async (request, reply) => {
    const known = await uploadIn(request, reply);
    if (!known) return reply;
    await leave(http, request);
    cookies.setSession(reply, undefined);
    return seeOther(reply, '/log-on?another&next=%2Fregister');
  });

  /** Does something with every request of an upload that can still be used. */
  async function withEach(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (visitor: SignedIn, request: NonNullable<UploadRow<UploadProblem>['request']>) => Promise<void>,
    next?: string,
  ): Promise<FastifyReply> {
    const known = await uploadIn(request, reply, `/uploads/${uuidOf(request, 'id')}`);
    if (!known) return reply;
    const { visitor, upload } = known;
    for (const { request: one } of upload.rows) if (one?.held) await act(visitor, one);
    return seeOther(reply, next ?? `/uploads/${upload.id}`);
  }

  async function uploadIn(
    request: FastifyRequest,
    reply: FastifyReply,
    back?: string,
  ): Promise<{ visitor: SignedIn; upload: KeptUpload<UploadProblem> } | undefined> {
    const visitor = await signedIn(http, request, reply, back);
    if (!visitor) return undefined;
    const upload = await uploadOf<UploadProblem>(db, visitor.account.id, uuidOf(request, 'id'), visitor.now);
    if (upload) return { visitor, upload };
    await refuse(http, request, reply, visitor, refused('request-expired'));
    return undefined;
  }

  function registerPage(reply: FastifyReply, visitor: SignedIn, problem: WholeProblem): FastifyReply {
    const status = problem.why === 'whole-too-large' ? 413 : 422;
    return send(reply, <RegisterPage visitor={visitor} portal={settings} upload={problem} />, status);
  }
}

/** All that was uploaded, opened while it comes. What says that it is too much is not read at all. */
async function openUpload(request: FastifyRequest): Promise<OpenedFile[] | WholeProblem> {
  if (Number(request.headers['content-length'] ?? 0) > LIMITS.whole) return { why: 'whole-too-large' };
  if (!request.isMultipart()) return { why: 'none' };
  let whole = 0;
  async function* uploaded(): AsyncGenerator<UploadedFile> {
    for await (const part of request.files({ throwFileSizeLimit: false })) {
      const bytes = await part.toBuffer();
      whole += bytes.length;
      // What comes after it is still read, and forgotten: a browser that cannot finish shows no answer.
      // A form without a file sends an empty one.
      if (part.filename && whole <= LIMITS.whole) {
        yield { name: text(part.filename).slice(0, 200), bytes, tooLarge: part.file.truncated };
      }
    }
  }
  try {
    const opened = await openFiles(uploaded());
    if (whole > LIMITS.whole) return { why: 'whole-too-large' };
    return opened.length === 0 ? { why: 'none' } : opened;
  } catch (error) {
    if ((error as { code?: string }).code === 'FST_FILES_LIMIT') return { why: 'too-many' };
    throw error;
  }
}

type Taken = { outcome: 'taken'; request: string } | Refused | undefined;

function resultOf(file: OpenedFile, taken: Taken): { request: string } | { problem: UploadProblem } {
  if (file.outcome === 'refused') return { problem: { why: file.why } };
  if (taken?.outcome === 'taken') return { request: taken.request };
  switch (taken?.code) {
    case 'other-portal':
      return { problem: { why: 'other-portal', ...(file.portal && { host: hostOf(file.portal) }) } };
    case 'signing-key-differs':
      return { problem: { why: 'signing-key-differs', systemId: taken.facts?.systemId ?? '' } };
    default:
      return { problem: { why: 'damaged' } };
  }
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
