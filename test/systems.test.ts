import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linesOf, shortId } from '../core/system-id.ts';
import { close as closeRegistration, confirm } from '../portal/operations/confirm.ts';
import { merge } from '../portal/operations/merge.ts';
import type { Account } from '../portal/portal.ts';
import { sql } from '../portal/store/sql.ts';
import { registrationNumber } from '../ui/text.ts';
import { formsOf, headingOf, mainOf, type Page, says, textOf } from './support/http.ts';
import { checkIn, DECLINED, Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import {
  actsOf,
  carried,
  currentAssociation,
  press,
  rebuilt,
  registered,
  systemIdsOf,
  type TestServer,
  testServer,
  typed,
} from './support/portal.ts';

/** Registered systems and the System information page, as the parties of a registration and nobody else meet them. */

let served: ServedPortal;
let integrator: Account;
let endUser: Account;
let stranger: Account;
beforeAll(async () => {
  served = await servePortal();
  ({ integrator, endUser, stranger } = served.cast);
});
afterAll(() => served.close());

const as = (account: Account) => signedIn(served, account);
const factOf = (page: Page, term: string) => {
  const facts = [...page.html.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/gs)];
  return textOf(facts.find(([, dt = '']) => textOf(dt) === term)?.[2] ?? '');
};
const buttonOf = (page: Page, words: string) =>
  formsOf(page.html)
    .flatMap((form) => form.buttons)
    .find((button) => button.words.startsWith(words));
/** The words under a button that cannot be used. */
const whyNot = (page: Page, words: string) => {
  for (const [, button = '', reason = ''] of mainOf(page).matchAll(
    /<div class="refused">(<button\b.*?<\/button>)<p class="note"[^>]*>(.*?)<\/p>/gs,
  )) {
    if (textOf(button).startsWith(words)) return textOf(reason);
  }
  return undefined;
};
const sitesIn = (page: Page) =>
  [...page.html.matchAll(/<th role="rowheader"[^>]*><a href="\/systems\/\d{8}">(.*?)<\/a>/g)].map(([, site = '']) =>
    textOf(site),
  );

/** A registration with both parties; its server was rebuilt and associated a week later by the integrator. */
async function associated(site: string) {
  const { portal } = served;
  const before = testServer();
  const number = await registered(portal, integrator, before, { site, endUser });
  portal.pass(7 * 24);
  const now = rebuilt(before);
  const request = await carried(portal, integrator, now);
  const result = await press(portal, { account: integrator, request, registration: number });
  expect(result.outcome).toBe('associated');
  return { number, before, now, association: (await currentAssociation(portal, number)) ?? '' };
}

/** A claim on the registration that waits for its system. */
async function claimed(number: string, server: TestServer): Promise<void> {
  const request = await typed(served.portal, integrator, server);
  const result = await press(served.portal, {
    account: integrator,
    request,
    registration: number,
    reason: 'server-replaced',
  });
  expect(result.outcome).toBe('claimed');
}

describe('Registered systems', () => {
  test('are shown to who has logged on, who then comes to the page that was asked for', async () => {
    const person = new Person(served);
    const logOn = await person.get('/systems?state=closed');
    expect(headingOf(logOn)).toMatch(/^Log on to/);
    expect(new URL((await person.logOn(integrator, logOn)).url).pathname).toBe('/systems');
  });

  test('are one’s own: somebody without any is told what to do', async () => {
    await registered(served.portal, integrator, testServer(), { site: 'Not the stranger’s' });
    const page = await (await as(stranger)).get('/systems');
    expect(says(page)).toContain('You have no registered systems.');
    expect(says(page)).toContain('Only the accounts on the registration can see it.');
    expect(page.html).not.toContain('Not the stranger');
  });

  test('are listed by name, 25 on a page', async () => {
    const another = await servePortal();
    try {
      const names = Array.from({ length: 27 }, (_, i) => `Site ${String.fromCharCode(65 + i)}`);
      for (const site of [...names].reverse()) {
        await registered(another.portal, another.cast.integrator, testServer(), { site });
      }
      const person = await signedIn(another, another.cast.integrator);
      const first = await person.get('/systems');
      expect(sitesIn(first)).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')).slice(0, 25));
      expect(says(first)).toContain('Systems 1 to 25 of 27, by name');
      const second = await person.browser.follow(first, 'Next page');
      expect(sitesIn(second)).toHaveLength(2);
      expect(sitesIn(await person.get('/systems?page=99'))).toEqual(sitesIn(second));
    } finally {
      await another.close();
    }
  });

  test('are in the order in which people count: Building 2 before Building 10', async () => {
    for (const n of [10, 2, 1])
      await registered(served.portal, integrator, testServer(), { site: `Counted Building ${n}` });
    expect(sitesIn(await (await as(integrator)).get('/systems?q=counted'))).toEqual(
      [1, 2, 10].map((n) => `Counted Building ${n}`),
    );
  });

  test('are found by site, company, city, server, number and a piece of a System ID that it has or had', async () => {
    const { number, before, now } = await associated('Lighthouse Museum');
    const person = await as(integrator);
    const groups = (server: TestServer) => linesOf(server.keys.systemId)[2].slice(0, 11).toLowerCase();
    for (const search of ['lighthouse', 'MUSEUM light', number, groups(before), groups(now)]) {
      const found = await person.press(await person.get('/systems'), 'Filter', { q: search });
      expect([search, sitesIn(found)]).toEqual([search, ['Lighthouse Museum']]);
      expect(found.html).toMatch(new RegExp(`name="q"[^>]*value="|value="[^"]*"[^>]*name="q"`));
    }
    for (const search of ['Northfield', 'aarhus', 'hn-a-es01']) {
      expect(sitesIn(await person.get(`/systems?q=${search}`))).toContain('Lighthouse Museum');
    }
  });

  test('that do not fit a search are said to be none, with a way back to all', async () => {
    const person = await as(integrator);
    // % and _ stand for themselves.
    for (const search of ['no such site', '%', '_']) {
      const none = await person.get(`/systems?q=${encodeURIComponent(search)}`);
      expect(says(none)).toContain('No registered system of yours fits.');
      expect(sitesIn(await person.browser.follow(none, 'Show all')).length).toBeGreaterThan(0);
    }
  });

  test('can be narrowed down to each state by the word that the list shows', async () => {
    const { portal } = served;
    const make = (site: string) => registered(portal, integrator, testServer(), { site, endUser });
    const number = await make('In state confirmed');
    await confirm(portal, { account: endUser, registration: number });
    await make('In state registered');
    await closeRegistration(portal, { account: endUser, registration: await make('In state closed') });
    await claimed(await make('In state waiting'), testServer('WAITS'));
    const { number: inConflict, before } = await associated('In state conflict');
    await checkIn(served, before, inConflict);
    const undone = await make('In state prepared');
    await portal.db.rows(sql`update registration set state = 'prepared' where number = ${undone}`);

    const person = await as(endUser);
    const filters = {
      confirmed: ['In state confirmed', 'Confirmed'],
      registered: ['In state registered', 'Awaiting the end user'],
      closed: ['In state closed', 'Closed'],
      'not-confirmed-by-system': ['In state waiting', 'Not yet confirmed by the system'],
      'in-conflict': ['In state conflict', 'In conflict'],
      prepared: ['In state prepared', 'Prepared'],
    };
    for (const [state, [site = '', word = '']] of Object.entries(filters)) {
      const page = await person.press(await person.get('/systems'), 'Filter', { q: 'In state', state });
      expect([state, sitesIn(page)]).toEqual([state, expect.arrayContaining([site])]);
      const rows = [...page.html.matchAll(/<tr role="row"><th role="rowheader".*?<\/tr>/gs)].map(([row]) =>
        textOf(row),
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toContain(word);
    }
  });
});

describe('a registration that is none of one’s own', () => {
  const paths = ['', '/close', '/form', '/form/installation', '/form/check'];
  const posts = ['/confirm', '/close', '/form/installation', '/form/check', '/form/installation/draft'];

  test('is answered as one that does not exist, byte for byte but for what was typed', async () => {
    const { number, association } = await associated('Secret House');
    const other = number === '10000001' ? '10000002' : '10000001';
    const person = await as(stranger);
    const page = { url: `${served.url}/systems`, status: 200, html: '', headers: new Headers() };
    const post = (path: string) =>
      person.browser.submit(
        page,
        { action: served.url + path, method: 'post' },
        new URLSearchParams({ site_name: 'X' }),
      );
    const pairs = [
      ...paths.map((path) => [`/systems/${number}${path}`, `/systems/${other}${path}`, 'get'] as const),
      ...[
        ...posts,
        `/associations/${association}/undo`,
        `/associations/${association}`,
        `/conflicts/${association}/settle`,
      ].map((path) => [`/systems/${number}${path}`, `/systems/${other}${path}`, 'post'] as const),
    ];
    for (const [foreign, unknown, how] of pairs) {
      const [one, two] = await Promise.all(
        [foreign, unknown].map((path) => (how === 'get' ? person.get(path) : post(path))),
      );
      const unnamed = (answer: Page | undefined) => answer?.html.replaceAll(number, '…').replaceAll(other, '…');
      expect([foreign, one?.status]).toEqual([foreign, 404]);
      expect(one?.status).toBe(two?.status);
      expect(unnamed(one)).toBe(unnamed(two));
      expect(one?.html).not.toContain('Secret House');
    }
  });

  test('is not touched by what a stranger posts', async () => {
    const { number, association, now } = await associated('Quiet House');
    const acts = await actsOf(served.portal, number);
    const person = await as(stranger);
    const page = { url: `${served.url}/systems`, status: 200, html: '', headers: new Headers() };
    for (const path of [...posts, `/associations/${association}/undo`]) {
      const action = `${served.url}/systems/${number}${path}`;
      await person.browser.submit(page, { action, method: 'post' }, new URLSearchParams({ site_name: 'Mine' }));
    }
    expect(await actsOf(served.portal, number)).toEqual(acts);
    expect((await systemIdsOf(served.portal, number)).current).toEqual([now.keys.systemId]);
  });

  test.each(['abc', '1234567', '123456789', '../systems', "'", '%00'])(
    'is not found where its number is %s',
    async (number) => {
      const page = await (await as(integrator)).get(`/systems/${encodeURIComponent(number)}`);
      expect(page.status).toBe(404);
    },
  );
});

describe('the System information page', () => {
  test('says state, number, since when, company, parties, System IDs, server and when it was heard', async () => {
    const { number, before, now } = await associated('Hospital North, Building A');
    await checkIn(served, now, number);
    const page = await (await as(endUser)).get(`/systems/${number}`);
    expect(headingOf(page)).toBe('Hospital North, Building A');
    expect(factOf(page, 'State')).toBe('Awaiting the end user');
    expect(factOf(page, 'Registration')).toMatch(
      new RegExp(`^${registrationNumber(number)}, since \\d+ \\w+ 20\\d\\d$`),
    );
    expect(factOf(page, 'Integrator')).toBe('Brandt Building Controls (Lena Brandt)');
    expect(factOf(page, 'End user')).toBe('Northfield Health Trust (Anna Holm)');
    expect(factOf(page, 'System ID').split(/\s+/)).toEqual(linesOf(now.keys.systemId));
    expect(factOf(page, 'Former System IDs')).toMatch(
      new RegExp(`^${shortId(before.keys.systemId)} retired on \\d+ \\w+ 20\\d\\d$`),
    );
    expect(factOf(page, 'Server')).toBe('Enterprise Server HN-A-ES01, 3.2.4.1180');
    expect(factOf(page, 'Last heard')).toMatch(/ 20\d\d, \d\d:\d\d CET, a moment ago$/);
    for (const [term, value] of [
      ['Site company name', 'Northfield Health Trust'],
      ['City', 'Aarhus'],
      ['Country', 'Denmark'],
    ] as const) {
      expect(factOf(page, term)).toBe(value);
    }
  });

  test('is found with the space that people write in the number', async () => {
    const { number } = await associated('Spaced House');
    const page = await (await as(integrator)).get(`/systems/${encodeURIComponent(registrationNumber(number))}`);
    expect(headingOf(page)).toBe('Spaced House');
  });

  test('shows the history, newest first, with names, and the reason as it was given', async () => {
    const { portal } = served;
    const before = testServer();
    const number = await registered(portal, integrator, before, { site: 'Annals House', endUser });
    portal.pass(7 * 24);
    const request = await carried(portal, integrator, rebuilt(before));
    const reasonText = 'The disk <failed> twice';
    await press(portal, { account: integrator, request, registration: number, reason: 'other', reasonText });
    await confirm(portal, { account: endUser, registration: number });
    const page = await (await as(endUser)).get(`/systems/${number}`);
    const entries = [...(/<ol class="history">.*?<\/ol>/s.exec(page.html)?.[0] ?? '').matchAll(/<p>(.*?)<\/p>/gs)];
    const [confirmed, associating, , registering] = entries.map(([, entry = '']) => textOf(entry));
    expect(confirmed).toBe('These details are correct. Anna Holm.');
    expect(associating).toMatch(/^New System ID associated\. Lena Brandt\. .* Reason: The disk <failed> twice\.$/);
    expect(associating).toContain(`${shortId(before.keys.systemId)} retired.`);
    expect(registering).toMatch(/^Registered\. Lena Brandt\./);
    expect(entries).toHaveLength(4);
  });

  test('shows a long history 50 entries on a page, or all of it', async () => {
    const number = await registered(served.portal, integrator, testServer(), { site: 'Long House' });
    await served.portal.db.rows(sql`
      insert into history (registration, n, at, entry, hash)
      select registration, n + i, at, entry, hash from history, generate_series(1, 59) i where registration = ${number}`);
    await served.portal.db.rows(sql`update registration set history_n = 60 where number = ${number}`);
    const person = await as(integrator);
    const entries = (page: Page) =>
      [...(/<ol class="history">.*?<\/ol>/s.exec(page.html)?.[0] ?? '').matchAll(/<li>/g)].length;
    const newest = await person.get(`/systems/${number}`);
    expect(entries(newest)).toBe(50);
    expect(says(newest)).toContain('Entries 11 to 60 of 60, newest first.');
    expect(entries(await person.browser.follow(newest, 'Next page'))).toBe(10);
    expect(entries(await person.browser.follow(newest, 'Show all 60 entries'))).toBe(60);
  });

  test('offers to merge a registration that was made as new a moment ago', async () => {
    const fresh = await registered(served.portal, integrator, testServer(), { site: 'Registered twice' });
    const person = await as(integrator);
    const list = await person.browser.follow(await person.get(`/systems/${fresh}`), 'Choose the older registration');
    expect(headingOf(list)).toBe('Choose the registration');
  });

  test('of a merged registration leads to the one that goes on', async () => {
    const { portal } = served;
    const kept = await registered(portal, integrator, testServer(), { site: 'The older one', endUser });
    portal.pass(24 * 7);
    const fresh = await registered(portal, integrator, testServer(), { site: 'The fresh one' });
    expect((await merge(portal, { account: integrator, fresh, kept })).outcome).toBe('merged');
    const person = await as(integrator);
    const page = await person.get(`/systems/${fresh}`);
    expect(factOf(page, 'State')).toContain(`Merged into ${registrationNumber(kept)}`);
    expect(headingOf(await person.browser.follow(page, 'Open The older one'))).toBe('The older one');
    expect(whyNot(page, 'Edit registration')).toBe('This registration was merged into another.');
  });
});

describe('These details are correct', () => {
  test('is said by the end user, and stands there with name and date', async () => {
    const { number } = await associated('To be confirmed');
    const person = await as(endUser);
    const page = await person.get(`/systems/${number}`);
    const both = await Promise.all([
      person.press(page, 'These details are correct', DECLINED),
      person.press(page, 'These details are correct', DECLINED),
    ]);
    for (const confirmed of both) {
      expect(new URL(confirmed.url).pathname).toBe(`/systems/${number}`);
      expect(factOf(confirmed, 'State')).toBe('Confirmed');
      expect(factOf(confirmed, 'These details are correct')).toMatch(/^Anna Holm, \d+ \w+ 20\d\d, \d\d:\d\d CET$/);
    }
    expect((await actsOf(served.portal, number)).filter((act) => act === 'confirmed')).toHaveLength(1);
  });

  test('cannot be said by the integrator, who reads why', async () => {
    const { number } = await associated('Not to be confirmed');
    const person = await as(integrator);
    const page = await person.get(`/systems/${number}`);
    expect(buttonOf(page, 'These details are correct')?.disabled).toBe(true);
    expect(whyNot(page, 'These details are correct')).toBe('Only the end user can say this.');
    const form = { action: `/systems/${number}/confirm`, method: 'post' };
    const refused = await person.browser.submit(page, form, new URLSearchParams());
    expect([refused.status, says(refused)]).toEqual([403, expect.stringContaining('Reason not-for-your-seat')]);
    expect(await actsOf(served.portal, number)).not.toContain('confirmed');
  });

  test('is not taken for details that somebody changed in between', async () => {
    const { number } = await associated('Changed in between');
    const person = await as(endUser);
    const page = await person.get(`/systems/${number}`);
    const editor = await as(integrator);
    const check = await editor.press(await editor.get(`/systems/${number}/form/installation`), 'Continue', {
      city: 'Odense',
    });
    const last = await editor.get(check.url.replace(/\/form\/.*/, '/form/check'));
    await editor.press(last, 'Submit');
    const again = await person.press(page, 'These details are correct', DECLINED);
    expect(again.status).toBe(409);
    expect(says(again)).toContain('The details were changed a moment ago.');
    expect(factOf(again, 'City')).toBe('Odense');
    expect(await actsOf(served.portal, number)).not.toContain('confirmed');
    expect(factOf(await person.press(again, 'These details are correct', DECLINED), 'State')).toBe('Confirmed');
  });
});

describe('Undo', () => {
  test('makes the former System ID current again, once, however often it is pressed', async () => {
    const { number, before } = await associated('Undone House');
    const person = await as(integrator);
    const page = await person.get(`/systems/${number}`);
    expect(says(page)).toMatch(/You can undo it until \d+ \w+ 20\d\d, \d\d:\d\d CET/);
    const both = await Promise.all([person.press(page, 'Undo'), person.press(page, 'Undo')]);
    for (const undone of both) expect(factOf(undone, 'System ID').split(/\s+/)).toEqual(linesOf(before.keys.systemId));
    expect((await actsOf(served.portal, number)).filter((act) => act === 'undone')).toHaveLength(1);
  });

  test('is there for the end user, too', async () => {
    const { number, before } = await associated('Undone by the end user');
    const person = await as(endUser);
    const undone = await person.press(await person.get(`/systems/${number}`), 'Undo');
    expect(factOf(undone, 'System ID').split(/\s+/)).toEqual(linesOf(before.keys.systemId));
  });

  test('stays, disabled and with the reason, when its 72 hours are over', async () => {
    const { number, now, association } = await associated('Too late House');
    served.portal.pass(73);
    const person = await as(integrator);
    const page = await person.get(`/systems/${number}`);
    expect(buttonOf(page, 'Undo')?.disabled).toBe(true);
    expect(whyNot(page, 'Undo')).toMatch(/^It could be undone until \d+ \w+ 20\d\d, \d\d:\d\d CET\./);
    const form = { action: `/systems/${number}/associations/${association}/undo`, method: 'post' };
    const refused = await person.browser.submit(page, form, new URLSearchParams());
    expect([refused.status, says(refused)]).toEqual([409, expect.stringContaining('Reason undo-expired')]);
    expect((await systemIdsOf(served.portal, number)).current).toEqual([now.keys.systemId]);
  });

  test('is for who made it and for the end user, and the other one reads so', async () => {
    const { portal } = served;
    const before = testServer();
    const number = await registered(portal, integrator, before, { site: 'Made by the end user', endUser });
    portal.pass(7 * 24);
    const request = await carried(portal, endUser, rebuilt(before));
    await press(portal, { account: endUser, request, registration: number });
    expect(whyNot(await (await as(integrator)).get(`/systems/${number}`), 'Undo')).toBe(
      'Only Anna Holm, who made it, and the end user can undo it.',
    );
  });

  test('has moving beside it, as long as the request is held', async () => {
    const { number } = await associated('Wrongly chosen');
    const person = await as(integrator);
    const list = await person.browser.follow(await person.get(`/systems/${number}`), 'Move it');
    expect(headingOf(list)).toBe('Choose the registration');
    served.portal.pass(25);
    const later = await as(integrator);
    expect(
      headingOf(await later.browser.follow(await later.get(`/systems/${number}`), 'associate it with the right one')),
    ).toBe('Register a system');
  });

  test('of an association that is not the latest is refused', async () => {
    const { number, now, association } = await associated('Twice associated');
    served.portal.pass(1);
    const request = await carried(served.portal, integrator, rebuilt(now));
    await press(served.portal, { account: integrator, request, registration: number });
    const person = await as(integrator);
    const form = { action: `/systems/${number}/associations/${association}/undo`, method: 'post' };
    const refused = await person.browser.submit(await person.get(`/systems/${number}`), form, new URLSearchParams());
    expect([refused.status, says(refused)]).toEqual([409, expect.stringContaining('Reason undo-not-latest')]);
  });
});

describe('a claim', () => {
  test('is shown as not yet confirmed by the system, with what to do, and can be withdrawn', async () => {
    const { portal } = served;
    const [before, waiting] = [testServer(), testServer('HN-A-ES02')];
    const number = await registered(portal, integrator, before, { site: 'Waiting House', endUser });
    portal.pass(24 * 7);
    await claimed(number, waiting);
    const person = await as(endUser);
    const page = await person.get(`/systems/${number}`);
    expect(factOf(page, 'State')).toContain('Not yet confirmed by the system');
    expect(says(page)).toContain(`Lena Brandt brought the System ID ${shortId(waiting.keys.systemId)} on`);
    expect(says(page)).toContain(`Until it does, ${shortId(before.keys.systemId)} stays current.`);
    expect(says(page)).toContain('Show it on this server');
    const withdrawn = await person.press(page, 'Withdraw');
    expect(factOf(withdrawn, 'State')).toBe('Awaiting the end user');
    expect(await systemIdsOf(portal, number)).toEqual({
      current: [before.keys.systemId],
      withdrawn: [waiting.keys.systemId],
    });
    expect((await actsOf(portal, number)).at(-1)).toBe('claim-withdrawn');
  });
});

describe('a conflict', () => {
  test('is explained to both parties, and one of them settles it for both', async () => {
    const { number, before, now } = await associated('Conflict House');
    await checkIn(served, before, number);
    const page = await (await as(integrator)).get(`/systems/${number}`);
    expect(factOf(page, 'State')).toContain('In conflict');
    expect(says(page)).toContain(`The retired System ID ${shortId(before.keys.systemId)} spoke again on`);
    const person = await as(endUser);
    const settled = await person.press(
      await person.get(`/systems/${number}`),
      `${shortId(now.keys.systemId)} is the right system: go on with it`,
    );
    expect(factOf(settled, 'State')).not.toContain('In conflict');
    expect((await actsOf(served.portal, number)).slice(-2)).toEqual(['conflict-opened', 'conflict-settled']);
    expect(await systemIdsOf(served.portal, number)).toEqual({
      retired: [before.keys.systemId],
      current: [now.keys.systemId],
    });
  });
});

describe.each([
  { kind: 'copy', explanation: 'Two live copies of' },
  { kind: 'restored', explanation: 'went back to an earlier state' },
  { kind: 'signing-key', explanation: 'signed with another key' },
])('a conflict of the kind $kind', ({ kind, explanation }) => {
  test('says how it was found out, and is settled for the system that goes on', async () => {
    const server = testServer();
    const number = await registered(served.portal, integrator, server, { site: `Conflict ${kind}` });
    await served.portal.db.rows(sql`
      insert into conflict (id, system_id, kind, opened_at)
      values (gen_random_uuid(), ${server.keys.systemId}, ${kind}, ${served.portal.now()})`);
    const person = await as(integrator);
    const page = await person.get(`/systems/${number}`);
    expect(says(page)).toContain(explanation);
    const settled = await person.press(page, 'It is the right system: go on with it');
    expect(factOf(settled, 'State')).toBe('Awaiting the end user');
    expect((await actsOf(served.portal, number)).at(-1)).toBe('conflict-settled');
  });
});

describe('closing', () => {
  test('says what it means first, and then keeps the history and says since when', async () => {
    const { number } = await associated('Closing House');
    const person = await as(endUser);
    const ask = await person.browser.follow(await person.get(`/systems/${number}`), 'Close the registration');
    expect(headingOf(ask)).toBe('Close the registration of Closing House?');
    expect(says(ask)).toContain(`The registration ${registrationNumber(number)} ends. It cannot be opened again.`);
    expect(await actsOf(served.portal, number)).not.toContain('closed');
    const both = await Promise.all([
      person.press(ask, 'Close the registration'),
      person.press(ask, 'Close the registration'),
    ]);
    for (const closed of both) {
      expect(factOf(closed, 'State')).toMatch(/^Closed since \d+ \w+ 20\d\d$/);
      expect(whyNot(closed, 'Edit registration')).toMatch(/^This registration is closed since \d+ \w+ 20\d\d\.$/);
      expect(whyNot(closed, 'Associate a new System ID')).toMatch(/^This registration is closed since/);
      expect(says(closed)).toContain('Registered. Lena Brandt.');
    }
    expect((await actsOf(served.portal, number)).filter((act) => act === 'closed')).toHaveLength(1);
    const gone = await person.get(`/systems/${number}/close`);
    expect([gone.status, says(gone)]).toEqual([409, expect.stringContaining('Reason registration-closed')]);
  });

  test('is the end user’s once the end user has confirmed', async () => {
    const { number } = await associated('Confirmed House');
    await confirm(served.portal, { account: endUser, registration: number });
    const person = await as(integrator);
    const page = await person.get(`/systems/${number}`);
    expect(whyNot(page, 'Close the registration')).toBe('It has or had an end user. Only the end user can close it.');
    const refused = await person.get(`/systems/${number}/close`);
    expect([refused.status, says(refused)]).toEqual([403, expect.stringContaining('Reason not-for-your-seat')]);
    const form = { action: `/systems/${number}/close`, method: 'post' };
    expect((await person.browser.submit(page, form, new URLSearchParams())).status).toBe(403);
    expect(await actsOf(served.portal, number)).not.toContain('closed');
  });
});

test('names with the characters of HTML are shown as they were typed', async () => {
  const site = '<b>Bold & "quoted"</b>';
  const number = await registered(served.portal, integrator, testServer(), { site });
  const person = await as(integrator);
  for (const path of ['/systems?q=bold', `/systems/${number}`, `/systems/${number}/close`]) {
    const page = await person.get(path);
    expect(says(page)).toContain(site);
    expect(page.html).not.toContain('<b>Bold');
  }
});
