import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { apiClient } from '../api/client.ts';
import type { BuildingsExchange } from '../cli/demo/buildings-exchange.tsx';
import type { Cast } from '../portal/seed.ts';
import { openDatabase } from '../portal/store/database.ts';
import { databaseUrl } from '../portal/store/postgres.ts';
import { sql } from '../portal/store/sql.ts';
import { ANSWERS, answered, apiWith, problemOf, tokenFor } from './support/api.ts';
import { Gate, toAssociate } from './support/associating.ts';
import { Cluster } from './support/cluster.ts';
import { asAdmin } from './support/clusters.ts';
import { somebody, startExchange } from './support/exchange.ts';
import { headingOf, textOf } from './support/http.ts';
import { checkIn, checkInOf, Person, sendCheckIn } from './support/pages.ts';
import {
  actsOf,
  currentAssociation,
  rebuilt,
  registered,
  systemIdsOf,
  type TestPortal,
  testServer,
} from './support/portal.ts';
import { freePort } from './support/processes.ts';
import { type ServedCluster, serveCluster } from './support/served-cluster.ts';
import type { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';

/** Several portal processes on one database are one portal. (`test/walk.test.ts` walks through two as well.) */

const SITE = 'Hospital North, Building A';

let served: ServedCluster;
let exchange: BuildingsExchange | undefined;
let exchangePort: number;
let gate: Gate;
let mailbox: Mailbox;
let cluster: Cluster;
let portal: TestPortal;
let cast: Cast;

beforeAll(async () => {
  exchangePort = await freePort();
  served = await serveCluster({ exchangePort });
  ({ mailbox, cluster, portal, cast } = served);
  gate = await new Gate(served.database.url).make();
});
afterAll(async () => {
  await exchange?.stop();
  await gate.end();
  await served.close();
});
beforeEach(() => cluster.start());
afterEach(() => cluster.kill());

const typedBody = () => ({ system_id: testServer().keys.systemId, authorised: true as const });
const TEMPLATE = 'site_name,company,address,city,country,segments,site_administrator_name,site_administrator_email';
const row = (site: string) =>
  `${site},Northfield,Palle Allé 10,Aarhus,DK,healthcare,Jonas Berg,jonas@northfield.example`;

const mailsOf = (registration: string) => mailbox.mails.filter((mail) => mail.text.includes(registration));

async function untilMailsAreSent(registration: string): Promise<void> {
  await until('all mails to be sent', async () => {
    const open = await portal.db.rows(sql`
      select from outbox where registration = ${registration} and accepted_at is null and given_up_at is null`);
    return open.length === 0;
  });
}

test('a person goes through both, one of them is killed on the way, and nothing is lost', async () => {
  const before = testServer();
  const registration = await registered(portal, cast.integrator, before, { site: SITE, endUser: cast.endUser });
  const after = rebuilt(before);

  const person = new Person(served);
  const logOn = await person.carry(after);
  expect(textOf(logOn.html)).toContain('You came from HN-A-ES01');
  const proceed = await person.logOn(cast.integrator, logOn);
  const question = await person.press(proceed, 'Proceed');
  expect(Math.min(...cluster.answered)).toBeGreaterThan(2);
  await cluster.programs[0].kill();

  const review = await person.press(await person.choose(question), `Select ${SITE}`);
  const done = await person.press(review, 'Associate');
  expect(headingOf(done)).toBe(`${SITE} now has the new System ID`);
  expect((await systemIdsOf(portal, registration)).current).toEqual([after.keys.systemId]);
  await checkIn(served, after, registration);

  // The other one is back: the next clicks alternate again.
  await cluster.programs[0].start();
  expect(textOf((await person.get(done.url)).html)).toContain(`shows ${SITE} since`);
  await untilMailsAreSent(registration);
  const told = mailsOf(registration).filter((mail) => mail.subject.includes('new System ID associated'));
  expect(told.flatMap((mail) => mail.to).sort()).toEqual([cast.endUser.email, cast.integrator.email].sort());

  const system = await person.get(
    `/systems/${registration}/associations/${await currentAssociation(portal, registration)}`,
  );
  const asked = await person.press(system, 'Undo');
  expect(await systemIdsOf(portal, registration)).toMatchObject({ current: [before.keys.systemId] });
  expect(headingOf(asked)).not.toBe('');
});

test('the one that makes an association is killed: the next press, at the other, brings it to its end, once', async () => {
  const prepared = await toAssociate(portal, cast, cluster.url);
  await gate.close('outbox', 'before insert');
  const at = cluster.next;
  const answer = prepared.send();
  const { pid } = await gate.someone();
  await cluster.programs[at].kill();
  expect((await answer).status).toBe(502);
  await gate.open();
  await gate.gone(pid);
  expect((await prepared.send()).status).toBe(303);
  const acts = await actsOf(portal, prepared.registration);
  expect(acts.filter((act) => act === 'associated')).toHaveLength(1);
  await untilMailsAreSent(prepared.registration);
  expect(mailsOf(prepared.registration)).toHaveLength(3);
});

test('a registration is made through both by a program, and what one knows of it the other knows', async () => {
  const token = await tokenFor(portal, cast.integrator);
  const [one, other] = [apiWith(cluster.urlOf(0), token), apiWith(cluster.urlOf(1), token)];
  const options = { idempotencyKey: randomBytes(12).toString('hex') };
  const request = answered(await one.bringRequest({ body: typedBody() }), 201).body;
  const call = { body: { request: request.id, answers: ANSWERS } };
  const made = answered(await one.register(call, options), 201);
  const again = answered(await other.register(call, options), 201);
  expect([again.replayed, again.body]).toEqual([true, made.body]);
  expect(
    problemOf(await other.register({ body: { ...call.body, answers: { ...ANSWERS, warranty: {} } } }, options)).code,
  ).toBe('idempotency-key-reused');

  const params = { number: made.body.number };
  const seen = answered(await one.showRegistration({ params }), 200);
  const city = (name: string) => ({ installation: { ...ANSWERS.installation, city: name } });
  const ifMatch = seen.etag ?? '';
  answered(await other.edit({ params, ifMatch, body: city('Odense') }), 200);
  expect(problemOf(await one.edit({ params, ifMatch, body: city('Skive') })).code).toBe('stale-etag');
  expect(answered(await one.showRegistration({ params }), 200).body.answers.installation?.city).toBe('Odense');

  const [own] = answered(await one.listAccessTokens(), 200).body.items;
  answered(await one.revokeAccessToken({ params: { id: own?.id ?? '' } }), 204);
  expect(problemOf(await other.showRegistration({ params })).code).toBe('token-needed');
});

test('the one that a program has called is killed: the client brings the call to its end at the other, once', async () => {
  const api = apiClient({ portal: cluster.url, token: await tokenFor(portal, cast.integrator) });
  const request = answered(await api.bringRequest({ body: typedBody() }), 201).body;
  await gate.close('history', 'before insert');
  const at = cluster.next;
  const answer = api.register({ body: { request: request.id, answers: ANSWERS } });
  await gate.someone();
  await cluster.programs[at].kill();
  await gate.open();
  const made = answered(await answer, 201);
  expect(await actsOf(portal, made.body.number)).toEqual(['registered']);
  const ids = await systemIdsOf(portal, made.body.number);
  expect(Object.values(ids).flat()).toEqual([request.system_id]);
});

test('the provider is down when both start; later a log-on begins at one and ends at the other', async () => {
  const WITH = 'Log on with Buildings Exchange';
  for (const n of [0, 1] as const) {
    const browser = new Person({ url: cluster.urlOf(n), portal });
    const down = await browser.browser.follow(await browser.get('/log-on'), WITH);
    expect([down.status, textOf(down.html)]).toEqual([503, expect.stringContaining('Reason provider-unreachable')]);
  }
  exchange = await startExchange(cluster.url, exchangePort, [somebody('petra')]);
  const browser = new Person(served);
  const logOn = await browser.carry(testServer());
  const at = cluster.next;
  const choose = await browser.browser.follow(logOn, WITH);
  browser.browser.stopBefore = cluster.url;
  const { url: answer } = await browser.press(choose, 'Select Name of petra');
  browser.browser.stopBefore = undefined;
  await cluster.programs[at].kill();
  const first = await browser.browser.get(answer);
  expect(headingOf(first)).toBe('One more step');
  await cluster.programs[at].start();
  await cluster.programs[1 - at]?.kill();
  // And what was carried is still there, at the one that was killed.
  const proceed = await browser.press(first, 'Continue', { organisation: 'Exchange Controls' });
  expect(headingOf(proceed)).toBe('Are you authorised for this system?');
  expect(headingOf(await browser.press(proceed, 'Proceed'))).toBe('HN-A-ES01 is new to us');
});

test('an account is asked for at one, and made at the other by the link of its mail', async () => {
  const email = 'nora@several.example';
  const browser = new Person(served);
  const form = await browser.get('/create-account');
  const at = cluster.next;
  const who = { name: 'Nora New', email, organisation: 'New Controls', kind: 'integrator' };
  expect(headingOf(await browser.press(form, 'Create account', who))).toBe('Check your e-mail');
  await cluster.programs[at].kill();
  const { text } = await mailbox.waitFor(email, 'Finish creating your account');
  const choose = await browser.browser.get(/^https?:\S+$/m.exec(text)?.[0] ?? '');
  await cluster.programs[at].start();
  await cluster.programs[1 - at]?.kill();
  const there = await browser.press(choose, 'Create account', { password: 'kupfer dach tee bohne' });
  expect(headingOf(there)).toBe('Registered systems');
});

test('a file is checked at one, and its registrations are made at the other', async () => {
  const person = new Person(served);
  await person.logOn(cast.integrator);
  const page = await person.get('/prepare/import');
  const at = cluster.next;
  const file = new File([`${TEMPLATE}\n${row('Several A')}\n${row('Several B')}`], 'sites.csv');
  const uploading = cluster.answered[at];
  const checked = await person.browser.upload(page, 'Check the file', 'file', file);
  expect(headingOf(checked)).toBe('Check the rows of the file');
  expect(cluster.answered[at]).toBe(uploading + 1);
  await cluster.programs[at].kill();
  const made = await person.press(checked, 'Prepare 2 registrations');
  expect(headingOf(made)).toBe('2 registrations are prepared');
  await cluster.programs[at].start();
  for (let n = 0; n < 2; n++) {
    expect(headingOf(await person.press(checked, 'Prepare 2 registrations'))).toBe('2 registrations are prepared');
  }
  const systems = await person.get('/systems?q=several&state=prepared');
  expect(textOf(systems.html).match(/Several [AB]/g)).toEqual(['Several A', 'Several B']);
});

test('a system checks in with both in turn, and its token of one counts at the other', async () => {
  const server = testServer('CHECKING');
  const registration = await registered(portal, cast.integrator, server, { site: 'Checking Church' });
  const said = async (at: 0 | 1, token?: string, by = server) =>
    sendCheckIn(cluster.urlOf(at), portal, by, await checkInOf(portal, by, { token, registration }));
  let token: string | undefined;
  for (const at of [0, 1, 0, 1] as const) {
    const answer = await said(at, token);
    expect([answer.conflict, answer.token === token]).toEqual([undefined, false]);
    token = answer.token;
  }
  await cluster.programs[0].kill();
  const document = await checkInOf(portal, server, { token, registration });
  const answer = await sendCheckIn(cluster.url, portal, server, document);
  await cluster.programs[0].start();
  // As if that answer had been lost on the way: the same bytes get the same answer, from whomever.
  expect(await sendCheckIn(cluster.urlOf(0), portal, server, document)).toEqual(answer);
  // Two live copies are found out, also where each speaks with another one.
  const copy = { ...server };
  expect((await said(1, answer.token)).conflict).toBeUndefined();
  expect((await said(0, token, copy)).conflict).toBe('restored');
});

test('two that start at the very same moment on an empty database are one portal with one set of keys', async () => {
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await asAdmin(inject('postgres'), `create database ${name}`);
  const url = databaseUrl(inject('postgres'), name);
  const data = mkdtempSync(join(tmpdir(), 'datestone-empty-'));
  const both = await (await Cluster.of({ databaseUrl: url, data })).start();
  const bundles = await Promise.all([0, 1].map(async (n) => (await fetch(`${both.urlOf(n as 0 | 1)}/bundle`)).text()));
  expect(bundles[0]).toBe(bundles[1]);
  expect(readFileSync(join(data, 'portal.bundle'), 'utf8')).toBe(bundles[0]);
  for (const n of [0, 1] as const) expect((await fetch(`${both.urlOf(n)}/readyz`)).status).toBe(200);
  const db = openDatabase({ connectionString: url });
  expect(await db.rows(sql`select count(*)::int as n, count(distinct purpose)::int as kinds from portal_key`)).toEqual([
    { n: 10, kinds: 3 },
  ]);
  await db.close();
  await both.stop();
  await asAdmin(inject('postgres'), `drop database ${name} with (force)`);
  rmSync(data, { recursive: true, force: true });
});
