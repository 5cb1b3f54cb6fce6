import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { API_PATH, OPERATIONS, type OperationId } from '../../../api/contract/index.ts';
import type { Checked, Operation } from '../../../api/contract/operation.ts';
import { openApiDocument } from '../../../api/openapi.ts';
import { canonical } from '../../../core/history.ts';
import { LARGEST_FILE } from '../../csv/read.ts';
import { once } from '../../operations/once.ts';
import type { Account, Portal } from '../../portal.ts';
import { exportedSystems } from '../../store/reads/export.ts';
import type { StateFilter } from '../../store/reads/registered-systems.ts';
import type { Http } from '../context.tsx';
import { failed } from '../errors.tsx';
import { asCsv } from '../exports.ts';
import { Callers } from './caller.ts';
import { type Answered, type Handler, type NotDone, notDone } from './handler.ts';
import { HANDLERS } from './handlers.ts';
import { fileAsText, NotReadable, takeFiles, takeJson, unkeepable } from './json.ts';
import { type ProblemAnswer, problemOf, refuseCall, sendProblem } from './problem.ts';
import { wrongInBody, wrongInQuery } from './words.ts';

/** The routes of the API: one for each operation of the contract, all on the same way. */
export async function apiRoutes(http: Http): Promise<void> {
  const { portal } = http;
  const callers = new Callers(http);
  await http.app.register(
    async (scope) => {
      takeJson(scope);
      takeFiles(scope);
      scope.setErrorHandler<FastifyError>((error, request, reply) => notHandled(http, error, request, reply));
      scope.get('/openapi.json', (_, reply) =>
        reply.type('application/json; charset=utf-8').send(JSON.stringify(openApiDocument())),
      );
      for (const [id, op] of OPERATIONS) {
        scope.route({
          method: op.method,
          ...(op.takes && { bodyLimit: LARGEST_FILE }),
          url: op.path.replace(/\{(\w+)\}/g, ':$1'),
          // Before the body is read: who may not call sends nothing that anybody looks at.
          onRequest: async (request, reply) => {
            const why = notAnswerable(op, request);
            if (why) return refuseCall(portal, reply, why);
            return (await callers.admit(op, request, reply)) ? undefined : reply;
          },
          handler: (request, reply) =>
            op.file && wantsFile(op, request)
              ? sendFile(http, callers, op, id, request, reply)
              : answer(http, callers, op, handlerOf(id), request, reply),
        });
      }
    },
    { prefix: API_PATH },
  );
}

// What is checked against an operation of the contract is what its own handler takes.
const handlerOf = (id: OperationId) => HANDLERS[id] as unknown as Handler<Operation>;

/** Whether the caller can read what we say, and sends what we can read. */
function notAnswerable(op: Operation, request: FastifyRequest): NotDone | undefined {
  const { headers } = request;
  const accepted = acceptedBy(request);
  const readable = ['*/*', 'application/*', 'application/json', 'application/problem+json', '', op.file];
  if (!accepted.some((range) => readable.includes(range ?? ''))) return notDone('not-acceptable');
  const { 'content-encoding': encoding } = headers;
  if (encoding && encoding !== 'identity') {
    return notDone('unsupported-media-type', { more: { detail: 'Send the body without Content-Encoding.' } });
  }
  return undefined;
}

const acceptedBy = ({ headers }: FastifyRequest) =>
  (headers.accept ?? '*/*').split(',').map((range) => range.split(';')[0]?.trim().toLowerCase());

const wantsFile = ({ file }: Operation, request: FastifyRequest): boolean =>
  acceptedBy(request).every((range) => range === file || range === 'application/problem+json');

/** What is too long for a page of a list is written while it is read. */
async function sendFile(
  { portal }: Http,
  callers: Callers,
  op: Operation,
  id: OperationId,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { account } = callers.of(request);
  const call = checked(op, request);
  if ('outcome' in call) return refuseCall(portal, reply, call);
  const pieces = FILES[id]?.(portal, account, call.query ?? {});
  if (!pieces) return refuseCall(portal, reply, notDone('not-acceptable'));
  return reply.header('cache-control', 'no-store').type(`${op.file}; charset=utf-8`).send(Readable.from(pieces));
}

type Narrowed = { search?: string; state?: StateFilter };
const FILES: { [Id in OperationId]?: (portal: Portal, account: Account, query: Narrowed) => AsyncIterable<string> } = {
  listRegistrations: ({ db }, account, { search = '', state }) =>
    asCsv(exportedSystems(db, account.id, { search: search.trim(), state })),
};

/** What is sent, made before it is: so it can be kept, and sent again. */
interface Made extends ProblemAnswer {
  headers: Record<string, string>;
  problem: boolean;
}

async function answer(
  http: Http,
  callers: Callers,
  op: Operation,
  handler: Handler<Operation>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { portal } = http;
  const { account, token } = callers.of(request);
  const call = checked(op, request);
  if ('outcome' in call) return refuseCall(portal, reply, call);
  const act = async (within: Portal): Promise<Made> => {
    const result = await handler({ ...call, portal: within, account, token });
    return 'status' in result
      ? madeOf(portal, request, result)
      : { ...(await problemOf(within, result, account.id)), headers: {}, problem: true };
  };

  const key = op.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  if (key === undefined) return sendMade(reply, await act(portal));
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    const errors = [{ parameter: 'Idempotency-Key', detail: 'A key is 1 to 200 visible ASCII characters.' }];
    return refuseCall(portal, reply, notDone('not-as-described', { errors }));
  }
  const fingerprint = fingerprintOf(request, call);
  const result = await once(portal, { account: account.id, key, fingerprint, secret: op.secret ?? false }, act);
  switch (result.outcome) {
    case 'done':
      return sendMade(reply, result.answer);
    case 'replayed':
      return sendMade(reply.header('idempotent-replayed', 'true'), result.answer);
    case 'in-use':
      return refuseCall(portal, reply, notDone('idempotency-key-in-use'), { 'retry-after': '1' });
    case 'reused':
      return refuseCall(portal, reply, notDone('idempotency-key-reused'));
    case 'not-kept':
      return refuseCall(portal, reply, notDone('idempotency-answer-not-kept'));
  }
}

const NO_QUERY = z.strictObject({});

/** The call as the contract describes it, or what is wrong with it. */
function checked(op: Operation, request: FastifyRequest): Checked<Operation> | NotDone {
  const params = op.params?.safeParse(request.params);
  // An id that cannot be is one that nothing has.
  if (params && !params.success) return notDone('not-found');
  const query = (op.query ?? NO_QUERY).safeParse(request.query);
  if (!query.success) return notDone('not-as-described', { errors: wrongInQuery(query.error.issues) });
  const wrong = unkeepable(request.query);
  if (wrong) {
    const errors = [{ parameter: wrong.pointer.slice(1), detail: wrong.detail }];
    return notDone('not-as-described', { errors });
  }

  const sent = sentTo(op, request);
  if (sent.outcome === 'refused') return sent;
  // What a file cannot hold is said of its rows.
  const unkept = op.takes ? undefined : unkeepable(sent.body);
  if (unkept) return notDone('not-as-described', { errors: [unkept] });
  const body = op.body?.safeParse(sent.body, { reportInput: true });
  if (body && !body.success) return notDone('not-as-described', { errors: wrongInBody(body.error.issues) });

  const ifMatch = request.headers['if-match'];
  if (op.ifMatch && ifMatch === undefined) return notDone('precondition-needed');
  return {
    params: params?.data,
    query: op.query && query.data,
    body: body?.data,
    ifMatch: op.ifMatch ? ifMatch : undefined,
  } as Checked<Operation>;
}

/** A file where a file is taken, and JSON where JSON is. */
function sentTo(op: Operation, { body }: FastifyRequest): { outcome: 'sent'; body: unknown } | NotDone {
  const isFile = Buffer.isBuffer(body);
  if (op.body && body !== undefined && isFile !== (op.takes !== undefined)) return notDone('unsupported-media-type');
  return { outcome: 'sent', body: isFile ? fileAsText(body) : body };
}

function madeOf(portal: Portal, request: FastifyRequest, result: Answered<Operation>): Made {
  const { status, body, etag, location } = result;
  const next = (body as { next?: string } | undefined)?.next;
  return {
    status: Number(status),
    body: body as unknown as Made['body'],
    problem: false,
    headers: {
      // It is somebody's own, and it is what it was a moment ago.
      'cache-control': 'no-store',
      ...(etag && { etag }),
      ...(location && { location: `${portal.settings.url}${API_PATH}${location}` }),
      ...(next && { link: `<${nextPage(portal, request, next)}>; rel="next"` }),
    },
  };
}

function nextPage(portal: Portal, request: FastifyRequest, cursor: string): string {
  const url = new URL(request.url, portal.settings.url);
  url.searchParams.set('cursor', cursor);
  return url.href;
}

function sendMade(reply: FastifyReply, { status, body, headers, problem }: Made): FastifyReply {
  reply.headers(headers);
  if (problem) return sendProblem(reply, { status, body });
  return body === undefined
    ? reply.code(status).send()
    : reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

function fingerprintOf(request: FastifyRequest, { body, ifMatch }: Checked<Operation>): Buffer {
  const sent = { method: request.method, url: request.url, body: body ?? null, ifMatch: ifMatch ?? null };
  return createHash('sha256').update(canonical(sent)).digest();
}

function notHandled(http: Http, error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof NotReadable) return refuseCall(http.portal, reply, error.why);
  if (error.statusCode === 415) return refuseCall(http.portal, reply, notDone('unsupported-media-type'));
  if (error.statusCode === 413) return refuseCall(http.portal, reply, notDone('too-large'));
  return failed(http, error, request, reply);
}
