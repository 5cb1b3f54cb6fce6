// How a registration comes to a server: Register now, check-ins, the way back, offers. The portal's end signs for real.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newFolder } from '../test/support/folders.ts';
import { headingOf, textOf } from '../test/support/http.ts';
import { type HeardCheckIn, type PortalSide, portalSide } from '../test/support/portal-side.ts';
import { type Site, startSite, Visitor } from '../test/support/site.ts';
import { until } from '../test/support/until.ts';

let portal: PortalSide;
const open: Site[] = [];
const clock = { offset: 0 };
const now = () => new Date(Date.now() + clock.offset);
const HOURS = 3600_000;

beforeAll(async () => {
  portal = await portalSide();
});
beforeEach(() => {
  clock.offset = 0;
  portal.says(async () => ({}));
  portal.heard.length = 0;
  portal.requests.length = 0;
});
afterEach(() => Promise.all(open.splice(0).map((site) => site.close())));
afterAll(() => portal.close());

async function newSite(changes: Parameters<typeof startSite>[1] = {}) {
  const site = await startSite(portal, { now, ...changes });
  open.push(site);
  const visitor = new Visitor(site);
  await visitor.logOn();
  const systemId = await visitor.systemId();
  const back = (record: string) => visitor.open(`/registration/back?record=${record}`);
  return { site, visitor, systemId, back };
}

/** The `n` of the request that the portal got last. */
const lastRequest = () => portal.requests.at(-1)?.request.n as number;
const shown = async (visitor: Visitor) => (await visitor.registeredTo()).state;

describe('Register now', () => {
  test('one click carries the request to the portal, which learns where to send the browser back', async () => {
    const { site, visitor, systemId } = await newSite();
    const arrived = await visitor.register();
    expect(arrived.url).toBe(`${portal.url}/arrived`);
    expect(portal.requests).toHaveLength(1);
    expect(portal.requests[0]).toMatchObject({
      systemId,
      request: {
        via: 'browser',
        server: { name: 'HN-A-ES01', kind: 'enterprise-server', product: 'Enterprise Server', version: '3.2.4.1180' },
        return_to: `${site.url}/registration/back`,
        shadows: 0,
        sequence: 0,
      },
    });
    expect(portal.requests[0]?.request.registration).toBeUndefined();
  });

  test('the portal hears by check-in within seconds, and the server shows what it answers', async () => {
    const { visitor, systemId } = await newSite();
    portal.says(async () => ({ record: await portal.record(systemId, { request: lastRequest() }) }));
    await visitor.register();
    await until('the plate', async () => (await shown(visitor)) === 'registered');
    const told = await until('a check-in that names the registration', () =>
      portal.heard.find(({ checkIn }) => checkIn.registration === '48172065'),
    );
    expect(told).toMatchObject({ systemId, instanceProven: true });
    expect(await visitor.registeredTo()).toEqual({
      state: 'registered',
      registration: '48172065',
      since: '2025-03-12',
      site: { name: 'Hospital North, Building A', company: 'Northfield Health Trust', city: 'Aarhus', country: 'DK' },
      text: [
        'This system is registered to',
        'Hospital North, Building A',
        'Northfield Health Trust',
        'Aarhus, Denmark',
        'Registration 4817 2065, since 12 March 2025',
      ],
    });
  });

  test('nothing is sent before somebody chose to register or to check', async () => {
    const { visitor } = await newSite();
    for (const page of ['/register', '/registration', '/what-we-send', '/database']) await visitor.open(page);
    expect(portal.heard).toEqual([]);
    await visitor.checkNow();
    expect(portal.heard).toHaveLength(1);
  });

  test('what the end user agreed to share is sent, shown before it is, and gone from the wire with the next record', async () => {
    const { visitor, systemId } = await newSite();
    const agreed = { system: true, personal: false, version: '2026-11' };
    let revision = 10;
    const saysWith = (more: { consents?: typeof agreed }) =>
      portal.says(async () => ({
        record: await portal.record(systemId, { request: lastRequest(), revision: revision++, ...more }),
      }));
    saysWith({ consents: agreed });
    await visitor.register();
    await until('a check-in that shares', () => portal.heard.some(({ checkIn }) => checkIn.servers !== undefined));
    const { checkIn } = portal.heard.at(-1) as HeardCheckIn;
    expect(checkIn.servers).toEqual([
      {
        system_id: systemId,
        kind: 'enterprise-server',
        product: 'Enterprise Server',
        version: '3.2.4.1180',
        name: 'HN-A-ES01',
        seen_at: expect.any(Number),
        revision: expect.any(Number),
      },
    ]);
    expect(checkIn.health).toEqual({ agent: expect.stringMatching(/^\d+\.\d+\.\d+$/), restored: false });
    expect(textOf((await visitor.open('/what-we-send')).html)).toContain('So the next one also says this');

    saysWith({});
    await visitor.checkNow();
    portal.heard.length = 0;
    await visitor.checkNow();
    const bytes = Buffer.from(portal.heard[0]?.document.split('.')[1] ?? '', 'base64url').toString();
    expect(bytes).toContain('"registration":"48172065"');
    expect(bytes).not.toMatch(/servers|health|HN-A-ES01|3\.2\.4|Enterprise/);
    expect(textOf((await visitor.open('/what-we-send')).html)).toContain('No system information is sent');
  });

  test('an unregistered check-in says nothing about the server but its keys and counters', async () => {
    const { visitor } = await newSite();
    await visitor.checkNow();
    expect(Object.keys(portal.heard[0]?.checkIn ?? {}).sort()).toEqual(
      ['aud', 'bind', 'code_key_id', 'ed25519', 'iat', 'instance', 'instance_proof', 'n', 'sequence'].sort(),
    );
  });

  test('a page of before a newer one was made is shown anew, and nothing is sent', async () => {
    const { visitor } = await newSite();
    const older = await visitor.open('/register');
    await visitor.open('/register');
    const again = await visitor.press(older, 'Register now');
    expect(textOf(again.html)).toContain('This page was out of date, so nothing was sent.');
    expect(portal.requests).toEqual([]);
    expect((await visitor.press(again, 'Register now')).url).toBe(`${portal.url}/arrived`);
  });

  test('a page that stood open for more than an hour is shown anew, and nothing is sent', async () => {
    const { visitor } = await newSite();
    const page = await visitor.open('/register');
    clock.offset = 1.1 * HOURS;
    expect(headingOf(await visitor.press(page, 'Register now'))).toBe('Register this system');
    expect(portal.requests).toEqual([]);
  });

  test('a request that another page brings is not carried on', async () => {
    const { visitor } = await newSite();
    const page = await visitor.open('/register');
    await visitor.press(page, 'Register now', { request: 'a.b.c' });
    expect(portal.requests).toEqual([]);
  });

  test('Register later asks again at the next log on, or after the days that an administrator set, or never', async () => {
    const { visitor } = await newSite();
    const again = async () => {
      await visitor.press(await visitor.open('/registration'), 'Log off');
      return headingOf(await visitor.logOn());
    };
    const later = async () => headingOf(await visitor.press(await visitor.open('/register'), 'Register later'));
    const setDays = async (days: string) => visitor.press(await visitor.open('/registration'), 'Save', { days });

    expect(await later()).toBe('Registration information');
    expect(await again()).toBe('Register this system');
    await setDays('7');
    await later();
    expect(await again()).toBe('Registration information');
    clock.offset = 8 * 24 * HOURS;
    await visitor.logOn();
    expect(await again()).toBe('Register this system');
    await setDays('never');
    expect(await again()).toBe('Registration information');
  });

  test('what is shown as sent is the very request that the page holds', async () => {
    const { visitor } = await newSite();
    const page = await visitor.open('/register');
    const shownText = textOf((await visitor.follow(page, 'See exactly what will be sent')).html);
    await visitor.press(page, 'Register now');
    const { request } = portal.requests[0] ?? {};
    for (const value of [request?.n, request?.iat, request?.bind, request?.instance_proof, request?.return_to]) {
      expect(shownText).toContain(String(value));
    }
  });

  test('what was sent to the portal last is shown member by member, each with its meaning', async () => {
    const { visitor } = await newSite();
    await visitor.checkNow();
    await visitor.checkNow();
    const page = await visitor.open('/what-we-send');
    expect(page.status).toBe(200);
    expect(textOf(page.html)).toContain(`what the portal gave with its last answer ${portal.heard[1]?.checkIn.token}`);
  });

  test('a registered server offers to edit its registration, and its request names it', async () => {
    const { visitor, systemId, back } = await newSite();
    await visitor.register();
    await back(await portal.record(systemId, { request: lastRequest() }));
    const page = await visitor.open('/');
    const edit = await visitor.follow(page, 'Edit registration');
    expect(headingOf(edit)).toBe('Edit registration');
    await visitor.press(edit, 'Edit registration');
    expect(portal.requests.at(-1)?.request.registration).toBe('48172065');
  });
});

describe('The way back', () => {
  test('a record that answers a request of here is shown at once', async () => {
    const { visitor, systemId, back } = await newSite();
    await visitor.register();
    const page = await back(await portal.record(systemId, { request: lastRequest() }));
    expect(textOf(page.html)).toContain('The record of the portal arrived. This server shows it.');
    expect(await shown(visitor)).toBe('registered');
  });

  test('coming twice is as good as once', async () => {
    const { visitor, systemId, back } = await newSite();
    await visitor.register();
    const record = await portal.record(systemId, { request: lastRequest() });
    await back(record);
    expect(textOf((await back(record)).html)).toContain('This server shows it.');
  });

  test('after 24 hours it is only offered, and shown when an administrator accepts it', async () => {
    const { visitor, systemId, back } = await newSite();
    await visitor.register();
    const record = await portal.record(systemId, { request: lastRequest() });
    clock.offset = 25 * HOURS;
    await visitor.logOn();
    const page = await back(record);
    expect(await shown(visitor)).toBe('unregistered');
    expect(textOf(page.html)).toContain(
      'The portal says that this system is registered: number 4817 2065, Hospital North, Building A, Northfield Health Trust.',
    );
    await visitor.press(page, 'Show it on this server');
    expect(await shown(visitor)).toBe('registered');
  });

  test('one that answers no request of here is only offered; Do not leaves everything as it was', async () => {
    const { visitor, systemId, back } = await newSite();
    const page = await back(await portal.record(systemId));
    const after = await visitor.press(page, 'Do not');
    expect(textOf(after.html)).toContain('Nothing was changed.');
    expect(textOf(after.html)).not.toContain('Show it on this server');
    expect(await shown(visitor)).toBe('unregistered');
  });

  test('for another system it is refused with both short IDs', async () => {
    const { systemId, back, visitor } = await newSite();
    const other = await newSite();
    const page = await back(await portal.record(other.systemId));
    expect(page.status).toBe(422);
    const short = (id: string) => `${id.slice(0, 5)}-${id.slice(5, 10)}`;
    expect(textOf(page.html)).toContain(`It is for ${short(other.systemId)}; this system is ${short(systemId)}.`);
    expect(textOf(page.html)).toContain('Nothing was changed.');
    expect(await shown(visitor)).toBe('unregistered');
  });

  test('from another portal, damaged or nonsense it is refused, each in its own words', async () => {
    const { systemId, back, visitor } = await newSite();
    const stranger = await portalSide();
    const genuine = await portal.record(systemId);
    const [header, payload, signature] = genuine.split('.');
    const cases = [
      [await stranger.record(systemId), 'from another portal'],
      [`${header}.${payload}.${signature?.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`, 'It is damaged.'],
      ['nonsense', 'It is not a record'],
      ['', 'It is not a record'],
    ] as const;
    for (const [record, words] of cases) expect(textOf((await back(record)).html)).toContain(words);
    expect(await shown(visitor)).toBe('unregistered');
    await stranger.close();
  });

  test('it is kept through log on, also when the password is wrong at first', async () => {
    const { site, visitor, systemId } = await newSite();
    await visitor.register();
    const record = await portal.record(systemId, { request: lastRequest() });
    const somebody = new Visitor(site);
    const asked = await somebody.open(`/registration/back?record=${record}`);
    expect(textOf(asked.html)).toContain('The answer of the portal is kept. Log on to take it in.');
    expect(await shown(visitor)).toBe('unregistered');
    const wrong = await somebody.press(asked, 'Log on', { user: 'admin', password: 'wrong' });
    expect(textOf(wrong.html)).toContain('The user name, password or domain is not correct.');
    expect(textOf((await somebody.logOn(wrong)).html)).toContain('The record of the portal arrived.');
    expect(await shown(visitor)).toBe('registered');
  });

  test('of a registration that has ended here there is nothing to offer', async () => {
    const { visitor, systemId, back } = await newSite();
    for (const state of ['closed', 'replaced'] as const) {
      const page = await back(await portal.record(systemId, { state }));
      expect(textOf(page.html)).toContain('That registration has ended, or moved to another System Identifier.');
      expect(textOf(page.html)).not.toContain('Show it on this server');
    }
    expect(await shown(visitor)).toBe('unregistered');
  });

  test('an older revision changes nothing', async () => {
    const { visitor, systemId, back } = await newSite();
    await visitor.register();
    const request = lastRequest();
    await back(await portal.record(systemId, { request, revision: 5 }));
    const site = { name: 'Old name', company: 'x', city: 'y', country: 'DK' };
    const page = await back(await portal.record(systemId, { request, revision: 4, site }));
    expect(textOf(page.html)).toContain('older than the one this server shows');
    expect((await visitor.registeredTo()).text).not.toContain('Old name');
  });
});

describe('Check-ins', () => {
  test('each carries the token of the answer before and a higher counter', async () => {
    const { visitor } = await newSite();
    await visitor.checkNow();
    await visitor.checkNow();
    const [first, second] = portal.heard.map(({ checkIn }) => checkIn);
    expect(first?.token).toBeUndefined();
    expect(second?.token).toMatch(/^token-/);
    expect(second?.n).toBeGreaterThan(first?.n as number);
  });

  test('when an answer is lost, the identical bytes are sent again, and only then new ones', async () => {
    const { visitor } = await newSite();
    portal.says(async (_heard, response) => {
      response.destroy();
      return 'answered-otherwise';
    });
    const page = await visitor.checkNow();
    expect(textOf(page.html)).toContain('broke off');
    portal.says(async () => ({}));
    await visitor.checkNow();
    await visitor.checkNow();
    const [lost, again, next] = portal.heard;
    expect(again?.document).toBe(lost?.document);
    expect(next?.document).not.toBe(lost?.document);
  });

  test.each<[string, string, string]>([
    ['application/jose', 'not.a.document', 'Something else answered'],
    ['application/jose', '', 'Something else answered'],
    ['text/html', '<h1>Welcome to the Wi-Fi</h1>', 'Something else answered'],
  ])('%s with %j is no answer: the page says so and the check-in is sent again', async (type, body, words) => {
    const { visitor } = await newSite();
    portal.says(async (_heard, response) => {
      response.setHeader('content-type', type).end(body);
      return 'answered-otherwise';
    });
    expect(textOf((await visitor.checkNow()).html)).toContain(words);
    portal.says(async () => ({}));
    expect(textOf((await visitor.checkNow()).html)).toContain('It has no registration for this System Identifier yet.');
    expect(portal.heard[1]?.document).toBe(portal.heard[0]?.document);
  });

  test('an answer to another check-in is no answer', async () => {
    const { visitor } = await newSite();
    await visitor.checkNow();
    const old = await portal.answerTo(portal.heard[0] as (typeof portal.heard)[number], {});
    portal.says(async (_heard, response) => {
      response.setHeader('content-type', 'application/jose').end(old);
      return 'answered-otherwise';
    });
    expect(textOf((await visitor.checkNow()).html)).toContain('Something else answered');
  });

  test('what the portal refuses is not sent again, and the page has a sentence for it', async () => {
    const { visitor, systemId } = await newSite();
    portal.says(async (_heard, response) => {
      response.writeHead(409, { 'content-type': 'application/problem+json' }).end('{"code":"signing-key-differs"}');
      return 'answered-otherwise';
    });
    const page = await visitor.checkNow();
    expect(textOf(page.html)).toContain(`Two systems say they are ${systemId.slice(0, 5)}-`);
    portal.says(async () => ({}));
    await visitor.checkNow();
    expect(portal.heard[1]?.document).not.toBe(portal.heard[0]?.document);
  });

  test('a conflict is told on the page, and the token stays the one of before', async () => {
    const { visitor } = await newSite();
    await visitor.checkNow();
    portal.says(async () => ({ conflict: 'copy', token: undefined }));
    expect(textOf((await visitor.checkNow()).html)).toContain('Two systems use the System Identifier');
    portal.says(async () => ({}));
    expect(textOf((await visitor.checkNow()).html)).not.toContain('Two systems use');
    const tokens = portal.heard.map(({ checkIn }) => checkIn.token);
    expect(tokens[2]).toBe(tokens[1]);
  });

  test('offers of waiting claims are shown by number, site and company, and withdrawn with the claim', async () => {
    const { visitor, systemId } = await newSite();
    const offered = await portal.record(systemId, { registration: '11112222', site: siteCalled('First') });
    const second = await portal.record(systemId, { registration: '33334444', site: siteCalled('Second') });
    portal.says(async () => ({ offers: [offered, second] }));
    const both = textOf((await visitor.checkNow()).html);
    expect(both).toContain('number 1111 2222, First');
    expect(both).toContain('number 3333 4444, Second');
    portal.says(async () => ({ offers: [second] }));
    expect(textOf((await visitor.checkNow()).html)).not.toContain('First');
    await visitor.press(await visitor.open('/registration'), 'Show it on this server');
    expect(await visitor.registeredTo()).toMatchObject({ registration: '33334444' });
    await until('the portal to be told', () => portal.heard.some(({ checkIn }) => checkIn.registration === '33334444'));
  });

  test('a declined offer is not made again by itself, but when somebody checks', async () => {
    const { visitor, systemId } = await newSite();
    const offers = [await portal.record(systemId)];
    portal.says(async () => ({ offers }));
    await visitor.press(await visitor.checkNow(), 'Do not');
    await visitor.register();
    const heard = portal.heard.length;
    await until('a check-in by itself', () => portal.heard.length > heard);
    expect(textOf((await visitor.open('/registration')).html)).not.toContain('Show it on this server');
    expect(textOf((await visitor.checkNow()).html)).toContain('Show it on this server');
  });

  test('a registration that moved to another System ID is no longer shown', async () => {
    const { visitor, systemId, back } = await newSite();
    await visitor.register();
    await back(await portal.record(systemId, { request: lastRequest() }));
    portal.says(async () => ({
      record: await portal.record(systemId, { revision: 2, state: 'replaced', since: '2026-11-20' }),
    }));
    await visitor.checkNow();
    expect(await visitor.registeredTo()).toEqual({
      state: 'replaced',
      moved_on: '2026-11-20',
      text: ['The registration of this system moved to another System Identifier on 20 November 2026.'],
    });
    expect(textOf((await visitor.open('/')).html)).toContain('What to do');
  });

  test('a clock that is wrong by a year changes nothing but the dates on the pages', async () => {
    const { visitor, systemId } = await newSite();
    portal.says(async () => ({ record: await portal.record(systemId, { request: lastRequest() }) }));
    clock.offset = -365 * 24 * HOURS;
    await visitor.logOn();
    await visitor.register();
    await until('the plate', async () => (await shown(visitor)) === 'registered');
    clock.offset = 0;
    await visitor.logOn();
    await visitor.checkNow();
    expect(await shown(visitor)).toBe('registered');
  });

  test('a clock that is set right by a year between request and answer loses nothing: a person accepts', async () => {
    const { visitor, systemId } = await newSite();
    clock.offset = -365 * 24 * HOURS;
    await visitor.logOn();
    await visitor.register();
    clock.offset = 0;
    await visitor.logOn();
    portal.says(async () => ({ record: await portal.record(systemId, { request: lastRequest() }) }));
    await visitor.press(await visitor.checkNow(), 'Show it on this server');
    expect(await shown(visitor)).toBe('registered');
  });
});

describe('A stored record', () => {
  async function damage(folder: string): Promise<void> {
    const file = join(folder, 'server.sqlite');
    const database = readFileSync(file);
    const record = new DatabaseSync(file).prepare('select record from portal').get()?.record as string;
    const at = database.indexOf(record) + record.indexOf('.') + 40;
    database[at] = (database[at] as number) ^ 1;
    writeFileSync(file, database);
  }

  test('with a flipped byte shows no registration, and the page says why; Check now heals it', async () => {
    const { site, visitor, systemId, back } = await newSite();
    await visitor.register();
    const record = await portal.record(systemId, { request: lastRequest() });
    await back(record);
    await damage(site.folder);
    expect(await visitor.registeredTo()).toEqual({
      state: 'record-damaged',
      text: ['Registration details cannot be shown.'],
    });
    expect(textOf((await visitor.open('/')).html)).not.toContain('Hospital North');
    const page = textOf((await visitor.open('/registration')).html);
    expect(page).toContain('Registration details cannot be shown. The stored record is damaged.');
    expect(page).not.toContain('Hospital North');

    portal.says(async () => ({ record }));
    await visitor.checkNow();
    expect(portal.heard.at(-1)?.checkIn.registration).toBeUndefined();
    expect(await shown(visitor)).toBe('registered');
  });

  test('is shown by the next start, without the portal', async () => {
    const folder = newFolder();
    const { site, visitor, systemId, back } = await newSite({ folder });
    await visitor.register();
    await back(await portal.record(systemId, { request: lastRequest() }));
    await site.close();
    const again = await newSite({ folder, bundle: { ...portal.bundle, iss: 'http://127.0.0.1:1' } });
    expect(await shown(again.visitor)).toBe('registered');
  });

  test('of one portal is not shown under another, and is there again under its own', async () => {
    const folder = newFolder();
    const { site, visitor, systemId, back } = await newSite({ folder });
    await visitor.register();
    await back(await portal.record(systemId, { request: lastRequest() }));
    await site.close();
    const stranger = await portalSide();
    const elsewhere = await newSite({ folder, bundle: stranger.bundle });
    expect(await shown(elsewhere.visitor)).toBe('unregistered');
    await elsewhere.site.close();
    expect(await shown((await newSite({ folder })).visitor)).toBe('registered');
    await stranger.close();
  });
});

function siteCalled(name: string) {
  return { name, company: 'Northfield Health Trust', city: 'Aarhus', country: 'DK' };
}
