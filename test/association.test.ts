import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRecord } from '../core/documents/record.ts';
import { linesOf, shortId } from '../core/system-id.ts';
import { sql } from '../portal/store/sql.ts';
import { formsOf, headingOf, type Page, says, textOf } from './support/http.ts';
import { checkIn, Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import {
  actsOf,
  rebuilt,
  registered,
  requestOf,
  seedRegistrations,
  systemIdsOf,
  testServer,
} from './support/portal.ts';

/** A new System ID and the registration that it belongs to, as people meet it: page by page, without script. */

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal();
});
afterAll(() => served.close());

const SITE = 'Hospital North, Building A';

/** A registered server, and the same after its database was deleted a week later. */
async function rebuiltServer(site = SITE) {
  const { portal, cast } = served;
  const before = testServer();
  const registration = await registered(portal, cast.integrator, before, { site, endUser: cast.endUser });
  portal.pass(7 * 24);
  return { before, now: rebuilt(before), registration };
}

const filled = (page: Page) => [...page.html.matchAll(/class="(?:button )?go"/g)].length;

describe('a request that a browser carried', () => {
  test('is kept until its person has logged on, who is told so', async () => {
    const server = testServer();
    const person = new Person(served);
    const logOn = await person.carry(server);
    expect(headingOf(logOn)).toBe('Log on to Test portal');
    expect(says(logOn)).toContain(
      `You came from HN-A-ES01, System ID ${shortId(server.keys.systemId)}. We keep it for you until you have logged on.`,
    );
    const proceed = await person.logOn(served.cast.integrator, logOn);
    expect(headingOf(proceed)).toBe('Are you authorised for this system?');
  });

  test('is seen by nobody who logs on in another browser', async () => {
    const carried = await new Person(served).carry(testServer());
    const other = await new Person(served).get('/log-on');
    expect(says(other)).not.toContain('You came from');
    const path = new URL(carried.url).searchParams.get('next') ?? '';
    const stranger = await signedIn(served, served.cast.stranger);
    expect(headingOf(await stranger.get(path))).toBe('We no longer hold your request');
  });

  test('does nothing before Proceed, which names account, product, System ID and origin', async () => {
    const server = testServer();
    const person = await signedIn(served, served.cast.integrator);
    const page = await person.carry(server);
    const text = says(page);
    expect(text).toContain('You are logged on as Lena Brandt, lena@brandt-controls.example.');
    expect(text).toContain('Enterprise Server 3.2.4.1180, HN-A-ES01');
    expect(text.replace(/\s/g, '')).toContain(linesOf(server.keys.systemId).join(''));
    expect(text).toContain('from hn-a-es01.example, today');
    expect(text).toContain(`Compare ${shortId(server.keys.systemId)} with the screen of the server.`);
    const id = /requests\/([0-9a-f-]+)/.exec(page.url)?.[1];
    for (const path of ['', '/registrations', '/registrations/12345678', '/asked']) {
      expect((await person.get(`/requests/${id}${path}`)).url).toBe(page.url);
    }
  });

  test('is shown with the host of the page that posted it, where that is not the server', async () => {
    const person = await signedIn(served, served.cast.integrator);
    const page = await person.carry(testServer(), {
      from: 'https://evil.example',
      returnTo: 'http://hn-a-es01.example/registration/back',
    });
    expect(says(page)).toContain('from hn-a-es01.example, posted by a page of evil.example');
  });

  test('that was passed on by a redirect is from the page where its form stood', async () => {
    const server = testServer();
    await fetch(`${served.url}/requests`, {
      method: 'POST',
      body: new URLSearchParams({ request: await requestOf(served.portal, server) }),
      headers: { origin: 'null', referer: 'https://evil.example/' },
      redirect: 'manual',
    });
    const kept = await served.portal.db.row(sql<{ origin: string }>`
      select origin from request where system_id = ${server.keys.systemId}`);
    expect(kept?.origin).toBe('https://evil.example/');
  });

  test('shows the same page when it is posted again in the same browser', async () => {
    const person = await signedIn(served, served.cast.integrator);
    const document = await requestOf(served.portal, testServer());
    const first = await person.post(document, 'http://es.example');
    const second = await person.post(document, 'http://es.example');
    expect(second.url).toBe(first.url);
    const question = await person.press(second, 'Proceed');
    expect((await person.post(document, 'http://es.example')).url).toBe(question.url);
  });

  test('goes over to another account, which has to proceed itself', async () => {
    const person = await signedIn(served, served.cast.stranger);
    const page = await person.carry(testServer());
    await person.press(page, 'Proceed');
    const list = await person.get(page.url.replace('/proceed', '/registrations'));
    const logOn = await person.press(list, 'Use another account');
    expect(says(logOn)).toContain('You came from HN-A-ES01');
    const again = await person.logOn(served.cast.integrator, logOn);
    expect(again.url).toBe(page.url);
    expect(says(again)).toContain('You are logged on as Lena Brandt');
  });

  test('that is cancelled changed nothing and cannot be used any more', async () => {
    const person = await signedIn(served, served.cast.integrator);
    const page = await person.carry(testServer());
    const cancelled = await person.press(page, 'Cancel');
    expect(says(cancelled)).toContain('Nothing was changed. You can close this page.');
    expect(headingOf(await person.get(page.url))).toBe('We no longer hold your request');
  });

  test("is held for 24 hours by the portal's own clock", async () => {
    const person = await signedIn(served, served.cast.integrator);
    const page = await person.carry(testServer());
    served.portal.pass(25);
    const later = await signedIn(served, served.cast.integrator);
    const answer = await later.get(page.url);
    expect([answer.status, headingOf(answer)]).toEqual([410, 'We no longer hold your request']);
  });
});

describe('associating', () => {
  test('with the instance key: the right one alone on top, and one click on the review page', async () => {
    const { now, before, registration } = await rebuiltServer();
    const person = await signedIn(served, served.cast.integrator);
    const question = await person.press(await person.carry(now), 'Proceed');
    expect(headingOf(question)).toBe('HN-A-ES01 is new to us');
    expect(says(question)).toContain(`We know this server: it was registered as ${SITE}.`);
    expect(question.html).not.toMatch(/type="radio"[^>]*checked/);
    const list = await person.choose(question);
    expect(says(list)).toContain('Same installation as before (proved by the server)');
    const review = await person.press(list, `Select ${SITE}`);
    expect(says(review)).not.toContain('The old system is still alive');
    const done = await person.press(review, 'Associate');
    expect(headingOf(done)).toBe(`${SITE} now has the new System ID`);
    expect(await systemIdsOf(served.portal, registration)).toEqual({
      retired: [before.keys.systemId],
      current: [now.keys.systemId],
    });
  });

  test('the review puts old and new side by side and says what will happen', async () => {
    const { now, before } = await rebuiltServer();
    const person = await signedIn(served, served.cast.integrator);
    const list = await person.choose(await person.press(await person.carry(now), 'Proceed'));
    const review = await person.press(list, `Select ${SITE}`);
    const text = says(review);
    expect(text).toContain(
      `Now System ID ${shortId(before.keys.systemId)} Server HN-A-ES01, Enterprise Server 3.2.4.1180`,
    );
    expect(text).toContain(
      `After System ID ${shortId(now.keys.systemId)} Server HN-A-ES01, Enterprise Server 3.2.4.1180`,
    );
    expect(text).toContain('The old System ID is retired. Nobody else can use it.');
    expect(text).toContain('Lena Brandt, Anna Holm and the site administrator get a mail.');
    expect(text).toMatch(/You can undo this until \d+ \w+ 20\d\d, \d\d:\d\d CET?/);
    expect(filled(review)).toBe(1);
    await person.press(review, 'Cancel');
  });

  test('a server that was heard from lately asks for a reason, which the history keeps', async () => {
    const { before, registration } = await rebuiltServer();
    await checkIn(served, before, registration);
    // Without its instance key nothing proves that it is the same.
    const now = testServer();
    const person = await signedIn(served, served.cast.integrator);
    const list = await person.choose(await person.press(await person.carry(now), 'Proceed'));
    expect(says(list)).toContain('Heard from a moment ago under its present System ID');
    const review = await person.get(`${list.url}/${registration}`);
    expect(says(review)).toContain('The old system is still alive');
    const missing = await person.press(review, 'Associate');
    expect(missing.status).toBe(422);
    expect(missing.html).toContain('<title>Error: ');
    expect(says(missing)).toContain('There is a problem Say why it is the same system.');
    const other = await person.press(missing, 'Associate', { reason: 'other' });
    expect(says(other)).toContain('Say what happened.');
    const done = await person.press(other, 'Associate', { reason: 'other', other: 'The disk was full of water' });
    expect(headingOf(done)).toBe(`${SITE} now has the new System ID`);
    const text = await served.portal.db.row(sql<{ text: string }>`
      select text from history_text where registration = ${registration} and field = 'reason'`);
    expect(text?.text).toBe('The disk was full of water');
  });

  test('without the instance key the right registration is found in at most nine steps', async () => {
    const { before, registration } = await rebuiltServer('Hospital South');
    await checkIn(served, before, registration);
    await seedRegistrations(served.portal, served.cast, 30);
    const person = await signedIn(served, served.cast.integrator);
    let steps = 0;
    const step = <T>(page: Promise<T>) => {
      steps += 1;
      return page;
    };
    /** A field or a radio button is filled in: a step of its own. */
    const fill = (values: Record<string, string>) => {
      steps += Object.keys(values).length;
      return values;
    };
    const proceed = await step(person.carry(testServer('ES-REBUILT')));
    const question = await step(person.press(proceed, 'Proceed'));
    const list = await step(person.press(question, 'Continue', fill({ how: 'associate' })));
    expect(says(list)).not.toContain('Probably this one');
    const found = await step(person.press(list, 'Search', fill({ q: 'hospital south' })));
    const review = await step(person.press(found, 'Select Hospital South'));
    const done = await step(person.press(review, 'Associate', fill({ reason: 'database-deleted' })));
    expect(headingOf(done)).toBe('Hospital South now has the new System ID');
    expect(steps).toBeLessThanOrEqual(9);
  });

  test('a System ID of a registration of one’s own is said to be that, from either box of the Register page', async () => {
    const server = testServer('ES-KNOWN');
    const registration = await registered(served.portal, served.cast.integrator, server, { site: 'Known site' });
    const person = await signedIn(served, served.cast.integrator);
    for (const field of ['id', 'new-id'] as const) {
      const known = await person.press(await person.type(server, field), 'Proceed');
      expect(headingOf(known)).toBe('This system is registered as Known site');
      expect(known.html).toContain(`href="/systems/${registration}"`);
      expect(headingOf(await person.browser.follow(known, 'Wrong registration chosen'))).toBe(
        'Choose the registration',
      );
    }
  });

  test('another name or an older version is said before the button', async () => {
    const { registration } = await rebuiltServer();
    const now = testServer('HL-ES01');
    const person = await signedIn(served, served.cast.integrator);
    const server = { kind: 'enterprise-server', product: 'Enterprise Server', version: '3.1.0.2', name: 'HL-ES01' };
    const proceed = await person.post(await requestOf(served.portal, now, { server }), 'http://hl-es01.example');
    const list = await person.choose(await person.press(proceed, 'Proceed'));
    const review = await person.get(`${list.url}/${registration}`);
    expect(says(review)).toContain(
      'This looks like another site Server name and product do not match: HL-ES01, Enterprise Server / HN-A-ES01, Enterprise Server.',
    );
    expect(says(review)).toContain('The new server runs 3.1.0.2, the old one 3.2.4.1180.');
  });

  test('a copied installation is said before the button', async () => {
    const { before, now, registration } = await rebuiltServer();
    const person = await signedIn(served, served.cast.integrator);
    await person.carry(now);
    await checkIn(served, before, registration);
    const list = await person.choose(await person.press(await person.carry(now), 'Proceed'));
    expect(says(list)).not.toContain('Same installation as before');
    const review = await person.get(`${list.url}/${registration}`);
    expect(says(review)).toContain("This installation was copied The server's own proof counts for nothing here.");
  });

  test('two parallel posts of one form: one history entry, and both get the done page', async () => {
    const { now, registration } = await rebuiltServer();
    const person = await signedIn(served, served.cast.integrator);
    const list = await person.choose(await person.press(await person.carry(now), 'Proceed'));
    const review = await person.press(list, `Select ${SITE}`);
    const both = await Promise.all([person.press(review, 'Associate'), person.press(review, 'Associate')]);
    expect(both.map(headingOf)).toEqual([`${SITE} now has the new System ID`, `${SITE} now has the new System ID`]);
    expect(both[0].url).toBe(both[1].url);
    expect((await actsOf(served.portal, registration)).filter((act) => act === 'associated')).toHaveLength(1);
  });

  test('who chose the wrong one is offered to move it', async () => {
    const right = await rebuiltServer('Right site');
    const wrong = await registered(served.portal, served.cast.integrator, testServer('ES-W'), { site: 'Wrong site' });
    served.portal.pass(7 * 24);
    const person = await signedIn(served, served.cast.integrator);
    const list = await person.choose(await person.press(await person.carry(right.now), 'Proceed'));
    await person.press(await person.get(`${list.url}/${wrong}`), 'Associate');
    const again = await person.get(`${list.url}/${right.registration}`);
    expect(headingOf(again)).toBe('Move the System ID to Right site?');
    expect(says(again)).toContain('This System ID is at Wrong site now');
    const moved = await person.press(again, 'Move it');
    expect(headingOf(moved)).toBe('Right site now has the new System ID');
    expect((await systemIdsOf(served.portal, right.registration)).current).toEqual([right.now.keys.systemId]);
    expect(await actsOf(served.portal, wrong)).toEqual(['registered', 'associated', 'undone']);
  });

  test('a system that was registered as new is merged into the registration that it had', async () => {
    const { now, before, registration } = await rebuiltServer();
    const fresh = await registered(served.portal, served.cast.integrator, now, { site: 'Registered as new' });
    const person = await signedIn(served, served.cast.integrator);
    const known = await person.press(await person.carry(now), 'Proceed');
    expect(headingOf(known)).toBe('HN-A-ES01 is registered as Registered as new');
    const list = await person.browser.follow(known, 'Wrong registration chosen');
    const refused = await person.get(`${list.url}/${registration}`);
    expect(headingOf(refused)).toMatch(/^You registered this as a new system on \d+ \w+ 20\d\d$/);
    const merge = await person.browser.follow(refused, `Merge it into ${SITE}`);
    expect(says(merge)).toContain(`${SITE} keeps its number, seats, data and history.`);
    const both = await Promise.all([person.press(merge, 'Merge'), person.press(merge, 'Merge')]);
    expect(both.map(headingOf)).toEqual([`${SITE} now has the new System ID`, `${SITE} now has the new System ID`]);
    expect(both[0].url).toBe(both[1].url);
    expect(await systemIdsOf(served.portal, registration)).toEqual({
      retired: [before.keys.systemId],
      current: [now.keys.systemId],
    });
    expect(await actsOf(served.portal, fresh)).toEqual(['registered', 'merged-into-another']);
  });
});

describe('the done page', () => {
  async function associated() {
    const { now, registration } = await rebuiltServer();
    const person = await signedIn(served, served.cast.integrator);
    const list = await person.choose(await person.press(await person.carry(now), 'Proceed'));
    const done = await person.press(await person.get(`${list.url}/${registration}`), 'Associate');
    return { person, done, now, registration };
  }

  test('waits for the server, says after a minute that nothing is lost, and then since when it shows the site', async () => {
    const { person, done, now, registration } = await associated();
    expect(says(done)).toContain('Waiting for HN-A-ES01 to fetch it. Usually within 10 seconds. Check now');
    served.portal.pass(2 / 60);
    const late = await person.browser.follow(done, 'Check now');
    expect(says(late)).toContain('HN-A-ES01 has not fetched it yet. Nothing is lost.');
    await checkIn(served, now, registration);
    const arrived = await person.browser.follow(late, 'Check now');
    expect(says(arrived)).toMatch(new RegExp(`HN-A-ES01 shows ${SITE} since \\d\\d:\\d\\d`));
    expect(says(arrived)).toContain('This system is registered to');
    expect(arrived.html).not.toContain('/registration/back');
  });

  test('counts what the server said before the association for nothing', async () => {
    const { before, now, registration } = await rebuiltServer();
    const person = await signedIn(served, served.cast.integrator);
    const list = await person.choose(await person.press(await person.carry(now), 'Proceed'));
    await person.press(await person.get(`${list.url}/${registration}`), 'Associate');
    served.portal.pass(7 * 24);
    // The old one is back and still shows the site, as it did all the time.
    const later = await signedIn(served, served.cast.integrator);
    const document = await requestOf(served.portal, before, { registration });
    const again = await later.choose(await later.press(await later.post(document, 'http://es.example'), 'Proceed'));
    served.portal.pass(1 / 60);
    const done = await later.press(await later.get(`${again.url}/${registration}`), 'Associate');
    expect(says(done)).toContain('Waiting for HN-A-ES01 to fetch it.');
    await checkIn(served, before, registration);
    expect(says(await later.browser.follow(done, 'Check now'))).toContain(`HN-A-ES01 shows ${SITE} since`);
  });

  test('leads back to the server with its record, only in the browser that brought the request', async () => {
    const { done, now, registration } = await associated();
    const link = /href="(http:\/\/hn-a-es01\.example\/registration\/back\?record=([^"]+))"/.exec(done.html);
    expect(says(done)).toContain('Take it to the server');
    expect(says(done)).toContain('hn-a-es01.example');
    const reading = await openRecord(link?.[2] ?? '', served.portal.keys.bundle, now.keys.systemId);
    expect(reading).toMatchObject({
      outcome: 'genuine',
      record: { registration, state: 'registered', request: now.n },
    });
    for (const account of [served.cast.integrator, served.cast.endUser]) {
      const elsewhere = await (await signedIn(served, account)).get(done.url);
      expect(headingOf(elsewhere)).toBe(`${SITE} now has the new System ID`);
      expect(elsewhere.html).not.toContain('/registration/back');
    }
  });

  test('offers Undo with its date to who made it, and to the end user', async () => {
    const { done } = await associated();
    const endUser = await signedIn(served, served.cast.endUser);
    for (const page of [done, await endUser.get(done.url)]) {
      expect(says(page)).toMatch(/Undo this association Undo until \d+ \w+ 20\d\d, \d\d:\d\d/);
    }
  });

  test('says who gets a mail, and that it was sent only once the mail server took it', async () => {
    const { person, done, registration } = await associated();
    expect(says(done)).toContain('A mail goes to Lena Brandt, Anna Holm and the site administrator.');
    await served.portal.db.rows(sql`
      update outbox set accepted_at = ${served.portal.now()} where registration = ${registration}`);
    const sent = await person.get(done.url);
    expect(says(sent)).toContain('Mail sent to Lena Brandt, Anna Holm and the site administrator.');
  });

  test('of a typed System ID says what is to be done at the server, and that nothing was confirmed yet', async () => {
    const { now, before, registration } = await rebuiltServer();
    const person = await signedIn(served, served.cast.integrator);
    const proceed = await person.type(now, 'new-id');
    expect(says(proceed)).toContain('the system itself has not spoken yet');
    const list = await person.press(proceed, 'Proceed');
    const review = await person.get(`${list.url}/${registration}`);
    expect(says(review)).toContain('Until it does, a claim proved by the system itself goes first.');
    const done = await person.press(review, 'Associate');
    expect(headingOf(done)).toBe('One step left: enter the code at the server');
    expect(says(done)).toContain('Log on as an administrator, and open Registering your system offline.');
    expect(says(done)).toContain('not yet confirmed by the system');
    expect(says(done)).toContain('Withdraw the claim until the system confirms');
    expect(await systemIdsOf(served.portal, registration)).toEqual({
      current: [before.keys.systemId],
      claimed: [now.keys.systemId],
    });
    // An administrator there accepted it, and the system says so.
    await checkIn(served, now, registration);
    const proven = await person.browser.follow(done, 'Check now');
    expect(headingOf(proven)).toBe(`${SITE} now has the new System ID`);
  });
});

describe('what a page needs', () => {
  test('every page of the way has one H1, which is its title, and at most one filled button', async () => {
    const { now } = await rebuiltServer();
    const person = new Person(served);
    const pages = [await person.carry(now)];
    pages.push(await person.logOn(served.cast.integrator, pages.at(-1)));
    for (const [button, values] of [
      ['Proceed', {}],
      ['Continue', { how: 'associate' }],
      [`Select ${SITE}`, {}],
      ['Associate', {}],
    ] as const) {
      pages.push(await person.press(pages.at(-1) as Page, button, values));
    }
    for (const page of pages) {
      expect([page.url, page.html.match(/<h1\b/g)?.length, filled(page)]).toEqual([page.url, 1, 1]);
      expect(textOf(/<title>(.*?)<\/title>/.exec(page.html)?.[1] ?? '')).toBe(`${headingOf(page)} – Test portal`);
      expect(formsOf(page.html).every((form) => form.action !== '')).toBe(true);
    }
  });
});
