import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mailing, startMailing } from '../portal/mail/sender.ts';
import { openCase } from '../portal/operations/cases.ts';
import type { Account } from '../portal/portal.ts';
import { Secret } from '../portal/secret.ts';
import { sql } from '../portal/store/sql.ts';
import { newLog } from '../ui/log.ts';
import { answered, apiAs, problemOf } from './support/api.ts';
import { headingOf, type Page, says } from './support/http.ts';
import { Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { actsOf, carried, registered, testAdministrator, testServer } from './support/portal.ts';
import { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';

/** Cases as people meet them: from the server to the seat, with the mailbox and the administrator. */

let served: ServedPortal;
let mailbox: Mailbox;
let mailing: Mailing;
let greta: Account;
beforeAll(async () => {
  [served, mailbox] = await Promise.all([servePortal(), new Mailbox().start()]);
  greta = await testAdministrator(served.portal);
  const settings = { smtpUrl: new Secret(mailbox.url), from: 'portal@datestone.example', gatherSeconds: 0 };
  mailing = startMailing(served.portal, settings, newLog('test', 'silent'));
});
afterAll(async () => {
  await mailing.stop();
  await mailbox.stop();
  await served.close();
});

const SAID = {
  cause: 'party-gone',
  wants: 'integrator',
  statement: 'Brandt is bankrupt.\nWe service the library now.',
  evidence: 'Court of Aarhus, file 7',
};

/** The administrator is asked why, once a log-on, and goes on. */
const because = (person: Person, page: Page, reason: string) => person.press(page, 'Look at it', { reason });

/** The text of the mail that says this, whatever it was gathered with. */
const mailTo = (address: string, saying: string) =>
  until(`a mail to ${address} that says "${saying}"`, () =>
    mailbox
      .to(address)
      .map(({ text }) => text)
      .find((text) => text.includes(saying)),
  );

async function linkIn(address: string, saying: string, path: string): Promise<string> {
  return new RegExp(`^https?:\\S+${path}\\S*$`, 'm').exec(await mailTo(address, saying))?.[0] ?? '';
}

test('the integrator is bankrupt: whoever stands at the server asks for the seat, and is given it after 14 days', async () => {
  const { portal, cast } = served;
  const server = testServer();
  await portal.db.rows(sql`
    insert into mail_address (address, verified_at) values ('jonas@northfield.example', ${portal.now()})`);
  const number = await registered(portal, cast.integrator, server, { site: 'Library', endUser: cast.endUser });

  const marek = await signedIn(served, cast.stranger);
  const proceed = await marek.carry(server);
  const refused = await marek.press(proceed, 'Proceed');
  expect(headingOf(refused)).toBe('This system is registered to another account');
  const form = await marek.browser.follow(refused, 'Open a case');
  const again = await marek.press(form, 'Open the case', { statement: SAID.statement });
  expect([again.status, says(again)]).toEqual([422, expect.stringContaining('Choose which seat you ask for.')]);
  const opened = await marek.press(again, 'Open the case', SAID);
  expect(says(opened)).toContain('The case is open.');
  for (const secret of ['Library', 'Anna', 'Northfield', 'Lena', number]) expect(says(opened)).not.toContain(secret);

  for (const { email } of [cast.integrator, cast.endUser]) {
    const text = await mailTo(email, 'opened a case about the registration of Library');
    for (const word of ['Brandt is bankrupt.', 'file 7', cast.stranger.email]) expect(text).toContain(word);
  }
  const toSite = await mailTo('jonas@northfield.example', 'opened a case about the registration of Library');
  expect(toSite).not.toContain('bankrupt');

  const office = new Person(served);
  await office.logOn(greta);
  const link = await linkIn(greta.email, 'A case was opened on', '/administration/cases/');
  const early = await because(office, await office.browser.get(link), 'To decide it');
  expect(says(early)).toContain('it can only be refused');
  portal.pass(14 * 24);

  // The log-on of a fortnight ago has ended; a stranger to the administration sees no such page.
  const late = new Person(served);
  expect((await late.browser.get(link)).status).toBe(404);
  await late.logOn(greta);
  const toDecide = await because(late, await late.browser.get(link), 'Its 14 days are over');
  for (const word of [
    'Brandt is bankrupt.',
    'file 7',
    cast.stranger.email,
    cast.integrator.email,
    'Nobody has objected.',
  ]) {
    expect(says(toDecide)).toContain(word);
  }
  const unsaid = await late.press(toDecide, 'Decide', { decision: 'give' });
  expect([unsaid.status, says(unsaid)]).toEqual([422, expect.stringContaining('Write why you decide so.')]);
  const decided = await late.press(unsaid, 'Decide', { decision: 'give', reason: 'The court file shows it.' });
  expect(says(decided)).toContain('the seat of the integrator was given to who asked for it');

  for (const { email } of [cast.integrator, cast.endUser, cast.stranger]) {
    expect(await mailTo(email, 'had opened about the registration of Library')).toContain('The court file shows it.');
  }
  const now = await signedIn(served, cast.stranger);
  const system = says(await now.get(`/systems/${number}`));
  expect(system).toContain('Integrator Quay Automation (Marek Novak)');
  expect(system).toContain('A case was decided: the seat was given to who asked for it. A portal administrator.');
  expect(system).toMatch(/Greta Lund looked at this registration \d+ times?. Reason: Its 14 days are over/);
  expect(system).toMatch(/Greta Lund looked at this registration (once|\d+ times). Reason: To decide it/);
  const lena = await signedIn(served, cast.integrator);
  expect((await lena.get(`/systems/${number}`)).status).toBe(404);
});

test('a party objects, the administrator reads both sides and refuses; the opener reads why and nothing else', async () => {
  const { portal, cast } = served;
  const server = testServer();
  const number = await registered(portal, cast.integrator, server, { site: 'Objected' });
  const request = await carried(portal, cast.stranger, server);
  const about = { request, wants: 'integrator' as const };
  await openCase(portal, {
    account: cast.stranger,
    about,
    cause: 'wrong-people',
    statement: 'It is ours.',
    evidence: '',
  });

  const lena = await signedIn(served, cast.integrator);
  const shown = await lena.browser.get(
    await linkIn(cast.integrator.email, 'a case about the registration of Objected', '/cases/'),
  );
  expect(says(shown)).toContain('It is ours.');
  const objected = await lena.press(shown, 'Object', { objection: 'We have a contract.' });
  expect(says(objected)).toContain('We have a contract.');
  expect(says(await lena.get(`/systems/${number}`))).toContain('A party objected to a case.');

  const office = await signedIn(served, greta);
  const list = await office.get('/administration/cases');
  const found = await office.press(await office.get('/administration'), 'Find', { what: number });
  const read = await because(office, found, 'To compare');
  expect(headingOf(read)).toBe('Objected');
  const caseLink = /\/administration\/cases\/[\w-]+/.exec(read.html)?.[0] ?? '';
  expect(list.html).toContain(caseLink);
  const page = await office.get(caseLink);
  expect(says(page)).toContain('We have a contract.');
  const decided = await office.press(page, 'Decide', { decision: 'refuse', reason: 'The contract runs.' });
  expect(says(decided)).toContain('refused. Nothing was changed.');

  const marek = await signedIn(served, cast.stranger);
  const link = await linkIn(cast.stranger.email, 'the case that you had opened', '/cases/');
  const answer = says(await marek.browser.get(link));
  expect(answer).toContain('The contract runs.');
  expect(answer).not.toContain('We have a contract.');
  expect(answer).not.toContain('Objected');
  expect(says(await marek.get('/cases'))).toContain('refused');
});

describe('without the proof of the system', () => {
  test('a foreign System ID and an unknown one get the same page, byte for byte', async () => {
    const { portal, cast } = served;
    const foreign = testServer();
    await registered(portal, cast.integrator, foreign);
    const marek = await signedIn(served, cast.stranger);
    const pages: string[] = [];
    for (const server of [foreign, testServer()]) {
      const proceed = await marek.type(server, 'id');
      await marek.press(proceed, 'Proceed');
      const path = new URL(proceed.url).pathname.replace(/proceed$/, 'case');
      for (const page of [
        await marek.get(path),
        await marek.browser.submit(proceed, { action: path, method: 'post' }, new URLSearchParams(SAID)),
      ]) {
        expect([page.status, headingOf(page)]).toEqual([403, expect.stringContaining('The system itself has to show')]);
        const lines = page.html
          .replace(/<code class="id">.*?<\/code>/gs, '')
          .replace(/<p class="which">.*?<\/p>/gs, '');
        pages.push(lines.replaceAll(path.split('/')[2] ?? '', '{id}'));
      }
    }
    expect(pages.slice(0, 2)).toEqual(pages.slice(2));
  });
});

test('a program opens, lists, shows, objects and withdraws as the pages do', async () => {
  const { portal, cast } = served;
  const [anna, lena, marek] = await Promise.all(
    [cast.endUser, cast.integrator, cast.stranger].map((account) => apiAs(served, account)),
  );
  if (!anna || !lena || !marek) throw new Error('no clients');
  const server = testServer();
  const registration = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
  const words = { cause: 'party-gone', statement: 'They are gone.' } as const;
  const { case: own } = answered(await anna.openCase({ body: { registration, ...words } }), 200).body;
  const request = await carried(portal, cast.stranger, server);
  const { case: theirs } = answered(await marek.openCase({ body: { request, wants: 'end-user', ...words } }), 200).body;
  expect(answered(await marek.openCase({ body: { request, wants: 'end-user', ...words } }), 200).body.outcome).toBe(
    'already',
  );
  expect(problemOf(await marek.openCase({ body: { request, registration, ...words } })).code).toBe('not-as-described');
  expect(problemOf(await marek.openCase({ body: { registration, ...words } })).code).toBe('not-among-yours');

  const shown = answered(await marek.showCase({ params: { id: theirs } }), 200).body;
  expect(shown).toMatchObject({ opened_as: 'holder', registration: null, objections: [], ended_as: null });
  expect(problemOf(await marek.showCase({ params: { id: own } })).code).toBe('not-among-yours');
  const objection = { body: { case: own, text: 'We are here.' } };
  expect(answered(await lena.objectToCase(objection), 200).body.outcome).toBe('objected');
  expect(problemOf(await anna.objectToCase(objection)).code).toBe('not-for-your-seat');
  const read = answered(await anna.showCase({ params: { id: own } }), 200).body;
  expect(read.objections).toMatchObject([{ seat: 'integrator', text: 'We are here.' }]);
  expect(problemOf(await lena.withdrawCase({ body: { case: own } })).code).toBe('not-among-yours');
  expect(answered(await anna.withdrawCase({ body: { case: own } }), 200).body.outcome).toBe('withdrawn');
  const list = answered(await anna.listCases({ query: {} }), 200).body;
  expect(list.items).toMatchObject([{ id: own, ended_as: 'withdrawn' }]);
  const acts = await actsOf(portal, registration);
  expect(acts.slice(2)).toEqual(['case-opened', 'case-opened', 'case-objected', 'case-withdrawn']);
});

describe('the administration', () => {
  test('asks who it is again after 15 minutes, shows accounts, mails, texts, catalogue and keys, and no secrets', async () => {
    const { portal, cast } = served;
    const office = await signedIn(served, greta);
    const accounts = await office.get(`/administration/accounts?q=${encodeURIComponent('holm northfield')}`);
    expect(says(accounts)).toContain(cast.endUser.email);
    expect(says(accounts)).not.toContain(cast.integrator.email);
    const account = await office.browser.follow(accounts, cast.endUser.name);
    const anna = await signedIn(served, cast.endUser);
    const ended = await office.press(account, 'End all log-ons', { reason: 'A stolen laptop' });
    expect(says(ended)).toContain('All log-ons were ended');
    expect((await anna.get('/systems')).url).toContain('/log-on');
    expect(await mailTo(cast.endUser.email, 'ended every log-on')).toContain('A stolen laptop');

    await mailing.stop();
    await registered(portal, cast.integrator, testServer(), { site: 'Waiting mails' });
    const mails = await office.get('/administration/mails');
    expect(says(mails)).toContain(cast.integrator.email);
    expect(says(mails)).not.toContain('Waiting mails');
    const left = await office.press(mails, `Give up the mail to ${cast.integrator.email}`);
    expect(says(left)).toContain('given up by an administrator');

    expect(says(await office.get('/administration/consents'))).toContain('2026-11');
    expect(says(await office.get('/administration/catalogue'))).toContain('SmartX server');
    expect(says(await office.get('/administration/keys'))).toContain('Record key');
    expect(says(await office.get('/administration'))).toContain('Greta Lund ended the log-ons of');
    portal.pass(0.3);
    expect((await office.get('/administration/keys')).url).toContain('/log-on/again');
  });
});
