import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { apiClient } from '../api/client.ts';
import { verifyChain } from '../core/history.ts';
import type { Cast } from '../portal/seed.ts';
import { sql } from '../portal/store/sql.ts';
import { answered, tokenFor } from './support/api.ts';
import { Gate } from './support/associating.ts';
import { headingOf, type Page } from './support/http.ts';
import { Person, type ServedPortal } from './support/pages.ts';
import { type TestPortal, testCast, testPortal } from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { freePort, type Program, portalProgram } from './support/processes.ts';

/** A portal is killed while it makes registrations of a file: all of the file is there or nothing, and then all, once. */

// A portal is killed and started again more than twenty times.
vi.setConfig({ testTimeout: 300_000 });

const ROWS = 40;

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let program: Program;
let served: Pick<ServedPortal, 'url' | 'portal'>;
let folder: string;
let gate: Gate;

beforeAll(async () => {
  database = await testDatabase();
  gate = await new Gate(database.url).make();
  folder = mkdtempSync(join(tmpdir(), 'datestone-kill-import-'));
  const port = await freePort();
  portal = await testPortal(database.db, `http://localhost:${port}`);
  portal.now = () => new Date();
  cast = await testCast(portal);
  // Without a mail server: what the rows say to people stays in the outbox, where it can be counted.
  program = await portalProgram({ databaseUrl: database.url, data: folder, port });
  await program.start();
  served = { url: program.url, portal };
});
afterAll(async () => {
  await program.stop();
  await gate.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Two of the rows name the same administrator: one mail tells of both. */
function fileOf(called: string): string {
  const header = 'site_name;company;address;city;country;segments;site_administrator_name;site_administrator_email';
  const rows = Array.from(
    { length: ROWS },
    (_, n) =>
      `${called} ${n};Northfield;Palle Allé 10;Aarhus;Denmark;healthcare;Jonas Berg;a${n || 1}@${called}.example`,
  );
  return [header, ...rows].join('\r\n');
}

let files = 0;
const nextName = () => `file-${++files}`;

/** What there is of a file: numbers, seats, histories that verify, and the words to people. */
async function madeOf(called: string) {
  const made = await portal.db.rows(sql<{ number: string; site: string; seats: number; history_hash: Buffer }>`
    select number, site_name as site, history_hash,
      (select count(*)::int from party where party.registration = number) as seats
    from registration where site_name like ${`${called} %`}`);
  for (const { number, seats, history_hash } of made) {
    expect(seats).toBe(1);
    const chain = await portal.db.rows(sql<{ canonical: string; hash: Buffer }>`
      select entry as canonical, hash from history where registration = ${number} order by n`);
    expect(verifyChain(chain)).toMatchObject({ outcome: 'intact', n: 1 });
    expect(chain.at(-1)?.hash).toEqual(history_hash);
  }
  const told = await portal.db.rows(sql<{ address: string; template: string }>`
    select address, template from outbox where address like ${`%@${called}.example`}`);
  return { sites: made.map(({ site }) => site), told };
}

/** Nothing of it, or all of it, each row once. */
async function stateOf(called: string): Promise<'nothing' | 'all'> {
  const { sites, told } = await madeOf(called);
  if (sites.length === 0) {
    expect(told).toEqual([]);
    return 'nothing';
  }
  expect(sites.sort()).toEqual(Array.from({ length: ROWS }, (_, n) => `${called} ${n}`).sort());
  expect(told.map(({ address }) => address).sort()).toEqual(
    Array.from({ length: ROWS - 1 }, (_, n) => `a${n + 1}@${called}.example`).sort(),
  );
  expect(told.filter(({ template }) => template === 'prepared-several')).toHaveLength(1);
  return 'all';
}

/** Waits until somebody stands at the gate, kills the portal there, and lets the database come to its end. */
async function killAtTheGate(): Promise<void> {
  const { pid, open } = await gate.someone();
  expect(open).toBe(true);
  await program.kill();
  await gate.open();
  await gate.gone(pid);
}

/** Where the making of rows is made to stand still: before it, in the midst of the rows, behind them, at the end. */
const POINTS: { table: string; when: string; row?: string }[] = [
  { table: 'import', when: 'before it is read' },
  { table: 'import_row', when: 'before it is read' },
  { table: 'registration', when: 'before it is read' },
  { table: 'registration', when: 'before insert' },
  { table: 'registration', when: 'before insert', row: `new.prepared_line = ${ROWS / 2}` },
  { table: 'registration', when: 'after insert', row: `new.prepared_line = ${ROWS + 1}` },
  { table: 'party', when: 'before insert' },
  { table: 'history', when: 'before insert' },
  { table: 'outbox', when: 'before insert' },
  { table: 'outbox', when: 'after insert', row: `new.template = 'prepared-several'` },
  { table: 'import_row', when: 'before delete', row: `old.line = ${ROWS / 2}` },
  { table: 'import', when: 'before update' },
  { table: 'history', when: 'at commit' },
];

const shown = ({ table, when, row }: (typeof POINTS)[number]) => `${when} on ${table}${row ? ` where ${row}` : ''}`;

test('on the page: nothing or all of the rows, and the next press makes each once', async () => {
  const found: string[] = [];
  const person = new Person(served);
  await person.logOn(cast.integrator);
  for (const point of POINTS) {
    const called = nextName();
    const checked = await upload(person, fileOf(called));
    await gate.close(point.table, point.when, point.row);
    const answer = pressed(person, checked).catch(() => undefined);
    await killAtTheGate();
    await answer;
    const state = await stateOf(called);
    await program.start();
    // The page that was left open in the browser.
    expect(headingOf(await pressed(person, checked))).toBe(`${ROWS} registrations are prepared`);
    expect(await stateOf(called)).toBe('all');
    expect(headingOf(await pressed(person, checked))).toBe(`${ROWS} registrations are prepared`);
    expect(await stateOf(called)).toBe('all');
    found.push(state);
    process.stdout.write(`killed ${shown(point)}: ${state} of the rows found\n`);
  }
  expect(new Set(found)).toEqual(new Set(['nothing', 'all']));
});

test('by the API: the call with the same key makes each row once, and its answer is the first one', async () => {
  const token = await tokenFor(portal, cast.integrator);
  const found: string[] = [];
  // The rows are made by the same operation as on the page; around it there is the answer that is kept.
  const points = [
    { table: 'registration', when: 'before insert', row: `new.prepared_line = ${ROWS / 2}` },
    { table: 'import', when: 'before update' },
    { table: 'idempotency_key', when: 'before insert' },
    { table: 'history', when: 'at commit' },
  ];
  for (const point of points) {
    const called = nextName();
    const key = randomUUID();
    const api = apiClient({ portal: served.url, token, retries: 0 });
    const send = () => api.importRegistrations({ body: fileOf(called) }, { idempotencyKey: key });
    await gate.close(point.table, point.when, point.row);
    const answer = send();
    await killAtTheGate();
    expect((await answer).outcome).toBe('unreachable');
    const state = await stateOf(called);
    await program.start();
    const made = answered(await send(), 201);
    expect(made.replayed).toBe(state === 'all');
    expect(made.body.registrations).toHaveLength(ROWS);
    expect(answered(await send(), 201).body).toEqual(made.body);
    expect(await stateOf(called)).toBe('all');
    found.push(state);
  }
  expect(new Set(found)).toEqual(new Set(['nothing', 'all']));
});

test('while the file is being kept: it is there whole or not, and can be sent again', async () => {
  const person = new Person(served);
  await person.logOn(cast.integrator);
  for (const row of [undefined, `new.line = ${ROWS / 2}`]) {
    const called = nextName();
    await gate.close('import_row', 'before insert', row);
    const answer = upload(person, fileOf(called)).catch(() => undefined);
    const { pid } = await gate.someone();
    await program.kill();
    await gate.open();
    await gate.gone(pid);
    await answer;
    const kept = await portal.db.rows(sql<{ rows: number }>`
      select (select count(*)::int from import_row where import = import.id) as rows from import where made_at is null`);
    expect(kept.filter(({ rows }) => rows !== ROWS)).toEqual([]);
    expect(await stateOf(called)).toBe('nothing');
    await program.start();
    const checked = await upload(person, fileOf(called));
    expect(headingOf(await pressed(person, checked))).toBe(`${ROWS} registrations are prepared`);
    expect(await stateOf(called)).toBe('all');
  }
});

async function upload(person: Person, content: string): Promise<Page> {
  const page = await person.get('/prepare/import');
  return person.browser.upload(page, 'Check the file', 'file', new File([content], 'sites.csv'));
}

const pressed = (person: Person, checked: Page) => person.press(checked, `Prepare ${ROWS} registrations`);
