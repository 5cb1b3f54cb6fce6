import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  asFile,
  carried,
  prepared,
  press,
  rebuilt,
  registered,
  requestOf as requestBy,
  type TestPortal,
  type TestServer,
  testCast,
  testPortal,
  testServer,
  typed,
} from '../../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.ts';
import { close } from '../../operations/confirm.ts';
import { takeRequest } from '../../operations/take-request.ts';
import type { Account } from '../../portal.ts';
import type { Cast } from '../../seed.ts';
import { requestOf } from '../facts.ts';
import { sql } from '../sql.ts';
import { type Choice, choicesFor, type Show } from './choices.ts';

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  cast = await testCast(portal);
});
afterAll(() => database.drop());

// Each test has registrations of its own.
beforeEach(async () => {
  await database.db.rows(sql`truncate party`);
});

async function listed(
  account: Account,
  request: string,
  { search = '', show = 'all', page = 1 }: { search?: string; show?: Show; page?: number } = {},
): Promise<{ rows: Choice[]; count: number; page: number; last: number }> {
  const brought = await requestOf(portal.db, account.id, request, portal.now());
  if (!brought) throw new Error('The request is not held.');
  return choicesFor(portal.db, account.id, brought, { search, show, page, now: portal.now() });
}

const sitesOf = ({ rows }: { rows: Choice[] }) => rows.map((row) => row.site);

async function withSites(...sites: [site: string, server: string][]): Promise<TestServer[]> {
  const servers: TestServer[] = [];
  for (const [site, name] of sites) {
    const server = testServer(name);
    await registered(portal, cast.integrator, server, { site });
    servers.push(server);
    portal.pass(1);
  }
  return servers;
}

describe('the order', () => {
  test('the installation that the server proves to be stands on top, before one of the same name', async () => {
    await withSites(['Alpha', 'ES-NEW'], ['Beta', 'ES-B'], ['Gamma', 'ES-C']);
    const [, , gamma] = await withSites(['Delta', 'ES-D'], ['Eta', 'ES-E'], ['Zeta', 'ES-Z']);
    const now = { ...rebuilt(gamma as TestServer), name: 'ES-NEW' };
    const { rows } = await listed(cast.integrator, await carried(portal, cast.integrator, now));
    expect(rows.map((row) => [row.site, row.reason])).toEqual([
      ['Zeta', 'instance'],
      ['Alpha', 'same-server'],
      ['Beta', null],
      ['Gamma', null],
      ['Delta', null],
      ['Eta', null],
    ]);
  });

  test('the installation stands on top for a file as well: only its order is proven by it, not the possession', async () => {
    const [, known] = await withSites(['Alpha', 'ES-1'], ['Zeta', 'ES-9']);
    const server = rebuilt(known as TestServer);
    const request = await asFile(portal, cast.integrator, server);
    const { rows } = await listed(cast.integrator, request);
    expect(rows.map((row) => [row.site, row.reason])).toEqual([
      ['Zeta', 'instance'],
      ['Alpha', null],
    ]);
    const brought = await requestOf(portal.db, cast.integrator.id, request, portal.now());
    expect(brought?.proven).toBe(false);
  });

  test('what was not heard from for longest comes first, then the name', async () => {
    await withSites(['Late', 'ES-1'], ['Early', 'ES-2']);
    await database.db.rows(sql`
      update system set last_heard_at = '2026-01-01' where name = 'ES-2'`);
    await database.db.rows(sql`update system set last_heard_at = '2026-05-01' where name = 'ES-1'`);
    const sites = async () =>
      sitesOf(await listed(cast.integrator, await typed(portal, cast.integrator, testServer())));
    expect(await sites()).toEqual(['Early', 'Late']);
    await database.db.rows(sql`update system set last_heard_at = '2026-05-01' where name in ('ES-1', 'ES-2')`);
    await withSites(['Brook', 'ES-3']);
    await database.db.rows(sql`update system set last_heard_at = '2026-05-01' where name = 'ES-3'`);
    expect(await sites()).toEqual(['Brook', 'Early', 'Late']);
  });

  test('a system that never spoke counts as silent since it was associated', async () => {
    await withSites(['Spoke since', 'ES-1'], ['Never spoke', 'ES-2']);
    await database.db.rows(sql`update system set last_heard_at = null where name = 'ES-2'`);
    await database.db.rows(sql`update system set last_heard_at = ${portal.now()} where name = 'ES-1'`);
    const choices = await listed(cast.integrator, await typed(portal, cast.integrator, testServer()));
    expect(sitesOf(choices)).toEqual(['Never spoke', 'Spoke since']);
  });

  test('a claim that waits for this System ID comes before the same name', async () => {
    const server = testServer('ES-1');
    await withSites(['Namesake', 'ES-1'], ['Claimed', 'ES-2']);
    const claimed = await listed(cast.integrator, await typed(portal, cast.integrator, server), { search: 'Claimed' });
    const registration = claimed.rows[0]?.number as string;
    const request = await typed(portal, cast.integrator, server);
    await press(portal, { account: cast.integrator, request, registration, reason: 'database-deleted' });
    const { rows } = await listed(cast.integrator, await carried(portal, cast.integrator, server));
    expect(rows.map((row) => [row.site, row.reason])).toEqual([
      ['Claimed', 'waits'],
      ['Namesake', 'same-server'],
    ]);
  });

  test('what was prepared for a server of this name comes first after the installation, all else prepared before the rest', async () => {
    const [known] = await withSites(['Known', 'ES-1'], ['Namesake', 'ES-NEW'], ['Registered', 'ES-3']);
    await prepared(portal, cast.integrator, 'For another', 'ES-9');
    await prepared(portal, cast.integrator, 'For none');
    await prepared(portal, cast.integrator, 'For it', 'es-new');
    await prepared(portal, cast.stranger, 'Of a stranger', 'ES-NEW');
    const now = { ...rebuilt(known as TestServer), name: 'ES-NEW' };
    const { rows } = await listed(cast.integrator, await carried(portal, cast.integrator, now));
    expect(rows.map((row) => [row.site, row.reason])).toEqual([
      ['Known', 'instance'],
      ['For it', 'prepared'],
      ['Namesake', 'same-server'],
      ['For another', null],
      ['For none', null],
      ['Registered', null],
    ]);
  });

  test('of a System ID that was typed, whose server has no name yet, the prepared ones come first', async () => {
    await withSites(['Registered', 'ES-1']);
    await prepared(portal, cast.integrator, 'Prepared', 'ES-9');
    const { rows } = await listed(cast.integrator, await typed(portal, cast.integrator, testServer()));
    expect(rows.map((row) => [row.site, row.reason])).toEqual([
      ['Prepared', null],
      ['Registered', null],
    ]);
  });

  test('what cannot be chosen comes last: what has this System ID already, and what is closed', async () => {
    const [open, has] = await withSites(['Has it', 'ES-1'], ['Open', 'ES-2'], ['Closed', 'ES-3']);
    expect(open && has).toBeTruthy();
    const all = await listed(cast.integrator, await typed(portal, cast.integrator, testServer()));
    const closed = all.rows.find((row) => row.site === 'Closed')?.number as string;
    await close(portal, { account: cast.integrator, registration: closed });
    const again = await carried(portal, cast.integrator, open as TestServer);
    const choices = await listed(cast.integrator, again);
    expect(sitesOf(choices)).toEqual(['Open', 'Has it', 'Closed']);
    expect(choices.rows.map((row) => row.closedAt !== null)).toEqual([false, false, true]);
  });
});

describe('the instance key counts for nothing', () => {
  test('once it was heard from under two live System IDs', async () => {
    const [server] = await withSites(['Copied', 'ES-1']);
    const copy = { ...rebuilt(server as TestServer), name: 'ES-9' };
    const first = await carried(portal, cast.integrator, copy);
    expect((await listed(cast.integrator, first)).rows[0]?.reason).toBe('instance');
    await carried(portal, cast.integrator, server as TestServer); // the old one is still alive
    const second = await carried(portal, cast.integrator, copy);
    expect((await listed(cast.integrator, second)).rows[0]?.reason).toBeNull();
  });

  test('if two of the registrations have it', async () => {
    const golden = testServer('ES-1');
    await registered(portal, cast.integrator, golden, { site: 'One' });
    await registered(portal, cast.integrator, { ...rebuilt(golden), name: 'ES-2' }, { site: 'Two' });
    const third = { ...rebuilt(golden), name: 'ES-3' };
    const { rows } = await listed(cast.integrator, await carried(portal, cast.integrator, third));
    expect(rows.map((row) => row.reason)).toEqual([null, null]);
  });

  test('if the request is not a fresh one', async () => {
    const [server] = await withSites(['Known', 'ES-1']);
    const now = { ...rebuilt(server as TestServer), name: 'ES-9' };
    const document = await requestBy(portal, now);
    await takeRequest(portal, { document, cookieHash: Buffer.alloc(32, 1), account: undefined, origin: undefined });
    // The same document from another browser: validly signed, but no proof of possession any more.
    const account = cast.integrator.id;
    const taken = await takeRequest(portal, { document, cookieHash: Buffer.alloc(32, 2), account, origin: undefined });
    const request = taken.outcome === 'taken' ? taken.request : '';
    expect((await listed(cast.integrator, request)).rows[0]?.reason).toBeNull();
  });
});

describe('what is shown', () => {
  test("one's own registrations and no others", async () => {
    await withSites(['Mine', 'ES-1']);
    await registered(portal, cast.stranger, testServer('ES-2'), { site: 'Of a stranger' });
    const mine = await listed(cast.integrator, await typed(portal, cast.integrator, testServer()));
    const theirs = await listed(cast.stranger, await typed(portal, cast.stranger, testServer()));
    const nobodys = await listed(cast.endUser, await typed(portal, cast.endUser, testServer()));
    expect([mine, theirs, nobodys].map(sitesOf)).toEqual([['Mine'], ['Of a stranger'], []]);
  });

  test('25 a page; a page after the last is the last', async () => {
    await withSites(...Array.from({ length: 26 }, (_, i): [string, string] => [`Site ${i}`, `ES-${i}`]));
    const request = await typed(portal, cast.integrator, testServer());
    const [first, second, beyond] = await Promise.all(
      [1, 2, 99].map((page) => listed(cast.integrator, request, { page })),
    );
    expect([first, second, beyond].map((l) => [l?.rows.length, l?.count, l?.page, l?.last])).toEqual([
      [25, 26, 1, 2],
      [1, 26, 2, 2],
      [1, 26, 2, 2],
    ]);
  });

  test('what fits the search: site, company, city, server, registration number, System ID with or without hyphens', async () => {
    const [server] = await withSites(['Hospital North', 'HN-A-ES01'], ['Library', 'HL-ES01']);
    await database.db.rows(sql`
      update registration set installation = installation || '{"company": "City of Odense", "city": "Odense"}'
      where site_name = 'Library'`);
    const id = (server as TestServer).keys.systemId;
    const request = await typed(portal, cast.integrator, testServer());
    const search = async (q: string) => sitesOf(await listed(cast.integrator, request, { search: q }));
    const { rows } = await listed(cast.integrator, request, { search: 'hospital' });
    const number = rows[0]?.number as string;
    const grouped = (id.match(/.{5}/g) as string[]).join('-');
    const lines = (id.match(/.{15}/g) as string[]).join('\n').toLowerCase();
    for (const q of ['hospital', 'hn-a-es01', 'north hospital', id, grouped, lines, grouped.slice(0, 11), number]) {
      expect([q, await search(q)]).toEqual([q, ['Hospital North']]);
    }
    expect(await search(`${number.slice(0, 4)} ${number.slice(4)}`)).toEqual(['Hospital North']);
    expect(await search('odense')).toEqual(['Library']);
    expect(await search('city of')).toEqual(['Library']);
    expect(await search('%')).toEqual([]);
  });

  test('on request what was not heard from for seven days, or has no System ID yet', async () => {
    await withSites(['Silent', 'ES-1'], ['Alive', 'ES-2'], ['Prepared', 'ES-3']);
    await database.db.rows(sql`update system set last_heard_at = '2026-01-01' where name = 'ES-1'`);
    await database.db.rows(sql`
      update association set state = 'undone' where registration in (select number from registration where site_name = 'Prepared')`);
    await database.db.rows(sql`update registration set state = 'prepared' where site_name = 'Prepared'`);
    const request = await typed(portal, cast.integrator, testServer());
    expect(sitesOf(await listed(cast.integrator, request, { show: 'silent' }))).toEqual(['Prepared', 'Silent']);
    expect(sitesOf(await listed(cast.integrator, request, { show: 'prepared' }))).toEqual(['Prepared']);
  });
});
