import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_PROBLEMS } from '../../../api/problems.ts';
import type { Portal } from '../../portal.ts';
import { refusalRegistration } from '../../store/reads/refusal-facts.ts';
import { type NotDone, timeOrNull } from './handler.ts';

/** RFC 9457: what is said is made before anything is sent, so that it can be kept for a repeated call. */
export interface ProblemAnswer {
  status: number;
  body: Record<string, unknown>;
}

/** `asker`: only who may know them is told the facts of a refusal, and who did what stands in the way. */
export async function problemOf(portal: Portal, why: NotDone, asker?: string): Promise<ProblemAnswer> {
  const { status, help, title, detail } = API_PROBLEMS[why.code];
  const facts = why.facts ?? {};
  const by =
    asker && facts.registration && facts.by
      ? (await refusalRegistration(portal.db, asker, facts.registration, facts.by))?.doer?.name
      : undefined;
  const body = {
    type: `${portal.settings.url}/help/${help}`,
    title,
    status,
    code: why.code,
    detail,
    ...(facts.registration !== undefined && { registration: facts.registration }),
    ...(facts.site !== undefined && { site: facts.site }),
    ...(by !== undefined && { by }),
    ...(facts.at !== undefined && { at: timeOrNull(facts.at) }),
    ...(facts.systemId !== undefined && { system_id: facts.systemId }),
    ...(facts.seat !== undefined && { seat: facts.seat }),
    ...(facts.count !== undefined && { count: facts.count }),
    ...(facts.document !== undefined && { document: facts.document }),
    ...why.more,
    ...(why.errors && { errors: why.errors }),
  };
  return { status, body };
}

export function sendProblem(reply: FastifyReply, { status, body }: ProblemAnswer): FastifyReply {
  return reply.code(status).type('application/problem+json').send(JSON.stringify(body));
}

export async function refuseCall(
  portal: Portal,
  reply: FastifyReply,
  why: NotDone,
  headers: Record<string, string> = {},
): Promise<FastifyReply> {
  return sendProblem(reply.headers(headers), await problemOf(portal, why));
}

/** Everything under /api is answered for programs, also where nothing is. */
export const isForPrograms = ({ url }: Pick<FastifyRequest, 'url'>) => /^\/api(?:[/?]|$)/.test(url);
