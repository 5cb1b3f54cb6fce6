import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyChain } from '../core/history.ts';
import { invite } from '../portal/operations/invite.ts';
import { startSession } from '../portal/operations/sessions.ts';
import { type Cast, forgetMails } from '../portal/seed.ts';
import { sql } from '../portal/store/sql.ts';
import { Gate } from './support/associating.ts';
import { actsOf, registered, type TestPortal, testCast, testPortal, testServer } from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { freePort, type Program, portalProgram } from './support/processes.ts';

/** A portal that is killed while somebody accepts an invitation: the seat is free or taken, never something between. */

// Each point kills the portal and starts it again.
vi.setConfig({ testTimeout: 200_000 });

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let program: Program;
let folder: string;
let gate: Gate;

beforeAll(async () => {
  database = await testDatabase();
  gate = await new Gate(database.url).make();
  folder = mkdtempSync(join(tmpdir(), 'datestone-kill-seats-'));
  const port = await freePort();
  portal = await testPortal(database.db, `http://localhost:${port}`);
  portal.now = () => new Date();
  cast = await testCast(portal);
  program = await (await portalProgram({ databaseUrl: database.url, data: folder, port })).start();
});
afterAll(async () => {
  await program.stop();
  await gate.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A registration with an invitation on paper, and the end user about to press *Accept*. */
async function toAccept(): Promise<{ registration: string; accept(): Promise<Response> }> {
  const registration = await registered(portal, cast.integrator, testServer());
  const result = await invite(portal, { account: cast.integrator, registration, invite: { how: 'printed' } });
  const code = result.outcome === 'invited' ? result.code : undefined;
  await forgetMails(portal);
  const cookie = `datestone-portal-${new URL(program.url).port}-session=${await startSession(portal, cast.endUser.id)}`;
  const accept = () =>
    fetch(`${program.url}/invitations/${code}/accept`, { method: 'POST', redirect: 'manual', headers: { cookie } });
  return { registration, accept };
}

/** The old state or the new one, whole: seat, invitation, history and mails agree. */
async function stateOf(registration: string): Promise<'old' | 'new'> {
  const found = await portal.db.row(sql<{ parties: number; ended: string | null; mails: number }>`
    select (select count(*)::int from party where registration = ${registration}) as parties,
      (select ended_as from invitation where registration = ${registration}) as ended,
      (select count(*)::int from outbox where registration = ${registration}) as mails`);
  const acts = await actsOf(portal, registration);
  const chain = await portal.db.rows(sql<{ canonical: string; hash: Buffer }>`
    select entry as canonical, hash from history where registration = ${registration} order by n`);
  expect(verifyChain(chain)).toMatchObject({ outcome: 'intact', n: acts.length });
  if (acts.includes('seat-taken')) {
    expect(found).toEqual({ parties: 2, ended: 'accepted', mails: 3 });
    return 'new';
  }
  expect(found).toEqual({ parties: 1, ended: null, mails: 0 });
  return 'old';
}

const POINTS = [
  { table: 'invitation', when: 'before update' },
  { table: 'party', when: 'before insert' },
  { table: 'registration', when: 'before update' },
  { table: 'history', when: 'before insert' },
  { table: 'outbox', when: 'after insert' },
  { table: 'history', when: 'at commit' },
];

test('killed at any point of accepting: the old state or the new, and the next press brings it to its end', async () => {
  const found: string[] = [];
  for (const { table, when } of POINTS) {
    const { registration, accept } = await toAccept();
    await gate.close(table, when);
    const answer = accept().catch(() => undefined);
    const { pid } = await gate.someone();
    await program.kill();
    await answer;
    await gate.open();
    await gate.gone(pid);
    const state = await stateOf(registration);
    await program.start();
    expect((await accept()).status).toBe(303);
    expect(await stateOf(registration)).toBe('new');
    found.push(state);
    process.stdout.write(`killed ${when} on ${table}: ${state} state found\n`);
  }
  expect(new Set(found)).toEqual(new Set(['old', 'new']));
});
