import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  actsOf,
  carried,
  currentAssociation,
  press,
  rebuilt,
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
import { sql } from '../store/sql.ts';
import { associate } from './associate.ts';
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

describe('a new System ID that the browser carried', () => {
  test('becomes current, and the old one is retired in the same act', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
    const after = rebuilt(server);
    const result = await press(portal, {
      account: cast.integrator,
      request: await carried(portal, cast.integrator, after),
      registration,
    });
    expect(result.outcome).toBe('associated');
    expect(await systemIdsOf(portal, registration)).toEqual({
      retired: [server.keys.systemId],
      current: [after.keys.systemId],
    });
    expect(await actsOf(portal, registration)).toEqual(['registered', 'seat-taken', 'associated']);
  });

  test('tells both parties and the site administrator', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
    await press(portal, {
      account: cast.endUser,
      request: await carried(portal, cast.endUser, rebuilt(server)),
      registration,
    });
    const mails = await portal.db.rows(sql<{ recipient: string }>`
      select recipient from outbox where registration = ${registration} and template = 'associated' order by recipient`);
    expect(mails.map((mail) => mail.recipient)).toEqual(['end-user', 'integrator', 'site-administrator']);
  });

  test('pressed twice is done once, and both get the same association', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const request = await carried(portal, cast.integrator, rebuilt(server));
    const command = {
      account: cast.integrator,
      request,
      registration,
      seen: await currentAssociation(portal, registration),
      reason: undefined,
    };
    const [a, b] = await Promise.all([associate(portal, command), associate(portal, command)]);
    expect([a.outcome, b.outcome].sort()).toEqual(['already', 'associated']);
    expect((a as { association: string }).association).toBe((b as { association: string }).association);
    expect(await actsOf(portal, registration)).toEqual(['registered', 'associated']);
  });

  test('needs a reason while the old system is alive, unless the installation proves that it is the same', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const other = testServer();
    const command = {
      account: cast.integrator,
      request: await carried(portal, cast.integrator, other),
      registration,
    };
    expect(await press(portal, command)).toMatchObject({ outcome: 'reason-needed', lastHeardAt: portal.now() });
    expect(await press(portal, { ...command, reason: 'server-replaced' })).toMatchObject({ outcome: 'associated' });
  });

  test('is never a stranger’s: foreign and unknown registrations are one answer', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const request = await carried(portal, cast.stranger, rebuilt(server));
    const foreign = await press(portal, { account: cast.stranger, request, registration });
    const unknown = await press(portal, { account: cast.stranger, request, registration: '00000000' });
    expect(foreign).toEqual({ outcome: 'refused', code: 'not-among-yours' });
    expect(unknown).toEqual(foreign);
  });

  test('that is registered to another account is refused without a fact', async () => {
    const taken = testServer();
    await registered(portal, cast.stranger, taken);
    const mine = await registered(portal, cast.integrator, testServer());
    const result = await press(portal, {
      account: cast.integrator,
      request: await carried(portal, cast.integrator, taken),
      registration: mine,
    });
    expect(result).toEqual({ outcome: 'refused', code: 'system-id-registered-to-other' });
  });

  test('that was registered as new by the same account is offered for merging', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const after = rebuilt(server);
    const fresh = await registered(portal, cast.integrator, after);
    const result = await press(portal, {
      account: cast.integrator,
      request: await carried(portal, cast.integrator, after),
      registration,
    });
    expect(result).toMatchObject({
      outcome: 'refused',
      code: 'registered-as-new-by-you',
      facts: { registration: fresh },
    });
  });
});

describe('a System ID that was typed', () => {
  test('makes a provisional claim: the old one stays current', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const after = rebuilt(server);
    portal.pass(24 * 4);
    const result = await press(portal, {
      account: cast.integrator,
      request: await typed(portal, cast.integrator, after),
      registration,
    });
    expect(result.outcome).toBe('claimed');
    expect(await systemIdsOf(portal, registration)).toEqual({
      current: [server.keys.systemId],
      claimed: [after.keys.systemId],
    });
  });

  test('becomes current when the browser carries the system’s own request', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const after = rebuilt(server);
    portal.pass(24 * 4);
    await press(portal, {
      account: cast.integrator,
      request: await typed(portal, cast.integrator, after),
      registration,
    });
    const proven = await press(portal, {
      account: cast.integrator,
      request: await carried(portal, cast.integrator, after),
      registration,
    });
    expect(proven.outcome).toBe('associated');
    expect(await systemIdsOf(portal, registration)).toMatchObject({ current: [after.keys.systemId] });
  });

  test('is one of several claims that wait on it; the first proof ends the others', async () => {
    const after = testServer();
    const [a, b] = await Promise.all([
      registered(portal, cast.integrator, testServer()),
      registered(portal, cast.stranger, testServer()),
    ]);
    portal.pass(24 * 4);
    await press(portal, {
      account: cast.stranger,
      request: await typed(portal, cast.stranger, after),
      registration: b,
    });
    await press(portal, {
      account: cast.integrator,
      request: await carried(portal, cast.integrator, after),
      registration: a,
    });
    expect(await systemIdsOf(portal, a)).toMatchObject({ current: [after.keys.systemId] });
    expect(await systemIdsOf(portal, b)).toMatchObject({ beaten: [after.keys.systemId] });
    expect(await actsOf(portal, b)).toContain('claim-beaten');
  });

  test('is refused beyond the number of claims that an account may hold', async () => {
    const registration = await registered(portal, cast.endUser, testServer());
    portal.pass(24 * 4);
    const results: string[] = [];
    for (let i = 0; i <= portal.settings.claimLimit; i++) {
      const request = await typed(portal, cast.endUser, testServer());
      const result = await press(portal, { account: cast.endUser, request, registration });
      results.push(result.outcome === 'refused' ? result.code : result.outcome);
    }
    expect(results).toEqual([...Array(portal.settings.claimLimit).fill('claimed'), 'claim-limit']);
  });
});

describe('undo', () => {
  test('makes the former System ID current again and frees the other', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const after = rebuilt(server);
    const made = await press(portal, {
      account: cast.integrator,
      request: await carried(portal, cast.integrator, after),
      registration,
    });
    const { association } = made as { association: string };
    portal.pass(71);
    expect(await undo(portal, { account: cast.integrator, registration, association })).toMatchObject({
      outcome: 'undone',
    });
    expect(await systemIdsOf(portal, registration)).toEqual({
      current: [server.keys.systemId],
      undone: [after.keys.systemId],
    });
    const stranger = await registered(portal, cast.stranger, after);
    expect(stranger).toMatch(/^\d{8}$/);
  });

  test('is refused after 72 hours', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const made = await press(portal, {
      account: cast.integrator,
      request: await carried(portal, cast.integrator, rebuilt(server)),
      registration,
    });
    portal.pass(72);
    const { association } = made as { association: string };
    expect(await undo(portal, { account: cast.integrator, registration, association })).toMatchObject({
      outcome: 'refused',
      code: 'undo-expired',
    });
  });
});
