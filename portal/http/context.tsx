import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { render } from '../../ui/page.tsx';
import type { Portal } from '../portal.ts';
import { type Cookies, type SignedIn, type Visitor, visitorOf } from './visitor.ts';

/** What every module of routes is given. */
export interface Http {
  app: FastifyInstance;
  portal: Portal;
  cookies: Cookies;
}

export function send(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(render(page));
}

/** After a form: the browser asks for the page that shows what happened, so that reloading repeats nothing. */
export function seeOther(reply: FastifyReply, path: string): FastifyReply {
  return reply.redirect(path, 303);
}

export function visitor(http: Http, request: FastifyRequest): Promise<Visitor> {
  return visitorOf(http.portal, http.cookies, request);
}

/** Where an account that several people use is asked who it is. */
export const WHO = '/log-on/who';

/**
 * Who is signed in; otherwise the browser is sent to log on, or to say who of several people it is, and comes back, and `undefined` is returned. `back`: where to,
 * if not here; what a form had sent is gone then, so it is a page from which it can be sent again.
 */
export async function signedIn(
  http: Http,
  request: FastifyRequest,
  reply: FastifyReply,
  back = request.method === 'GET' ? request.url : '/systems',
): Promise<SignedIn | undefined> {
  const known = await visitor(http, request);
  const { account } = known;
  if (account && (!account.shared || account.person)) return { ...known, account };
  if (account) {
    seeOther(reply, `${WHO}?next=${encodeURIComponent(back)}`);
    return undefined;
  }
  seeOther(reply, `/log-on?next=${encodeURIComponent(back)}`);
  return undefined;
}

/**
 * Counts the tries of an address against what one may send in a minute: `true` when this one is too many. What is counted
 * together asks the same counter.
 */
export function countTries({ app, portal }: Http): (request: FastifyRequest) => Promise<boolean> {
  const takeTry = app.createRateLimit({ max: portal.settings.requestsPerMinute, timeWindow: '1 minute' });
  return async (request) => {
    const limit = await takeTry(request);
    return !limit.isAllowed && limit.isExceeded;
  };
}

/** A path of our own to go on to: another host in `next` would lead a person who just signed in elsewhere. */
export function ownPath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[\w\-./?=&%~+*]*$/.test(next) ? next : '/systems';
}

/** What a form sent: text, or several texts of the same name. */
export type Posted = Record<string, string | string[] | undefined>;

/** One text that was sent, or none. PostgreSQL keeps no NUL, so nobody can look for one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\0', '') : '';
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** An id from the address. One that cannot be is treated as one that nothing has. */
export function uuidOf(request: FastifyRequest, name: string): string {
  return uuidIn((request.params as Record<string, string>)[name]);
}

/** The same from a form. */
export function uuidIn(value: unknown): string {
  return UUID.test(text(value)) ? text(value) : NO_ID;
}

/** A registration number from the address: with or without the space that people write in it. */
export function numberOf(request: FastifyRequest, name: string): string {
  const value = ((request.params as Record<string, string>)[name] ?? '').replace(/\s/g, '');
  return /^\d{8}$/.test(value) ? value : '';
}

/** The revision of a registration that a page of ours showed, as it says itself; 0 is none. */
export function revisionIn(values: unknown): number {
  const revision = Number(text((values as Posted | undefined)?.['revision']));
  return Number.isSafeInteger(revision) && revision > 0 && revision < 2 ** 31 ? revision : 0;
}
