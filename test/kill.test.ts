import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyChain } from '../core/history.ts';
import { startSession } from '../portal/operations/sessions.ts';
import { type Cast, forgetMails } from '../portal/seed.ts';
import { sql } from '../portal/store/sql.ts';
import {
  actsOf,
  carried,
  currentAssociation,
  rebuilt,
  registered,
  systemIdsOf,
  type TestPortal,
  type TestServer,
  testCast,
  testPortal,
  testServer,
} from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { freePort, type Program, portalProgram } from './support/processes.ts';
import { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';

// Eight times a portal is killed and started again.
vi.setConfig({ testTimeout: 300_000 });

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let program: Program;
let folder: string;
let port: number;
let mailbox: Mailbox;

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'datestone-kill-'));
  port = await freePort();
  mailbox = await new Mailbox().start();
  portal = await testPortal(database.db, `http://localhost:${port}`);
  portal.now = () => new Date();
  cast = await testCast(portal);
  program = await portalProgram({ databaseUrl: database.url, data: folder, port, smtpUrl: mailbox.url });
  await program.start();
});
afterAll(async () => {
  await program.stop();
  await mailbox.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

interface Prepared {
  server: TestServer;
  after: TestServer;
  registration: string;
  /** Sends *Associate* to the portal process, as the review page's form does. */
  send(): Promise<Response>;
}

async function prepare(): Promise<Prepared> {
  const server = testServer();
  const registration = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
  await forgetMails(portal);
  const after = rebuilt(server);
  const request = await carried(portal, cast.integrator, after);
  const seen = (await currentAssociation(portal, registration)) ?? '';
  const token = await startSession(portal, cast.integrator.id);
  return {
    server,
    after,
    registration,
    send: () =>
      fetch(`http://localhost:${port}/requests/${request}/registrations/${registration}`, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: `datestone-portal-${port}-session=${token}`,
        },
        body: new URLSearchParams({ seen }),
      }),
  };
}

async function outboxOf(registration: string): Promise<number> {
  const row = await portal.db.row(sql<{ count: number }>`
    select count(*)::int as count from outbox where registration = ${registration}`);
  return row?.count ?? -1;
}

/** The old state or the new one, whole: System IDs, history and mails agree. */
async function stateOf({ server, after, registration }: Prepared): Promise<'old' | 'new'> {
  const ids = await systemIdsOf(portal, registration);
  const acts = await actsOf(portal, registration);
  const mails = await outboxOf(registration);
  const chain = await portal.db.rows(sql<{ canonical: string; hash: Buffer }>`
    select entry as canonical, hash from history where registration = ${registration} order by n`);
  expect(verifyChain(chain)).toMatchObject({ outcome: 'intact', n: acts.length });
  if (acts.includes('associated')) {
    expect(ids).toEqual({ retired: [server.keys.systemId], current: [after.keys.systemId] });
    expect(mails).toBe(3);
    return 'new';
  }
  expect(ids).toEqual({ current: [server.keys.systemId] });
  expect(mails).toBe(0);
  return 'old';
}

test('mail server stopped, associated, portal killed, both started again: each mail comes once', async () => {
  const prepared = await prepare();
  await mailbox.stop();
  expect((await prepared.send()).status).toBe(303);
  await until('the sender to have tried', async () => {
    const tried = await portal.db.row(sql`
      select from outbox where registration = ${prepared.registration} and (attempts > 0 or last_error is not null)`);
    return tried !== undefined;
  });
  await program.kill();
  await mailbox.start();
  await program.start();
  const mine = () => mailbox.mails.filter((mail) => mail.text.includes(prepared.registration));
  await until('all mails', () => mine().length >= 3);
  await until('all mails to be marked', async () => {
    const open = await portal.db.rows(sql`
      select from outbox where registration = ${prepared.registration} and accepted_at is null`);
    return open.length === 0;
  });
  expect(
    mine()
      .flatMap((mail) => mail.to)
      .sort(),
  ).toEqual([cast.endUser.email, cast.integrator.email, 'jonas@northfield.example'].sort());
});

/**
 * The points between the statements of an association, and within them: every table that it writes. A trigger that only
 * this test has waits there for a lock that the test holds; so the portal stands still in its open transaction, and is
 * killed.
 */
const POINTS = [
  { table: 'association', event: 'before update' },
  { table: 'association', event: 'before insert' },
  { table: 'request', event: 'before update' },
  { table: 'registration', event: 'before update' },
  { table: 'history', event: 'before insert' },
  { table: 'outbox', event: 'before insert' },
  { table: 'outbox', event: 'after insert' },
  { table: 'at commit', event: 'deferred' },
] as const;

const LOCK = 4711;

test('killed at any point of an association: the old state or the new, never a mixture', async () => {
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(`
    create function wait_here() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock_shared(${LOCK});
      return coalesce(new, old);
    end $$`);
  const met: Record<string, number> = {};
  for (const { table, event } of POINTS) {
    const prepared = await prepare();
    await admin.query(
      table === 'at commit'
        ? `create constraint trigger wait_here after insert on history deferrable initially deferred
             for each row execute function wait_here()`
        : `create trigger wait_here ${event} on ${table} for each row execute function wait_here()`,
    );
    await admin.query(`select pg_advisory_lock(${LOCK})`);
    const answer = prepared.send().catch(() => undefined);
    const waiting = await until(`the portal to stand still ${event} on ${table}`, async () => {
      const { rows } = await admin.query<{ pid: number; open: boolean }>(`
        select a.pid, a.xact_start is not null as open from pg_stat_activity a
        where a.datname = current_database() and a.wait_event_type = 'Lock' and a.wait_event = 'advisory'`);
      return rows[0];
    });
    met[`${event} ${table}`] = waiting.open ? 1 : 0;
    await program.kill();
    await answer;
    await admin.query(`select pg_advisory_unlock(${LOCK})`);
    await until('its transaction to end', async () => {
      const { rowCount } = await admin.query('select from pg_stat_activity where pid = $1', [waiting.pid]);
      return rowCount === 0;
    });
    await admin.query(`drop trigger wait_here on ${table === 'at commit' ? 'history' : table}`);
    const state = await stateOf(prepared);
    await program.start();
    // Whatever became of it, the person's next press brings it to its end, once.
    expect((await prepared.send()).status).toBe(303);
    expect(await stateOf(prepared)).toBe('new');
    process.stdout.write(`killed ${event} on ${table}: open transaction met, ${state} state found\n`);
  }
  await admin.end();
  expect(Object.values(met).every((kills) => kills > 0)).toBe(true);
  process.stdout.write(`${Object.values(met).filter((kills) => kills > 0).length} kills met an open transaction\n`);
});
