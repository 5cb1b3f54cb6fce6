import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startSession } from '../../portal/operations/sessions.ts';
import { sql } from '../../portal/store/sql.ts';
import { answered, apiAs, apiWith, problemOf, registerAs, tokenFor } from '../support/api.ts';
import { textOf } from '../support/http.ts';
import { type ServedPortal, servePortal, signedIn } from '../support/pages.ts';
import { requestOf, testServer } from '../support/portal.ts';

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal();
});
afterAll(() => served.close());

const call = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  fetch(`${served.url}/api/v1${path}`, { ...init, headers });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** All that an answer is, but its time. */
async function bytesOf(response: Response): Promise<string> {
  const headers = [...response.headers].filter(([name]) => name !== 'date');
  return JSON.stringify([response.status, headers, await response.text()]);
}

test('a token that is unknown, expired, revoked, malformed, cut or foreign to this portal opens nothing: one answer', async () => {
  const { portal, cast } = served;
  const good = await tokenFor(portal, cast.integrator);
  expect((await call('/account', bearer(good))).status).toBe(200);

  const revoked = await tokenFor(portal, cast.integrator);
  const of = apiWith(served.url, revoked);
  answered(await of.revokeAccessToken({ params: { id: answered(await of.showAccount(), 200).body.token.id } }), 204);
  const expired = await tokenFor(portal, cast.endUser, ['account'], -1);
  const tokens = [revoked, expired, 'dst_', good.slice(0, -1), `${good}x`, 'x'.repeat(9000), `dst_${'A'.repeat(43)}`];
  const answers = await Promise.all(tokens.map(async (token) => bytesOf(await call('/account', bearer(token)))));
  expect(new Set(answers).size).toBe(1);
  const [status, headers, body] = JSON.parse(answers[0] ?? '');
  expect(status).toBe(401);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'www-authenticate': `Bearer realm="${served.url}", error="invalid_token"`,
  });
  expect(JSON.parse(body)).toMatchObject({ code: 'token-needed', type: `${served.url}/help/access-tokens` });
});

test('without a token, or with another kind of proof, the answer says which is taken', async () => {
  const { cast } = served;
  for (const headers of [{}, { authorization: 'Basic bGVuYTpzZWNyZXQ=' }, { authorization: 'Bearer' }]) {
    const answer = await call('/account', headers as Record<string, string>);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm=/);
  }
  // A browser that is logged on is nobody here.
  const session = await startSession(served.portal, cast.integrator.id);
  const cookie = `datestone-portal-${new URL(served.url).port}-session=${session}`;
  expect((await call('/account', { cookie })).status).toBe(401);
});

test('a token does what its scopes say, and the refusal says which one is needed', async () => {
  const { cast } = served;
  const reader = await apiAs(served, cast.integrator, ['systems:read']);
  answered(await reader.listRegistrations(), 200);
  answered(await reader.showAccount(), 200);
  const body = { system_id: testServer().keys.systemId, authorised: true as const };
  expect(problemOf(await reader.bringRequest({ body }))).toMatchObject({
    code: 'scope-needed',
    status: 403,
    needed: 'systems:write',
    scopes: ['systems:read'],
  });
  const writer = await apiAs(served, cast.integrator, ['systems:write']);
  answered(await writer.bringRequest({ body }), 201);
  expect(problemOf(await writer.listRegistrations())).toMatchObject({ code: 'scope-needed', needed: 'systems:read' });
});

test('a token makes no token that may do more or lives longer than itself', async () => {
  const api = await apiAs(served, served.cast.endUser, ['account', 'systems:read']);
  const make = (scopes: ('account' | 'systems:read' | 'systems:write')[], expires_in_days: number) =>
    api.makeAccessToken({ body: { name: 'second', scopes, expires_in_days } });
  const { token } = answered(await make(['systems:read'], 10), 201).body;
  answered(await apiWith(served.url, token).showAccount(), 200);
  expect(problemOf(await make(['systems:write'], 10)).code).toBe('scope-needed');
  expect(problemOf(await make(['account'], 300))).toMatchObject({ errors: [{ pointer: '/expires_in_days' }] });
  expect(problemOf(await make(['account'], 400))).toMatchObject({ errors: [{ pointer: '/expires_in_days' }] });
});

test('a token is revoked by its account and by nobody else', async () => {
  const { cast } = served;
  const own = await apiAs(served, cast.integrator, ['account']);
  const other = await apiAs(served, cast.stranger, ['account']);
  const id = answered(await own.showAccount(), 200).body.token.id;
  expect(problemOf(await other.revokeAccessToken({ params: { id } })).code).toBe('not-found');
  answered(await own.revokeAccessToken({ params: { id } }), 204);
  expect(problemOf(await own.showAccount()).code).toBe('token-needed');
});

test('an account has at most 50 tokens that work; who races for the last gets one; an ended or revoked one makes room', async () => {
  const own = await servePortal();
  onTestFinished(() => own.close());
  const { portal, cast } = own;
  const api = await apiAs(own, cast.integrator, ['account']);
  await tokenFor(portal, cast.integrator, ['account'], -1);
  await tokenFor(portal, cast.endUser);
  for (let i = 0; i < 48; i++) await tokenFor(portal, cast.integrator);
  const one = () => api.makeAccessToken({ body: { name: 'one', scopes: ['account'], expires_in_days: 1 } });
  const answers = await Promise.all(Array.from({ length: 20 }, one));
  expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['answered', ...Array(19).fill('refused')]);
  expect(problemOf(await one())).toMatchObject({ code: 'access-token-limit', count: 50 });

  const person = await signedIn(own, cast.integrator);
  const page = await person.get('/account/access-tokens');
  expect(textOf(page.html)).toContain('You have 50 access tokens that work. Nothing was changed. Revoke one');
  expect(page.html).toMatch(/<button class="go" disabled/);
  const form = { action: `${own.url}/account/access-tokens`, method: 'post' as const };
  const posted = new URLSearchParams({ name: 'another', scopes: 'account', days: '7' });
  const refused = await person.browser.submit(page, form, posted);
  expect([refused.status, textOf(refused.html)]).toEqual([409, expect.stringContaining('Reason access-token-limit')]);

  const { items } = answered(await api.listAccessTokens(), 200).body;
  const id = items.find(({ name }) => name === 'one')?.id ?? '';
  answered(await api.revokeAccessToken({ params: { id } }), 204);
  answered(await one(), 201);
});

test('only the hash of a token is stored', async () => {
  const token = await tokenFor(served.portal, served.cast.integrator);
  const rows = await served.portal.db.rows(sql<{ row: string }>`
    select t::text as row from access_token t union all select o::text from outbox o
    union all select k::text from idempotency_key k`);
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.filter(({ row }) => row.includes(token) || row.includes(token.slice(4)))).toEqual([]);
});

test('the day of its last use is kept', async () => {
  const api = await apiAs(served, served.cast.endUser, ['account']);
  const { token } = answered(await api.showAccount(), 200).body;
  expect(token.last_used_on).toBe(served.portal.now().toISOString().slice(0, 10));
  const listed = answered(await api.listAccessTokens(), 200).body.items.find(({ id }) => id === token.id);
  expect(listed?.last_used_on).toBe(token.last_used_on);
});

test('a stranger gets the same, byte for byte, for what is another account’s and for what does not exist', async () => {
  const { portal, cast } = served;
  const integrator = await apiAs(served, cast.integrator);
  const { number, current } = await registerAs(integrator, await requestOf(portal, testServer()));
  const typed = { system_id: testServer().keys.systemId, authorised: true as const };
  const request = answered(await integrator.bringRequest({ body: typed }), 201).body;
  const draft = { subject: request.system_id };
  answered(await integrator.saveDraft({ params: draft, body: { installation: { site_name: 'Secret' } } }), 200);
  const association = current?.association ?? '';
  const nothing = { number: '00000001', id: '2f0f7f5e-6a3c-4d61-9f0a-2b7f3f1f9a10', draft: testServer().keys.systemId };

  const token = await tokenFor(portal, cast.stranger);
  const ask = async (method: string, path: string, body?: unknown): Promise<string> => {
    const headers = { ...bearer(token), 'if-match': '"1"', ...(body ? { 'content-type': 'application/json' } : {}) };
    const answer = await call(path, headers, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    const bytes = await bytesOf(answer);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    return bytes.replace(/\["ratelimit-(remaining|reset)","\d+"\]/g, '');
  };
  const pairs: [method: string, ofOthers: string, ofNobody: string, body?: unknown, other?: unknown][] = [
    ['GET', `/registrations/${number}`, `/registrations/${nothing.number}`],
    ['GET', `/registrations/${number}/history`, `/registrations/${nothing.number}/history`],
    ['PATCH', `/registrations/${number}`, `/registrations/${nothing.number}`, { warranty: { project: 'x' } }],
    ['GET', `/associations/${association}`, `/associations/${nothing.id}`],
    ['GET', `/requests/${request.id}`, `/requests/${nothing.id}`],
    ['DELETE', `/requests/${request.id}`, `/requests/${nothing.id}`],
    ['GET', `/requests/${request.id}/choices`, `/requests/${nothing.id}/choices`],
    ['GET', `/drafts/${request.system_id}`, `/drafts/${nothing.draft}`],
    ['DELETE', `/drafts/${request.system_id}`, `/drafts/${nothing.draft}`],
    ['PUT', `/drafts/${number}`, `/drafts/${nothing.number}`, { installation: {} }],
    ['POST', '/closings', '/closings', { registration: number }, { registration: nothing.number }],
    ['POST', '/confirmations', '/confirmations', { registration: number }, { registration: nothing.number }],
    ['POST', '/undos', '/undos', { registration: number, association }, { registration: nothing.number, association }],
    ['POST', '/merges', '/merges', { fresh: number, kept: nothing.number }, { fresh: nothing.number, kept: number }],
    [
      'POST',
      '/seat-requests',
      '/seat-requests',
      { request: request.id, what: 'seat' },
      { request: nothing.id, what: 'seat' },
    ],
    [
      'POST',
      '/conflict-settlements',
      '/conflict-settlements',
      { registration: number, conflict: association },
      { registration: nothing.number, conflict: association },
    ],
  ];
  for (const [method, ofOthers, ofNobody, body, other = body] of pairs) {
    expect([ofOthers, await ask(method, ofOthers, body)]).toEqual([ofOthers, await ask(method, ofNobody, other)]);
  }
  const { body: kept } = answered(await integrator.showDraft({ params: draft }), 200);
  expect(kept.answers.installation).toEqual({ site_name: 'Secret' });
});
