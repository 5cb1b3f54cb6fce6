// Who is asking, and of which system. Read once for each request, from the database that is there at that moment.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Agent } from '../agent.ts';
import type { Server } from '../store/server.ts';
import { beginSession, endSession, userOfSession } from '../store/sessions.ts';
import { logOnFor } from './where-to.ts';

export interface Visit {
  /** Who is logged on. */
  user: string | undefined;
  atHome: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    visit: Visit | undefined;
  }
}

export function visits(site: FastifyInstance, agent: Agent) {
  site.decorateRequest('visit', undefined);
  site.addHook('onRequest', async (request) => {
    const token = request.cookies[agent.cookie.name];
    request.visit = await agent.store.use(({ db, atHome }) => ({
      user: token ? userOfSession(db, token, agent.now()) : undefined,
      atHome,
    }));
  });

  async function mustBeLoggedOn(request: FastifyRequest, reply: FastifyReply) {
    if (request.visit?.user !== undefined) return;
    // A form's own address shows nothing; the page that it stands on does: /database for /database/restore.
    const page = request.method === 'GET' ? request.url : `/${request.url.split(/[/?]/)[1]}`;
    return reply.redirect(logOnFor(page), 303);
  }

  async function mustBeAtHome(request: FastifyRequest, reply: FastifyReply) {
    if (!request.visit?.atHome) return reply.redirect('/which-system', 303);
  }
  return { mustBeLoggedOn, mustBeAtHome };
}

/** Who is logged on, on routes that only they reach. */
export function userOf(request: FastifyRequest): string {
  if (request.visit?.user === undefined) throw new Error(`${request.url} was reached by nobody who is logged on.`);
  return request.visit.user;
}

export function logOn(agent: Agent, server: Server, user: string, reply: FastifyReply): void {
  const { name, secure } = agent.cookie;
  const token = beginSession(server.db, user, agent.now());
  reply.setCookie(name, token, { path: '/', httpOnly: true, sameSite: 'lax', secure });
}

export async function logOff(agent: Agent, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { name, secure } = agent.cookie;
  const token = request.cookies[name];
  if (token) await agent.store.use(({ db }) => endSession(db, token));
  reply.clearCookie(name, { path: '/', httpOnly: true, sameSite: 'lax', secure });
}
