import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmationOf } from '../core/confirmation-code.ts';
import { openRecord } from '../core/documents/record.ts';
import { type RegistrationCode, readRegistrationCode } from '../core/registration-code.ts';
import { shortId } from '../core/system-id.ts';
import { writtenCode } from '../core/typed-code.ts';
import { compose, type Notice } from '../portal/mail/compose.ts';
import { sideOf } from '../portal/store/codes.ts';
import { sql } from '../portal/store/sql.ts';
import { headingOf, type Page, textOf } from './support/http.ts';
import { checkIn, NOBODY_INVITED, type Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { registered, requestOf, type TestServer, testServer } from './support/portal.ts';

/** The pages after an act that a person carries to a server without a line, over HTTP. */

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal({ claimLimit: 1000 });
});
afterAll(() => served.close());

const says = (page: Page) => textOf(page.html);

/** Somebody with a registration of last week, and the done page after a typed System ID was associated with it. */
async function associatedByTyping(site: string, server: TestServer = testServer()) {
  const { portal, cast } = served;
  const registration = await registered(portal, cast.integrator, testServer(), { site });
  portal.pass(7 * 24);
  const person = await signedIn(served, cast.integrator);
  const list = await person.press(await person.type(server, 'new-id'), 'Proceed');
  const done = await person.press(await person.get(`${list.url}/${registration}`), 'Associate');
  return { registration, person, server, done };
}

function codeOn(page: Page): RegistrationCode {
  const groups = [...page.html.matchAll(/<li>([0-9A-Z]{5})\s*<\/li>/g)].map(([, group]) => group);
  const reading = readRegistrationCode(groups.join('-'));
  if (reading.outcome !== 'read') throw new Error(`No registration code on ${page.url}.`);
  return reading.code;
}

/** What the server would show after it has accepted the code. */
async function confirmationFor(server: TestServer, code: RegistrationCode): Promise<string> {
  const known = sideOf(served.portal.keys, served.portal.keys.forDocuments.minCodeKey, server.keys.systemId);
  if (!known) throw new Error('The portal has no code key.');
  return confirmationOf(code, known.side, known.pair);
}

describe('the done page of a typed System ID', () => {
  test('says that one step is left, shows the code, and what to compare', async () => {
    const { done, server } = await associatedByTyping('Typed one');
    expect(headingOf(done)).toBe('One step left: enter the code at the server');
    const said = says(done);
    expect(codeOn(done)).toHaveLength(25);
    expect(said).toContain(`Group 1: ${Array.from(codeOn(done).slice(0, 5)).join(' ')}.`);
    expect(said).toContain(`Short ID on the server must be ${shortId(server.keys.systemId)}`);
    expect(said).toContain('Number 1, made on');
    expect(said).toContain('This page stays readable without a connection.');
    expect(said).toContain('not yet confirmed by the system');
  });

  test('shows the same code however often it is looked at', async () => {
    const { done, person } = await associatedByTyping('Looked at twice');
    expect(codeOn(await person.get(done.url))).toBe(codeOn(done));
  });

  test('gives the record as a file that the server would take', async () => {
    const { person, done, server, registration } = await associatedByTyping('Café Ørsted/West');
    const file = await person.browser.follow(done, 'Save file with the registration of Café Ørsted/West');
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="Cafe-rsted-West-${shortId(server.keys.systemId)}-registration.datestone"`,
    );
    expect(file.html).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const opened = await openRecord(file.html.trim(), served.portal.keys.bundle, server.keys.systemId);
    expect(opened).toMatchObject({ record: { registration } });
  });

  test('prints all that is needed at the server on one sheet', async () => {
    const { person, done, server } = await associatedByTyping('Printed');
    const paper = await person.browser.follow(done, 'Print the Registration code of Printed');
    expect(headingOf(paper)).toBe('Registration code of Printed');
    expect(codeOn(paper)).toBe(codeOn(done));
    expect(says(paper)).toContain('Log on as an administrator, and open Registering your system offline.');
    expect(says(paper)).toContain(server.keys.systemId.slice(50, 55));
    expect(paper.html).toContain('aria-label="QR code of the registration of Printed"');
    expect(paper.html.match(/<i><\/i>/g)).toHaveLength(10);
  });

  test('sends the code to who asks, and to nobody else', async () => {
    const { person, done, registration } = await associatedByTyping('Mailed');
    const sent = await person.press(done, 'Send it to me by mail');
    expect(says(sent)).toContain(`Sent to ${served.cast.integrator.email}.`);
    const mails = await served.portal.db.rows(sql`
      select address from outbox where template = 'registration-code' and association in
        (select id from association where registration = ${registration})`);
    expect(mails).toEqual([{ address: served.cast.integrator.email }]);
  });

  test('becomes the page of a confirmed system with the right confirmation code', async () => {
    const { person, done, server, registration } = await associatedByTyping('Confirmed by code');
    const typed = await confirmationFor(server, codeOn(done));
    const confirmed = await person.press(done, 'Confirm that the code arrived', { confirmation: typed.toLowerCase() });
    expect(headingOf(confirmed)).toBe('Confirmed by code now has the new System ID');
    expect(says(confirmed)).toContain('The system itself confirmed on');
    const system = await person.get(`/systems/${registration}`);
    expect(says(system)).not.toContain('Not yet confirmed by the system');
  });
});

describe('a confirmation code that proves nothing is answered at the field', () => {
  const tries: [string, (right: string) => string, string | RegExp][] = [
    ['nothing', () => '', 'Enter the confirmation code.'],
    ['too little', () => '789', 'A confirmation code has 10 characters. You typed 3.'],
    ['a foreign character', () => '789Y3-E5P!F', '! is not used in this code. Look at group 2.'],
    ['one wrong character', (right) => right.replace(/.$/, (last) => (last === '2' ? '3' : '2')), /Check group \d/],
    ['a System ID', () => testServer().keys.systemId, 'That is a System ID.'],
    [
      'a Registration code',
      () => '5FY1Z-20CXC-ZTV30-ENH3S-VX79M',
      'That is a Registration code: it goes to the server.',
    ],
    [
      'the code of another system',
      () => '789Y3-E5PGF',
      'This is the code for another system or an older Registration code. 4 tries left.',
    ],
  ];
  test.each(tries)('%s', async (what, wrong, sentence) => {
    const { person, done, server } = await associatedByTyping(`Mistyped ${what}`);
    const typed = wrong(await confirmationFor(server, codeOn(done)));
    const again = await person.press(done, 'Confirm that the code arrived', { confirmation: typed });
    expect(again.status).toBe(422);
    expect(says(again)).toMatch(sentence);
    expect(again.html).toMatch(/<title>Error: One step left/);
    expect(again.html).toContain('href="#confirmation"');
    if (typed) expect(again.html).toContain(`value="${typed}"`);
    expect(codeOn(again)).toBe(codeOn(done));
  });

  test('after five tries none is left, and a new code takes the place of the old', async () => {
    const { person, done, server } = await associatedByTyping('Tried five times');
    const first = await confirmationFor(server, codeOn(done));
    let page = done;
    for (let n = 0; n < 5; n++) {
      page = await person.press(page, 'Confirm that the code arrived', { confirmation: '789Y3-E5PGF' });
    }
    expect(says(page)).toContain('No tries left. Make a new Registration code.');
    const anew = await person.press(page, 'Make a new Registration code');
    expect(codeOn(anew)).not.toBe(codeOn(done));
    expect(says(anew)).toContain('Number 2, made on');
    const old = await person.press(anew, 'Confirm that the code arrived', { confirmation: first });
    expect(says(old)).toContain('an older Registration code. Enter the newest code at the server.');
    const second = await confirmationFor(server, codeOn(anew));
    const confirmed = await person.press(old, 'Confirm that the code arrived', { confirmation: second });
    expect(says(confirmed)).toContain('Confirmed by the system');
  });
});

describe('the mails', () => {
  /** What was written for this address about this association, as it would be read; the latest first. */
  async function mailsAbout(done: Page, template: string): Promise<string> {
    const association = new URL(done.url).pathname.split('/').at(-1);
    const [row] = await served.portal.db.rows<Notice & { address: string }>(sql`
      select id, registration, recipient, template, facts from outbox
      where association = ${association} and template = ${template} and recipient in ('integrator', 'account')
      order by created_at desc`);
    if (!row) throw new Error(`There is no mail ${template}.`);
    const reader = { locale: 'en', timeZone: 'Europe/Copenhagen', namesZone: true } as const;
    const { subject, text } = compose([row], served.url, reader);
    return `${subject}\n\n${text}`;
  }

  test('of a claim: that the old System ID stays, and how to take it back', async () => {
    const { done, server } = await associatedByTyping('Told of a claim');
    const mail = await mailsAbout(done, 'claimed');
    expect(mail).toMatch(/^Told of a claim: new System ID associated\n/);
    expect(mail).toContain(`the new System ID ${shortId(server.keys.systemId)} with Told of a claim`);
    expect(mail).toContain('stays current until the system confirms.');
    expect(mail).toContain('Wrong? Withdraw it:');
  });

  test('of a code: the code in the text and never in the subject, where to enter it, and where to confirm', async () => {
    const { person, done } = await associatedByTyping('Told of a code');
    await person.press(done, 'Send it to me by mail');
    const mail = await mailsAbout(done, 'registration-code');
    expect(mail).toMatch(/^Told of a code: Registration code\n/);
    expect(mail).toContain(`\n${writtenCode(codeOn(done))}\n`);
    expect(mail).toContain('Enter it at the server under "Registering your system offline".');
    expect(mail).toContain(`Type it here:\n${done.url}`);
  });

  test('of a proof by confirmation code: who typed it', async () => {
    const { person, done, server } = await associatedByTyping('Told of a proof');
    const typed = await confirmationFor(server, codeOn(done));
    await person.press(done, 'Confirm that the code arrived', { confirmation: typed });
    const mail = await mailsAbout(done, 'proven');
    expect(mail).toContain('The system itself confirmed on');
    expect(mail).toContain(
      'Lena Brandt, Brandt Building Controls, typed the confirmation code that the system had shown.',
    );
    expect(mail).toMatch(/Old System ID [0-9A-Z]{5}-[0-9A-Z]{5} is retired\./);
  });

  test('of a claim that waits: what to do, and that nothing ends', async () => {
    const { done } = await associatedByTyping('Reminded');
    const mail = await mailsAbout(done, 'claim-waits');
    expect(mail).toMatch(/^Reminded: not yet confirmed by the system\n/);
    expect(mail).toContain('Type the confirmation code that the server shows, or withdraw the claim');
    expect(mail).toContain('Nothing ends by itself.');
  });
});

describe('registering as new', () => {
  test('ends with the code as well', async () => {
    const person = await signedIn(served, served.cast.integrator);
    const page = await fillIn(person, await person.press(await person.type(testServer(), 'id'), 'Proceed'));
    expect(headingOf(page)).toBe('One step left: enter the code at the server');
    expect(codeOn(page)).toHaveLength(25);
    expect(says(page)).toContain('The claim is recorded. It counts once the system confirms.');
  });
});

describe('an edit', () => {
  test('of a system that is not heard from shows what takes it there, and that it can wait', async () => {
    const { person, done, server, registration } = await associatedByTyping('Edited offline');
    const typed = await confirmationFor(server, codeOn(done));
    await person.press(done, 'Confirm that the code arrived', { confirmation: typed });
    const edited = await renamed(person, registration, 'Edited by hand');
    expect(headingOf(edited)).toBe('Edited by hand is changed');
    expect(says(edited)).toContain('That can wait until the next visit');
    expect(codeOn(edited)).not.toBe(codeOn(done));
    expect(says(edited)).toContain('Number 2, made on');
    expect(edited.html).not.toContain('Confirmation code');
  });

  test('of a system that is heard from goes back to its page: nothing is to be carried', async () => {
    const server = testServer();
    const registration = await registered(served.portal, served.cast.integrator, server, { site: 'Edited online' });
    await checkIn(served, server, registration);
    const person = await signedIn(served, served.cast.integrator);
    const page = await renamed(person, registration, 'Renamed online');
    expect(new URL(page.url).pathname).toBe(`/systems/${registration}`);
    expect(says(page)).toContain('Make a Registration code');
  });
});

test('a proven association offers the code as another way, and makes it only when asked', async () => {
  const { portal, cast } = served;
  const registration = await registered(portal, cast.integrator, testServer(), { site: 'Semi-online' });
  portal.pass(7 * 24);
  const person = await signedIn(served, cast.integrator);
  const list = await person.choose(await person.press(await person.carry(testServer()), 'Proceed'));
  const done = await person.press(await person.get(`${list.url}/${registration}`), 'Associate');
  expect(says(done)).toContain("Change to the building's network and try again, or use the code.");
  expect(() => codeOn(done)).toThrow('No registration code');
  const withCode = await person.press(done, 'Make a Registration code');
  expect(codeOn(withCode)).toHaveLength(25);
  expect(withCode.html).not.toContain('name="confirmation"');
});

describe('the System information page', () => {
  test('has the code, the file, the paper and the field of a claim', async () => {
    const { person, done, registration } = await associatedByTyping('Shown later');
    const page = await person.get(`/systems/${registration}`);
    const said = says(page);
    expect(codeOn(page)).toBe(codeOn(done));
    expect(said).toContain('Not yet confirmed by the system');
    expect(said).toContain('Number 1, made on');
    expect(said).toContain('We remind both parties after 7 and 30 days.');
    const anew = await person.press(page, 'Make a new Registration code');
    expect(new URL(anew.url).pathname).toBe(`/systems/${registration}`);
    expect(codeOn(anew)).not.toBe(codeOn(done));
    const sent = await person.press(anew, 'Send it to me by mail');
    expect(says(sent)).toContain('Sent to');
  });

  test('warns when few codes are left, and says when there are no more', async () => {
    const { person, registration, server } = await associatedByTyping('Nearly used up');
    await issuedUpTo(server, 3_905);
    expect(says(await person.get(`/systems/${registration}`))).toContain('190 codes are left for this System ID');
    await issuedUpTo(server, 4_094);
    const last = await person.press(await person.get(`/systems/${registration}`), 'Make a new Registration code');
    expect(says(last)).toContain('This is the last code of this System ID.');
    const refused = await person.press(last, 'Make a new Registration code');
    expect(refused.status).toBe(409);
    expect(headingOf(refused)).toBe('This System ID has no more Registration codes');
  });

  test('makes at most five codes a day for an account', async () => {
    const { person, registration } = await associatedByTyping('Five a day');
    let page = await person.get(`/systems/${registration}`);
    for (let n = 1; n < 5; n++) page = await person.press(page, 'Make a new Registration code');
    const refused = await person.press(page, 'Make a new Registration code');
    expect(headingOf(refused)).toBe('Too many Registration codes today');
    expect(says(refused)).toContain('The next code can be made from');
  });
});

describe('what came in a file', () => {
  test('is asked about, reviewed and recorded as such', async () => {
    const { portal, cast } = served;
    const registration = await registered(portal, cast.integrator, testServer(), { site: 'From a file' });
    portal.pass(7 * 24);
    const person = await signedIn(served, cast.integrator);
    const server = testServer('FILE-01');
    const proceed = await person.post(await requestOf(portal, server, { via: 'file' }), served.url);
    expect(says(proceed)).toMatch(/brought as a file or QR code, today .*: the system itself has not spoken yet/);
    expect(says(proceed)).toContain('A file or QR code can be copied.');
    const list = await person.choose(await person.press(proceed, 'Proceed'));
    const review = await person.get(`${list.url}/${registration}`);
    expect(says(review)).toContain('Until then it stays current.');
    expect(says(review)).toContain('You get a Registration code to enter at the server.');
    expect(says(review)).toContain('The system has not spoken yet');
    expect(says(review)).toContain('FILE-01');
    const done = await person.press(review, 'Associate');
    expect(headingOf(done)).toBe('One step left: enter the code at the server');
    const system = await person.get(`/systems/${registration}`);
    expect(says(system)).toContain('It came in a file or QR code: the system itself has not spoken yet.');
  });
});

/** As if so many had been handed out before. */
async function issuedUpTo(server: TestServer, sequence: number): Promise<void> {
  await served.portal.db.rows(sql`update system set sequence = ${sequence} where system_id = ${server.keys.systemId}`);
}

async function renamed(person: Person, registration: string, site: string): Promise<Page> {
  let page = await person.get(`/systems/${registration}/form/installation`);
  page = await person.press(page, 'Continue', { site_name: site });
  return person.press(await person.get(`/systems/${registration}/form/check`), 'Submit');
}

async function fillIn(person: Person, first: Page): Promise<Page> {
  let page = await person.press(first, 'Continue', {
    site_type: 'single',
    site_name: 'New and offline',
    company: 'City',
    address: 'Street 1',
    city: 'Aarhus',
    country: 'DK',
    segments: 'education',
    ...NOBODY_INVITED,
  });
  page = await person.press(page, 'Continue', { name: 'Jonas Berg', email: 'jonas@northfield.example' });
  page = await person.press(page, 'Continue');
  return person.press(page, 'Submit');
}
