import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mailing, startMailing } from '../portal/mail/sender.ts';
import { createAccount } from '../portal/operations/accounts.ts';
import type { Account } from '../portal/portal.ts';
import { Secret } from '../portal/secret.ts';
import { sql } from '../portal/store/sql.ts';
import { newLog } from '../ui/log.ts';
import { headingOf, type Page, says } from './support/http.ts';
import {
  type Elsewhere,
  PASSWORD,
  Person,
  type ServedPortal,
  serveElsewhere,
  servePortal,
  signedIn,
} from './support/pages.ts';
import { actsOf, registered, testServer } from './support/portal.ts';
import { Mailbox } from './support/smtp.ts';

/** Organisations as people meet them: two colleagues, a mailbox between them, and two processes of the portal. */

let served: ServedPortal;
let elsewhere: Elsewhere;
let mailbox: Mailbox;
let mailing: Mailing;
let kim: Account;
beforeAll(async () => {
  [served, mailbox] = await Promise.all([servePortal(), new Mailbox().start()]);
  elsewhere = await serveElsewhere(served.portal);
  const settings = { smtpUrl: new Secret(mailbox.url), from: 'portal@datestone.example', gatherSeconds: 0 };
  mailing = startMailing(served.portal, settings, newLog('test', 'silent'));
  const person = { email: 'kim@brandt-controls.example', name: 'Kim Lund', organisation: 'Brandt', kind: 'partner' };
  const created = await createAccount(served.portal, { ...person, kind: 'partner', password: PASSWORD });
  if (created.outcome !== 'created') throw new Error(created.outcome);
  kim = created.account;
});
afterAll(async () => {
  await mailing.stop();
  await mailbox.stop();
  await elsewhere.close();
  await served.close();
});

const ORGANISATION = '/account/organisation';
const linkIn = (text: string) => /^https?:\S+\/organisation-invitations\/\S+$/m.exec(text)?.[0] ?? '';
const bare = (page: Page) => page.html.replaceAll(new URL(page.url).pathname, '{path}').replace(/Reference \w+/, '');

test('two colleagues act for one organisation, one is removed, and the other leaves last', async () => {
  const { portal, cast } = served;
  const number = await registered(portal, cast.integrator, testServer(), { endUser: cast.endUser });
  const lena = await signedIn(served, cast.integrator);

  // Made: nothing is preset, and what was typed stays.
  const make = await lena.get(ORGANISATION);
  const name = 'Brandt Building Controls A/S';
  const undecided = await lena.press(make, 'Make the organisation', { name });
  expect(undecided.status).toBe(422);
  expect(says(undecided)).toContain('Choose what becomes of your registration.');
  const made = await lena.press(undecided, 'Make the organisation', { name, bring: 'yes' });
  expect(headingOf(made)).toBe(name);
  expect(says(made)).toContain('Lena Brandt (you)');
  expect(await actsOf(portal, number)).toEqual(['registered', 'seat-taken', 'brought-into-organisation']);
  await mailbox.waitFor(cast.endUser.email, 'an organisation has a seat');

  // Invited: the mail is for one address.
  expect(says(await lena.press(made, 'Invite', { address: 'kim@' }))).toContain('Enter an e-mail address');
  const open = await lena.press(made, 'Invite', { address: kim.email });
  expect(says(open)).toContain(`${kim.email} is invited since`);
  const { text } = await mailbox.waitFor(kim.email, `${name}: invitation`);
  const link = linkIn(text);
  const marek = await signedIn(served, cast.stranger);
  const foreign = await marek.browser.get(link);
  const unknown = await marek.get('/organisation-invitations/nobody-has-this');
  expect([foreign.status, bare(foreign)]).toEqual([404, bare(unknown)]);
  const guest = new Person(served);
  const logOn = await guest.browser.get(link);
  expect(says(logOn)).toContain('You came with an invitation.');
  const shown = await guest.logOn(kim, logOn);
  expect(headingOf(shown)).toBe(`You are invited: ${name}`);
  expect(says(await guest.press(shown, 'Accept'))).toContain('Lena Brandt');
  await mailbox.waitFor(cast.integrator.email, 'Kim Lund is a member now');

  // Kim acts, in another process too, and the parties see who it was and for whom.
  const there = () => guest.browser.get(`${elsewhere.url}/systems/${number}`);
  expect(headingOf(await there())).toContain('Hospital North');
  const system = await guest.get(`/systems/${number}`);
  expect(says(system)).toContain(`Integrator ${name} End user`);
  const anna = await signedIn(served, cast.endUser);
  expect(says(await guest.get(`/systems/${number}/form/warranty`))).toContain('Warranty');
  const edited = await guest.press(await guest.get(`/systems/${number}/form/warranty`), 'Continue', {
    project: 'P-1',
  });
  await guest.press(edited, 'Submit');
  expect(await actsOf(portal, number)).toContain('warranty-edited');
  expect(says(await anna.get(`/systems/${number}`))).toContain(`Kim Lund, for ${name}.`);
  expect(says(await guest.get(ORGANISATION))).toContain('Only an administrator of the organisation does this.');

  // Removed, after Lena has shown once more who she is: a stranger in every process, and logged on as before.
  const member = await lena.get(`${ORGANISATION}/members/${kim.id}`);
  portal.pass(0.5);
  const again = await lena.press(member, 'Remove');
  expect(headingOf(again)).toBe('Log on once more');
  const back = await lena.press(again, 'Log on', { password: PASSWORD });
  expect(headingOf(back)).toBe('Kim Lund');
  expect(says(await lena.press(back, 'Remove'))).not.toContain('Kim Lund');
  await mailbox.waitFor(kim.email, 'You are no member');
  const never = await guest.get('/systems/00000001');
  for (const gone of [await there(), await guest.get(`/systems/${number}`)]) {
    expect([gone.status, bare(gone)]).toEqual([404, bare(never)]);
  }
  expect(says(await guest.get('/account'))).toContain('Kim Lund');
  expect(says(await lena.get(`/systems/${number}`))).toContain(`A member of ${name}.`);

  // The last one is told what leaving means.
  const last = await lena.get(ORGANISATION);
  expect(says(last)).toContain('If you leave, the organisation ends. Its registration is yours alone');
  expect(says(await lena.press(last, 'Leave'))).toContain('You have left the organisation.');
  expect(headingOf(await lena.get(`/systems/${number}`))).toContain('Hospital North');
  await mailbox.waitFor(cast.endUser.email, 'one person has a seat of an organisation');
});

test('an account that several people use asks each log-on once for a name, which the history shows', async () => {
  const { portal, cast } = served;
  const number = await registered(portal, cast.stranger, testServer(), { endUser: cast.endUser });
  const marek = await signedIn(served, cast.stranger);
  const asked = await marek.press(await marek.get('/account'), 'Several people use it');
  expect(headingOf(asked)).toBe('Who is this?');
  expect((await marek.press(asked, 'Continue', { person: ' ' })).status).toBe(422);
  const account = await marek.press(asked, 'Continue', { person: 'Ole <b>of the night shift</b>' });
  expect(says(account)).toContain('In this log-on you are Ole <b>of the night shift</b>.');
  const step = await marek.get(`/systems/${number}/form/warranty`);
  await marek.press(await marek.press(step, 'Continue', { project: 'P-2' }), 'Submit');

  // Asked before the first page of the next one, and only once.
  const other = new Person(served);
  const first = await other.logOn(cast.stranger, await other.get(`/systems/${number}`));
  expect(headingOf(first)).toBe('Who is this?');
  expect(headingOf(await other.press(first, 'Continue', { person: 'Pia' }))).toContain('Hospital North');
  const anna = await signedIn(served, cast.endUser);
  const history = await anna.get(`/systems/${number}`);
  expect(says(history)).toContain('Marek Novak. Used by Ole <b>of the night shift</b>.');
  expect(history.html).not.toContain('<b>of the night');
  const entry = await portal.db.row(sql<{ entry: string; salt: Buffer }>`
    select h.entry, t.salt from history h join history_text t on t.registration = h.registration and t.n = h.n
    where h.registration = ${number} and t.field = 'person'`);
  expect(entry?.entry).toContain('"commitments":{"person":');
  expect(entry?.entry).not.toContain('Ole');
  expect(entry?.salt).toHaveLength(16);
});
