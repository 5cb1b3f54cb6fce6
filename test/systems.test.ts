import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shortId } from '../core/system-id.ts';
import { merge } from '../portal/operations/merge.ts';
import type { Account } from '../portal/portal.ts';
import { sql } from '../portal/store/sql.ts';
import { formsOf, headingOf, type Page, textOf } from './support/http.ts';
import { checkIn, Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { actsOf, carried, press, rebuilt, registered, type TestServer, testServer, typed } from './support/portal.ts';

/** Registered systems and the System information page, as a party meets them, and as nobody else does. */

let served: ServedPortal;
let lena: Person;
let anna: Person;
beforeAll(async () => {
  served = await servePortal();
  [lena, anna] = await Promise.all([signedIn(served, served.cast.integrator), signedIn(served, served.cast.endUser)]);
});
afterAll(() => served.close());

const says = (page: Page) => textOf(/<main\b.*?<\/main>/s.exec(page.html)?.[0] ?? '');
const idOf = (server: TestServer) => shortId(server.keys.systemId);

/** A registration with both parties. */
function registeredSite(site = 'Hospital North, Building A', server = testServer()): Promise<string> {
  return registered(served.portal, served.cast.integrator, server, { site, endUser: served.cast.endUser });
}

/** A registered server whose database was deleted, and which was associated again. */
async function associatedSite(account: Account = served.cast.integrator) {
  const before = testServer();
  const number = await registeredSite('Hospital North, Building A', before);
  served.portal.pass(4 * 24);
  [lena, anna] = await Promise.all([signedIn(served, served.cast.integrator), signedIn(served, served.cast.endUser)]);
  const now = rebuilt(before);
  const request = await carried(served.portal, account, now);
  const done = await press(served.portal, { account, request, registration: number, reason: 'database-deleted' });
  if (done.outcome !== 'associated') throw new Error(`not associated: ${done.outcome}`);
  return { number, before, now, request };
}

/** The reason that stands under a disabled button, tied to it. */
function reasonUnder(page: Page, words: string): string | undefined {
  for (const [, attributes = '', inside = ''] of page.html.matchAll(
    /<button\b([^>]*\bdisabled\b[^>]*)>(.*?)<\/button>/gs,
  )) {
    const tied = /aria-describedby="([^"]+)"/.exec(attributes)?.[1];
    if (textOf(inside).startsWith(words) && tied) {
      return textOf(new RegExp(`id="${tied}"[^>]*>(.*?)</p>`, 's').exec(page.html)?.[1] ?? '');
    }
  }
  return undefined;
}

const hasButton = (page: Page, words: string) =>
  formsOf(page.html).some((form) => form.buttons.some((b) => b.words.startsWith(words) && !b.disabled));

describe('Registered systems', () => {
  test('says what to do when there are none', async () => {
    const marek = await signedIn(served, served.cast.stranger);
    const page = await marek.get('/');
    expect(headingOf(page)).toBe('Registered systems');
    expect(says(page)).toContain('You have no registered systems.');
    expect(says(page)).toContain('Choose Register now at a server, or register a system here.');
  });

  test('are one’s own, and nobody else’s', async () => {
    await registered(served.portal, served.cast.stranger, testServer(), { site: 'Quay House' });
    expect(says(await lena.get('/systems?q=quay'))).toContain('No registered system of yours fits.');
    expect(says(await (await signedIn(served, served.cast.stranger)).get('/systems'))).toContain('Quay House');
  });

  test('are found by site, city, server name, number, and by a System ID that they have or had', async () => {
    const server = testServer('ZEBRA-ES07');
    const number = await registeredSite('Ærø Ferry Terminal', server);
    const found = async (q: string) => says(await lena.get(`/systems?q=${encodeURIComponent(q)}`));
    for (const q of [
      'ærø ferry',
      'FERRY aarhus',
      'zebra',
      number,
      number.replace(/^(.{4})/, '$1 '),
      idOf(server).toLowerCase(),
      server.keys.systemId.slice(20, 30),
    ]) {
      expect(await found(q), q).toContain('1 system');
      expect(await found(q), q).toContain('Ærø Ferry Terminal');
    }
    expect(await found('ferry horsens')).toContain('No registered system of yours fits.');
    expect(await found('100%')).toContain('No registered system of yours fits.');
  });

  test('stand 25 on a page, by name, Building 2 before Building 10', async () => {
    for (let i = 1; i <= 26; i++) await registeredSite(`Paged Building ${i}`);
    const sites = (page: Page) =>
      [...page.html.matchAll(/<a href="\/systems\/\d{8}">(.*?)<\/a>/g)].map(([, site]) => site);
    const first = await lena.get('/systems?q=Paged');
    expect(says(first)).toContain('Systems 1 to 25 of 26, by name');
    expect(sites(first)).toEqual(Array.from({ length: 25 }, (_, i) => `Paged Building ${i + 1}`));
    const second = await lena.browser.follow(first, 'Next page');
    expect(sites(second)).toEqual(['Paged Building 26']);
    expect(sites(await lena.get('/systems?q=Paged&page=99'))).toEqual(['Paged Building 26']);
    expect(sites(await lena.get('/systems?q=Paged&page=-3'))).toHaveLength(25);
  });

  test('are narrowed down by the state that they show', async () => {
    const confirmed = await registeredSite('State Confirmed House');
    await anna.press(await anna.get(`/systems/${confirmed}`), 'These details are correct');
    const closed = await registered(served.portal, served.cast.integrator, testServer(), {
      site: 'State Closed House',
    });
    await lena.press(await lena.get(`/systems/${closed}/close`), 'Close the registration');
    await registeredSite('State Waiting House');
    const sites = async (state: string) =>
      [...(await lena.get(`/systems?q=State&state=${state}`)).html.matchAll(/State \w+ House/g)].map(([site]) => site);
    expect(await sites('confirmed')).toEqual(['State Confirmed House']);
    expect(await sites('registered')).toEqual(['State Waiting House']);
    expect(await sites('closed')).toEqual(['State Closed House']);
    expect(await sites('in-conflict')).toEqual([]);
    expect(await sites('')).toHaveLength(3);
  });
});

describe('the System information page', () => {
  test('of another’s registration and of an unknown one is one answer, byte for byte but for what differs each time', async () => {
    const number = await registeredSite();
    const marek = await signedIn(served, served.cast.stranger);
    const bare = (page: Page, typedNumber: string) =>
      page.html.replaceAll(typedNumber, 'NUMBER').replace(/Reference <code>\w+<\/code>/, 'Reference');
    for (const path of ['', '/close', '/form', '/form/check']) {
      const foreign = await marek.get(`/systems/${number}${path}`);
      const unknown = await marek.get(`/systems/00000000${path}`);
      expect([foreign.status, headingOf(foreign)], path).toEqual([404, 'Not among your systems']);
      expect(unknown.status, path).toBe(404);
      expect(bare(foreign, number), path).toBe(bare(unknown, '00000000'));
      expect([...foreign.headers.keys()], path).toEqual([...unknown.headers.keys()]);
    }
    expect(headingOf(await marek.get('/systems/not-a-number'))).toBe('Not among your systems');
  });

  test('changes nothing for who is no party, whatever they post', async () => {
    const { number, now } = await associatedSite();
    const acts = await actsOf(served.portal, number);
    const marek = await signedIn(served, served.cast.stranger);
    const page = await marek.get('/systems');
    const row = await served.portal.db.row(sql<{ id: string }>`
      select id from association where system_id = ${now.keys.systemId}`);
    for (const action of ['confirm', 'close', `associations/${row?.id}/undo`, `conflicts/${row?.id}/settle`]) {
      const answer = await marek.browser.submit(
        page,
        { action: `/systems/${number}/${action}`, method: 'post' },
        new URLSearchParams({ revision: '1' }),
      );
      expect(headingOf(answer), action).toBe('Not among your systems');
    }
    expect(await actsOf(served.portal, number)).toEqual(acts);
  });

  test('shows state, parties, System IDs, server and what the registration says', async () => {
    const { number, before, now } = await associatedSite();
    await checkIn(served, now, number);
    const text = says(await lena.get(`/systems/${number}`));
    for (const said of [
      'State Awaiting the end user',
      `Registration ${number.replace(/^(.{4})/, '$1 ')}, since`,
      'Integrator Brandt Building Controls (Lena Brandt)',
      'End user Northfield Health Trust (Anna Holm)',
      `Former System IDs ${idOf(before)} retired on`,
      'Server Enterprise Server HN-A-ES01, 3.2.4.1180',
      'a moment ago',
      'On site shows this registration since',
      'Site company name Northfield Health Trust',
      'Country Denmark',
      'E-mail jonas@northfield.example',
    ]) {
      expect(text).toContain(said);
    }
    expect(text.replace(/\s/g, '')).toContain(now.keys.systemId.slice(0, 5));
  });

  test('tells the history newest first, with names and reasons', async () => {
    const { number, before, now } = await associatedSite();
    const text = says(await lena.get(`/systems/${number}`)).split(' History ')[1] ?? '';
    const told = [
      'New System ID associated. Lena Brandt.',
      'Seat taken: End user. Anna Holm.',
      'Registered. Lena Brandt.',
    ];
    expect(told.map((entry) => text.indexOf(entry))).toEqual(
      [...told.map((entry) => text.indexOf(entry))].sort((a, b) => a - b),
    );
    for (const entry of told) expect(text).toContain(entry);
    expect(text).toContain(`System ID ${idOf(now)}. ${idOf(before)} retired. Reason: the database was deleted.`);
  });

  test('a long history stands 50 entries on a page, or all at once', async () => {
    const number = await registeredSite();
    const entries = async (query: string) =>
      [...(await lena.get(`/systems/${number}${query}`)).html.matchAll(/<time[^>]*>[^<]*<\/time><p>/g)].length;
    expect(await entries('')).toBe(2);
    const db = served.portal.db;
    await db.rows(sql`
      insert into history (registration, n, at, entry, hash)
      select registration, n + i, at, entry, hash from history, generate_series(1, 58) i where registration = ${number} and n = 2`);
    await db.rows(sql`update registration set history_n = 60 where number = ${number}`);
    expect(await entries('')).toBe(50);
    expect(await entries('?history=2')).toBe(10);
    expect(await entries('?history=all')).toBe(60);
    expect(says(await lena.get(`/systems/${number}`))).toContain('Entries 11 to 60 of 60, newest first.');
  });
});

describe('These details are correct', () => {
  test('is said by the end user, and then only the end user changes them', async () => {
    const number = await registeredSite();
    const before = await lena.get(`/systems/${number}`);
    expect(reasonUnder(before, 'These details are correct')).toBe('Only the end user can say this.');
    const after = await anna.press(await anna.get(`/systems/${number}`), 'These details are correct');
    expect(says(after)).toContain('State Confirmed');
    expect(says(after)).toMatch(/These details are correct Anna Holm, \d+ \w+ 2026/);
    expect(hasButton(after, 'These details are correct')).toBe(false);
  });

  test('is not said of details that were changed since they were looked at', async () => {
    const number = await registeredSite();
    const seen = await anna.get(`/systems/${number}`);
    let form = await lena.press(await lena.get(`/systems/${number}/form`), 'Continue', { city: 'Horsens' });
    form = await lena.press(form, 'Continue');
    await lena.press(await lena.press(form, 'Continue'), 'Submit');
    const again = await anna.press(seen, 'These details are correct');
    expect(again.status).toBe(409);
    expect(says(again)).toContain('The details were changed a moment ago.');
    expect(says(again)).toContain('City Horsens');
    expect((await actsOf(served.portal, number)).at(-1)).toBe('details-edited');
    expect(says(await anna.press(again, 'These details are correct'))).toContain('State Confirmed');
  });

  test('twice at once is one entry', async () => {
    const number = await registeredSite();
    const page = await anna.get(`/systems/${number}`);
    const done = await Promise.all([1, 2, 3].map(() => anna.press(page, 'These details are correct')));
    expect(done.map((one) => one.status)).toEqual([200, 200, 200]);
    expect((await actsOf(served.portal, number)).filter((act) => act === 'confirmed')).toHaveLength(1);
  });
});

describe('Undo', () => {
  test('brings the former System ID back', async () => {
    const { number, before, now } = await associatedSite();
    const page = await lena.get(`/systems/${number}`);
    expect(says(page)).toContain(`Undo makes ${idOf(before)} current again. ${idOf(now)} is then free.`);
    const after = await lena.press(page, `Undo the association of ${idOf(now)}`);
    expect(says(after)).toContain(`System ID ${idOf(before)}`);
    expect((await actsOf(served.portal, number)).at(-1)).toBe('undone');
  });

  test('stays, with the reason, when the 72 hours are over', async () => {
    const { number } = await associatedSite();
    served.portal.pass(73);
    [lena, anna] = await Promise.all([signedIn(served, served.cast.integrator), signedIn(served, served.cast.endUser)]);
    expect(reasonUnder(await lena.get(`/systems/${number}`), 'Undo')).toMatch(
      /^It could be undone until \d+ \w+ 2026, \d\d:\d\d .+\. Associate the right System ID instead\.$/,
    );
    // Its notice was not accepted by a mail server yet, so the end user's hours have not begun.
    expect(hasButton(await anna.get(`/systems/${number}`), 'Undo')).toBe(true);
  });

  test('is for who made it and for the end user, and the page says so to the other', async () => {
    const { number } = await associatedSite(served.cast.endUser);
    expect(reasonUnder(await lena.get(`/systems/${number}`), 'Undo')).toBe(
      'Only Anna Holm, who made it, and the end user can undo it.',
    );
  });

  test('offers to move it while the request is held', async () => {
    const { number, request } = await associatedSite();
    const page = await lena.get(`/systems/${number}`);
    const list = await lena.browser.follow(page, 'Move it');
    expect(new URL(list.url).pathname).toBe(`/requests/${request}/registrations`);
    expect(headingOf(list)).toBe('Choose the registration');
  });

  test('offers to merge a registration that was made as new a moment ago', async () => {
    const { portal, cast } = served;
    const older = await registeredSite('Merge Manor');
    const server = testServer();
    const fresh = await registered(portal, cast.integrator, server, { site: 'Merge Manor again' });
    const list = await lena.browser.follow(await lena.get(`/systems/${fresh}`), 'Choose the older registration');
    expect(headingOf(list)).toBe('Choose the registration');
    expect(await merge(portal, { account: cast.integrator, fresh, kept: older })).toMatchObject({ outcome: 'merged' });
    const leading = await lena.get(`/systems/${fresh}`);
    expect(says(leading)).toContain(`It was merged into Merge Manor, registration ${older.replace(/^(.{4})/, '$1 ')}`);
    expect(reasonUnder(leading, 'Edit registration')).toBe('This registration was merged into another.');
    expect(headingOf(await lena.browser.follow(leading, 'Open Merge Manor'))).toBe('Merge Manor');
  });
});

describe('not yet confirmed by the system', () => {
  async function claimed() {
    const server = testServer();
    const number = await registeredSite('Claimed Court');
    const request = await typed(served.portal, served.cast.integrator, server);
    const command = { account: served.cast.integrator, request, registration: number };
    const done = await press(served.portal, { ...command, reason: 'server-replaced' });
    if (done.outcome !== 'claimed') throw new Error(`not claimed: ${done.outcome}`);
    return { number, server };
  }

  test('says what waits and what to do, and the claim can be withdrawn', async () => {
    const { number, server } = await claimed();
    const page = await lena.get(`/systems/${number}`);
    expect(says(page)).toContain(`Lena Brandt brought the System ID ${idOf(server)} on`);
    expect(says(page)).toContain('What to do');
    const list = await lena.get('/systems?state=not-confirmed-by-system');
    expect(says(list)).toContain('Claimed Court');
    const after = await lena.press(page, `Withdraw the claim on ${idOf(server)}`);
    expect(says(after)).not.toContain('What to do');
    expect((await actsOf(served.portal, number)).at(-1)).toBe('claim-withdrawn');
  });

  test('ends with the system’s own word', async () => {
    const { number, server } = await claimed();
    await checkIn(served, server, number);
    const page = await lena.get(`/systems/${number}`);
    expect(says(page)).not.toContain('What to do');
    expect(says(page)).toContain('The system confirmed its System ID. The system itself.');
  });
});

describe('a conflict', () => {
  test('is seen by both parties, explained, and settled by one of them', async () => {
    const { number, before, now } = await associatedSite();
    await checkIn(served, before, number);
    for (const person of [lena, anna]) {
      const page = await person.get(`/systems/${number}`);
      expect(says(page)).toContain('State Awaiting the end user In conflict');
      expect(says(page)).toContain(`The retired System ID ${idOf(before)} spoke again on`);
    }
    expect(says(await lena.get('/systems?state=in-conflict'))).toContain('Hospital North, Building A');
    const page = await anna.get(`/systems/${number}`);
    const settled = await anna.press(page, `${idOf(now)} is the right system: go on with it`);
    expect(says(settled)).not.toContain('In conflict');
    expect(says(settled)).toContain('The conflict was settled. Anna Holm.');
  });

  test.each([
    ['copy', 'Two live copies of'],
    ['restored', 'went back to an earlier state'],
    ['signing-key', 'signed with another key'],
  ])('of the kind %s has its own explanation and is settled', async (kind, explanation) => {
    const server = testServer();
    const number = await registeredSite('Conflict Court', server);
    await served.portal.db.rows(sql`
      insert into conflict (id, system_id, kind, opened_at)
      values (gen_random_uuid(), ${server.keys.systemId}, ${kind}, ${served.portal.now()})`);
    const page = await lena.get(`/systems/${number}`);
    expect(says(page)).toContain(explanation);
    expect(says(await lena.press(page, 'It is the right system: go on with it'))).not.toContain('In conflict');
    expect((await actsOf(served.portal, number)).at(-1)).toBe('conflict-settled');
  });
});

describe('Close', () => {
  test('says before what it means, and afterwards nothing can be changed', async () => {
    const number = await registered(served.portal, served.cast.integrator, testServer(), { site: 'Closing Court' });
    const ask = await lena.browser.follow(await lena.get(`/systems/${number}`), 'Close the registration');
    expect(headingOf(ask)).toBe('Close the registration of Closing Court?');
    const closed = await lena.press(ask, 'Close the registration');
    expect(says(closed)).toContain('State Closed since');
    expect(says(closed)).toContain('System ID none');
    for (const button of ['Edit registration', 'Associate a new System ID', 'These details are correct', 'Close']) {
      expect(reasonUnder(closed, button), button).toMatch(/^This registration is closed since \d+ \w+ 2026\.$/);
    }
    expect(headingOf(await lena.get(`/systems/${number}/form`))).toBe('This registration is closed');
  });

  test('is the end user’s once the end user has confirmed', async () => {
    const number = await registeredSite();
    await anna.press(await anna.get(`/systems/${number}`), 'These details are correct');
    expect(reasonUnder(await lena.get(`/systems/${number}`), 'Close the registration')).toBe(
      'The end user confirmed the registration. Only the end user can close it.',
    );
    expect(headingOf(await lena.get(`/systems/${number}/close`))).toBe('This is for the other party to do');
  });
});

test('who is not signed in is sent to log on, and comes to the page afterwards', async () => {
  const number = await registeredSite();
  const somebody = new Person(served);
  const logOn = await somebody.get(`/systems/${number}`);
  expect(headingOf(logOn)).toBe('Log on to Test portal');
  expect(headingOf(await somebody.logOn(served.cast.endUser, logOn))).toBe('Hospital North, Building A');
});
