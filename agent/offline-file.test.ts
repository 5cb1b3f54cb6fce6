// Load file: what a site takes from a stick, and what it refuses and why.

import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { headingOf, type Page, textOf } from '../test/support/http.ts';
import { type PortalSide, portalSide } from '../test/support/portal-side.ts';
import { PASSWORD, type Site, startSite, Visitor } from '../test/support/site.ts';

let portal: PortalSide;
const open: Site[] = [];
const clock = { offset: 0 };
const now = () => new Date(Date.now() + clock.offset);
const YEAR = 365 * 24 * 3600_000;

beforeAll(async () => {
  portal = await portalSide();
});
beforeEach(() => {
  clock.offset = 0;
  portal.says(async () => ({}));
});
afterEach(() => Promise.all(open.splice(0).map((site) => site.close())));
afterAll(() => portal.close());

async function newSite() {
  const site = await startSite(portal, { now });
  open.push(site);
  const visitor = new Visitor(site);
  await visitor.logOn();
  const load = async (content: BlobPart, name = 'a.datestone') =>
    visitor.browser.upload(await visitor.open('/offline'), 'Load file', 'file', new File([content], name));
  return { site, visitor, load, systemId: await visitor.systemId() };
}

const plate = async (visitor: Visitor) => (await visitor.registeredTo()).state;
const short = (id: string) => `${id.slice(0, 5)}-${id.slice(5, 10)}`;

describe('A record', () => {
  test('that nobody here asked for is shown only after an administrator has read number, site and company', async () => {
    const { visitor, load, systemId } = await newSite();
    const page = await load(`\r\n${await portal.record(systemId)}\n`);
    expect(await plate(visitor)).toBe('unregistered');
    expect(textOf(page.html)).toContain('number 4817 2065, Hospital North, Building A, Northfield Health Trust.');
    await visitor.press(page, 'Show it on this server');
    expect(await plate(visitor)).toBe('registered');
  });

  test('that answers a request of this browser is shown at once', async () => {
    const { visitor, load, systemId } = await newSite();
    await visitor.register();
    const page = await load(await portal.record(systemId, { request: portal.requests.at(-1)?.request.n as number }));
    expect(headingOf(page)).toBe('This system is registered');
    expect(textOf(page.html)).toContain('The file is loaded. This server shows what the portal says.');
    expect(await plate(visitor)).toBe('registered');
  });

  test('is taken whatever the clock of the site says', async () => {
    for (const offset of [-20 * YEAR, 20 * YEAR]) {
      clock.offset = offset;
      const { visitor, load, systemId } = await newSite();
      await visitor.press(await load(await portal.record(systemId)), 'Show it on this server');
      expect(await plate(visitor)).toBe('registered');
    }
  });

  test('that is newer replaces the one that is shown; an older one says so', async () => {
    const { visitor, load, systemId } = await newSite();
    await visitor.press(await load(await portal.record(systemId, { revision: 5 })), 'Show it on this server');
    const site = { name: 'New name', company: 'x', city: 'y', country: 'DK' };
    expect(headingOf(await load(await portal.record(systemId, { revision: 6, site })))).toBe(
      'This system is registered',
    );
    expect((await visitor.registeredTo()).text).toContain('New name');
    expect(textOf((await load(await portal.record(systemId, { revision: 5 }))).html)).toContain(
      'This file is older than what this server knows. Save the newest one at the portal. Nothing was changed.',
    );
  });

  test('that was offered before a newer code was entered is not shown any more', async () => {
    const { visitor, load, systemId } = await newSite();
    const offered = await load(await portal.record(systemId, { sequence: 1 }));
    await visitor.press(await visitor.open('/offline'), 'Enter code', { code: portal.code(systemId, { sequence: 2 }) });
    const page = await visitor.press(offered, 'Show it on this server');
    expect(textOf(page.html)).toContain('That offer is no longer made. Nothing was changed.');
    expect(await plate(visitor)).toBe('details-not-loaded');
  });
});

describe('A file is refused, and nothing is changed:', () => {
  const expectRefused = async (page: Page, visitor: Visitor, words: string) => {
    expect(page.status).toBe(422);
    expect(headingOf(page)).toBe('Registering your system offline');
    expect(textOf(page.html)).toContain(words);
    expect((await visitor.follow(page, 'What to do')).url).toContain('/help/file-is-not-taken-in');
    expect(await plate(visitor)).toBe('unregistered');
  };

  test('for another system, with both short IDs', async () => {
    const { visitor, load, systemId } = await newSite();
    const { systemId: other } = await newSite();
    const words = `This file is for ${short(other)}; this system is ${short(systemId)}. Nothing was changed.`;
    await expectRefused(await load(await portal.record(other)), visitor, words);
  });

  test('from another portal, with both hosts', async () => {
    const { visitor, load, systemId } = await newSite();
    const stranger = await portalSide();
    const [theirs, ours] = [stranger, portal].map(({ url }) => new URL(url).host);
    const words = `This file is from ${theirs}; this system trusts ${ours}. Nothing was changed.`;
    await expectRefused(await load(await stranger.record(systemId)), visitor, words);
    await stranger.close();
  });

  test('damaged, wherever', async () => {
    const { visitor, load, systemId } = await newSite();
    const record = await portal.record(systemId);
    const [header, payload = '', signature] = record.split('.');
    const flipped = `${payload.slice(0, 50)}${payload[50] === 'A' ? 'B' : 'A'}${payload.slice(51)}`;
    const words = 'The file is damaged. Save it again at the portal. Nothing was changed.';
    for (const damaged of [record.slice(0, -9), `${header}.${flipped}.${signature}`, `${header}.${payload}`]) {
      await expectRefused(await load(damaged), visitor, words);
    }
  });

  test('not ours', async () => {
    const { visitor, load } = await newSite();
    const words = 'This is not a registration file. Look for a name ending in .datestone. Nothing was changed.';
    const picture = new Uint8Array(Array.from({ length: 5000 }, (_, n) => (n * 7) % 256));
    for (const content of ['Dear diary', picture]) await expectRefused(await load(content), visitor, words);
  });

  test('a request of its own', async () => {
    const { visitor, load } = await newSite();
    const { html } = await visitor.open('/offline/request');
    await expectRefused(await load(html), visitor, 'This is a request, as a server saves it.');
  });

  test('none', async () => {
    const { visitor, load } = await newSite();
    await expectRefused(await load(''), visitor, 'Choose the file that the portal gave you.');
  });
});

describe('100 MB', () => {
  const HUNDRED_MB = 100 * 1024 * 1024;
  const BOUNDARY = 'the-boundary';
  const START = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="a.datestone"\r\n\r\n`;

  /** Sends the head of an upload and nothing after it; gives what comes back. */
  async function upload(site: Site, headers: Record<string, string>, body: (send: (part: Buffer) => void) => void) {
    const form = new URLSearchParams({ user: 'admin', password: PASSWORD });
    const loggedOn = await fetch(`${site.url}/log-on`, { method: 'POST', body: form, redirect: 'manual' });
    const cookie = loggedOn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const type = `multipart/form-data; boundary=${BOUNDARY}`;
    const sent = httpRequest(`${site.url}/offline/file`, {
      method: 'POST',
      headers: { cookie, 'content-type': type, ...headers },
    });
    sent.on('error', () => undefined);
    const answered = once(sent, 'response');
    body((part) => sent.write(part));
    const [response] = await answered;
    let html = '';
    for await (const part of response) html += part;
    sent.destroy();
    return { status: response.statusCode as number, text: textOf(html) };
  }

  test('are refused before they have arrived', async () => {
    const { site, visitor } = await newSite();
    const { status, text } = await upload(site, { 'content-length': String(HUNDRED_MB) }, (send) =>
      send(Buffer.from(START)),
    );
    expect(status).toBe(413);
    expect(text).toContain('The file is larger than a registration can be. Nothing was changed.');
    expect(await plate(visitor)).toBe('unregistered');
  });

  test('that do not say how much they are, are refused after a part of them', async () => {
    const { site } = await newSite();
    const { status, text } = await upload(site, { 'transfer-encoding': 'chunked' }, (send) => {
      send(Buffer.from(START));
      send(Buffer.alloc(200_000, 'x'));
    });
    expect(status).toBe(413);
    expect(text).toContain('larger than a registration can be');
  });
});
