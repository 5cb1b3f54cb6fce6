import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startSession } from '../portal/operations/sessions.ts';
import { type Cast, forgetMails } from '../portal/seed.ts';
import { sql } from '../portal/store/sql.ts';
import { Gate, type ToAssociate, toAssociate } from './support/associating.ts';
import { systemIdsOf, type TestPortal, testCast, testPortal } from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { freePort, type Program, portalProgram } from './support/processes.ts';
import { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';

/** A portal that is told to stop finishes what it has begun, and begins nothing more. */

let database: TestDatabase;
let gate: Gate;
let portal: TestPortal;
let cast: Cast;
let mailbox: Mailbox;
let folder: string;
let program: Program;
let prepared: ToAssociate;

beforeAll(async () => {
  database = await testDatabase();
  gate = await new Gate(database.url).make();
  mailbox = await new Mailbox().start();
  folder = mkdtempSync(join(tmpdir(), 'datestone-stop-'));
  const port = await freePort();
  portal = await testPortal(database.db, `http://localhost:${port}`);
  portal.now = () => new Date();
  cast = await testCast(portal);
  program = await portalProgram({ databaseUrl: database.url, data: folder, port, smtpUrl: mailbox.url });
});
afterAll(async () => {
  await mailbox.stop();
  await gate.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await program.start();
  prepared = await toAssociate(portal, cast, program.url);
});
afterEach(() => program.kill());

const untilItRefuses = () =>
  until('the portal to take no more connections', () =>
    fetch(`${program.url}/readyz`).then(
      () => false,
      () => true,
    ),
  );

test('an association that is being made is made, and answered; then it ends as a program that is well', async () => {
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
  await gate.close('outbox', 'before insert');
  const answer = prepared.send();
  await gate.someone();
  program.signal('SIGTERM');
  await untilItRefuses();
  await gate.open();
  const { status, headers } = await answer;
  expect([status, headers.get('connection')]).toEqual([303, 'close']);
  expect(await program.ended()).toBe(0);
  expect((await systemIdsOf(portal, prepared.registration)).current).toEqual([prepared.after.keys.systemId]);
});

test('a mail that is on its way arrives, and is marked; the others wait for the next sender', async () => {
  // A sender may have had mails of before in its hands.
  await program.stop();
  await forgetMails(portal);
  await program.start();
  let takeIt = () => {};
  mailbox.holding = new Promise((resolve) => {
    takeIt = resolve;
  });
  mailbox.mails.length = 0;
  expect((await prepared.send()).status).toBe(303);
  await until('a mail on its way', () => mailbox.mails.length === 1);
  program.signal('SIGTERM');
  await untilItRefuses();
  takeIt();
  expect(await program.ended()).toBe(0);
  mailbox.holding = undefined;
  const mails = await portal.db.rows(sql<{ sent: boolean; taken: boolean }>`
    select accepted_at is not null as sent, leased_until is not null as taken from outbox
    where registration = ${prepared.registration} and given_up_at is null order by accepted_at`);
  expect(mails).toEqual([
    { sent: true, taken: false },
    { sent: false, taken: false },
    { sent: false, taken: false },
  ]);
  expect(mailbox.mails).toHaveLength(1);
  await program.start();
  await until('the other two', () => mailbox.mails.length === 3);
});

test('what is past its use is deleted soon after the start, by a process that is told to stop meanwhile as well', async () => {
  const left = async () => (await portal.db.rows(sql`select from session where account = ${cast.stranger.id}`)).length;
  await program.stop();
  await startSession({ ...portal, now: () => new Date(Date.now() - 13 * 3_600_000) }, cast.stranger.id);
  await startSession(portal, cast.stranger.id);
  await gate.close('session', 'before delete');
  await program.start();
  await gate.someone();
  program.signal('SIGTERM');
  await untilItRefuses();
  expect(await left()).toBe(2);
  await gate.open();
  expect(await program.ended()).toBe(0);
  expect(await left()).toBe(1);
});

test('a second signal ends it at once, in the middle', async () => {
  await gate.close('outbox', 'before insert');
  const answer = prepared.send().catch(() => undefined);
  await gate.someone();
  program.signal('SIGTERM');
  await untilItRefuses();
  program.signal('SIGTERM');
  expect(await program.ended()).toBe('SIGTERM');
  expect(await answer).toBeUndefined();
  await gate.open();
});

test('what does not come to its end is left after a while, with a sentence', async () => {
  await gate.close('outbox', 'before insert');
  const answer = prepared.send().catch(() => undefined);
  await gate.someone();
  program.signal('SIGINT');
  expect(await program.ended()).toBe(1);
  expect(program.log).toContain('The portal was stopped before all that it had begun was finished');
  expect(await answer).toBeUndefined();
  await gate.open();
});

test('a portal whose own PostgreSQL ends by itself ends with a sentence, and starts again on the same database', async () => {
  const data = join(folder, 'own');
  const own = await portalProgram({ databaseUrl: '', data });
  await own.start();
  process.kill(Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  expect(await own.ended()).toBe(1);
  expect(own.log).toContain(
    `The portal ends: its PostgreSQL in ${data}/postgres has ended by itself (SIGKILL). Start it again.`,
  );
  const bundle = readFileSync(join(data, 'portal.bundle'), 'utf8');
  await own.start();
  expect(await (await fetch(`${own.url}/bundle`)).text()).toBe(bundle);
  await own.stop();
});
