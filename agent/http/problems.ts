import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Agent } from '../agent.ts';
import { MessagePage } from '../pages/message.tsx';
import { type MessageKey, render, type Site } from '../pages/site-page.tsx';
import { DatabaseUnreadable } from '../store/database.ts';

export function siteFor(agent: Agent, request: FastifyRequest): Site {
  const { server, portal, timeZone } = agent;
  return {
    reader: { locale: 'en', timeZone, namesZone: false },
    server,
    portal: { host: portal.host, url: portal.url, name: portal.name },
    user: request.visit?.user,
  };
}

export function sendPage(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(render(page));
}

type Message = 'missing' | 'foreign' | 'large' | 'failed';

export function sendMessage(
  agent: Agent,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  message: Message,
) {
  return sendText(agent, request, reply, status, `${message}.h1`, `${message}.text`);
}

function sendText(
  agent: Agent,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  heading: MessageKey,
  text: MessageKey,
) {
  return sendPage(reply, MessagePage({ site: siteFor(agent, request), heading, text }), status);
}

/** The edge where errors become pages. What nobody expected says nothing but that it happened. */
export function answerErrors(app: FastifyInstance, agent: Agent): void {
  app.setNotFoundHandler((request, reply) => sendMessage(agent, request, reply, 404, 'missing'));
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof DatabaseUnreadable) {
      return sendText(agent, request, reply, 503, 'unreadable.h1', `unreadable.${error.why}`);
    }
    if (error.statusCode === 413) return sendMessage(agent, request, reply, 413, 'large');
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a request failed');
    return sendMessage(agent, request, reply, status, 'failed');
  });
}
