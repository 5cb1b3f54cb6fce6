// Registering a system offline, at the site: the request that leaves it, and what the page answers to a code.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { encode } from 'uqr';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRequest } from '../core/documents/request.ts';
import { newFolder } from '../test/support/folders.ts';
import { headingOf, textOf } from '../test/support/http.ts';
import { type PortalSide, portalSide } from '../test/support/portal-side.ts';
import { type Site, startSite, Visitor } from '../test/support/site.ts';
import { until } from '../test/support/until.ts';
import { fileRequest, requestLink } from './requests.ts';
import { serverStore } from './store/server.ts';
import { portalOf } from './trusted-portal.ts';

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
  const offline = () => visitor.open('/offline');
  const enter = async (code: string) => visitor.press(await offline(), 'Enter code', { code });
  const load = async (text: string) =>
    visitor.browser.upload(await offline(), 'Load file', 'file', new File([text], 'a'));
  const saved = async () => (await visitor.open('/offline/request')).html;
  return { site, visitor, systemId, offline, enter, load, saved };
}

const plate = async (visitor: Visitor) => (await visitor.registeredTo()).state;
const short = (id: string) => `${id.slice(0, 5)}-${id.slice(5, 10)}`;
const opened = async (document: string, pinned?: string) => {
  const reading = await openRequest(document.trim(), portal.forDocuments, pinned);
  if (reading.outcome === 'refused') throw new Error(`The request is refused: ${reading.code}`);
  return reading;
};

/** Another symbol of the alphabet. */
const other = (symbol: string) => (symbol === '7' ? '8' : '7');
const changed = (code: string, ...places: number[]) => {
  const symbols = Array.from(code.replace(/-/g, ''));
  for (const at of places) symbols[at] = other(symbols[at] as string);
  return symbols.join('');
};

describe('The request that leaves the site', () => {
  test('is one document for QR code and file, made once however often one looks', async () => {
    const { offline, saved, systemId } = await newSite();
    const pages = [await offline(), await offline()];
    const file = await saved();
    const { request, ...reading } = await opened(file);
    expect(reading.systemId).toBe(systemId);
    expect(request).toMatchObject({ via: 'file', sequence: 0, server: { name: 'HN-A-ES01' } });
    expect(request.return_to).toBeUndefined();
    const drawn = pages.map(({ html }) => /<svg class="qr[^>]*>.*?<\/svg>/s.exec(html)?.[0]);
    expect(drawn[0]).toBeDefined();
    expect(drawn[1]).toBe(drawn[0]);
  });

  test('is a file that is named after server and short ID, of one line', async () => {
    const { visitor, systemId } = await newSite({
      server: { name: 'Tower É/1', kind: 'enterprise-server', product: 'EBO', version: '7.0.2.348' },
    });
    const { headers, html } = await visitor.open('/offline/request');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="Tower-E-1-${short(systemId)}-request.datestone"`,
    );
    expect(html).toMatch(/^\S+\n$/);
  });

  test('says the number of a code that was entered, never that of a record: it may be of a stranger’s code', async () => {
    const { enter, load, saved, systemId, visitor } = await newSite();
    const said = async () => (await opened(await saved())).request.sequence;
    await visitor.press(await load(await portal.record(systemId, { sequence: 5 })), 'Show it on this server');
    expect(await said()).toBe(0);
    await load(await portal.record(systemId, { sequence: 6, revision: 2, state: 'closed' }));
    expect(await said()).toBe(0);
    await enter(portal.code(systemId, { sequence: 7 }));
    await load(await portal.record(systemId, { sequence: 8, revision: 3 }));
    expect(await said()).toBe(7);
  });

  test('is made anew with the next counter when it would say something else', async () => {
    const { saved, enter, systemId } = await newSite();
    const before = await opened(await saved());
    await enter(portal.code(systemId, { sequence: 4 }));
    const { request } = await opened(await saved());
    expect(request.sequence).toBe(4);
    expect(request.n).toBeGreaterThan(before.request.n);
    // Only what the portal has signed is told as the registration: telling it is proof.
    expect(request.registration).toBeUndefined();
  });

  test('fits a QR code that an old monitor can show, whatever the names and the address', async () => {
    const folder = newFolder();
    const store = serverStore({ folder, machine: [] }, 'correct horse', now);
    const long = { kind: 'enterprise-server', product: '"'.repeat(200), version: '1'.repeat(200) };
    const agents = [
      { server: { ...long, name: '🏥'.repeat(100) }, iss: 'https://portal.example' },
      { server: { ...long, name: 'é' }, iss: `https://${'a'.repeat(60)}.${'b'.repeat(60)}.example/${'c'.repeat(55)}` },
    ];
    for (const { server, iss } of agents) {
      const trusted = portalOf({ ...portal.bundle, iss });
      const agent = { store, server, portal: trusted, now } as Parameters<typeof fileRequest>[0];
      const document = await fileRequest(agent);
      expect(encode(requestLink(trusted, document), { ecc: 'M' }).version).toBeLessThanOrEqual(27);
      const { request } = await opened(document);
      expect(request.server.kind).toBe('enterprise-server');
      expect(long.product.startsWith(request.server.product.replace('…', ''))).toBe(true);
    }
  });

  test('can be read member by member on the page What we send', async () => {
    const { visitor, saved } = await newSite();
    const { request } = await opened(await saved());
    expect(textOf((await visitor.open('/what-we-send')).html)).toContain(request.instance_proof as string);
  });
});

describe('A code is answered', () => {
  const cases: [string, (code: string, systemId: string) => string, string | RegExp, string][] = [
    ['nothing typed', () => ' - ', 'Type the 25 characters of the Registration code.', 'registering-an-offline-system'],
    ['one wrong character', (code) => changed(code, 12), /Check group 3 of the code: \w{5}\. One/, 'code-is-mistyped'],
    [
      'several wrong',
      (code) => changed(code, 1, 9, 17),
      /Several characters|Two characters|Check group/,
      'code-is-mistyped',
    ],
    [
      'a character that is not used',
      (code) => code.replace(/-(.)/, '-ß'),
      'ß is not used in this code. Look at group 2.',
      'code-is-mistyped',
    ],
    ['another length', (code) => code.slice(0, -2), 'The code has 25 characters. You typed 23.', 'code-is-mistyped'],
    ['a System Identifier', (_, systemId) => systemId, 'That is a System Identifier.', 'code-is-mistyped'],
    [
      'a code for another system',
      (code) => code,
      /for another system, or from another portal\. This system is/,
      'code-is-for-another-system',
    ],
  ];
  test.each(cases)('%s, with a sentence and a topic of the help', async (_, typed, sentence, topic) => {
    const { enter, systemId, visitor } = await newSite();
    const elsewhere = await newSite();
    const page = await enter(typed(portal.code(elsewhere.systemId), systemId));
    expect(page.status).toBe(422);
    if (typeof sentence === 'string') expect(textOf(page.html)).toContain(sentence);
    else expect(textOf(page.html)).toMatch(sentence);
    expect(headingOf(page)).toBe('Registering your system offline');
    const help = await visitor.follow(page, 'What to do');
    expect(help.url).toContain(`/help/${topic}`);
    expect(help.status).toBe(200);
    expect(await plate(visitor)).toBe('unregistered');
  });

  test('with what was typed still in the field', async () => {
    const { enter } = await newSite();
    expect((await enter('5fy1z 20cxc')).html).toMatch(/<textarea[^>]*>5fy1z 20cxc</);
  });

  test('by taking it, however it is grouped and written', async () => {
    const { enter, systemId, visitor } = await newSite();
    const code = portal.code(systemId);
    const page = await enter(
      `  ${code
        .toLowerCase()
        .replace(/-/g, '')
        .replace(/0/g, 'o')
        .replace(/1/g, 'l')
        .replace(/(.{7})/g, '$1 ')}`,
    );
    expect(headingOf(page)).toBe('This system is registered');
    expect(await plate(visitor)).toBe('details-not-loaded');
  });

  test('by mending one mistake, because the code then holds', async () => {
    const { enter, systemId } = await newSite();
    const page = await enter(changed(portal.code(systemId), 12));
    expect(headingOf(page)).toBe('This system is registered');
    expect(textOf(page.html)).toContain('One mistake in the code was found and put right.');
  });

  test('the same once more as already entered, which is a success', async () => {
    const { enter, systemId } = await newSite();
    await enter(portal.code(systemId));
    const page = await enter(portal.code(systemId));
    expect(page.status).toBe(200);
    expect(textOf(page.html)).toMatch(
      /This code was already entered on \d.*The system is registered\. Nothing to do\./,
    );
  });

  test('an older one with both dates', async () => {
    const { enter, systemId, visitor } = await newSite();
    await enter(portal.code(systemId, { sequence: 2, day: 692 }));
    const page = await enter(portal.code(systemId, { sequence: 1, day: 690 }));
    expect(textOf(page.html)).toContain(
      'This code is older than the one in use. In use: issued 24 November 2026. Yours: 22 November 2026. Get the newest code at the portal.',
    );
    expect((await visitor.follow(page, 'What to do')).url).toContain('/help/code-is-older');
  });

  test('one older than a record with the day that this came, which is told by a clock that may be wrong', async () => {
    clock.offset = -10 * YEAR;
    const { enter, load, systemId, visitor } = await newSite();
    await visitor.press(await load(await portal.record(systemId, { sequence: 3 })), 'Show it on this server');
    expect(textOf((await enter(portal.code(systemId, { sequence: 2, day: 690 }))).html)).toMatch(
      /That came on \d+ \w+ 201\d, by the clock of this server\. Your code: issued 22 November 2026\./,
    );
  });

  test('one under a key below an accepted one as retired; a record raises that limit too', async () => {
    const { enter, load, systemId, visitor } = await newSite();
    await enter(portal.code(systemId, { keyId: 2 }));
    const retired = 'The portal no longer uses the key of this code.';
    expect(textOf((await enter(portal.code(systemId, { keyId: 1, sequence: 2 }))).html)).toContain(retired);
    const offered = await load(await portal.record(systemId, { sequence: 3, min_code_key: 5 }));
    await visitor.press(offered, 'Show it on this server');
    expect(textOf((await enter(portal.code(systemId, { keyId: 4, sequence: 4 }))).html)).toContain(retired);
    expect(headingOf(await enter(portal.code(systemId, { keyId: 5, sequence: 4 })))).toBe('This system is registered');
  });

  test('from another portal as not for this system', async () => {
    const { enter, systemId } = await newSite();
    const stranger = await portalSide();
    expect(textOf((await enter(stranger.code(systemId))).html)).toContain('from another portal');
    await stranger.close();
  });

  test('by one of twenty at once, and the others say already', async () => {
    const { enter, offline, systemId, visitor } = await newSite();
    const [page, code] = [await offline(), portal.code(systemId)];
    const answers = await Promise.all(Array.from({ length: 20 }, () => visitor.press(page, 'Enter code', { code })));
    expect(answers.map(headingOf)).toEqual(Array.from({ length: 20 }, () => 'This system is registered'));
    const already = answers.filter(({ url }) => url.includes('note=already'));
    expect(already).toHaveLength(19);
    expect(textOf((await enter(code)).html)).toContain('already entered');
  });
});

describe('After too many wrong codes', () => {
  const failures = (folder: string, count: number) =>
    new DatabaseSync(join(folder, 'server.sqlite')).prepare('update portal set code_failures = ?').run(count);

  test('a code waits, right or wrong; a mistyped one costs nothing; a file is taken at once', async () => {
    const { enter, load, systemId, visitor } = await newSite();
    const foreign = portal.code((await newSite()).systemId);
    for (let failed = 0; failed < 10; failed++) {
      expect((await enter(foreign)).status).toBe(422);
      expect((await enter(portal.code(systemId).slice(1))).status).toBe(422);
    }
    const page = await until('a try that has to wait', async () => {
      const answer = await enter(foreign);
      return answer.status === 429 ? answer : undefined;
    });
    expect(textOf(page.html)).toMatch(
      /Too many wrong codes\. Wait \d+ seconds?, or load the file: that is always possible\./,
    );
    expect((await visitor.follow(page, 'What to do')).url).toContain('/help/too-many-wrong-codes');
    await visitor.press(await load(await portal.record(systemId)), 'Show it on this server');
    expect(await plate(visitor)).toBe('registered');
  });

  test('a restart begins the wait again, a clock that was set ends none, and a code that is taken does', async () => {
    const folder = newFolder();
    const first = await newSite({ folder });
    await first.enter(portal.code((await newSite()).systemId));
    await first.site.close();
    failures(folder, 60);
    clock.offset = 10 * YEAR;
    const again = await newSite({ folder });
    const code = portal.code(again.systemId);
    expect(textOf((await again.enter(code)).html)).toMatch(/Wait (60|[345]\d) seconds/);
    failures(folder, 10);
    await until('the end of the wait', async () => headingOf(await again.enter(code)) === 'This system is registered');
    await again.site.close();
    expect(
      new DatabaseSync(join(folder, 'server.sqlite')).prepare('select code_failures as n from portal').get(),
    ).toEqual({ n: 0 });
  });
});

describe('After a code', () => {
  const DETAILS = { site: 'Hospital North', company: 'Northfield Health Trust', city: 'Aarhus' };

  test('the page offers to type the details, and shows the confirmation code in groups', async () => {
    const { enter, systemId, visitor } = await newSite();
    const page = await enter(portal.code(systemId));
    const text = textOf(page.html);
    expect(text).toContain('To show the site on the logon page, load the file, or type the text yourself:');
    expect(text).toContain('One more step if you can: tell the portal that the code arrived.');
    expect(text).toContain('Your registration does not end if you skip this.');
    const confirmation = portal.confirmation(systemId, portal.code(systemId));
    for (const group of confirmation.split('-')) expect(page.html).toContain(`<li>${group}\n</li>`);
    const information = textOf((await visitor.open('/registration')).html);
    expect(information).toContain(confirmation);
    expect(information).toMatch(/issued 24 November 2026, entered \d/);
  });

  test('that asks for no confirmation, the page does not either', async () => {
    const { enter, systemId } = await newSite();
    const text = textOf((await enter(portal.code(systemId, { asksConfirmation: false }))).html);
    expect(text).not.toContain('One more step');
    expect(text).toContain('The portal does not ask for it');
  });

  test('that tells of an advisory, the page does', async () => {
    const { enter, systemId } = await newSite();
    const text = textOf((await enter(portal.code(systemId, { advisory: true }))).html);
    expect(text).toContain('A security advisory waits for this system. Read it at the portal.');
  });

  test('alone, the logon page and programs say that details are not loaded', async () => {
    const { enter, systemId, visitor } = await newSite();
    await enter(portal.code(systemId));
    expect(await visitor.registeredTo()).toEqual({
      state: 'details-not-loaded',
      code_entered_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      text: [
        'This system is registered.',
        expect.stringMatching(/^Code entered \d+ \w+ \d{4}$/),
        'Details are not loaded on this server.',
      ],
    });
    expect(textOf((await visitor.open('/')).html)).toContain(
      'Details are not loaded on this server. Edit registration',
    );
  });

  test('typed details are shown as that, and the record replaces them', async () => {
    const { enter, load, systemId, visitor } = await newSite();
    const page = await enter(portal.code(systemId));
    const missing = await visitor.press(page, 'Save', { ...DETAILS, city: ' ', registration: '123' });
    expect(missing.status).toBe(422);
    expect(textOf(missing.html)).toContain('Enter the city or town. The registration number has 8 digits.');
    expect(missing.html).toContain('value="Hospital North"');
    const saved = await visitor.press(missing, 'Save', { ...DETAILS, registration: '4817 2065' });
    expect(headingOf(saved)).toBe('This system is registered');
    expect(await visitor.registeredTo()).toMatchObject({
      state: 'entered-on-site',
      registration: '48172065',
      site: { name: 'Hospital North', company: 'Northfield Health Trust', city: 'Aarhus' },
      text: [
        'This system is registered to',
        'Hospital North',
        'Northfield Health Trust',
        'Aarhus',
        'Registration 4817 2065',
        expect.stringMatching(/^Entered on site on \d+ \w+ \d{4}\. Not confirmed by the portal\.$/),
      ],
    });
    const offered = await load(await portal.record(systemId, { sequence: 1 }));
    await visitor.press(offered, 'Show it on this server');
    expect(await visitor.registeredTo()).toMatchObject({ state: 'registered', registration: '48172065' });
    expect(textOf((await visitor.open('/')).html)).not.toContain('Entered on site');
    // The code is in use still, so its answer can be seen.
    expect(textOf((await visitor.open('/registration')).html)).toContain('Confirmation code');
  });

  test('the server checks in by itself, says which code it has, and takes the record of the answer', async () => {
    const { enter, systemId, visitor } = await newSite();
    await visitor.press(await enter(portal.code(systemId, { sequence: 3 })), 'Save', DETAILS);
    portal.says(async () => ({ offers: [await portal.record(systemId, { sequence: 3 })] }));
    const told = await until('a check-in', () => portal.heard.at(-1));
    expect(told.checkIn).toMatchObject({ sequence: 3 });
    expect(told.checkIn.registration).toBeUndefined();
  });

  test('the record of before is shown as of its date, and not a moment earlier', async () => {
    const { site, enter, visitor, systemId } = await newSite();
    await visitor.register();
    const request = portal.requests.at(-1)?.request.n;
    await visitor.open(`/registration/back?record=${await portal.record(systemId, { request })}`);
    rmSync(join(site.folder, 'server.sqlite'));
    expect(await plate(visitor)).toBe('database-new');
    await visitor.logOn();
    await enter(portal.code(await visitor.systemId()));
    expect(await visitor.registeredTo()).toMatchObject({
      state: 'as-of',
      registration: '48172065',
      site: { name: 'Hospital North, Building A' },
      as_of: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      text: expect.arrayContaining([expect.stringMatching(/^As of \d+ \w+ \d{4}/)]),
    });
    expect(textOf((await visitor.open('/')).html)).toMatch(/Hospital North, Building A .*As of/);
    const done = await visitor.open('/offline/registered');
    // Nobody has to type what is shown already, so the form is closed until it is asked for or refused.
    const closed = /<details><summary>Type the text yourself<\/summary><form/;
    expect(done.html).toMatch(closed);
    const missing = await visitor.press(done, 'Save', { ...DETAILS, city: ' ' });
    expect(missing.html).not.toMatch(closed);
    await visitor.press(missing, 'Save', DETAILS);
    expect(await plate(visitor)).toBe('entered-on-site');
  });

  test('of a registration that was closed since, the server is unregistered again', async () => {
    const { enter, systemId, visitor } = await newSite();
    await visitor.register();
    const request = portal.requests.at(-1)?.request.n;
    const back = (record: string) => visitor.open(`/registration/back?record=${record}`);
    await back(await portal.record(systemId, { request, sequence: 1 }));
    await enter(portal.code(systemId));
    await back(await portal.record(systemId, { request, sequence: 1, revision: 2, state: 'closed' }));
    expect(await plate(visitor)).toBe('unregistered');
    await enter(portal.code(systemId, { sequence: 2 }));
    expect(await plate(visitor)).toBe('details-not-loaded');
  });

  test('a clock that is wrong by years changes only the dates on the pages', async () => {
    for (const offset of [-30 * YEAR, 30 * YEAR]) {
      clock.offset = offset;
      const { enter, systemId, visitor } = await newSite();
      await enter(portal.code(systemId));
      expect(await plate(visitor)).toBe('details-not-loaded');
    }
  });

  test('one flipped character of the stored code shows no registration; entering it once more heals that', async () => {
    const { site, enter, systemId, visitor } = await newSite();
    const code = portal.code(systemId);
    await enter(code);
    const db = new DatabaseSync(join(site.folder, 'server.sqlite'));
    db.prepare('update portal set code = ?').run(changed(code, 3));
    db.close();
    expect(await plate(visitor)).toBe('unregistered');
    await enter(code);
    expect(await plate(visitor)).toBe('details-not-loaded');
  });

  test('in a restored backup, an older one is accepted again; the page says what it is, and the newer one heals that', async () => {
    const { site, enter, systemId, visitor } = await newSite();
    const database = join(site.folder, 'server.sqlite');
    const restore = async (content: BlobPart) => {
      await visitor.browser.upload(
        await visitor.open('/database'),
        'Restore',
        'backup',
        new File([content], 'b.sqlite'),
      );
      const page = await visitor.open('/');
      // A copy of the file has the sessions of its time.
      if (page.html.includes('name="password"')) await visitor.logOn(page);
    };
    await enter(portal.code(systemId, { sequence: 3, day: 690 }));
    const backup = readFileSync(database);
    await enter(portal.code(systemId, { sequence: 5, day: 692 }));
    // Into the very system that runs here: what is newer stays.
    await restore(backup);
    expect(textOf((await enter(portal.code(systemId, { sequence: 3, day: 690 }))).html)).toContain('is older than');

    rmSync(database);
    await visitor.logOn();
    await restore(backup);
    expect(await visitor.systemId()).toBe(systemId);
    expect(textOf((await visitor.open('/registration')).html)).toMatch(
      /A backup was restored here on \d.*The portal may have issued a newer code or file since\. Enter or load it\./,
    );
    const page = await enter(portal.code(systemId, { sequence: 4, day: 691 }));
    expect(textOf(page.html)).toContain(
      'A backup had been restored here, with the code issued on 22 November 2026. The newer code is in use now.',
    );
    expect(textOf((await visitor.open('/registration')).html)).not.toContain('A backup was restored here');
    expect(headingOf(await enter(portal.code(systemId, { sequence: 5, day: 692 })))).toBe('This system is registered');
  });
});
