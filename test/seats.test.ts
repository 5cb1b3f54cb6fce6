import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newInvitationCode } from '../core/invitation-code.ts';
import { type Mailing, startMailing } from '../portal/mail/sender.ts';
import { invite } from '../portal/operations/invite.ts';
import type { Account } from '../portal/portal.ts';
import { Secret } from '../portal/secret.ts';
import { sql } from '../portal/store/sql.ts';
import { newLog } from '../ui/log.ts';
import { formsOf, headingOf, type Page, says } from './support/http.ts';
import { DECLINED, Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { actsOf, carried, registered, testServer } from './support/portal.ts';
import { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';

/** Seats as people meet them: the question of the form, invitations in mails and on paper, and what the end user shares. */

let served: ServedPortal;
let mailbox: Mailbox;
let mailing: Mailing;
beforeAll(async () => {
  [served, mailbox] = await Promise.all([servePortal(), new Mailbox().start()]);
  const settings = { smtpUrl: new Secret(mailbox.url), from: 'portal@datestone.example', gatherSeconds: 0 };
  mailing = startMailing(served.portal, settings, newLog('test', 'silent'));
});
afterAll(async () => {
  await mailing.stop();
  await mailbox.stop();
  await served.close();
});

const as = (account: Account) => signedIn(served, account);
const SITE = {
  site_type: 'single',
  company: 'City of Aarhus',
  address: 'Havnegade 1',
  city: 'Aarhus',
  country: 'DK',
  segments: 'education',
};

/** The form of a new registration, by the integrator, at its first step. */
async function atTheForm() {
  const person = await as(served.cast.integrator);
  const request = await carried(served.portal, served.cast.integrator, testServer());
  return { person, request, page: await person.get(`/requests/${request}/form`) };
}

/** Fills the form in up to *Check your answers*. */
async function fillIn(person: Person, page: Page, site: Record<string, string>): Promise<Page> {
  const second = await person.press(page, 'Continue', { ...SITE, ...site });
  const third = await person.press(second, 'Continue', { name: 'Jonas Berg', email: 'jonas@library.example' });
  return person.press(third, 'Continue');
}

const numberIn = (page: Page): string => /\/systems\/(\d{8})/.exec(page.url)?.[1] ?? '';

/** The link of the newest invitation to this address. */
async function linkTo(address: string, site: string): Promise<string> {
  const { text } = await mailbox.waitFor(address, `${site}: invitation`);
  return /^https?:\S+\/invitations\/\S+$/m.exec(text)?.[0] ?? '';
}

/** Waits until this address was told this, perhaps in one mail with what came before. */
const told = (address: string, words: string) =>
  until(`${address} to be told: ${words}`, () => mailbox.to(address).some((mail) => mail.text.includes(words)));

describe('the form asks an integrator who the end user is', () => {
  test('nothing is preset, and it has to be answered', async () => {
    const { person, request, page } = await atTheForm();
    for (const words of ['Invite by e-mail', 'I do not know it yet', 'They have no e-mail: print an invitation']) {
      expect(says(page)).toContain(words);
    }
    expect(page.html).not.toMatch(/name="invite"[^>]*checked/);
    const again = await person.press(page, 'Continue', { ...SITE, site_name: 'Unanswered' });
    expect([again.status, says(again)]).toEqual([422, expect.stringContaining('Choose how the end user is invited.')]);
    const mail = { ...SITE, site_name: 'Unanswered', invite: 'mail', invite_address: 'ida' };
    expect(says(await person.press(page, 'Continue', mail))).toContain(
      'Enter an e-mail address like name@example.com.',
    );
    const own = { ...mail, invite_address: served.cast.integrator.email.toUpperCase() };
    expect(says(await person.press(page, 'Continue', own))).toContain('This is the address of somebody who has');
    // Nor is it passed over by going to the end by hand.
    await person.press(page, 'Save as draft', { ...SITE, site_name: 'Unanswered' });
    expect((await person.get(`/requests/${request}/form/check`)).url).toContain('/installation?unfinished');
  });

  test('the address stands alone on the page that reads everything back, with what it means', async () => {
    const { person, page } = await atTheForm();
    const site = { site_name: 'Read back', invite: 'mail', invite_address: 'ida@library.example' };
    const check = await fillIn(person, page, site);
    expect(check.html).toContain('<p class="alone">ida@library.example</p>');
    expect(says(check)).toContain(
      'Is this the end user’s own address? The invitation lets its reader take the end user’s seat.',
    );
    const done = await person.press(check, 'Submit');
    expect(says(done)).toContain('We invite ida@library.example to take the end user’s seat');
    expect(await actsOf(served.portal, numberIn(done))).toEqual(['registered', 'invited']);
    expect(await linkTo('ida@library.example', 'Read back')).toMatch(/\/invitations\/[\w-]{43}$/);
  });

  test('who is not known is invited later, and the page says that nobody is reachable until then', async () => {
    const { person, page } = await atTheForm();
    const check = await fillIn(person, page, { site_name: 'Not known', invite: 'unknown' });
    expect(says(check)).toContain('Nobody is invited: you can do it later');
    const done = await person.press(check, 'Submit');
    const system = await person.get(`/systems/${numberIn(done)}`);
    expect(says(system)).toContain('Not reachable No end user has accepted yet.');
    const wrong = await person.press(system, 'Invite', {});
    expect([wrong.status, says(wrong)]).toEqual([422, expect.stringContaining('Choose how the end user is invited.')]);
    const sent = await person.press(wrong, 'Invite', { invite: 'mail', invite_address: 'late@library.example' });
    expect(says(sent)).toContain('late@library.example is invited since');
    const withdrawn = await person.press(sent, 'Withdraw the invitation');
    expect(says(withdrawn)).not.toContain('late@library.example is invited');
    expect(says(withdrawn)).toContain('The invitation was withdrawn: End user.');
  });

  test('who has no e-mail gets a sheet with a code, which is shown once', async () => {
    const { person, page } = await atTheForm();
    const check = await fillIn(person, page, { site_name: 'On paper', invite: 'printed' });
    const done = await person.press(check, 'Submit');
    const sheet = await person.press(done, 'Print the invitation');
    expect(headingOf(sheet)).toBe('Invitation: On paper');
    expect(sheet.headers.get('cache-control')).toBe('no-store');
    const code = /<ol class="code"[^>]*>(.*?)<\/ol>/s.exec(sheet.html)?.[1]?.replace(/<[^>]*>|\s/g, '') ?? '';
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
    expect(says(await person.get(`/systems/${numberIn(sheet)}`))).not.toContain(code);

    const anna = await as(served.cast.endUser);
    const typing = await anna.get('/invitations');
    const wrong = await anna.press(typing, 'Continue', { code: code.slice(0, -1) });
    expect([wrong.status, says(wrong)]).toEqual([422, expect.stringContaining('The code has 20 characters.')]);
    const swapped = code.replace(/^(.{6})(.)/, (_, before, one) => before + (one === '0' ? '1' : '0'));
    expect(says(await anna.press(typing, 'Continue', { code: swapped }))).toContain('Check group 2 of the code');
    const shown = await anna.press(wrong, 'Continue', { code: code.toLowerCase().replace(/.{5}/g, '$& ') });
    expect(headingOf(shown)).toBe('You are invited: On paper');
    const accepted = await anna.press(shown, 'Accept');
    expect(says(accepted)).toContain('You have the seat now.');
  });

  test('an end user who registers is not asked, and may invite an integrator or none', async () => {
    const { portal, cast } = served;
    const anna = await as(cast.endUser);
    const request = await carried(portal, cast.endUser, testServer());
    expect(says(await anna.get(`/requests/${request}/form`))).not.toContain('Invite by e-mail');
    const number = await registered(portal, cast.endUser, testServer(), { site: 'Own house' });
    const system = await anna.get(`/systems/${number}`);
    expect(says(system)).toContain('Invite an integrator You need none.');
    expect(says(system)).not.toContain('Not reachable');
    await anna.press(system, 'Invite', { invite: 'mail', invite_address: cast.integrator.email });
    const lena = await as(cast.integrator);
    const shown = await lena.browser.get(await linkTo(cast.integrator.email, 'Own house'));
    expect(says(await lena.press(shown, 'Accept'))).toContain('Integrator Brandt Building Controls (Lena Brandt)');
  });
});

describe('an invitation in a mail', () => {
  async function invited(address: string, site: string): Promise<{ number: string; link: string }> {
    const { portal, cast } = served;
    const number = await registered(portal, cast.integrator, testServer(), { site });
    const command = { account: cast.integrator, registration: number, invite: { how: 'mail', address } as const };
    expect(await invite(portal, command)).toMatchObject({ outcome: 'invited' });
    return { number, link: await linkTo(address, site) };
  }

  test('leads whoever has no account yet through creating one to the seat, also in another browser', async () => {
    const { link, number } = await invited('new@library.example', 'New people');
    const first = new Person(served);
    const logOn = await first.browser.get(link);
    expect(says(logOn)).toContain('You came with an invitation.');
    const create = await first.browser.follow(logOn, 'Create account');
    await first.press(create, 'Create account', {
      name: 'Nora New',
      email: 'new@library.example',
      organisation: 'Library',
      kind: 'end-user',
    });
    const { text } = await mailbox.waitFor('new@library.example', 'Finish creating your account');
    const second = new Person(served);
    const choose = await second.browser.get(/^https?:\S+$/m.exec(text)?.[0] ?? '');
    const shown = await second.press(choose, 'Create account', { password: 'kupfer dach tee bohne' });
    expect(headingOf(shown)).toBe('You are invited: New people');
    const accepted = await second.press(shown, 'Accept');
    expect(accepted.url).toContain(`/systems/${number}`);
    expect(says(accepted)).toContain('End user Library (Nora New)');
    const taken = 'Nora New, Library, is the end user of New people since';
    await told(served.cast.integrator.email, taken);
    await told('new@library.example', taken);
  });

  test('shows the site and who invites before it is accepted, and nothing else', async () => {
    const { cast } = served;
    const { link, number } = await invited(cast.endUser.email, 'Shows little');
    const anna = await as(cast.endUser);
    const page = says(await anna.browser.get(link));
    expect(page).toContain('Brandt Building Controls invites you to be the end user of this registration.');
    for (const secret of ['Aarhus', 'Palle', 'Jonas', 'Northfield', cast.integrator.email, 'Lena', number]) {
      expect(page.replace(cast.endUser.email, '')).not.toContain(secret);
    }
    expect((await anna.get(`/systems/${number}`)).status).toBe(404);
  });

  test('is refused: the seat stays free, the integrator is told, and can invite somebody else', async () => {
    const { cast } = served;
    const { link, number } = await invited(cast.endUser.email, 'Refused house');
    const anna = await as(cast.endUser);
    const refused = await anna.press(await anna.browser.get(link), 'Refuse');
    expect(says(refused)).toContain('You refused the invitation.');
    await told(cast.integrator.email, 'Who was invited to be the end user of Refused house refused');
    expect(headingOf(await anna.browser.get(link))).toBe('This invitation cannot be used');
    expect(await actsOf(served.portal, number)).toEqual(['registered', 'invited', 'invitation-refused']);
  });

  test('foreign, unknown and ended are one page, with its help and a way to another account', async () => {
    const { cast } = served;
    const { link } = await invited(cast.endUser.email, 'Foreign house');
    const marek = await as(cast.stranger);
    const foreign = await marek.browser.get(link);
    const unknown = await marek.get(`/invitations/${newInvitationCode()}`);
    const bare = (page: Page) =>
      page.html.replaceAll(new URL(page.url).pathname, '{path}').replace(/Reference \w+/, '');
    expect([foreign.status, bare(foreign)]).toEqual([404, bare(unknown)]);
    expect(foreign.html).toContain('href="/help/invitation-is-not-accepted"');
    const logOn = await marek.press(foreign, 'Use another account');
    const shown = await marek.logOn(cast.endUser, logOn);
    expect(headingOf(shown)).toBe('You are invited: Foreign house');
  });

  test('can be answered with *stop*: that address gets no more mails of ours', async () => {
    const { portal, cast } = served;
    const address = 'stop@library.example';
    const { number } = await invited(address, 'Stopped');
    const { text } = await mailbox.waitFor(address, 'Stopped: invitation');
    const reader = new Person(served);
    const page = await reader.browser.get(/^https?:\S+\/mail\/\S+$/m.exec(text)?.[0] ?? '');
    expect(says(page)).toContain('Somebody invited this address at our portal.');
    await reader.press(page, 'Not me: stop all mails');
    const command = { account: cast.integrator, registration: number, invite: { how: 'mail', address } as const };
    await invite(portal, command);
    const lena = await as(cast.integrator);
    await until('the inviter to be told', async () =>
      says(await lena.get(`/systems/${number}`)).includes('The mail could not be sent'),
    );
    expect(mailbox.to(address)).toHaveLength(1);
  });

  test('takes no second address and no second header from what anybody typed', async () => {
    const { portal, cast } = served;
    const site = 'Injected\r\nBcc: everybody@example.com\r\n\r\n<script>alert(1)</script>';
    const number = await registered(portal, cast.integrator, testServer(), { site });
    const address = 'victim@library.example';
    const account = { ...cast.integrator, name: 'Lena\r\nCc: everybody@example.com' };
    await invite(portal, { account, registration: number, invite: { how: 'mail', address } });
    const mail = await mailbox.waitFor(address, 'Injected');
    expect(mail.to).toEqual([address]);
    expect(mail.subject).toContain('Bcc: everybody@example.com');
    expect(mail.headers.filter((name) => name === 'bcc' || name === 'cc')).toEqual([]);
    expect(mail.html).not.toContain('<script>');
    const lena = await as(cast.integrator);
    const system = await lena.get(`/systems/${number}`);
    const injected = await lena.press(system, 'Invite', {
      invite: 'mail',
      invite_address: 'a@library.example\r\nBcc: everybody@example.com',
    });
    expect([injected.status, says(injected)]).toEqual([422, expect.stringContaining('Enter an e-mail address')]);
  });
});

describe('what the end user shares', () => {
  async function toConfirm(site: string) {
    const { portal, cast } = served;
    const number = await registered(portal, cast.integrator, testServer(), { site, endUser: cast.endUser });
    const anna = await as(cast.endUser);
    return { number, anna, page: await anna.get(`/systems/${number}`) };
  }

  test('is asked on the page that says that the details are correct: each in full, nothing preset', async () => {
    const { page, anna, number } = await toConfirm('Asked');
    for (const use of ['Investigation', 'Additional services', 'Updates']) {
      expect(says(page).split(`${use}:`)).toHaveLength(3);
    }
    expect(says(page)).toContain('Version 2026-11.');
    expect(page.html).not.toMatch(/name="consent_\w+"[^>]*checked/);
    const again = await anna.press(page, 'These details are correct', { consent_system: 'yes' });
    expect([again.status, says(again)]).toEqual([
      422,
      expect.stringContaining('Choose whether you agree to share personal information.'),
    ]);
    expect(again.html).toMatch(/name="consent_system"[^>]*value="yes"[^>]*checked/);
    expect(await actsOf(served.portal, number)).not.toContain('confirmed');
    const chosen = { consent_system: 'yes', consent_personal: 'no' };
    const confirmed = await anna.press(again, 'These details are correct', chosen);
    expect(says(confirmed)).toContain('Agreed to share: system information.');
    await told(served.cast.integrator.email, 'They also agreed to share: system information.');
  });

  test('is withdrawn and given again on the System information page; the integrator reads it', async () => {
    const { anna, page, number } = await toConfirm('Withdrawn');
    const all = { consent_system: 'yes', consent_personal: 'yes' };
    const confirmed = await anna.press(page, 'These details are correct', all);
    const withdrawn = await anna.press(confirmed, 'Withdraw to share personal information');
    expect(says(withdrawn)).toContain('Not shared.');
    expect(says(withdrawn)).toContain('State Confirmed');
    await told(served.cast.integrator.email, 'no more shares: personal information');
    const lena = await as(served.cast.integrator);
    const read = await lena.get(`/systems/${number}`);
    expect(says(read)).toContain('What the end user shares');
    const buttons = formsOf(read.html).flatMap((form) => (form.action.includes('/consents/') ? form.buttons : []));
    expect(buttons.map(({ disabled }) => disabled)).toEqual([true, true]);
    const given = await anna.press(withdrawn, 'I agree to share personal information');
    expect(says(given).split('Agreed on')).toHaveLength(3);
  });

  test('was declined: it is confirmed all the same', async () => {
    const { anna, page } = await toConfirm('Declined');
    const confirmed = await anna.press(page, 'These details are correct', DECLINED);
    expect(says(confirmed)).toContain('State Confirmed');
    const subjects = mailbox.mails.map((mail) => mail.subject).join('\n');
    expect(subjects).not.toMatch(/share|consent|agree|personal|system information/i);
  });

  test('needs the version of the text that was on the page', async () => {
    const { anna, page, number } = await toConfirm('Older text');
    const confirmed = await anna.press(page, 'These details are correct', DECLINED);
    const older = await anna.press(confirmed, 'I agree to share system information', { version: '2020-01' });
    expect([older.status, says(older)]).toEqual([409, expect.stringContaining('The text was changed a moment ago.')]);
    const rows = await served.portal.db.rows(sql`select from consent where registration = ${number}`);
    expect(rows).toEqual([]);
  });
});
