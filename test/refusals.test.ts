import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toBase64url } from '../core/bytes.ts';
import { makeRequest } from '../core/documents/request.ts';
import { shortId } from '../core/system-id.ts';
import { newSeed, systemKeysFrom } from '../core/system-keys.ts';
import { close as closeRegistration } from '../portal/operations/confirm.ts';
import { takeSeat } from '../portal/operations/take-seat.ts';
import type { Account } from '../portal/portal.ts';
import { sql } from '../portal/store/sql.ts';
import { formsOf, headingOf, type Page, says } from './support/http.ts';
import { DECLINED, Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { registered, requestOf, type TestServer, testServer } from './support/portal.ts';

/** Each refusal on the way of a System ID, where it happens: its status, its words, and that its way out is no dead end. */

let served: ServedPortal;
let integrator: Account;
let endUser: Account;
let stranger: Account;
beforeAll(async () => {
  served = await servePortal();
  ({ integrator, endUser, stranger } = served.cast);
});
afterAll(() => served.close());

/** The page is a refusal with this code, and every page that it leads to is there. */
async function expectRefusal(person: Person, page: Page, code: string, status: number): Promise<void> {
  expect([page.status, says(page)]).toEqual([status, expect.stringContaining(`Reason ${code}`)]);
  const main = /<main\b.*?<\/main>/s.exec(page.html)?.[0] ?? '';
  const links = [...main.matchAll(/<a\b[^>]*href="(\/[^"]*)"/g)].map(([, href = '']) => href.replace(/&amp;/g, '&'));
  const ways = [...links, ...formsOf(main).map((form) => form.action)];
  expect(ways.length).toBeGreaterThan(1);
  for (const href of links) {
    const there = await person.get(href);
    expect([href, says(there)]).toEqual([href, expect.not.stringContaining('Reason not-found')]);
  }
}

const as = (account: Account) => signedIn(served, account);

/** Brought by the browser, proceeded with: the path of the request. */
async function brought(person: Person, server: TestServer): Promise<string> {
  const question = await person.press(await person.carry(server), 'Proceed');
  return new URL(question.url).pathname;
}

/** The same by typing. */
async function typed(person: Person, server: TestServer): Promise<string> {
  const list = await person.press(await person.type(server, 'new-id'), 'Proceed');
  return new URL(list.url).pathname.replace('/registrations', '');
}

/** A registration with both parties, silent for a week. */
async function silent(site: string, server = testServer()): Promise<string> {
  const registration = await registered(served.portal, integrator, server, { site, endUser });
  served.portal.pass(7 * 24);
  return registration;
}

describe('system-id-registered-to-other', () => {
  test.each(['id', 'new-id'] as const)('is all that a stranger learns who types it as %s', async (field) => {
    const server = testServer();
    await silent('Secret site', server);
    const person = await as(stranger);
    await registered(served.portal, stranger, testServer('ES-S'), { site: 'Own site' });
    const refused = await person.press(await person.type(server, field), 'Proceed');
    expect(headingOf(refused)).toBe('This system is registered to another account');
    await expectRefusal(person, refused, 'system-id-registered-to-other', 403);
    for (const secret of ['Secret site', 'Lena', 'Anna', 'Northfield']) expect(refused.html).not.toContain(secret);
  });

  test('says the same of a System ID that is current and of one that is retired', async () => {
    const [old, now] = [testServer(), testServer()];
    const registration = await silent('Secret site', old);
    const owner = await as(integrator);
    const path = await brought(owner, now);
    await owner.press(await owner.get(`${path}/registrations/${registration}`), 'Associate');
    const person = await as(stranger);
    const pages = [];
    for (const server of [old, now]) {
      const page = await person.press(await person.type(server, 'id'), 'Proceed');
      pages.push(withoutWhatWasTyped(page, server));
    }
    expect(pages[0]).toBe(pages[1]);
  });

  test('passes a wish for a seat on, once a day however often it is typed, and tells the asker nothing', async () => {
    const server = testServer();
    const registration = await silent('Asked site', server);
    const person = await as(stranger);
    const refused = await person.press(await person.type(server, 'id'), 'Proceed');
    const asked = await person.press(refused, 'Ask to take a seat');
    await person.press(refused, 'Ask to take a seat');
    await person.press(await person.press(await person.type(server, 'id'), 'Proceed'), 'Ask to take a seat');
    expect(headingOf(asked)).toBe('Your request was passed on');
    expect(asked.html).not.toContain('Asked site');
    const mails = await served.portal.db.rows(sql<{ address: string }>`
      select address from outbox where registration = ${registration} and template = 'seat-asked' order by address`);
    expect(mails.map((mail) => mail.address)).toEqual([endUser.email, integrator.email]);
  });
});

describe('not-among-yours', () => {
  const unknown = '00000000';

  test('a foreign registration and an unknown one are the same page, byte for byte but for what was typed', async () => {
    const foreign = await silent('Secret site');
    const person = await as(stranger);
    const path = await brought(person, testServer());
    const association = await served.portal.db.row(sql<{ id: string }>`
      select id from association where registration = ${foreign}`);
    const other = '99999999-9999-4999-8999-999999999999';
    for (const [a, b] of [
      [`${path}/registrations/${foreign}`, `${path}/registrations/${unknown}`],
      [`/systems/${foreign}/associations/${association?.id}`, `/systems/${unknown}/associations/${other}`],
      [`/systems/${foreign}/associations/${other}`, `/systems/${unknown}/associations/${association?.id}`],
      [`/systems/${foreign}/merge/${unknown}`, `/systems/${unknown}/merge/${foreign}`],
      [`${path}/registrations/not-a-number`, `${path}/registrations/${unknown}`],
    ] as [string, string][]) {
      const pages = [await person.get(a), await person.get(b)];
      expect(pages[0]?.html).toBe(pages[1]?.html);
      await expectRefusal(person, pages[0] as Page, 'not-among-yours', 404);
    }
  });

  test('is the answer to a form too that was made up', async () => {
    const foreign = await silent('Secret site');
    const person = await as(stranger);
    const path = await brought(person, testServer());
    const post = (number: string) =>
      person.browser.submit(
        { url: `${served.url}${path}` } as Page,
        { action: `${path}/registrations/${number}`, method: 'post' },
        new URLSearchParams({ seen: 'x' }),
      );
    const pages = [await post(foreign), await post(unknown)];
    expect(pages[0]?.html).toBe(pages[1]?.html);
    await expectRefusal(person, pages[0] as Page, 'not-among-yours', 404);
  });
});

test('registered-by-other-party: they can be asked to merge, and who has a seat on both can do it', async () => {
  const [old, now] = [testServer(), testServer()];
  const kept = await silent('Kept site', old);
  const fresh = await registered(served.portal, integrator, now, { site: 'Fresh site' });
  await takeSeat(served.portal, endUser, fresh);
  const person = await as(endUser);
  const path = await brought(person, now);
  const refused = await person.get(`${path}/registrations/${kept}`);
  expect(headingOf(refused)).toBe('Your integrator registered this as new');
  expect(says(refused)).toContain('They can merge it with Kept site.');
  await expectRefusal(person, refused, 'registered-by-other-party', 409);
  const asked = await person.press(refused, 'Ask them to merge');
  expect(headingOf(asked)).toBe('Your request was passed on');
  const mail = await served.portal.db.row(sql`
    select from outbox where registration = ${fresh} and template = 'merge-asked' and address = ${integrator.email}`);
  expect(mail).toBeDefined();
  const page = await person.browser.follow(refused, 'Merge it into Kept site');
  const merged = await person.press(page, 'Merge into Kept site');
  expect(new URL(merged.url).pathname).toContain(`/systems/${kept}/associations/`);
});

test('registered-as-new-by-you: leads to the page that merges', async () => {
  const kept = await silent('Kept site');
  const now = testServer();
  const fresh = await registered(served.portal, integrator, now, { site: 'Fresh site' });
  const person = await as(integrator);
  const refused = await person.get(`${await brought(person, now)}/registrations/${kept}`);
  await expectRefusal(person, refused, 'registered-as-new-by-you', 409);
  const merge = await person.browser.follow(refused, 'Merge it into Kept site');
  expect(new URL(merge.url).pathname).toBe(`/systems/${fresh}/merge/${kept}`);
  expect(merge.status).toBe(200);
});

test('system-id-retired-elsewhere: a former System ID goes back to its own registration and to no other', async () => {
  const [old, now] = [testServer(), testServer()];
  const registration = await silent('First site', old);
  const other = await silent('Other site');
  const person = await as(integrator);
  const path = await brought(person, now);
  await person.press(await person.get(`${path}/registrations/${registration}`), 'Associate');
  const again = await brought(person, old);
  const refused = await person.get(`${again}/registrations/${other}`);
  expect(headingOf(refused)).toBe('This is a former System ID of First site');
  await expectRefusal(person, refused, 'system-id-retired-elsewhere', 409);
  const review = await person.browser.follow(refused, 'Associate it with First site again');
  expect(headingOf(review)).toBe('Associate the new System ID with First site?');
  const asNew = await person.get(`${again}?then=register`);
  await expectRefusal(person, asNew, 'system-id-retired-elsewhere', 409);
});

test('request-expired: an unknown request and somebody else’s are the same page', async () => {
  const owner = await as(integrator);
  const path = await brought(owner, testServer());
  const person = await as(stranger);
  const pages = [await person.get(path), await person.get('/requests/99999999-9999-4999-8999-999999999999')];
  expect(pages[0]?.html).toBe(pages[1]?.html);
  await expectRefusal(person, pages[0] as Page, 'request-expired', 410);
});

test('request-replayed: what a request did is said to who brings it again, and it can still be moved', async () => {
  const registration = await silent('Used site');
  const person = await as(integrator);
  const server = testServer();
  const document = await requestOf(served.portal, server);
  const list = await person.choose(await person.press(await person.post(document, 'http://es.example'), 'Proceed'));
  const done = await person.press(await person.get(`${list.url}/${registration}`), 'Associate');
  const refused = await person.post(document, 'http://es.example');
  expect(headingOf(refused)).toMatch(/^This request was used on \d+ \w+ 20\d\d$/);
  expect(says(refused)).toContain(`What it did: Used site got the System ID ${shortId(server.keys.systemId)}.`);
  await expectRefusal(person, refused, 'request-replayed', 409);
  expect((await person.browser.follow(refused, 'See what it did')).url).toBe(done.url);
});

describe('request-damaged', () => {
  test.each([
    ['nothing at all', async () => ''],
    ['any text', async () => 'a.b.c'],
    ['a request of which one byte is another', async () => flipped(await requestOf(served.portal, testServer()))],
  ])('%s', async (_, document) => {
    const person = new Person(served);
    const refused = await person.post(await document(), 'http://es.example');
    expect(headingOf(refused)).toBe('We cannot read what the server sent');
    await expectRefusal(person, refused, 'request-damaged', 400);
  });
});

test('other-portal: a request for another portal is not taken', async () => {
  const { portal } = served;
  const fingerprint = toBase64url(randomBytes(32));
  const elsewhere = { ...portal, keys: { ...portal.keys, bundle: { ...portal.keys.bundle, fingerprint } } };
  const person = new Person(served);
  const refused = await person.post(await requestOf(elsewhere, testServer()), 'http://es.example');
  expect(headingOf(refused)).toBe('This request is for another portal');
  expect(says(refused)).toContain(`This portal is ${new URL(served.url).host}.`);
  await expectRefusal(person, refused, 'other-portal', 400);
});

test('signing-key-differs: both parties are led to the conflict, and nobody else is told whose it is', async () => {
  const server = testServer();
  const registration = await silent('Twice site', server);
  const { ed25519Secret, ed25519Public } = systemKeysFrom(newSeed());
  const forged = await makeRequest({
    keys: { ...server.keys, ed25519Secret, ed25519Public },
    bundle: served.portal.keys.bundle,
    n: 99,
    now: served.portal.now(),
    via: 'browser',
    server: { kind: 'enterprise-server', product: 'Enterprise Server', version: '3.2.4.1180', name: 'X' },
    sequence: 0,
    shadows: 0,
  });
  const person = await as(endUser);
  const refused = await person.post(forged, 'http://es.example');
  expect(headingOf(refused)).toBe(`Two systems say they are ${shortId(server.keys.systemId)}`);
  expect(refused.html).toContain(`href="/systems/${registration}"`);
  await expectRefusal(person, refused, 'signing-key-differs', 409);
  const nobody = await new Person(served).post(forged, 'http://es.example');
  expect(nobody.html).not.toContain(registration);
});

test('lost-race: the second of two who saw the same review is told who was first', async () => {
  const registration = await silent('Raced site');
  const [one, other] = [await as(integrator), await as(endUser)];
  const review = await one.get(`${await brought(one, testServer())}/registrations/${registration}`);
  const otherReview = await other.get(`${await brought(other, testServer('ES-2'))}/registrations/${registration}`);
  await one.press(review, 'Associate');
  const refused = await other.press(otherReview, 'Associate');
  expect(headingOf(refused)).toBe('Somebody else was first');
  expect(says(refused)).toMatch(
    /Lena Brandt associated Raced site on \d+ \w+ 20\d\d, \d\d:\d\d CES?T\. Nothing of yours was changed\./,
  );
  await expectRefusal(other, refused, 'lost-race', 409);
  expect(says(await other.browser.follow(refused, 'Look again'))).toContain('The old system is still alive');
});

test('claim-limit: an account holds so many unconfirmed systems and no more', async () => {
  const registration = await registered(served.portal, stranger, testServer('ES-S'), { site: 'Many claims' });
  served.portal.pass(7 * 24);
  const person = await as(stranger);
  for (let i = 0; i < served.portal.settings.claimLimit; i++) {
    const path = await typed(person, testServer());
    await person.press(await person.get(`${path}/registrations/${registration}`), 'Associate');
  }
  const refused = await person.get(`${await typed(person, testServer())}/registrations/${registration}`);
  expect(says(refused)).toContain('You have 5 systems that no system has confirmed yet.');
  await expectRefusal(person, refused, 'claim-limit', 409);
});

test('claim-ended: whose claim was beaten sees it where the claim was made', async () => {
  const server = testServer();
  const registration = await silent('Beaten site');
  const person = await as(integrator);
  const review = await person.get(`${await typed(person, server)}/registrations/${registration}`);
  const done = await person.press(review, 'Associate');
  await registered(served.portal, stranger, server, { site: 'Proven first' });
  const refused = await person.browser.follow(done, 'Check now');
  expect(headingOf(refused)).toBe('Another registration was confirmed first');
  expect(says(refused)).toContain(`${shortId(server.keys.systemId)} confirmed another registration on`);
  expect(refused.html).not.toContain('Proven first');
  await expectRefusal(person, refused, 'claim-ended', 409);
});

test('registration-closed: says since when, and offers to register as new', async () => {
  const registration = await silent('Closed site');
  await closeRegistration(served.portal, { account: endUser, registration });
  const person = await as(endUser);
  const path = await brought(person, testServer());
  const list = await person.get(`${path}/registrations?q=Closed+site`);
  expect(list.html).toMatch(/<button class="select"[^>]* disabled/);
  expect(says(list)).toMatch(/Closed on \d+ \w+ 20\d\d/);
  const refused = await person.get(`${path}/registrations/${registration}`);
  expect(says(refused)).toMatch(/Since \d+ \w+ 20\d\d\. Register the system as new\./);
  await expectRefusal(person, refused, 'registration-closed', 409);
});

describe('undo', () => {
  /** An association of the integrator's, and the page that offers to undo it. */
  async function undoable(site: string) {
    const registration = await silent(site);
    const person = await as(integrator);
    const path = await brought(person, testServer());
    const done = await person.press(await person.get(`${path}/registrations/${registration}`), 'Associate');
    return { registration, person, done };
  }

  test('undo-expired: says when the 72 hours ended', async () => {
    const { done } = await undoable('Too late');
    served.portal.pass(73);
    const person = await as(integrator);
    const refused = await person.press(done, 'Undo');
    expect(headingOf(refused)).toBe('It can no longer be undone');
    expect(says(refused)).toMatch(/The 72 hours ended on \d+ \w+ 20\d\d, \d\d:\d\d CES?T\./);
    await expectRefusal(person, refused, 'undo-expired', 409);
  });

  test('undo-not-latest: names the one that stands', async () => {
    const { registration, person, done } = await undoable('Twice changed');
    served.portal.pass(1);
    const latest = testServer();
    const review = await person.get(`${await brought(person, latest)}/registrations/${registration}`);
    await person.press(review, 'Associate', { reason: 'server-replaced' });
    const refused = await person.press(done, 'Undo');
    expect(headingOf(refused)).toBe('A later association stands');
    expect(says(refused)).toContain(`, ${shortId(latest.keys.systemId)}.`);
    await expectRefusal(person, refused, 'undo-not-latest', 409);
  });

  test('not-for-your-seat: the integrator does not undo what the end user made', async () => {
    const registration = await silent('Of the end user');
    const maker = await as(endUser);
    const path = await brought(maker, testServer());
    const done = await maker.press(await maker.get(`${path}/registrations/${registration}`), 'Associate');
    const person = await as(integrator);
    const refused = await person.press(done, 'Undo');
    expect(headingOf(refused)).toBe('This is for the other party to do');
    await expectRefusal(person, refused, 'not-for-your-seat', 403);
  });
});

test('edit-locked: says who confirmed, when, and what one may still do', async () => {
  const registration = await silent('Confirmed site');
  const person = await as(integrator);
  const form = await person.get(`/systems/${registration}/form/installation`);
  const owner = await as(endUser);
  await owner.press(await owner.get(`/systems/${registration}`), 'These details are correct', DECLINED);
  const refused = await person.press(form, 'Continue', { site_name: 'Renamed site' });
  expect(headingOf(refused)).toBe('Only the end user can change this');
  expect(says(refused)).toMatch(
    /Anna Holm confirmed the registration on \d+ \w+ 20\d\d\. You may still associate a new System ID/,
  );
  await expectRefusal(person, refused, 'edit-locked', 403);
});

test('not-found: a page that does not exist leads to those that do', async () => {
  const person = await as(integrator);
  const refused = await person.get('/nowhere');
  expect([refused.status, headingOf(refused)]).toEqual([404, 'This page does not exist']);
});

test('unavailable: what no rule foresaw has a reference and leaks nothing', async () => {
  const broken = await servePortal();
  const person = await signedIn(broken, broken.cast.integrator);
  await broken.portal.db.rows(sql`alter table registration rename to gone`);
  const refused = await person.get('/systems');
  expect([refused.status, headingOf(refused)]).toEqual([503, 'The portal cannot do this now']);
  expect(says(refused)).toMatch(/Reason unavailable · Reference [0-9a-f]{12}/);
  expect(refused.html).not.toMatch(/relation|select|registration" does/);
  await broken.close();
});

test('from-another-page: a form that another site sends is refused before anything looks at it', async () => {
  const person = await as(integrator);
  const page = await person.carry(testServer());
  const forged = { ...page, url: page.url.replace('localhost', '127.0.0.1') };
  const { action } = formsOf(page.html).find((form) => form.action.endsWith('/proceed')) as { action: string };
  const refused = await person.browser.submit(
    forged,
    { action: `${served.url}${action}`, method: 'post' },
    new URLSearchParams(),
  );
  expect(headingOf(refused)).toBe('This form was sent from another site');
  await expectRefusal(person, refused, 'from-another-page', 403);
  expect(headingOf(await person.get(page.url))).toBe('Are you authorised for this system?');
});

test('too-large: more than a request can be is not read', async () => {
  const person = new Person(served);
  const refused = await person.post('x'.repeat(300_000), 'http://es.example');
  await expectRefusal(person, refused, 'too-large', 413);
});

test('too-many-requests: one address may send so many a minute', async () => {
  const limited = await servePortal({ requestsPerMinute: 2 });
  const person = new Person(limited);
  for (let i = 0; i < 2; i++) await person.carry(testServer());
  const refused = await person.carry(testServer());
  expect([refused.status, headingOf(refused)]).toEqual([429, 'Too many at once']);
  const logOn = await person.get('/log-on');
  for (let i = 0; i < 2; i++) await person.press(logOn, 'Log on', { email: 'x@y.example', password: 'wrong' });
  const tooMany = await person.press(logOn, 'Log on', { email: integrator.email, password: 'datestone-demo' });
  expect(tooMany.status).toBe(429);
  expect(says(tooMany)).toContain('Too many attempts from here. Wait a minute, then try again.');
  await limited.close();
});

function withoutWhatWasTyped(page: Page, server: TestServer): string {
  const id = server.keys.systemId;
  const groups = id.match(/.{5}/g) as string[];
  return groups
    .reduce((html, group) => html.replaceAll(group, '-----'), page.html)
    .replace(/[0-9a-f-]{36}/g, 'request');
}

function flipped(document: string): string {
  const at = document.length - 10;
  return `${document.slice(0, at)}${document[at] === 'A' ? 'B' : 'A'}${document.slice(at + 1)}`;
}
