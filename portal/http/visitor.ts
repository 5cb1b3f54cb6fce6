import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Reader, Texts } from '../../ui/text.ts';
import { texts } from '../../ui/text.ts';
import { en } from '../messages/en.ts';
import { accountOfSession, hashToken, newToken, SESSION_HOURS } from '../operations/sessions.ts';
import type { Account, Portal } from '../portal.ts';
import { REQUEST_HOURS } from '../store/facts.ts';

/** Who looks at a page, and in which words it is written. */
export interface Visitor {
  account: Account | undefined;
  reader: Reader;
  t: Texts<keyof typeof en>;
  now: Date;
}

export interface SignedIn extends Visitor {
  account: Account;
}

/** The cookies of one portal. The port is in their names because cookies ignore it. */
export class Cookies {
  readonly #prefix: string;
  readonly #secure: boolean;

  constructor(portalUrl: string) {
    const { protocol, port } = new URL(portalUrl);
    this.#secure = protocol === 'https:';
    this.#prefix = `${this.#secure ? '__Host-' : ''}datestone-portal${port && `-${port}`}-`;
  }

  session(request: FastifyRequest): string | undefined {
    return request.cookies[`${this.#prefix}session`];
  }

  setSession(reply: FastifyReply, token: string | undefined): void {
    this.#set(reply, 'session', token, SESSION_HOURS);
  }

  /** The browser that carried a request: known before anybody has signed in. */
  carrier(request: FastifyRequest): string | undefined {
    return request.cookies[`${this.#prefix}carrier`];
  }

  /** The browser's carrier, a new one if it has none, for as long as the request is held; and the hash that is stored. */
  ensureCarrier(request: FastifyRequest, reply: FastifyReply): Buffer {
    const token = this.carrier(request) ?? newToken();
    // A server's page posts from another site: with Lax the browser would hide its carrier, be taken for another one, and
    // lose what it carried before. The carrier alone opens nothing, and a session is never sent along.
    this.#set(reply, 'carrier', token, REQUEST_HOURS, this.#secure ? 'none' : 'lax');
    return hashToken(token);
  }

  #set(
    reply: FastifyReply,
    name: string,
    value: string | undefined,
    hours: number,
    sameSite: 'lax' | 'none' = 'lax',
  ): void {
    const options = { path: '/', httpOnly: true, sameSite, secure: this.#secure } as const;
    if (value === undefined) reply.clearCookie(this.#prefix + name, options);
    else reply.setCookie(this.#prefix + name, value, { ...options, maxAge: hours * 60 * 60 });
  }
}

export async function visitorOf(portal: Portal, cookies: Cookies, request: FastifyRequest): Promise<Visitor> {
  const token = cookies.session(request);
  return { ...nobody(portal), account: token ? await accountOfSession(portal, token) : undefined };
}

/** Somebody of whom nothing is known. */
export function nobody(portal: Portal): Visitor {
  return {
    account: undefined,
    reader: { locale: 'en', timeZone: portal.settings.timeZone, namesZone: true },
    t: texts(en, 'en'),
    now: portal.now(),
  };
}
