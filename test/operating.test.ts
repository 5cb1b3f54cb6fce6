import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linesOf, shortId } from '../core/system-id.ts';
import type { Cast } from '../portal/seed.ts';
import { sql } from '../portal/store/sql.ts';
import { headingOf } from './support/http.ts';
import { checkIn, PASSWORD, Person } from './support/pages.ts';
import { rebuilt, registered, requestOf, type TestPortal, testCast, testPortal, testServer } from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { freePort, type Program, portalProgram } from './support/processes.ts';
import { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';

/** What the people who run a portal see of it: that it is well, what it does, and nothing of what it is about. */

const SITE = 'Hospital North, Building A';
const BEARER = 'a-token-that-somebody-sent-0123456789abcdef';

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let program: Program;
let mailbox: Mailbox;
let folder: string;
let metricsUrl: string;
let registration: string;
/** Everything that was sent, and belongs in no log and no label. */
const secrets: Record<string, string> = {};

beforeAll(async () => {
  database = await testDatabase();
  mailbox = await new Mailbox().start();
  folder = mkdtempSync(join(tmpdir(), 'datestone-operating-'));
  const [port, metricsPort] = [await freePort(), await freePort()];
  metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  const url = `http://localhost:${port}`;
  portal = await testPortal(database.db, url);
  portal.now = () => new Date();
  cast = await testCast(portal);
  program = await portalProgram({
    databaseUrl: database.url,
    data: folder,
    port,
    smtpUrl: mailbox.url,
    env: {
      DATESTONE_PORTAL_NAME: 'Test portal',
      DATESTONE_LOG_LEVEL: 'debug',
      DATESTONE_METRICS_PORT: `${metricsPort}`,
    },
  });
  await program.start();
  await walk(url);
});
afterAll(async () => {
  await program.stop();
  await mailbox.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Log on, associate, be refused, send nonsense, and meet a portal that fails. */
async function walk(url: string): Promise<void> {
  const served = { url, portal };
  const before = testServer('SECRET-SERVER-NAME');
  registration = await registered(portal, cast.integrator, before, { site: SITE });
  const after = rebuilt(before);
  const lena = new Person(served);
  const refusedLogOn = await lena.press(await lena.get('/log-on'), 'Log on', {
    email: cast.integrator.email,
    password: 'a-wrong-password',
  });
  expect(refusedLogOn.status).toBe(422);
  const proceed = await lena.logOn(cast.integrator, await lena.carry(after));
  const review = await lena.press(await lena.choose(await lena.press(proceed, 'Proceed')), `Select ${SITE}`);
  const done = await lena.press(review, 'Associate');
  expect(headingOf(done)).toContain(SITE);
  await checkIn(served, after, registration);

  const stranger = new Person(served);
  await stranger.logOn(cast.stranger);
  expect((await stranger.get(`/systems/${registration}`)).status).toBe(404);
  expect((await stranger.post('no-document-at-all-but-a-secret', 'http://somewhere.example')).status).toBe(400);
  expect((await stranger.get('/nothing/here?secret=in-a-query')).status).toBe(404);

  const cookie = await logOnByHand(url);
  expect((await fetch(`${url}/systems?q=in-a-search`, { headers: { cookie } })).status).toBe(200);
  const call = { headers: { authorization: `Bearer ${BEARER}`, 'content-type': 'application/json' } };
  expect((await fetch(`${url}/api/v1/account`, call)).status).toBe(401);
  const damaged = await fetch(`${url}/api/v1/requests`, { ...call, method: 'POST', body: '{"half": "a-document' });
  expect(damaged.status).toBeLessThan(500);
  expect((await fetch(`${url}/check-ins`, { method: 'POST', body: 'no-check-in' })).status).toBeLessThan(500);

  const document = await requestOf(portal, testServer());
  await database.db.transaction((tx) => tx.script('alter table request rename to request_away'));
  expect((await stranger.post(document, 'http://somewhere.example')).status).toBe(503);
  await database.db.transaction((tx) => tx.script('alter table request_away rename to request'));
  await until('all mails to be sent', () => mailbox.mails.length >= 2);

  Object.assign(secrets, {
    'System ID': after.keys.systemId,
    'line of a System ID': linesOf(after.keys.systemId)[0],
    'short ID': shortId(after.keys.systemId),
    document,
    'part of a document': document.slice(100, 140),
    registration,
    'path of the page': new URL(done.url).pathname,
    address: cast.integrator.email,
    'another address': cast.stranger.email,
    person: cast.integrator.name,
    site: SITE,
    server: 'SECRET-SERVER-NAME',
    password: PASSWORD,
    'wrong password': 'a-wrong-password',
    cookie: cookie.split('=')[1],
    token: BEARER,
    query: 'in-a-query',
    search: 'in-a-search',
    'what a stranger posted': 'no-document-at-all',
    'half of a body': 'a-document',
    'unknown path': '/nothing/here',
  });
}

async function logOnByHand(url: string): Promise<string> {
  const answer = await fetch(`${url}/log-on`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url },
    body: new URLSearchParams({ email: cast.integrator.email, password: PASSWORD }),
  });
  const session = answer.headers.getSetCookie().find((set) => set.includes('session='));
  return session?.split(';')[0] ?? '';
}

test('each request is one line with the pattern of its route', () => {
  const lines = linesOfLog();
  const requests = lines.filter(({ msg }) => msg === 'request');
  expect(requests).toContainEqual(
    expect.objectContaining({ method: 'POST', route: '/requests/:id/registrations/:number', status: 303 }),
  );
  expect(requests).toContainEqual(expect.objectContaining({ method: 'GET', route: 'none', status: 404 }));
  const members = ['level', 'method', 'ms', 'msg', 'pid', 'program', 'reqId', 'route', 'status', 'time'];
  for (const line of requests) expect(Object.keys(line).sort()).toEqual(members);
  const ids = requests.map(({ reqId }) => reqId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a failure is logged with its kind and its place, under the reference that the page shows', () => {
  const failures = linesOfLog().filter(({ msg }) => msg === 'a request failed');
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatchObject({ err: { type: 'error', code: '42P01', stack: expect.stringContaining('at ') } });
});

test('nothing that was sent is in the log, and nothing that says who or what it was about', () => {
  expect(found(program.log)).toEqual([]);
  expect(found(`x ${secrets['cookie']} y`)).toEqual(['cookie']);
});

test('Prometheus is told what was done, at an address of its own', async () => {
  const answer = await fetch(metricsUrl);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  const text = await answer.text();
  const value = (line: string) =>
    Number(
      text
        .split('\n')
        .find((l) => l.startsWith(`${line} `))
        ?.split(' ')[1],
    );
  expect(value('datestone_associations_total{outcome="associated"}')).toBe(1);
  expect(value('datestone_check_ins_total{outcome="answered"}')).toBe(1);
  expect(value('datestone_check_ins_total{outcome="request-damaged"}')).toBe(1);
  const pressed = 'method="POST",route="/requests/:id/registrations/:number",status="3xx"';
  expect(value(`datestone_http_request_duration_seconds_count{${pressed}}`)).toBe(1);
  expect(value('datestone_database_up')).toBe(1);
  expect(value('datestone_database_connections{state="waiting"}')).toBe(0);
  expect(value('datestone_outbox_mails')).toBeGreaterThanOrEqual(0);
  expect(value('process_resident_memory_bytes')).toBeGreaterThan(0);
  expect(found(text)).toEqual([]);
  expect((await fetch(`${portal.settings.url}/metrics`)).status).toBe(404);
  expect((await fetch(new URL('/', metricsUrl))).status).toBe(404);
});

test('it is alive without its database, and ready only with one that has its shape', async () => {
  const statusOf = async (path: string) => (await fetch(`${portal.settings.url}${path}`)).status;
  expect([await statusOf('/healthz'), await statusOf('/readyz')]).toEqual([200, 200]);
  const [last] = await database.db.rows(sql<{ name: string }>`
    delete from migration where name = (select max(name) from migration) returning name`);
  expect([await statusOf('/healthz'), await statusOf('/readyz')]).toEqual([200, 503]);
  await database.db.rows(sql`insert into migration (name) values (${last?.name})`);
  expect(await statusOf('/readyz')).toBe(200);
  await database.db.transaction((tx) => tx.script('alter table migration rename to migration_away'));
  expect([await statusOf('/healthz'), await statusOf('/readyz')]).toEqual([200, 503]);
  await database.db.transaction((tx) => tx.script('alter table migration_away rename to migration'));
});

function linesOfLog(): Record<string, unknown>[] {
  return program.log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Which of the secrets a text holds. */
function found(text: string): string[] {
  return Object.entries(secrets)
    .filter(([, secret]) => secret === '' || text.includes(secret))
    .map(([what]) => what);
}
