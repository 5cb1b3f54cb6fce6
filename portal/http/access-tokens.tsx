import type { FastifyReply } from 'fastify';
import { SCOPES, type Scope } from '../../api/contract/operation.ts';
import type { Problem } from '../../ui/reader.ts';
import { accessTokensOf, makeAccessToken, revokeAccessToken } from '../operations/access-tokens.ts';
import { AccessTokensPage, DAYS, MadeAccessTokenPage, type TypedToken } from '../pages/access-tokens.tsx';
import { type Http, type Posted, seeOther, send, signedIn, text, uuidOf } from './context.tsx';
import { freshlySignedIn } from './fresh.ts';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

const PATH = '/account/access-tokens';
const LONGEST_NAME = 80;
const DAY_MS = 24 * 60 * 60 * 1000;
const NOTHING_TYPED: TypedToken = { name: '', scopes: [], days: '90' };

/** Access tokens for programs: made here, shown once, revoked here. */
export function accessTokenRoutes(http: Http): void {
  const { app, portal } = http;

  app.get(PATH, async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    const query = request.query as Posted;
    return visitor ? overview(reply, visitor, 'name' in query ? typedIn(query) : NOTHING_TYPED) : reply;
  });

  app.post(PATH, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, PATH);
    if (!visitor) return reply;
    const typed = typedIn((request.body ?? {}) as Posted);
    const problems = problemsOf(typed, visitor);
    if (problems.length > 0) return overview(reply, visitor, typed, problems);
    // A token opens for longer than any page does. What was typed waits until its person has shown who they are.
    const { name, scopes, days } = typed;
    const filledIn = new URLSearchParams([['name', name], ...scopes.map((scope) => ['scopes', scope]), ['days', days]]);
    if (!(await freshlySignedIn(http, request, reply, `${PATH}?${filledIn}`))) return reply;
    const expiresAt = new Date(portal.now().getTime() + Number(days) * DAY_MS);
    const wanted = { name, scopes: scopes as Scope[], expiresAt };
    const result = await makeAccessToken(portal, visitor.account, wanted);
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result);
    const { token, made } = result;
    // The answer itself shows it, and nothing keeps the answer: in an address it would be in a history.
    reply.header('cache-control', 'no-store');
    return send(reply, <MadeAccessTokenPage visitor={visitor} portal={portal.settings} made={made} token={token} />);
  });

  app.post(`${PATH}/:id/revoke`, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, PATH);
    if (!visitor) return reply;
    await revokeAccessToken(portal, visitor.account.id, uuidOf(request, 'id'));
    return seeOther(reply, PATH);
  });

  async function overview(
    reply: FastifyReply,
    visitor: SignedIn,
    typed: TypedToken,
    problems: Problem[] = [],
  ): Promise<FastifyReply> {
    const tokens = await accessTokensOf(portal, visitor.account.id);
    const page = { visitor, portalName: portal.settings.name, tokens, typed, problems };
    return send(reply, <AccessTokensPage {...page} />, problems.length > 0 ? 422 : 200);
  }
}

function typedIn(posted: Posted): TypedToken {
  const scopes = [posted['scopes'] ?? []].flat();
  return { name: text(posted['name']).trim(), scopes, days: text(posted['days']) };
}

function problemsOf({ name, scopes, days }: TypedToken, { t }: SignedIn): Problem[] {
  const known: readonly string[] = SCOPES;
  const problems: Problem[] = [];
  if (name === '') problems.push({ field: 'name', text: t('tokens.problem.name') });
  else if (name.length > LONGEST_NAME) {
    problems.push({ field: 'name', text: t('tokens.problem.name-long', { max: LONGEST_NAME }) });
  }
  if (scopes.length === 0 || !scopes.every((scope) => known.includes(scope))) {
    problems.push({ field: 'scopes', text: t('tokens.problem.scopes') });
  }
  if (!DAYS.some((one) => String(one) === days)) problems.push({ field: 'days', text: t('tokens.problem.days') });
  return problems;
}
