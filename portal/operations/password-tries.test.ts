import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestPortal, testCast, testPortal } from '../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import type { Cast } from '../seed.ts';
import { type OpenDatabase, openDatabase } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { checkPassword } from './accounts.ts';

const RIGHT = 'datestone-demo';
const NOBODY = 'nobody@nowhere.example';
const SECOND = 1 / 3600;

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let portals: (TestPortal & { db: OpenDatabase })[];

beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  cast = await testCast(portal);
  // As twenty portal processes would.
  portals = Array.from({ length: 20 }, () => ({
    ...portal,
    now: () => portal.now(),
    db: openDatabase({ connectionString: database.url, max: 1 }),
  }));
  await Promise.all(portals.map((p) => p.db.rows(sql`select 1`)));
});
afterAll(async () => {
  await Promise.all(portals.map((p) => p.db.close()));
  await database.drop();
});
beforeEach(() => portal.db.rows(sql`delete from password_try`));

async function tried(email: string, password = 'wrong'): Promise<string> {
  const checked = await checkPassword(portal, email, password);
  return checked.outcome === 'refused' ? `wait ${checked.facts?.seconds}` : checked.outcome;
}

describe.each([
  ['an address that has an account', () => cast.integrator.email],
  ['an address that has none', () => NOBODY],
])('%s', (_, email) => {
  test('is answered "wrong" five times, then with the seconds to wait, and "wrong" again after them', async () => {
    const answers: string[] = [];
    for (let i = 0; i < 7; i++) answers.push(await tried(email()));
    expect(answers).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'wait 1', 'wait 1']);
    portal.pass(SECOND);
    expect([await tried(email()), await tried(email())]).toEqual(['wrong', 'wait 8']);
  });

  test('is one address, however it is capitalised and with blanks around it', async () => {
    for (let i = 0; i < 5; i++) await tried(email());
    expect(await tried(` ${email().toUpperCase()} `)).toBe('wait 1');
  });

  test('tried twenty times at once counts twenty, and five of them are looked at', async () => {
    const checked = await Promise.all(portals.map((p) => checkPassword(p, email(), 'wrong')));
    const outcomes = checked.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual([...Array(15).fill('refused'), ...Array(5).fill('wrong')]);
    expect(await portal.db.row(sql`select wrong from password_try`)).toEqual({ wrong: 20 });
  });
});

test('the right password has to wait as well, opens after it, and clears the wrong ones', async () => {
  const { email } = cast.integrator;
  for (let i = 0; i < 5; i++) await tried(email);
  expect(await tried(email, RIGHT)).toBe('wait 1');
  portal.pass(SECOND);
  expect(await tried(email, RIGHT)).toBe('right');
  for (let i = 0; i < 5; i++) expect(await tried(email)).toBe('wrong');
});

test('nobody waits longer than a minute, however many were wrong', async () => {
  const { email } = cast.endUser;
  for (let i = 0; i < 60; i++) await tried(email);
  portal.pass(SECOND);
  await tried(email);
  expect(await tried(email, RIGHT)).toBe('wait 60');
  portal.pass(60 * SECOND);
  expect(await tried(email, RIGHT)).toBe('right');
});

test('another address does not wait', async () => {
  for (let i = 0; i < 10; i++) await tried(cast.endUser.email);
  expect(await tried(cast.integrator.email, RIGHT)).toBe('right');
});

test('the address itself is not kept', async () => {
  await tried(NOBODY);
  const rows = await portal.db.rows(sql<{ row: string }>`select t::text as row from password_try t`);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.row).not.toContain('nobody');
});
