import { userInfo } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAdministrator } from '../portal/operations/administrators.ts';
import { type TestPortal, testCast, testPortal } from '../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../test/support/postgres.ts';
import { Terminal } from '../test/support/terminal.ts';

/** The program as a process on the machine of a portal, and a real database. */

let database: TestDatabase;
let portal: TestPortal;
let mia: Terminal;
beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  mia = new Terminal();
  mia.env['DATABASE_URL'] = database.url;
});
afterAll(async () => {
  mia.forget();
  await database.drop();
});

test('an account administers the portal and does no more; who typed it is listed', async () => {
  const { endUser } = await testCast(portal);
  const administrators = (...args: string[]) => mia.datestone(['administrators', ...args]);
  expect((await administrators()).stdout).toContain('Nobody administers this portal.');

  const unasked = await administrators('add', endUser.email);
  expect([unasked.code, await isAdministrator(portal.db, endUser.id)]).toEqual([2, false]);
  const unknown = await administrators('add', 'nobody@portal.example', '--yes');
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('No account has the address')]);

  const added = await administrators('add', endUser.email, '--yes');
  expect([added.code, added.stdout]).toEqual([0, `${endUser.email} administers the portal now.\n`]);
  expect(await isAdministrator(portal.db, endUser.id)).toBe(true);
  const listed = JSON.parse((await administrators('list', '--json')).stdout);
  expect(listed).toMatchObject([{ email: endUser.email, made_by: userInfo().username, until: null }]);

  const removed = await administrators('remove', endUser.email, '--yes', '--json');
  expect(JSON.parse(removed.stdout)).toEqual({ outcome: 'removed', address: endUser.email });
  expect(await isAdministrator(portal.db, endUser.id)).toBe(false);
  expect((await administrators()).stdout).toContain(endUser.email);
});
