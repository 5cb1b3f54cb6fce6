import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyChain } from '../core/history.ts';
import { register } from '../portal/operations/register.ts';
import { answersOf, type Cast } from '../portal/seed.ts';
import { sql } from '../portal/store/sql.ts';
import { Gate, type ToAssociate, toAssociate } from './support/associating.ts';
import {
  actsOf,
  systemIdsOf,
  type TestPortal,
  type TestServer,
  testCast,
  testPortal,
  typed,
} from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { freePort, type Program, portalProgram } from './support/processes.ts';
import { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';

// A dozen times a portal is killed and started again.
vi.setConfig({ testTimeout: 200_000 });

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let program: Program;
let folder: string;
let port: number;
let mailbox: Mailbox;
let gate: Gate;

beforeAll(async () => {
  database = await testDatabase();
  gate = await new Gate(database.url).make();
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
  await gate.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const prepare = () => toAssociate(portal, cast, program.url);

async function outboxOf(registration: string): Promise<number> {
  const row = await portal.db.row(sql<{ count: number }>`
    select count(*)::int as count from outbox where registration = ${registration}`);
  return row?.count ?? -1;
}

/** The old state or the new one, whole: System IDs, history and mails agree. */
async function stateOf({ server, after, registration }: ToAssociate): Promise<'old' | 'new'> {
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
 * Points of an association at which it is made to stand still. It is one statement, which PostgreSQL carries out also for
 * a portal that is dead by then; where it ends a stranger's claim it is a transaction of several, of which nothing holds.
 */
const POINTS = [
  { table: 'registration', when: 'before it is read' },
  { table: 'association', when: 'before update' },
  { table: 'association', when: 'before insert' },
  { table: 'request', when: 'before update' },
  { table: 'registration', when: 'before update' },
  { table: 'history', when: 'before insert' },
  { table: 'outbox', when: 'before insert' },
  { table: 'outbox', when: 'after insert' },
  { table: 'history', when: 'at commit' },
  { table: 'association', when: 'before update', claimed: true },
  { table: 'outbox', when: 'after insert', claimed: true },
  { table: 'history', when: 'at commit', claimed: true },
];

test('killed at any point of an association: the old state or the new, never a mixture', async () => {
  const found: string[] = [];
  for (const { table, when, claimed } of POINTS) {
    const prepared = await prepare();
    const claim = claimed ? await claimOf(prepared.after) : undefined;
    await gate.close(table, when);
    const answer = prepared.send().catch(() => undefined);
    const { pid, open } = await gate.someone();
    expect(open).toBe(true);
    await program.kill();
    await answer;
    await gate.open();
    await gate.gone(pid);
    const state = await stateOf(prepared);
    if (claim) expect(await claim()).toBe(state === 'old' ? 'claimed' : 'beaten');
    await program.start();
    // Whatever became of it, the person's next press brings it to its end, once.
    expect((await prepared.send()).status).toBe(303);
    expect(await stateOf(prepared)).toBe('new');
    found.push(state);
    const where = `${when} on ${table}${claimed ? ', in a transaction' : ''}`;
    process.stdout.write(`killed ${where}: ${state} state found\n`);
  }
  expect(new Set(found)).toEqual(new Set(['old', 'new']));
});

test('the database ends the connection in the middle: the old state, and the portal goes on', async () => {
  const prepared = await prepare();
  await gate.close('outbox', 'before insert');
  const answer = prepared.send();
  await gate.terminate((await gate.someone()).pid);
  expect((await answer).status).toBe(503);
  await gate.open();
  expect(await stateOf(prepared)).toBe('old');
  expect((await prepared.send()).status).toBe(303);
  expect(await stateOf(prepared)).toBe('new');
});

/** Somebody else has typed this System ID and registered it: a claim, which the proof will end. */
async function claimOf(server: TestServer): Promise<() => Promise<string | undefined>> {
  const done = await register(portal, {
    account: cast.stranger,
    request: await typed(portal, cast.stranger, server),
    answers: answersOf({ name: 'Elsewhere', company: 'X', address: 'X', city: 'X', country: 'DK', segment: 'public' }),
  });
  if (done.outcome === 'refused') throw new Error(`refused: ${done.code}`);
  return async () => {
    const row = await portal.db.row(sql<{ state: string }>`
      select state from association where registration = ${done.registration}`);
    return row?.state;
  };
}
