import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  actsOf,
  carried,
  currentAssociation,
  rebuilt,
  registered,
  systemIdsOf,
  type TestPortal,
  testCast,
  testPortal,
  testServer,
} from '../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import type { Cast } from '../seed.ts';
import { type OpenDatabase, openDatabase } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { associate } from './associate.ts';
import { takeSeat } from './take-seat.ts';

// The database decides: each of the twenty works on a connection of its own, as twenty portal processes would.
const TWENTY = 20;

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let portals: (TestPortal & { db: OpenDatabase })[];

beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  cast = await testCast(portal);
  portals = Array.from({ length: TWENTY }, () => ({
    ...portal,
    db: openDatabase({ connectionString: database.url, max: 1 }),
  }));
  await Promise.all(portals.map((p) => p.db.rows(sql`select 1`)));
});
afterAll(async () => {
  await Promise.all(portals.map((p) => p.db.close()));
  await database.drop();
});

test('twenty registrations race for one System ID: one wins, nineteen are told who was first', async () => {
  const server = testServer();
  const registrations = await Promise.all(portals.map(() => registered(portal, cast.integrator, testServer())));
  const request = await carried(portal, cast.integrator, server);
  const seen = await Promise.all(registrations.map((number) => currentAssociation(portal, number)));
  const results = await Promise.all(
    portals.map((p, i) =>
      associate(p, {
        account: cast.integrator,
        request,
        registration: registrations[i] as string,
        seen: seen[i],
        reason: 'server-replaced',
      }),
    ),
  );
  expect(results.map((r) => r.outcome).sort()).toEqual(['associated', ...Array(TWENTY - 1).fill('offer-move')]);
  const current = await portal.db.rows(sql`
    select from association where system_id = ${server.keys.systemId} and state = 'current'`);
  expect(current).toHaveLength(1);
  const acts = await Promise.all(registrations.map((number) => actsOf(portal, number)));
  expect(acts.filter((a) => a.includes('associated'))).toHaveLength(1);
});

test('twenty System IDs race for one registration: one wins, nineteen are told who was first', async () => {
  const server = testServer();
  const registration = await registered(portal, cast.integrator, server);
  const requests = await Promise.all(portals.map(() => carried(portal, cast.integrator, rebuilt(server))));
  const seen = await currentAssociation(portal, registration);
  const results = await Promise.all(
    portals.map((p, i) =>
      associate(p, {
        account: cast.integrator,
        request: requests[i] as string,
        registration,
        seen,
        reason: 'database-deleted',
      }),
    ),
  );
  const told = results.map((r) => (r.outcome === 'refused' ? r.code : r.outcome)).sort();
  expect(told).toEqual(['associated', ...Array(TWENTY - 1).fill('lost-race')]);
  const ids = await systemIdsOf(portal, registration);
  expect(ids.current).toHaveLength(1);
  expect(ids.retired).toEqual([server.keys.systemId]);
  expect(await actsOf(portal, registration)).toEqual(['registered', 'associated']);
});

test('twenty posts of one form: one history entry, and all get the same association', async () => {
  const server = testServer();
  const registration = await registered(portal, cast.integrator, server);
  const request = await carried(portal, cast.integrator, rebuilt(server));
  const seen = await currentAssociation(portal, registration);
  const results = await Promise.all(
    portals.map((p) => associate(p, { account: cast.integrator, request, registration, seen, reason: undefined })),
  );
  expect(results.map((r) => r.outcome).sort()).toEqual([...Array(TWENTY - 1).fill('already'), 'associated']);
  expect(new Set(results.map((r) => (r as { association: string }).association)).size).toBe(1);
  expect(await actsOf(portal, registration)).toEqual(['registered', 'associated']);
});

test('two race for one seat: one takes it', async () => {
  const registration = await registered(portal, cast.integrator, testServer());
  const results = await Promise.all(portals.map((p) => takeSeat(p, cast.endUser, registration)));
  expect(results.map((r) => r.outcome).sort()).toEqual([...Array(TWENTY - 1).fill('seat-taken'), 'taken']);
});
