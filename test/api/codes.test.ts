import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../api/client.ts';
import { openRecord } from '../../core/documents/record.ts';
import { readRegistrationCode } from '../../core/registration-code.ts';
import { sql } from '../../portal/store/sql.ts';
import { answered, apiAs, problemOf, registerAs } from '../support/api.ts';
import { type ServedPortal, servePortal } from '../support/pages.ts';
import { rebuilt, requestOf, shownFor, type TestServer, testServer } from '../support/portal.ts';

let served: ServedPortal;
let api: Client;
let strangers: Client;
beforeAll(async () => {
  served = await servePortal({ claimLimit: 1000 });
  api = await apiAs(served, served.cast.integrator);
  strangers = await apiAs(served, served.cast.stranger);
});
afterAll(() => served.close());

/** A claim by a file: the old System ID of a registration stays current meanwhile. */
async function claimed(server: TestServer) {
  const { portal } = served;
  const old = testServer();
  const { number, current } = await registerAs(api, await requestOf(portal, old));
  const document = await requestOf(portal, server, { via: 'file' });
  const { id: request } = answered(await api.bringRequest({ body: { document, authorised: true } }), 201).body;
  const seen = current?.association;
  const made = await api.associate({ body: { request, registration: number, seen, reason: 'database-deleted' } });
  const { id: association, state, how } = answered(made, 201).body;
  expect([state, how]).toEqual(['claimed', 'file']);
  return { number, association };
}

test('a claim that came in a file is confirmed by code, without a page', async () => {
  const server = testServer();
  const params = await claimed(server);
  expect(problemOf(await api.showCode({ params }))).toMatchObject({ code: 'not-among-yours' });
  const { code, ...said } = answered(await api.handOutCode({ params, body: {} }), 201).body;
  expect(said).toMatchObject({ sequence: 1, tries_left: 5, codes_left: 4094, nearly_used_up: false });
  expect(answered(await api.handOutCode({ params, body: {} }), 200).body.code).toBe(code);
  expect(answered(await api.showCode({ params }), 200).body.code).toBe(code);

  const reading = readRegistrationCode(code);
  if (reading.outcome !== 'read') throw new Error(reading.outcome);
  const shown = shownFor(served.portal, server, reading.code);
  const mistyped = `${shown.slice(0, 4)}${shown[4] === '7' ? '8' : '7'}${shown.slice(5)}`;
  expect(problemOf(await api.confirmWithCode({ params, body: { code: mistyped } }))).toMatchObject({
    code: 'not-as-described',
    errors: [{ pointer: '/code', detail: expect.stringMatching(/^(?:Check group|Several)/) }],
  });
  expect(answered(await api.confirmWithCode({ params, body: { code: shown } }), 200).body.outcome).toBe('confirmed');
  expect(answered(await api.confirmWithCode({ params, body: { code: shown } }), 200).body.outcome).toBe('already');
  const { current, retired } = answered(await api.showRegistration({ params }), 200).body;
  expect([current?.system_id, retired.length]).toEqual([server.keys.systemId, 1]);
});

test('the record of a claim is a file that its server reads', async () => {
  const server = testServer();
  const params = await claimed(server);
  const { record, file_name, system_id } = answered(await api.showRecord({ params }), 200).body;
  expect(system_id).toBe(server.keys.systemId);
  expect(file_name).toMatch(/-[0-9A-Z]{5}-[0-9A-Z]{5}-registration\.datestone$/);
  const opened = await openRecord(`${record}\n`, served.portal.keys.bundle, server.keys.systemId);
  expect(opened).toMatchObject({ outcome: 'genuine', record: { registration: params.number, state: 'registered' } });
});

test('the code is mailed to who asks, once, and stands in no subject', async () => {
  const params = await claimed(testServer());
  const { email } = served.cast.integrator;
  expect(answered(await api.mailCode({ params }), 202).body).toEqual({ outcome: 'sent', to: email });
  expect(answered(await api.mailCode({ params }), 202).body).toEqual({ outcome: 'already', to: email });
  const { code } = answered(await api.showCode({ params }), 200).body;
  const rows = await served.portal.db.rows(sql<{ address: string; facts: { code: string } }>`
    select address, facts from outbox where template = 'registration-code' and association = ${params.association}`);
  expect(rows).toMatchObject([{ address: email, facts: { code } }]);
});

test('a stranger gets the answer of what does not exist', async () => {
  const params = await claimed(testServer());
  answered(await api.handOutCode({ params, body: {} }), 201);
  const nowhere = { ...params, number: '00000000' };
  const calls = [
    (asked: typeof params) => strangers.showCode({ params: asked }),
    (asked: typeof params) => strangers.handOutCode({ params: asked, body: {} }),
    (asked: typeof params) => strangers.mailCode({ params: asked }),
    (asked: typeof params) => strangers.confirmWithCode({ params: asked, body: { code: '789Y3-E5PGF' } }),
    (asked: typeof params) => strangers.showRecord({ params: asked }),
  ];
  for (const call of calls) {
    const foreign = problemOf(await call(params));
    expect(foreign).toMatchObject({ code: 'not-among-yours' });
    expect(problemOf(await call(nowhere))).toEqual(foreign);
  }
});

test('several files are kept or refused each by itself', async () => {
  const { portal } = served;
  const [one, two] = [testServer('ONE'), testServer('TWO')];
  const good = await requestOf(portal, one, { via: 'file' });
  const forClick = await requestOf(portal, two);
  const record = answered(await api.showRecord({ params: await claimed(rebuilt(one)) }), 200).body.record;
  const documents = [`${good}\n`, `${portal.settings.url}/r#${forClick}`, record, 'hello', portal.keys.bundleDocument];
  const { results } = answered(await api.bringFiles({ body: { documents, authorised: true } }), 200).body;
  expect(results.map(({ request, problem }) => request?.server?.name ?? problem?.code)).toEqual([
    'ONE',
    'TWO',
    'not-a-request',
    'not-a-request',
    'not-a-request',
  ]);
  expect(results.map(({ request }) => request?.proven)).toEqual([false, false, undefined, undefined, undefined]);
  expect(results[1]?.request?.how).toBe('file');
});
