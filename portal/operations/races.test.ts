import { randomUUID } from 'node:crypto';
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
import type { Account } from '../portal.ts';
import type { Cast } from '../seed.ts';
import { type OpenDatabase, openDatabase } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { insertAccount } from './accounts.ts';
import { acceptInvitation, lookAtInvitation } from './answer-invitation.ts';
import { associate } from './associate.ts';
import { invite } from './invite.ts';
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

test('twenty accept one printed invitation at once: one has the seat, nineteen learn that it has ended', async () => {
  const registration = await registered(portal, cast.integrator, testServer());
  const result = await invite(portal, { account: cast.integrator, registration, invite: { how: 'printed' } });
  const secret = result.outcome === 'invited' ? (result.code ?? '') : '';
  const accounts = await Promise.all(portals.map((_, n) => newAccount(`race-${n}@example.com`)));
  const results = await Promise.all(
    portals.map((p, n) => acceptInvitation(p, { account: accounts[n] as Account, secret })),
  );
  expect(results.map((r) => (r.outcome === 'refused' ? r.code : r.outcome)).sort()).toEqual([
    'accepted',
    ...Array(TWENTY - 1).fill('invitation-ended'),
  ]);
  expect(await actsOf(portal, registration)).toEqual(['registered', 'invited', 'seat-taken']);
  const parties = await portal.db.rows(sql`select from party where registration = ${registration}`);
  expect(parties).toHaveLength(2);
});

test('ten invite at once: one invitation is open, and only its code works', async () => {
  const registration = await registered(portal, cast.integrator, testServer());
  // Ten a day are what a registration can send.
  const ten = portals.slice(0, 10);
  const results = await Promise.all(
    ten.map((p) => invite(p, { account: cast.integrator, registration, invite: { how: 'printed' } })),
  );
  const codes = results.map((r) => (r.outcome === 'invited' ? (r.code ?? '') : ''));
  const looks = await Promise.all(codes.map((secret) => lookAtInvitation(portal, { account: cast.endUser, secret })));
  expect(looks.filter(({ outcome }) => outcome === 'open')).toHaveLength(1);
});

test('accepted against replaced: one of the two happened, and the other is told why not', async () => {
  const outcomes = new Set<string>();
  for (let n = 0; n < 20; n++) {
    const registration = await registered(portal, cast.integrator, testServer());
    const account = cast.integrator;
    const first = await invite(portal, { account, registration, invite: { how: 'printed' } });
    const secret = first.outcome === 'invited' ? (first.code ?? '') : '';
    const accepts = () => acceptInvitation(portals[0] as TestPortal, { account: cast.endUser, secret });
    const replaces = () => invite(portals[1] as TestPortal, { account, registration, invite: { how: 'printed' } });
    // Twice one after the other, so that both ends are met whoever is faster here; then at once.
    const [accepted, replaced] =
      n === 0
        ? [await accepts(), await replaces()]
        : n === 1
          ? await replaces().then(async (after) => [await accepts(), after] as const)
          : await Promise.all([accepts(), replaces()]);
    const told = [accepted, replaced].map((r) => (r.outcome === 'refused' ? r.code : r.outcome)).join(' ');
    outcomes.add(told);
    const open = await portal.db.rows(
      sql`select from invitation where registration = ${registration} and ended_at is null`,
    );
    expect([told, open.length]).toEqual(
      accepted.outcome === 'accepted' ? ['accepted seat-taken', 0] : ['invitation-ended invited', 1],
    );
  }
  expect(outcomes.size).toBe(2);
});

async function newAccount(email: string): Promise<Account> {
  const account = { id: randomUUID(), email, name: 'Somebody', organisation: 'Somewhere', kind: 'end-user' } as const;
  await insertAccount(portal.db, account, null, portal.now());
  return account;
}
