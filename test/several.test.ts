import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { Cast } from '../portal/seed.ts';
import { openDatabase } from '../portal/store/database.ts';
import { databaseUrl } from '../portal/store/postgres.ts';
import { sql } from '../portal/store/sql.ts';
import { Gate, toAssociate } from './support/associating.ts';
import { Cluster } from './support/cluster.ts';
import { asAdmin } from './support/clusters.ts';
import { headingOf, textOf } from './support/http.ts';
import { checkIn, Person } from './support/pages.ts';
import {
  actsOf,
  currentAssociation,
  rebuilt,
  registered,
  systemIdsOf,
  type TestPortal,
  testCast,
  testPortal,
  testServer,
} from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';

/** Several portal processes on one database are one portal. (`test/walk.test.ts` walks through two as well.) */

const SITE = 'Hospital North, Building A';

let database: TestDatabase;
let gate: Gate;
let mailbox: Mailbox;
let folder: string;
let cluster: Cluster;
let portal: TestPortal;
let cast: Cast;
let served: { url: string; portal: TestPortal };

beforeAll(async () => {
  database = await testDatabase();
  gate = await new Gate(database.url).make();
  mailbox = await new Mailbox().start();
  folder = mkdtempSync(join(tmpdir(), 'datestone-several-'));
  cluster = await Cluster.of({
    databaseUrl: database.url,
    data: folder,
    smtpUrl: mailbox.url,
    env: { DATESTONE_PORTAL_NAME: 'Test portal', DATESTONE_MAIL_GATHER_SECONDS: '0' },
  });
  portal = await testPortal(database.db, cluster.url);
  portal.now = () => new Date();
  cast = await testCast(portal);
  served = { url: cluster.url, portal };
});
afterAll(async () => {
  await mailbox.stop();
  await gate.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => cluster.start());
afterEach(() => cluster.kill());

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
