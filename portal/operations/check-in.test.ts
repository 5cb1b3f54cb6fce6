import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONSENT_VERSION } from '../../core/consents.ts';
import { openBundle } from '../../core/documents/bundle.ts';
import { makeCheckIn, openAnswer, type Shared } from '../../core/documents/check-in.ts';
import { openRecord } from '../../core/documents/record.ts';
import {
  actsOf,
  carried,
  press,
  rebuilt,
  registered,
  systemIdsOf,
  type TestPortal,
  type TestServer,
  testCast,
  testPortal,
  testServer,
  typed,
} from '../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import type { Cast } from '../seed.ts';
import { newerKeys } from '../store/keys.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { sql } from '../store/sql.ts';
import { checkIn } from './check-in.ts';
import { close, confirm } from './confirm.ts';
import { settleConflict } from './conflicts.ts';
import { changeConsent } from './consents.ts';
import { newRoot } from './keys.ts';

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;

beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  cast = await testCast(portal);
});
afterAll(() => database.drop());

interface Said {
  token?: string | undefined;
  registration?: string | undefined;
  shared?: Shared | undefined;
}

function checkInOf(server: TestServer, { token, registration, shared }: Said = {}): Promise<string> {
  return makeCheckIn({
    keys: server.keys,
    bundle: portal.keys.bundle,
    n: ++server.n,
    now: portal.now(),
    token,
    registration,
    shared,
    sequence: 0,
    instance: server.instance,
  });
}

async function send(server: TestServer, document: string) {
  const result = await checkIn(portal, document);
  if (result.outcome === 'refused') throw new Error(`refused: ${result.code}`);
  const opened = await openAnswer(result.answer, portal.keys.bundle, { systemId: server.keys.systemId, n: server.n });
  if (opened.outcome === 'refused') throw new Error(`answer: ${opened.code}`);
  return { ...opened.answer, document: result.answer };
}

async function said(server: TestServer, what: Said = {}) {
  return send(server, await checkInOf(server, what));
}

async function recordIn(server: TestServer, record: string | undefined) {
  const opened = await openRecord(record ?? '', portal.keys.bundle, server.keys.systemId);
  if (opened.outcome === 'refused') throw new Error(`record: ${opened.code}`);
  return opened.record;
}

function openConflicts(server: TestServer) {
  return portal.db.rows(sql<{ id: string; kind: string }>`
    select id, kind from conflict where system_id = ${server.keys.systemId} and settled_at is null`);
}

describe('the answer', () => {
  test('brings the record of the registration, with the request that it answers', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const answer = await said(server);
    const record = await recordIn(server, answer.record);
    expect(record).toMatchObject({ registration, state: 'registered', request: 1, site: { city: 'Aarhus' } });
  });

  test('of a system that nobody registered has no record', async () => {
    const answer = await said(testServer());
    expect(answer.record).toBeUndefined();
    expect(answer.offers).toBeUndefined();
  });

  test('to a replaced System ID says that it was replaced, and opens a conflict', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    await press(portal, {
      account: cast.integrator,
      request: await carried(portal, cast.integrator, rebuilt(server)),
      registration,
    });
    const answer = await said(server);
    expect(await recordIn(server, answer.record)).toMatchObject({ registration, state: 'replaced' });
    expect(answer.conflict).toBe('retired-speaks');
    expect(await actsOf(portal, registration)).toEqual(['registered', 'associated', 'conflict-opened']);
    await said(server, { token: answer.token });
    expect(await openConflicts(server)).toHaveLength(1);
  });
});

describe('a claim', () => {
  test('is offered to its system, and proven when the system says that it shows that registration', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const after = rebuilt(server);
    portal.pass(24 * 4);
    await press(portal, {
      account: cast.integrator,
      request: await typed(portal, cast.integrator, after),
      registration,
    });

    const first = await said(after);
    expect(first.record).toBeUndefined();
    expect(await recordIn(after, first.offers?.[0])).toMatchObject({ registration });
    expect(await systemIdsOf(portal, registration)).toMatchObject({ current: [server.keys.systemId] });

    const second = await said(after, { token: first.token, registration });
    expect(await recordIn(after, second.record)).toMatchObject({ registration, predecessor: server.keys.systemId });
    expect(await systemIdsOf(portal, registration)).toEqual({
      retired: [server.keys.systemId],
      current: [after.keys.systemId],
    });
  });

  test('is not proven by a system that says that it shows another registration', async () => {
    const registration = await registered(portal, cast.integrator, testServer());
    const after = testServer();
    portal.pass(24 * 4);
    await press(portal, {
      account: cast.integrator,
      request: await typed(portal, cast.integrator, after),
      registration,
    });
    await said(after, { registration: '12345678' });
    expect(await systemIdsOf(portal, registration)).toMatchObject({ claimed: [after.keys.systemId] });
  });
});

test('the newest bundle comes with the answers until the system has shown that one of them arrived', async () => {
  const server = testServer();
  await registered(portal, cast.integrator, server);
  const versionIn = async (document: string | undefined) => {
    const reading = document === undefined ? undefined : await openBundle(document, portal.keys.bundle.fingerprint);
    return reading?.outcome === 'genuine' ? reading.bundle.version : undefined;
  };
  const { version } = portal.keys.bundle;
  // Nobody knows which one it was installed with.
  const first = await said(server);
  expect(await versionIn(first.bundle)).toBe(version);
  const second = await said(server, { token: first.token });
  expect(second.bundle).toBeUndefined();

  await newRoot(portal.db, portal.now());
  portal.keys = (await newerKeys(portal.db, version)) ?? portal.keys;
  const lost = await said(server, { token: second.token });
  expect(await versionIn(lost.bundle)).toBe(version + 2);
  const again = await said(server, { token: second.token });
  expect(await versionIn(again.bundle)).toBe(version + 2);
  expect((await said(server, { token: again.token })).bundle).toBeUndefined();
});

describe('two live copies are found out by the token', () => {
  test('identical bytes get the same answer again', async () => {
    const server = testServer();
    await registered(portal, cast.integrator, server);
    const document = await checkInOf(server);
    const first = await send(server, document);
    expect((await send(server, document)).document).toBe(first.document);
  });

  test('one lost reply is forgiven, a second in a row is not', async () => {
    const server = testServer();
    await registered(portal, cast.integrator, server);
    const { token } = await said(server);
    expect((await said(server, { token })).conflict).toBeUndefined();
    expect((await said(server, { token })).conflict).toBeUndefined();
    expect((await said(server, { token })).conflict).toBe('restored');
  });

  test('a clone with another instance key is a copy; the token it did not get betrays it', async () => {
    const server = testServer();
    await registered(portal, cast.integrator, server);
    const { token } = await said(server);
    const clone: TestServer = { ...testServer(), keys: server.keys, n: server.n };
    const next = await said(server, { token });
    await said(server, { token: next.token });
    expect((await said(clone, { token })).conflict).toBe('copy');
    expect(await openConflicts(server)).toMatchObject([{ kind: 'copy' }]);
  });

  test('a settled conflict lets the system go on, whatever its counter', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const backup = { ...server };
    const { token } = await said(server);
    await said(server, { token });
    expect((await said(backup)).conflict).toBe('restored');
    const [conflict] = await openConflicts(server);
    await settleConflict(portal, { account: cast.integrator, registration, conflict: conflict?.id as string });
    const answer = await said(backup);
    expect(answer.conflict).toBeUndefined();
    expect((await said(backup, { token: answer.token })).conflict).toBeUndefined();
  });
});

test('an instance key that is heard from under two live System IDs counts for nothing', async () => {
  const server = testServer();
  const registration = await registered(portal, cast.integrator, server);
  const after = rebuilt(server);
  await said(after);
  await said(server);
  const result = await press(portal, {
    account: cast.integrator,
    request: await carried(portal, cast.integrator, after),
    registration,
  });
  expect(result.outcome).toBe('reason-needed');
});

describe('what the end user agreed to share', () => {
  const words = (server: TestServer, version: string): Shared => ({
    servers: [
      {
        system_id: server.keys.systemId,
        ...{ kind: 'enterprise-server', product: 'Enterprise Server', version, name: server.name },
        seen_at: 1_790_000_000,
      },
    ],
    health: { agent: '0.1.0', restored: false },
  });

  async function confirmed(kinds: readonly ('system' | 'personal')[]) {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
    await confirm(portal, { account: cast.endUser, registration, consents: { kinds, version: CONSENT_VERSION } });
    const known = async () => {
      const system = await systemInformation(portal.db, cast.integrator.id, registration, portal.now());
      return [system?.current?.server.version, system?.current?.shared?.agent];
    };
    const change = (given: boolean) =>
      changeConsent(portal, { account: cast.endUser, registration, kind: 'system', given, version: CONSENT_VERSION });
    return { server, registration, known, change };
  }

  test('is kept while it is agreed to, and gone with the consent, also what a late check-in says', async () => {
    const { server, registration, known, change } = await confirmed(['system']);
    const first = await said(server, { registration, shared: words(server, '3.3.0.1') });
    expect(await known()).toEqual(['3.3.0.1', '0.1.0']);

    expect(await change(false)).toMatchObject({ outcome: 'withdrawn' });
    // What was said in the request, which a person sent off.
    expect(await known()).toEqual(['3.2.4.1180', undefined]);
    // The site learns it with this answer: what it sent before it could know is dropped.
    const late = await said(server, { token: first.token, registration, shared: words(server, '3.3.0.2') });
    expect(await known()).toEqual(['3.2.4.1180', undefined]);
    expect(await recordIn(server, late.record)).not.toHaveProperty('consents');

    await change(true);
    await said(server, { token: late.token, registration, shared: words(server, '3.3.0.3') });
    expect(await known()).toEqual(['3.3.0.3', '0.1.0']);
  });

  test.each([
    { what: 'nothing', kinds: [] },
    { what: 'personal information only', kinds: ['personal'] as const },
  ])('is dropped where $what was agreed to', async ({ kinds }) => {
    const { server, registration, known } = await confirmed(kinds);
    await said(server, { registration, shared: words(server, '3.3.0.1') });
    expect(await known()).toEqual(['3.2.4.1180', undefined]);
  });

  test('is dropped of a System ID that a server only says to be its own, and at the close of the registration', async () => {
    const { server, registration, known } = await confirmed(['system']);
    const other = await confirmed(['system']);
    await said(server, { registration, shared: words(other.server, '9.9.9.9') });
    expect([await known(), await other.known()]).toEqual([
      ['3.2.4.1180', undefined],
      ['3.2.4.1180', undefined],
    ]);
    await said(other.server, { registration: other.registration, shared: words(other.server, '3.3.0.1') });
    await close(portal, { account: cast.endUser, registration: other.registration });
    const kept = await portal.db.rows(sql`select from shared_server where registration = ${other.registration}`);
    expect(kept).toEqual([]);
  });

  test('withdrawn while the server speaks, twenty times: nothing of it stays', async () => {
    const { server, registration, known, change } = await confirmed(['system']);
    let { token } = await said(server, { registration, shared: words(server, '3.3.0.0') });
    for (let i = 1; i <= 20; i++) {
      const [answer] = await Promise.all([
        said(server, { token, registration, shared: words(server, `3.3.0.${i}`) }),
        change(false),
      ]);
      token = answer.token;
      expect(await known()).toEqual(['3.2.4.1180', undefined]);
      await change(true);
    }
  });
});
