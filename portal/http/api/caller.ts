import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../../../api/contract/operation.ts';
import { bearerOf, type TokenBearer } from '../../operations/access-tokens.ts';
import type { Http } from '../context.tsx';
import { notDone } from './handler.ts';
import { refuseCall } from './problem.ts';

/** Who calls, by a bearer token (RFC 6750) and by nothing else: a cookie opens no door here. */
export class Callers {
  readonly #http: Http;
  readonly #takeCall: ReturnType<Http['app']['createRateLimit']>;
  readonly #most: number;
  readonly #known = new WeakMap<FastifyRequest, TokenBearer>();

  constructor(http: Http) {
    this.#http = http;
    this.#most = http.portal.settings.apiCallsPerMinute;
    this.#takeCall = http.app.createRateLimit({
      max: this.#most,
      timeWindow: '1 minute',
      // Counted by account, so that more tokens are not more calls.
      keyGenerator: (request) => `api ${this.of(request).account.id}`,
    });
  }

  of(request: FastifyRequest): TokenBearer {
    const bearer = this.#known.get(request);
    if (!bearer) throw new Error('Nobody asked who calls.');
    return bearer;
  }

  /** Answers and returns `false` unless somebody calls who may call this now. */
  async admit(op: Operation, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const { portal } = this.#http;
    const { authorization } = request.headers;
    const bearer = await bearerOf(portal, /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
    if (!bearer) {
      const challenge = `Bearer realm="${portal.settings.url}"${authorization ? ', error="invalid_token"' : ''}`;
      await refuseCall(portal, reply, notDone('token-needed'), { 'www-authenticate': challenge });
      return false;
    }
    this.#known.set(request, bearer);
    if (!(await this.#count(request, reply))) return false;
    if (op.scope && !bearer.token.scopes.includes(op.scope)) {
      const challenge = `Bearer realm="${portal.settings.url}", error="insufficient_scope", scope="${op.scope}"`;
      const why = notDone('scope-needed', { more: { needed: op.scope, scopes: bearer.token.scopes } });
      await refuseCall(portal, reply, why, { 'www-authenticate': challenge });
      return false;
    }
    return true;
  }

  async #count(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const limit = await this.#takeCall(request);
    if (limit.isAllowed) return true;
    const { remaining, ttlInSeconds } = limit;
    reply.headers({
      'ratelimit-limit': this.#most,
      'ratelimit-remaining': remaining,
      'ratelimit-reset': ttlInSeconds,
    });
    if (!limit.isExceeded) return true;
    const retry = { 'retry-after': String(ttlInSeconds) };
    await refuseCall(this.#http.portal, reply, notDone('too-many-requests'), retry);
    return false;
  }
}
