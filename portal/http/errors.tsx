import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEMS, type ProblemCode } from '../../api/problems.ts';
import { TOKEN_PATH } from '../../api/program-log-on.ts';
import { notDone } from './api/handler.ts';
import { noSuchCall } from './api/no-such-call.ts';
import { isForPrograms, refuseCall } from './api/problem.ts';
import type { Http } from './context.tsx';
import { visitor } from './context.tsx';
import { refuse } from './refuse.tsx';
import { nobody } from './visitor.ts';

export async function notFound(http: Http, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (isForPrograms(request)) return noSuchCall(http, request, reply);
  if (isProgram(request)) return problemDocument(http, reply, 'not-found');
  return refuse(http, request, reply, await visitor(http, request), { code: 'not-found' });
}

/** An address that cannot be one. Nothing has looked at the request yet, not even at who sends it. */
export function notAnAddress(http: Http, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (isForPrograms(request)) return refuseCall(http.portal, reply, notDone('not-found'));
  return refuse(http, request, reply, nobody(http.portal), { code: 'not-found' });
}

/**
 * What no rule foresaw. The log has it all, under the reference that the page shows; the page says that nothing was
 * changed, which holds because every change is one transaction.
 */
export function failed(
  http: Http,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const code = codeOf(error);
  if (code === 'unavailable') request.log.error({ err: error }, 'a request failed');
  if (isForPrograms(request)) {
    const more = { reference: request.id };
    return refuseCall(http.portal, reply, notDone(code === 'request-damaged' ? 'not-understood' : code, { more }));
  }
  if (isProgram(request)) return problemDocument(http, reply, code);
  // Who it is would have to be read from the database, which may be what failed.
  return refuse(http, request, reply, nobody(http.portal), { code });
}

function codeOf({ statusCode }: FastifyError): 'too-large' | 'request-damaged' | 'unavailable' {
  if (statusCode === 413) return 'too-large';
  return statusCode !== undefined && statusCode < 500 ? 'request-damaged' : 'unavailable';
}

const PROGRAMS = new Set(['/check-ins', '/healthz', '/readyz', '/bundle', TOKEN_PATH]);

function isProgram(request: FastifyRequest): boolean {
  return PROGRAMS.has(request.url);
}

/** RFC 9457. */
export async function problemDocument(http: Http, reply: FastifyReply, code: ProblemCode): Promise<FastifyReply> {
  const { status, help } = PROBLEMS[code];
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: `${http.portal.settings.url}/help/${help}`, title: code, status, code });
}
