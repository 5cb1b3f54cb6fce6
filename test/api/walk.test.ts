import { afterAll, beforeAll, expect, test } from 'vitest';
import { items } from '../../api/client.ts';
import { linesOf } from '../../core/system-id.ts';
import { ANSWERS, answered, apiAs, problemOf, registerAs } from '../support/api.ts';
import { type ServedPortal, servePortal } from '../support/pages.ts';
import { rebuilt, requestOf, testServer } from '../support/portal.ts';

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal();
});
afterAll(() => served.close());

test('a system is registered, and its new System ID is associated after its database was deleted', async () => {
  const { portal, cast } = served;
  const api = await apiAs(served, cast.integrator);
  const server = testServer();

  const request = answered(
    await api.bringRequest({ body: { document: await requestOf(portal, server), authorised: true } }),
    201,
  ).body;
  expect(request).toMatchObject({ how: 'carried', proven: true, standing: 'free', server: { name: 'HN-A-ES01' } });
  const made = answered(await api.register({ body: { request: request.id, answers: ANSWERS } }), 201);
  expect(made.body).toMatchObject({ state: 'registered', seat: 'integrator', current: { short_id: request.short_id } });
  const { number } = made.body;

  const again = rebuilt(server);
  const fresh = answered(
    await api.bringRequest({ body: { document: await requestOf(portal, again), authorised: true } }),
    201,
  ).body;
  expect(fresh.installation_of).toBe('Hospital North, Building A');
  const [choice] = answered(await api.listChoices({ params: { id: fresh.id } }), 200).body.items;
  expect(choice).toMatchObject({ number, reason: 'instance', association: made.body.current?.association });
  const seen = choice?.association ?? undefined;
  const body = { request: fresh.id, registration: number, seen };
  const associated = answered(await api.associate({ body }), 201).body;
  expect(associated).toMatchObject({ registration: number, state: 'current', undo: { allowed: 'yes' } });
  expect(answered(await api.associate({ body }), 200).body).toEqual(associated);

  const now = answered(await api.showRegistration({ params: { number } }), 200).body;
  expect(now.current?.association).toBe(associated.id);
  expect(now.retired.map((system) => system.system_id)).toEqual([server.keys.systemId]);
});

test('a System ID as a person types it waits for the system’s own word', async () => {
  const api = await apiAs(served, served.cast.integrator);
  const typed = linesOf(testServer().keys.systemId).join('\n').toLowerCase();
  const request = answered(await api.bringRequest({ body: { system_id: typed, authorised: true } }), 201).body;
  expect(request).toMatchObject({ how: 'typed', proven: false });
  const registration = answered(await api.register({ body: { request: request.id, answers: ANSWERS } }), 201).body;
  expect(registration).toMatchObject({ current: null, claims: [{ short_id: request.short_id }] });
});

test('a list is walked page by page', async () => {
  const api = await apiAs(served, served.cast.integrator);
  const numbers: string[] = [];
  for await (const row of items(api, 'listRegistrations', { query: { limit: 1 } })) numbers.push(row.number);
  const whole = answered(await api.listRegistrations(), 200).body;
  expect(numbers.length).toBeGreaterThan(1);
  expect(numbers).toEqual(whole.items.map((row) => row.number));
});

test('the choices are walked page by page in the same order, whatever their reason', async () => {
  const { portal, cast } = served;
  const api = await apiAs(served, cast.integrator);
  const server = testServer('BUILDING-B');
  await registerAs(api, await requestOf(portal, server));
  const document = await requestOf(portal, rebuilt(server));
  const { id } = answered(await api.bringRequest({ body: { document, authorised: true } }), 201).body;
  const whole = answered(await api.listChoices({ params: { id } }), 200).body.items;
  const walked = [];
  for await (const item of items(api, 'listChoices', { params: { id }, query: { limit: 1 } })) walked.push(item);
  expect(walked).toEqual(whole);
  expect(walked.length).toBeGreaterThan(2);
  expect(walked[0]?.reason).toBe('instance');
});

test('what is mistyped is answered with where and what', async () => {
  const api = await apiAs(served, served.cast.integrator);
  const wrong = await api.bringRequest({ body: { system_id: 'ABC', authorised: true } });
  expect(problemOf(wrong)).toMatchObject({
    type: `${served.url}/help/what-a-program-sends`,
    status: 422,
    code: 'not-as-described',
    errors: [{ pointer: '/system_id' }],
  });
});
