import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_PATH, OPERATIONS } from '../../../api/contract/index.ts';
import type { Http } from '../context.tsx';
import { notDone } from './handler.ts';
import { refuseCall } from './problem.ts';

/** An address of the API that takes other methods, or none. */
export function noSuchCall({ portal }: Http, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [path = ''] = request.url.split('?');
  const allowed = OPERATIONS.filter(([, op]) => patternOf(op.path).test(path)).map(([, op]) => op.method);
  if (path === `${API_PATH}/openapi.json`) allowed.push('GET');
  if (allowed.length === 0) return refuseCall(portal, reply, notDone('not-found'));
  const allow = [...new Set(allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].join(', ');
  return refuseCall(portal, reply, notDone('method-not-allowed'), { allow });
}

const patternOf = (path: string) => new RegExp(`^${API_PATH}${path.replace(/\{\w+\}/g, '[^/]+')}$`);
