import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '../../core/history.ts';
import {
  actsOf,
  carried,
  prepared,
  preparedAnswers,
  press,
  registered,
  systemIdsOf,
  type TestPortal,
  testCast,
  testPortal,
  testServer,
  typed,
} from '../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import type { Cast } from '../seed.ts';
import { keepFile } from '../store/imports.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { sql } from '../store/sql.ts';
import { close } from './confirm.ts';
import { merge } from './merge.ts';
import { prepare } from './prepare.ts';
import { prepareRows } from './prepare-rows.ts';
import { proveClaim } from './prove-claim.ts';
import { undo } from './undo.ts';

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  cast = await testCast(portal);
});
afterAll(() => database.drop());

const stateOf = async (number: string) =>
  (await portal.db.row(sql<{ state: string }>`select state from registration where number = ${number}`))?.state;
const mailsOf = (address: string, since = 0) =>
  portal.db.rows(sql<{ template: string; registration: string | null; facts: Record<string, string> }>`
    select template, registration, facts from outbox where address = ${address} order by created_at offset ${since}`);

describe('preparing', () => {
  test('makes a registration without a System ID, with a seat, a history that verifies, and mails', async () => {
    const answers = preparedAnswers('Prepared Court', 'PC-ES01');
    const { registration } = await prepare(portal, { account: cast.integrator, answers });
    const system = await systemInformation(portal.db, cast.integrator.id, registration, portal.now());
    expect(system).toMatchObject({ state: 'prepared', seat: 'integrator', site: 'Prepared Court', current: undefined });
    expect(system?.answers.installation).toEqual(answers.installation);
    const rows = await portal.db.rows(sql<{ entry: string; hash: Buffer }>`
      select entry, hash from history where registration = ${registration} order by n`);
    expect(verifyChain(rows.map((row) => ({ canonical: row.entry, hash: row.hash })))).toMatchObject({
      outcome: 'intact',
      n: 1,
    });
    const mails = await portal.db.rows(sql<{ recipient: string; template: string }>`
      select recipient, template from outbox where registration = ${registration} order by recipient`);
    expect(mails).toEqual([
      { recipient: 'integrator', template: 'prepared' },
      { recipient: 'site-administrator', template: 'prepared' },
    ]);
  });

  test('gives an end user the end user’s seat, and no warranty', async () => {
    const answers = { ...preparedAnswers('Own House'), warranty: { project: 'P-1' } };
    const { registration } = await prepare(portal, { account: cast.endUser, answers });
    const system = await systemInformation(portal.db, cast.endUser.id, registration, portal.now());
    expect(system).toMatchObject({ seat: 'end-user', answers: { warranty: {} } });
    expect(await systemInformation(portal.db, cast.integrator.id, registration, portal.now())).toBeUndefined();
  });

  test('of one form makes one registration, however many submit it at once', async () => {
    const command = { account: cast.integrator, answers: preparedAnswers('Once'), form: randomUUID() };
    const made = await Promise.all(Array.from({ length: 20 }, () => prepare(portal, command)));
    expect(new Set(made.map((one) => one.registration)).size).toBe(1);
    expect(made.filter((one) => one.outcome === 'prepared')).toHaveLength(1);
    expect(await actsOf(portal, made[0]?.registration ?? '')).toEqual(['prepared']);
  });
});

describe('a prepared registration', () => {
  test('is registered by the System ID that is associated with it, and prepared again when that is undone', async () => {
    const number = await prepared(portal, cast.integrator, 'Associated Arcade');
    portal.pass(24 * 30);
    const server = testServer();
    const request = await carried(portal, cast.integrator, server);
    const done = await press(portal, { account: cast.integrator, request, registration: number });
    expect(done.outcome).toBe('associated');
    expect(await stateOf(number)).toBe('registered');
    const system = await systemInformation(portal.db, cast.integrator.id, number, portal.now());
    expect(system?.registeredAt).toEqual(portal.now());
    const association = done.outcome === 'associated' ? done.association : '';
    await undo(portal, { account: cast.integrator, registration: number, association });
    expect(await stateOf(number)).toBe('prepared');
    expect(await actsOf(portal, number)).toEqual(['prepared', 'associated', 'undone']);
  });

  test('waits with a typed System ID until the system says so, and is registered then', async () => {
    const number = await prepared(portal, cast.integrator, 'Typed Tower');
    const server = testServer();
    const request = await typed(portal, cast.integrator, server);
    expect((await press(portal, { account: cast.integrator, request, registration: number })).outcome).toBe('claimed');
    expect(await stateOf(number)).toBe('prepared');
    const said = { systemId: server.keys.systemId, registration: number, sequence: 0 };
    expect(await portal.db.transaction((tx) => proveClaim(tx, portal, said))).toBe(true);
    expect(await stateOf(number)).toBe('registered');
    expect(await systemIdsOf(portal, number)).toEqual({ current: [server.keys.systemId] });
  });

  test('takes over what was registered as new by mistake', async () => {
    const kept = await prepared(portal, cast.integrator, 'Meant House');
    const fresh = await registered(portal, cast.integrator, testServer(), { site: 'Made twice' });
    expect((await merge(portal, { account: cast.integrator, fresh, kept })).outcome).toBe('merged');
    expect([await stateOf(kept), await stateOf(fresh)]).toEqual(['registered', 'merged']);
  });

  test('can be closed by who prepared it, and not be associated any more', async () => {
    const number = await prepared(portal, cast.integrator, 'Never built');
    expect((await close(portal, { account: cast.integrator, registration: number })).outcome).toBe('closed');
    const request = await carried(portal, cast.integrator, testServer());
    expect(await press(portal, { account: cast.integrator, request, registration: number })).toMatchObject({
      code: 'registration-closed',
    });
  });
});

describe('the rows of a file', () => {
  const row = (line: number, site: string, problems: { column: string; problem: 'required' }[] = []) => ({
    line,
    answers: preparedAnswers(site),
    problems,
  });
  const WRONG = [{ column: 'city', problem: 'required' as const }];
  const kept = (rows: ReturnType<typeof row>[], account = cast.integrator) =>
    keepFile(portal.db, account.id, { name: 'sites.csv', remarks: {}, rows, at: portal.now() });
  const sitesFrom = async (file: string) =>
    (
      await portal.db.rows(sql<{ site: string }>`
        select site_name as site from registration where prepared_from = ${file} order by prepared_line`)
    ).map((one) => one.site);

  test('are all prepared, or none while one is wrong, or only the right ones', async () => {
    const account = cast.integrator;
    const file = await kept([row(2, 'Row A'), row(3, 'Row B', WRONG), row(5, 'Row C')]);
    expect(await prepareRows(portal, { account, file, rows: 'all' })).toEqual({ outcome: 'rows-wrong', wrong: 1 });
    expect(await sitesFrom(file)).toEqual([]);
    expect(await prepareRows(portal, { account, file, rows: 'right' })).toEqual({ outcome: 'prepared' });
    expect(await sitesFrom(file)).toEqual(['Row A', 'Row C']);
  });

  test('are prepared once, however many ask for it at once', async () => {
    const account = cast.integrator;
    const file = await kept([row(2, 'Once A'), row(3, 'Once B')]);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => prepareRows(portal, { account, file, rows: 'all' })),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'prepared')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'already')).toHaveLength(19);
    expect(await sitesFrom(file)).toEqual(['Once A', 'Once B']);
  });

  test('are kept nowhere else once they are registrations', async () => {
    const file = await kept([row(2, 'Forgotten')]);
    await prepareRows(portal, { account: cast.integrator, file, rows: 'all' });
    expect(await portal.db.rows(sql`select from import_row where import = ${file}`)).toEqual([]);
  });

  test('of another account, and of yesterday, are not there', async () => {
    const foreign = await kept([row(2, 'Foreign')], cast.stranger);
    const account = cast.integrator;
    expect(await prepareRows(portal, { account, file: foreign, rows: 'all' })).toEqual({ outcome: 'no-file' });
    const old = await kept([row(2, 'Old')]);
    portal.pass(25);
    expect(await prepareRows(portal, { account, file: old, rows: 'all' })).toEqual({ outcome: 'no-file' });
  });

  test('tell everybody once: one mail about all that name the same address', async () => {
    const before = (await mailsOf(cast.stranger.email)).length;
    const file = await kept([row(2, 'Mail A'), row(3, 'Mail B')], cast.stranger);
    await prepareRows(portal, { account: cast.stranger, file, rows: 'all' });
    expect(await mailsOf(cast.stranger.email, before)).toMatchObject([
      { template: 'prepared-several', registration: null, facts: { site: 'Mail A', count: '2', preparation: file } },
    ]);
  });

  test('5,000 of them are one transaction, with a number each', async () => {
    const account = cast.integrator;
    const file = await kept(Array.from({ length: 5000 }, (_, i) => row(i + 2, `Site ${i}`)));
    expect(await prepareRows(portal, { account, file, rows: 'all' })).toEqual({ outcome: 'prepared' });
    const made = await portal.db.row(sql<{ count: number; entries: number }>`
      select count(*)::int as count, count(h.hash)::int as entries
      from registration r left join history h on h.registration = r.number and h.hash = r.history_hash
      where prepared_from = ${file}`);
    expect(made).toEqual({ count: 5000, entries: 5000 });
  });
});
