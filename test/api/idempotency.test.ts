import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { apiClient } from '../../api/client.ts';
import { sql } from '../../portal/store/sql.ts';
import { ANSWERS, answered, apiAs, problemOf, tokenFor } from '../support/api.ts';
import { newFolder } from '../support/folders.ts';
import { type ServedPortal, servePortal } from '../support/pages.ts';
import { testCast, testPortal, testServer } from '../support/portal.ts';
import { testDatabase } from '../support/postgres.ts';
import { portalProgram } from '../support/processes.ts';
import { until } from '../support/until.ts';

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal({ claimLimit: 1000 });
});
afterAll(() => served.close());

const integrator = () => apiAs(served, served.cast.integrator);
const typed = () => ({ body: { system_id: testServer().keys.systemId, authorised: true as const } });

async function countOf(table: 'registration' | 'request'): Promise<number> {
  const statement =
    table === 'request'
      ? sql<{ n: number }>`select count(*)::int as n from request`
      : sql<{ n: number }>`select count(*)::int as n from registration`;
  return (await served.portal.db.row(statement))?.n ?? 0;
}

/** The call without the client's own retries. */
async function post(path: string, key: string, body: unknown, token: string): Promise<Response> {
  return fetch(`${served.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

test('the same key and the same call give the same answer, and it is said that it is a repetition', async () => {
  const api = await integrator();
  const call = typed();
  const before = await countOf('request');
  const options = { idempotencyKey: randomUUID() };
  const first = answered(await api.bringRequest(call, options), 201);
  const second = answered(await api.bringRequest(call, options), 201);
  expect(second.body).toEqual(first.body);
  expect([first.replayed, second.replayed]).toEqual([false, true]);
  expect(await countOf('request')).toBe(before + 1);
});

test('twenty at once with one key: one registration, and all get the same answer', async () => {
  const api = await integrator();
  const request = answered(await api.bringRequest(typed()), 201).body;
  const before = await countOf('registration');
  const options = { idempotencyKey: randomUUID() };
  const call = { body: { request: request.id, answers: ANSWERS } };
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => api.register(call, options)));
  const bodies = outcomes.map((outcome) => JSON.stringify(answered(outcome, 201).body));
  expect(new Set(bodies).size).toBe(1);
  expect(outcomes.filter((outcome) => outcome.outcome === 'answered' && !outcome.replayed)).toHaveLength(1);
  expect(await countOf('registration')).toBe(before + 1);
});

test('while the first call runs, the same key is told to wait', async () => {
  const token = await tokenFor(served.portal, served.cast.integrator);
  const key = randomUUID();
  const { body } = typed();
  const first = await served.portal.db.transaction(async (tx) => {
    // The first call waits for this row of its System ID.
    await tx.rows(sql`insert into system (system_id) values (${body.system_id})`);
    const running = post('/requests', key, body, token);
    await until('the first call to wait for the row', async () => {
      const waiting = await served.portal.db.row(sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      return waiting !== undefined;
    });
    const second = await post('/requests', key, body, token);
    expect([second.status, (await second.json()).code]).toEqual([409, 'idempotency-key-in-use']);
    expect(second.headers.get('retry-after')).toBe('1');
    return { running };
  });
  expect((await first.running).status).toBe(201);
});

test('a key belongs to its call: another body, another operation and another account do not get its answer', async () => {
  const api = await integrator();
  const options = { idempotencyKey: randomUUID() };
  answered(await api.bringRequest(typed(), options), 201);
  expect(problemOf(await api.bringRequest(typed(), options))).toMatchObject({
    code: 'idempotency-key-reused',
    status: 422,
  });
  expect(problemOf(await api.close({ body: { registration: '00000000' } }, options)).code).toBe(
    'idempotency-key-reused',
  );
  const stranger = await apiAs(served, served.cast.stranger);
  expect(answered(await stranger.bringRequest(typed(), options), 201).replayed).toBe(false);
});

test('a refusal is an answer too: it is given again, although it would be another one now', async () => {
  const api = await integrator();
  const request = answered(await api.bringRequest(typed()), 201).body;
  const options = { idempotencyKey: randomUUID() };
  const ask = { body: { request: randomUUID(), what: 'seat' as const } };
  expect(problemOf(await api.askForSeat(ask, options)).code).toBe('request-expired');
  await served.portal.db.rows(sql`update request set id = ${ask.body.request} where id = ${request.id}`);
  expect(problemOf(await api.askForSeat(ask, options)).code).toBe('request-expired');
  expect(answered(await api.askForSeat(ask), 202).body.outcome).toBe('passed-on');
});

test('a call that was not understood uses up no key', async () => {
  const api = await integrator();
  const options = { idempotencyKey: randomUUID() };
  const wrong = { body: { ...typed().body, system_id: undefined } };
  expect(problemOf(await api.bringRequest(wrong, options)).code).toBe('not-as-described');
  answered(await api.bringRequest(typed(), options), 201);
});

test('an answer with a secret is not kept: the second call makes nothing and says so', async () => {
  const api = await integrator();
  const options = { idempotencyKey: randomUUID() };
  const call = { body: { name: 'once', scopes: ['systems:read' as const], expires_in_days: 1 } };
  answered(await api.makeAccessToken(call, options), 201);
  expect(problemOf(await api.makeAccessToken(call, options))).toMatchObject({ code: 'idempotency-answer-not-kept' });
  const listed = answered(await api.listAccessTokens(), 200).body.items.filter(({ name }) => name === 'once');
  expect(listed).toHaveLength(1);
});

test('a key that cannot be one is refused', async () => {
  const api = await integrator();
  for (const idempotencyKey of ['x'.repeat(201), 'with space']) {
    expect(problemOf(await api.bringRequest(typed(), { idempotencyKey }))).toMatchObject({
      code: 'not-as-described',
      errors: [{ parameter: 'Idempotency-Key' }],
    });
  }
});

test('after 24 hours a key is forgotten', async () => {
  const own = await servePortal();
  onTestFinished(() => own.close());
  const api = await apiAs(own, own.cast.integrator);
  const options = { idempotencyKey: randomUUID() };
  const call = typed();
  const first = answered(await api.bringRequest(call, options), 201).body;
  own.portal.pass(23);
  expect(answered(await api.bringRequest(call, options), 201).body).toEqual(first);
  own.portal.pass(2);
  expect(answered(await api.bringRequest(call, options), 201).body.id).not.toBe(first.id);
  const rows = await own.portal.db.rows(sql`select from idempotency_key`);
  expect(rows).toHaveLength(1);
});

test('the portal is killed while calls are made: the same calls at another one do each thing once', async () => {
  const database = await testDatabase();
  const local = await testPortal(database.db);
  const cast = await testCast(local);
  const token = await tokenFor(local, cast.integrator);
  const settings = { databaseUrl: database.url, data: newFolder() };
  const env = { DATESTONE_CLAIM_LIMIT: '1000', DATESTONE_API_CALLS_PER_MINUTE: '100000' };
  const first = await (await portalProgram({ ...settings, env })).start();
  const second = await (await portalProgram({ ...settings, data: newFolder(), env })).start();
  onTestFinished(async () => {
    await Promise.all([first.kill(), second.kill()]);
    await database.drop();
  });
  const [one, other] = [first, second].map(({ url }) => apiClient({ portal: url, token, retries: 0 }));
  if (!one || !other) throw new Error('There are two portals.');

  const requests = await Promise.all(
    Array.from({ length: 24 }, async () => answered(await one.bringRequest(typed()), 201).body.id),
  );
  const calls = requests.map((request) => ({
    call: { body: { request, answers: ANSWERS } },
    options: { idempotencyKey: randomUUID() },
  }));
  // Some are answered, some are being carried out, some have not begun.
  let answers = 0;
  const before = await Promise.all(
    calls.map(async ({ call, options }) => {
      const outcome = await one.register(call, options);
      answers += 1;
      if (answers === 3) void first.kill();
      return outcome;
    }),
  );
  expect(before.filter(({ outcome }) => outcome === 'unreachable').length).toBeGreaterThan(0);

  for (const [n, { call, options }] of calls.entries()) {
    const again = await other.register(call, options);
    const made = answered(again, 201);
    const known = before[n];
    if (known?.outcome === 'answered') {
      expect(made.replayed).toBe(true);
      expect(made.body).toEqual(known.body);
    }
    expect(answered(await other.register(call, options), 201).body).toEqual(made.body);
  }
  const made = await database.db.row(sql<{ n: number }>`select count(*)::int as n from registration`);
  expect(made?.n).toBe(calls.length);
});
