import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mailing, startMailing } from '../portal/mail/sender.ts';
import { createAccount } from '../portal/operations/accounts.ts';
import { confirm } from '../portal/operations/confirm.ts';
import { invite } from '../portal/operations/invite.ts';
import type { Account } from '../portal/portal.ts';
import { Secret } from '../portal/secret.ts';
import { sql } from '../portal/store/sql.ts';
import { newLog } from '../ui/log.ts';
import { headingOf, says } from './support/http.ts';
import { PASSWORD, Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { registered, testServer } from './support/portal.ts';
import { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';

/** Seats that change hands, end or are left, as people meet it: pages without script, and the mailbox. */

let served: ServedPortal;
let mailbox: Mailbox;
let mailing: Mailing;
/** Buys a building. */
let buyer: Account;
beforeAll(async () => {
  [served, mailbox] = await Promise.all([servePortal(), new Mailbox().start()]);
  const settings = { smtpUrl: new Secret(mailbox.url), from: 'portal@datestone.example', gatherSeconds: 0 };
  mailing = startMailing(served.portal, settings, newLog('test', 'silent'));
  const person = { email: 'ida@estates.example', name: 'Ida Lund', organisation: 'Lund Estates' };
  const made = await createAccount(served.portal, { ...person, kind: 'end-user', password: PASSWORD });
  if (made.outcome !== 'created') throw new Error(made.outcome);
  buyer = made.account;
});
afterAll(async () => {
  await mailing.stop();
  await mailbox.stop();
  await served.close();
});

const told = (address: string, words: string) =>
  until(`${address} to be told: ${words}`, () => mailbox.to(address).some((mail) => mail.text.includes(words)));

const linkIn = (text: string): string => /^https?:\S+\/invitations\/\S+$/m.exec(text)?.[0] ?? '';

async function confirmedAt(site: string): Promise<string> {
  const { portal, cast } = served;
  const number = await registered(portal, cast.integrator, testServer(), { site, endUser: cast.endUser });
  await confirm(portal, { account: cast.endUser, registration: number });
  return number;
}

test('a building is sold: offered after a fresh sign-in, accepted through the mail, and gone for who sold it', async () => {
  const { cast, portal } = served;
  const number = await confirmedAt('Sold house');
  const anna = await signedIn(served, cast.endUser);
  portal.pass(1);
  const asked = await anna.browser.follow(await anna.get(`/systems/${number}`), 'Hand over your seat');
  expect(headingOf(asked)).not.toContain('Hand over');
  const page = await anna.press(asked, 'Log on', { password: PASSWORD });
  expect(headingOf(page)).toBe('Hand over your seat: Sold house');
  expect(says(page)).toContain('What you confirmed and agreed to share ends.');
  expect(says(page)).toContain('jonas@northfield.example');
  const nothing = await anna.press(page, 'Offer your seat');
  expect([nothing.status, says(nothing)]).toEqual([
    422,
    expect.stringContaining('Choose how the end user is invited.'),
  ]);
  const own = await anna.press(page, 'Offer your seat', { invite: 'mail', invite_address: cast.endUser.email });
  expect(says(own)).toContain('This is the address of somebody who has a seat here already.');
  const sent = await anna.press(own, 'Offer your seat', { invite: 'mail', invite_address: buyer.email });
  expect(says(sent)).toContain('You offered your seat on');
  await told(cast.integrator.email, 'offered the seat of the end user of Sold house to somebody');

  const { text } = await mailbox.waitFor(buyer.email, 'Sold house: a seat is offered to you');
  const ida = await signedIn(served, buyer);
  const offer = await ida.browser.get(linkIn(text));
  expect(headingOf(offer)).toBe('A seat is offered to you: Sold house');
  expect(says(offer)).not.toContain(cast.endUser.name);
  const taken = await ida.press(offer, 'Accept');
  expect(says(taken)).toContain('You have the seat now.');
  expect(says(taken)).toContain('State Awaiting the end user');
  expect(says(taken)).not.toContain(cast.endUser.name);
  expect(taken.html).toContain('These details are correct');

  const gone = await anna.get(`/systems/${number}`);
  const unknown = await anna.get('/systems/00000001');
  const bare = ({ html }: { html: string }) => html.replaceAll(number, '00000001').replace(/Reference \w+/, '');
  expect([gone.status, bare(gone)]).toEqual([404, bare(unknown)]);
  await told(cast.endUser.email, 'Ida Lund, Lund Estates, accepted on');
  await told(cast.integrator.email, 'The new end user is asked for both.');
});

test('the end user ends the integrator’s seat with a reason, which both read', async () => {
  const { cast } = served;
  const number = await confirmedAt('Ended house');
  const anna = await signedIn(served, cast.endUser);
  const page = await anna.browser.follow(await anna.get(`/systems/${number}`), 'End the integrator’s seat');
  expect(says(page)).toContain(`The integrator is ${cast.integrator.organisation} (${cast.integrator.name}).`);
  const empty = await anna.press(page, 'End the seat');
  expect([empty.status, says(empty)]).toEqual([422, expect.stringContaining('Enter the reason.')]);
  const ended = await anna.press(empty, 'End the seat', { reason: 'The contract <b>ended</b>' });
  expect(says(ended)).toContain('Seat ended: Integrator.');
  expect(says(ended)).toContain('Integrator nobody');
  expect(ended.html).toContain('The contract &lt;b>ended');
  await told(cast.integrator.email, 'ended your seat as integrator of Ended house');
  await told(cast.integrator.email, 'The contract <b>ended</b>');
  expect(mailbox.to('jonas@northfield.example').some(({ text }) => text.includes('contract'))).toBe(false);
  const lena = await signedIn(served, cast.integrator);
  expect((await lena.get(`/systems/${number}`)).status).toBe(404);
});

test('an integrator says that it leaves, and stays after all; alone it has to insist', async () => {
  const { cast, portal } = served;
  const number = await confirmedAt('Left house');
  const lena = await signedIn(served, cast.integrator);
  const page = await lena.browser.follow(await lena.get(`/systems/${number}`), 'Leave your seat');
  const left = await lena.press(page, 'Leave on');
  expect(says(left)).toContain('You leave your seat on');
  await told(cast.endUser.email, 'leaves the seat of the integrator of Left house');
  const stays = await lena.press(left, 'Stay after all');
  expect(says(stays)).not.toContain('You leave your seat on');

  const alone = await registered(portal, cast.integrator, testServer(), { site: 'Lonely house' });
  const question = await lena.browser.follow(await lena.get(`/systems/${alone}`), 'Leave your seat');
  expect(says(question)).toContain('nobody can read the registration any more');
  const refused = await lena.press(question, 'Leave on');
  expect([refused.status, says(refused)]).toEqual([422, expect.stringContaining('Nobody would be left.')]);
  expect(says(await lena.press(refused, 'Leave on', { insist: 'yes' }))).toContain('You leave your seat on');
});

describe('an invitation that is not answered', () => {
  const reminders = (address: string) => mailbox.to(address).filter(({ subject }) => subject.includes('still open'));

  async function invited(site: string, address: string): Promise<string> {
    const { portal, cast } = served;
    const number = await registered(portal, cast.integrator, testServer(), { site });
    await invite(portal, { account: cast.integrator, registration: number, invite: { how: 'mail', address } });
    await mailbox.waitFor(address, `${site}: invitation`);
    return number;
  }

  /** Until the outbox has nothing left that is due. */
  const settled = (address: string) =>
    until(`the mails to ${address}`, async () => {
      const row = await served.portal.db.row(sql`
        select from outbox where address = ${address} and due_at <= ${served.portal.now()}
          and accepted_at is null and given_up_at is null limit 1`);
      return row === undefined;
    });

  test('is sent once more after 7 days, and after 21 to who has verified the address; to nobody who stopped', async () => {
    const { portal } = served;
    const [unknown, stopped] = ['nobody@library.example', 'stop@library.example'];
    for (const address of [unknown, stopped, buyer.email]) await invited(`House of ${address}`, address);
    const stop = /^https?:\S+\/mail\/\S+$/m.exec((await mailbox.waitFor(stopped, 'invitation')).text)?.[0] ?? '';
    const reader = new Person(served);
    await reader.press(await reader.browser.get(stop), 'Not me: stop all mails');
    for (const hours of [7 * 24, 14 * 24]) {
      portal.pass(hours);
      for (const address of [unknown, stopped, buyer.email]) await settled(address);
    }
    expect([unknown, stopped, buyer.email].map((address) => reminders(address).length)).toEqual([1, 0, 2]);
    const ida = await signedIn(served, buyer);
    const offer = await ida.browser.get(linkIn(reminders(buyer.email)[1]?.text ?? ''));
    expect(headingOf(offer)).toBe(`You are invited: House of ${buyer.email}`);
    // Whoever has answered is left in peace, and the link is not kept.
    await ida.press(offer, 'Refuse');
    const kept = await portal.db.rows(sql`
      select from outbox where template = 'invitation-reminder' and facts ? 'path' and due_at <= ${portal.now()}`);
    expect(kept).toEqual([]);
  });

  test('is not lost by who creates an account with an address that has one: the mail leads on', async () => {
    const { cast } = served;
    await invited('Known house', cast.endUser.email);
    const link = linkIn((await mailbox.waitFor(cast.endUser.email, 'Known house: invitation')).text);
    const person = new Person(served);
    const form = await person.browser.follow(await person.browser.get(link), 'Create account');
    const { email, name, organisation } = cast.endUser;
    await person.press(form, 'Create account', { email, name, organisation, kind: 'end-user' });
    const { text } = await mailbox.waitFor(email, 'You have an account already');
    const logOn = await person.browser.get(/^https?:\S+\/log-on\S*$/m.exec(text)?.[0] ?? '');
    expect(headingOf(await person.logOn(cast.endUser, logOn))).toBe('You are invited: Known house');
  });
});
