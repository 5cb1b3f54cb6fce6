import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { shortId } from '../core/system-id.ts';
import { type Mailing, startMailing } from '../portal/mail/sender.ts';
import { createAccount as newAccount } from '../portal/operations/accounts.ts';
import { changeAddress } from '../portal/operations/correct-account.ts';
import { hashToken, newToken } from '../portal/operations/sessions.ts';
import type { Account } from '../portal/portal.ts';
import { Secret } from '../portal/secret.ts';
import { sql } from '../portal/store/sql.ts';
import { newLog } from '../ui/log.ts';
import { headingOf, type Page, says } from './support/http.ts';
import { PASSWORD, Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { testServer } from './support/portal.ts';
import { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';

/** Creating an account and choosing a new password: by links in mails, as people meet it. */

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

const PERSON = { name: 'Nora New', organisation: 'New Controls' };
const GOOD = 'kupfer dach tee bohne';
let people = 0;
let email: string;
beforeEach(() => {
  email = `new-${++people}@company.example`;
});

/** The address of the page that the newest mail with this subject leads to. */
async function linkIn(subject: string, to = email): Promise<string> {
  const { text } = await mailbox.waitFor(to, subject);
  return /^https?:\S+$/m.exec(text)?.[0] ?? '';
}

const create = (browser: Person, page: Page, more: Record<string, string> = {}) =>
  browser.press(page, 'Create account', {
    name: 'Nora New',
    email,
    organisation: 'New Controls',
    kind: 'integrator',
    ...more,
  });

async function createAccount(browser: Person): Promise<string> {
  await create(browser, await browser.get('/create-account'));
  return linkIn('Finish creating your account');
}

describe('a new account', () => {
  test('exists once the link in the mail was opened and a password chosen', async () => {
    const browser = new Person(served);
    const form = await browser.browser.follow(await browser.get('/log-on'), 'Create account');
    const sent = await create(browser, form);
    expect([headingOf(sent), says(sent)]).toEqual([
      'Check your e-mail',
      expect.stringContaining(`We sent a link to ${email}. It works for 24 hours, in any browser.`),
    ]);
    const choose = await browser.browser.get(await linkIn('Finish creating your account'));
    expect(says(choose)).toContain(`Nora New Email Address ${email} Company New Controls`);
    expect(await account()).toBeUndefined();
    const short = await browser.press(choose, 'Create account', { password: 'too short' });
    expect([short.status, says(short)]).toEqual([422, expect.stringContaining('It needs at least 15 characters.')]);
    const common = await browser.press(short, 'Create account', { password: 'passwordpassword' });
    expect(says(common)).toContain('Many people use a password like this.');
    const mine = await browser.press(common, 'Create account', { password: `Nora New ${email}` });
    expect(says(mine)).toContain('This is made of your name, address or company.');
    const there = await browser.press(mine, 'Create account', { password: GOOD });
    expect(headingOf(there)).toBe('Registered systems');
    expect(await account()).toEqual({ name: 'Nora New', organisation: 'New Controls', kind: 'partner' });
    expect(headingOf(await logOn(GOOD))).toBe('Registered systems');
  });

  test('takes over what its person carried, also where the link is opened in another browser', async () => {
    const server = testServer();
    const browser = new Person(served);
    const logOn = await browser.carry(server);
    const sent = await create(browser, await browser.browser.follow(logOn, 'Create account'));
    expect(says(sent)).toContain(`Your system ${shortId(server.keys.systemId)} waits for you.`);
    const other = new Person(served);
    const choose = await other.browser.get(await linkIn('Finish creating your account'));
    const proceed = await other.press(choose, 'Create account', { password: GOOD });
    expect(headingOf(proceed)).toBe('Are you authorised for this system?');
    expect(says(proceed)).toContain(`You are logged on as Nora New, ${email}.`);
    expect(headingOf(await other.press(proceed, 'Proceed'))).toBe('HN-A-ES01 is new to us');
  });

  test('asks again for what is missing or wrong, and keeps what was typed', async () => {
    const browser = new Person(served);
    const wrong = await create(browser, await browser.get('/create-account'), { name: ' ', email: 'nora@', kind: '' });
    expect(wrong.status).toBe(422);
    for (const sentence of ['Enter your name.', 'Enter an e-mail address', 'Choose what you are.']) {
      expect(says(wrong)).toContain(sentence);
    }
    expect(wrong.html).toContain('value="nora@"');
  });

  test('does not tell on the page whether the address has one already; the mail does', async () => {
    const taken = served.cast.endUser.email;
    const before = await counts();
    const [known, unknown] = [new Person(served), new Person(served)];
    const pages = await Promise.all([
      create(known, await known.get('/create-account'), { email: taken.toUpperCase() }),
      create(unknown, await unknown.get('/create-account')),
    ]);
    const [a, b] = pages.map((page, i) =>
      page.html
        .replaceAll(i === 0 ? taken.toUpperCase() : email, '{address}')
        .replace(/create-account\/[0-9a-f-]{36}/g, '{id}'),
    );
    expect(a).toBe(b);
    expect(await linkIn('You have an account already', taken)).toBe(`${served.url}/log-on`);
    expect(await counts()).toEqual(before);
  });

  test('link works again when it was sent again, and each of them once', async () => {
    const browser = new Person(served);
    const sent = await create(browser, await browser.get('/create-account'));
    const again = await browser.press(sent, 'Send it again');
    expect(says(again)).toContain('We sent it again. The earlier link works too.');
    await twoMails();
    const links = mailbox.to(email).map(({ text }) => /^https?:\S+$/m.exec(text)?.[0] ?? '');
    expect(new Set(links).size).toBe(2);
    const [first = '', second = ''] = links;
    const choose = await browser.browser.get(first);
    await browser.press(choose, 'Create account', { password: GOOD });
    for (const link of [first, second]) {
      const used = await new Person(served).browser.get(link);
      expect([used.status, says(used)]).toEqual([410, expect.stringContaining('Reason mail-link-used')]);
    }
  });

  test('is written to in the language of its browser, until another is chosen', async () => {
    await fetch(`${served.url}/create-account`, {
      method: 'POST',
      headers: { origin: served.url, 'accept-language': 'fr, de-AT;q=0.8, en;q=0.5' },
      body: new URLSearchParams({ name: 'Nora New', email, organisation: 'New Controls', kind: 'integrator' }),
    });
    const browser = new Person(served);
    const choose = await browser.browser.get(await linkIn('Ihr neues Konto'));
    await browser.press(choose, 'Create account', { password: GOOD });
    await browser.press(await browser.get('/forgotten-password'), 'Send the link', { email });
    expect((await mailbox.waitFor(email, 'Wählen Sie ein neues Passwort')).html).toContain('<html lang="de">');

    const page = await browser.get('/account');
    expect(page.html).toMatch(/<option[^>]* selected[^>]*>Deutsch/);
    await browser.press(page, 'Save language', { language: 'tlh' });
    expect((await browser.get('/account')).html).toMatch(/<option[^>]* selected[^>]*>Deutsch/);
    await browser.press(page, 'Save language', { language: 'en' });
    await browser.press(await browser.get('/forgotten-password'), 'Send the link', { email });
    expect((await mailbox.waitFor(email, 'Choose a new password')).html).toContain('<html lang="en">');
  });

  test('opened twenty times at once is created once', async () => {
    const link = await createAccount(new Person(served));
    const pages = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const browser = new Person(served);
        const choose = await browser.browser.get(link);
        return browser.press(choose, 'Create account', { password: GOOD }).catch(() => choose);
      }),
    );
    expect(pages.filter((page) => headingOf(page) === 'Registered systems')).toHaveLength(1);
    expect(pages.filter(({ status }) => status === 410)).toHaveLength(19);
    expect(await account()).toBeDefined();
  });

  test('asked for twice is created once: the second link says that there is one', async () => {
    const link = await createAccount(new Person(served));
    const other = new Person(served);
    await create(other, await other.get('/create-account'), { name: 'Somebody else' });
    await twoMails();
    const second = mailbox
      .to(email)
      .map(({ text }) => /^https?:\S+$/m.exec(text)?.[0] ?? '')
      .find((one) => one !== link);
    const [a, b] = [await other.browser.get(link), await other.browser.get(second ?? '')];
    await other.press(a, 'Create account', { password: GOOD });
    const late = await new Person(served).press(b, 'Create account', { password: GOOD });
    expect([late.status, says(late)]).toEqual([409, expect.stringContaining('Reason address-has-account')]);
    expect((await account())?.name).toBe('Nora New');
  });

  test('is not made after 24 hours', async () => {
    const link = await createAccount(new Person(served));
    served.portal.pass(25);
    expect((await new Person(served).browser.get(link)).status).toBe(410);
  });

  test('asks one address at most five times an hour', async () => {
    const browser = new Person(served);
    let page = await create(browser, await browser.get('/create-account'));
    for (let i = 0; i < 8; i++) page = await browser.press(page, 'Send it again');
    const row = await served.portal.db.row(
      sql<{ n: number }>`select count(*) as n from outbox where address = ${email}`,
    );
    expect(row?.n).toBe(5);
  });
});

describe('a forgotten password', () => {
  test('is changed by whoever reads the mails of the account, which ends every other log-on', async () => {
    await finish(await createAccount(new Person(served)));
    const elsewhere = new Person(served);
    await elsewhere.press(await elsewhere.get('/log-on'), 'Log on', { email, password: GOOD });
    const browser = new Person(served);
    const form = await browser.browser.follow(await browser.get('/log-on'), 'Forgotten password');
    const sent = await browser.press(form, 'Send the link', { email: email.toUpperCase() });
    expect(headingOf(sent)).toBe('Check your e-mail');
    const link = await linkIn('Choose a new password');
    const choose = await browser.browser.get(link);
    expect(says(choose)).toContain(`For the account ${email}.`);
    expect(headingOf(await elsewhere.get('/systems'))).toBe('Registered systems');
    const there = await browser.press(choose, 'Change password', { password: 'another good long one' });
    expect(headingOf(there)).toBe('Registered systems');
    expect(headingOf(await elsewhere.get('/systems'))).toMatch(/^Log on/);
    expect((await logOn(GOOD)).status).toBe(422);
    expect(headingOf(await logOn('another good long one'))).toBe('Registered systems');
    expect((await new Person(served).browser.get(link)).status).toBe(410);
  });

  test('is asked for in the same words, whether the address has an account or not', async () => {
    const ask = async (address: string) => {
      const browser = new Person(served);
      return browser.press(await browser.get('/forgotten-password'), 'Send the link', { email: address });
    };
    const [known, unknown] = [await ask(served.cast.stranger.email), await ask('nobody@nowhere.example')];
    expect(known.html).toBe(unknown.html);
    await mailbox.waitFor(served.cast.stranger.email, 'Choose a new password');
    expect(mailbox.to('nobody@nowhere.example')).toEqual([]);
  });

  test('is not changed after an hour, nor by a link of another', async () => {
    const browser = new Person(served);
    await browser.press(await browser.get('/forgotten-password'), 'Send the link', {
      email: served.cast.integrator.email,
    });
    const link = await linkIn('Choose a new password', served.cast.integrator.email);
    expect((await new Person(served).browser.get(`${link}x`)).status).toBe(410);
    expect((await new Person(served).browser.get(link.replace('forgotten-password', 'create-account'))).status).toBe(
      410,
    );
    served.portal.pass(1.1);
    expect((await new Person(served).browser.get(link)).status).toBe(410);
    expect(headingOf(await (await signedIn(served, served.cast.integrator)).get('/systems'))).toBe(
      'Registered systems',
    );
  });

  test('changed twenty times at once is changed once', async () => {
    await finish(await createAccount(new Person(served)));
    const browser = new Person(served);
    await browser.press(await browser.get('/forgotten-password'), 'Send the link', { email });
    const choose = await browser.browser.get(await linkIn('Choose a new password'));
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        new Person(served).press(choose, 'Change password', { password: `one of twenty good ${i}` }),
      ),
    );
    const won = pages.findIndex((page) => headingOf(page) === 'Registered systems');
    expect(pages.filter(({ status }) => status === 410)).toHaveLength(19);
    expect(headingOf(await logOn(`one of twenty good ${won}`))).toBe('Registered systems');
  });
});

describe('wrong passwords', () => {
  test('make an address wait, in the same words whether it has an account or not, and lock out nobody', async () => {
    const owner = await signedIn(served, served.cast.stranger);
    const pages: Page[] = [];
    for (const address of [served.cast.stranger.email, 'nobody@nowhere.example']) {
      const form = await new Person(served).get('/log-on');
      for (let i = 0; i < 5; i++) await guess(form, address);
      pages.push(await guess(form, address));
    }
    const [known, unknown] = pages as [Page, Page];
    expect([known.status, known.headers.get('retry-after')]).toEqual([429, '1']);
    expect(says(known)).toContain('Too many wrong passwords. Wait 1 second, then try again.');
    expect(says(known)).toContain('Reason too-many-wrong-passwords');
    expect(known.html.replaceAll(served.cast.stranger.email, '')).toBe(
      unknown.html.replaceAll('nobody@nowhere.example', ''),
    );
    // Who is logged on goes on.
    expect(headingOf(await owner.get('/systems'))).toBe('Registered systems');
    served.portal.pass(1 / 3600);
    expect(headingOf(await new Person(served).logOn(served.cast.stranger))).toBe('Registered systems');
  });

  test('of a stranger are forgotten with a new password', async () => {
    await finish(await createAccount(new Person(served)));
    for (let i = 0; i < 12; i++) await logOn('wrong');
    const browser = new Person(served);
    await browser.press(await browser.get('/forgotten-password'), 'Send the link', { email });
    const choose = await browser.browser.get(await linkIn('Choose a new password'));
    await browser.press(choose, 'Change password', { password: 'another good long one' });
    expect(headingOf(await logOn('another good long one'))).toBe('Registered systems');
  });

  const guess = (form: Page, address: string) =>
    new Person(served).press(form, 'Log on', { email: address, password: 'wrong' });
});

test('after the mail was sent, its link is nowhere in the database', async () => {
  const link = await createAccount(new Person(served));
  const token = link.split('/').at(-1) ?? '';
  expect(token.length).toBeGreaterThan(40);
  const rows = await served.portal.db.rows(sql<{ table_name: string }>`
    select table_name from information_schema.tables where table_schema = 'public'`);
  // The mail arrives a moment before it is marked as sent.
  await until('the link to be gone', async () => (await holders(rows, token)).length === 0);
});

async function holders(tables: { table_name: string }[], token: string): Promise<string[]> {
  const found: string[] = [];
  for (const { table_name } of tables) {
    const all = { name: `all of ${table_name}`, text: `select t::text as row from ${table_name} t`, values: [] };
    const rows = await served.portal.db.rows(all);
    if (JSON.stringify(rows).includes(token)) found.push(table_name);
  }
  return found;
}

async function finish(link: string): Promise<void> {
  const browser = new Person(served);
  await browser.press(await browser.browser.get(link), 'Create account', { password: GOOD });
}

async function logOn(password: string): Promise<Page> {
  const browser = new Person(served);
  return browser.press(await browser.get('/log-on'), 'Log on', { email, password });
}

function account(): Promise<{ name: string; organisation: string; kind: string } | undefined> {
  return served.portal.db.row(sql<{ name: string; organisation: string; kind: string }>`
    select name, organisation, kind from account where email = ${email}`);
}

async function counts(): Promise<unknown> {
  return served.portal.db.row(sql`select count(*) as accounts from account`);
}

async function twoMails(): Promise<void> {
  await until('a second mail', () => mailbox.to(email).length > 1);
}

describe('correcting an account', () => {
  const fresh = async () => {
    const made = await newAccount(served.portal, { ...PERSON, email, kind: 'partner', password: PASSWORD });
    if (made.outcome !== 'created') throw new Error(made.outcome);
    return made.account;
  };

  test('name and company count at once, and what is wrong is said at the field', async () => {
    const person = await signedIn(served, await fresh());
    const wrong = await person.press(await person.get('/account/details'), 'Save', { name: ' ', organisation: 'Anew' });
    expect([wrong.status, says(wrong)]).toEqual([422, expect.stringContaining('Enter your name.')]);
    const saved = await person.press(wrong, 'Save', { name: 'Nora Newer', organisation: 'Newer Controls' });
    expect(says(saved)).toMatch(/Nora Newer.*Newer Controls/);
  });

  test('a new address counts once its link was opened by who is logged on, and the old one is told twice', async () => {
    const account = await fresh();
    const person = await signedIn(served, account);
    await new Person(served).get('/forgotten-password').then((page) => person.press(page, 'Send', { email }));
    const password = await linkIn('Choose a new password');
    const wanted = `anew-${email}`;
    const asked = await person.press(await person.get('/account/details'), 'Send the link', { email: wanted });
    expect(says(asked)).toContain('A link is on its way to the new address.');
    await mailbox.waitFor(email, 'Another e-mail address was asked for');
    const link = await linkIn('Your new e-mail address', wanted);

    expect(headingOf(await new Person(served).browser.get(link))).toMatch(/^Log on/);
    const stranger = await signedIn(served, served.cast.stranger);
    expect(says(await stranger.browser.get(link))).toContain('Reason mail-link-used');
    const elsewhere = await signedIn(served, account);
    const question = await elsewhere.browser.get(link);
    expect(says(question)).toContain(wanted);
    expect(says(await person.get('/account'))).not.toContain(wanted);
    const changed = await elsewhere.press(question, 'Use it');
    expect(says(changed)).toContain(wanted);
    await mailbox.waitFor(email, 'Your account has another e-mail address');
    expect(says(await person.browser.get(link))).toContain('Reason mail-link-used');
    expect(says(await person.browser.get(password))).toContain('Reason mail-link-used');
    expect(headingOf(await (await signedIn(served, { ...account, email: wanted })).get('/account'))).toBe(
      'Your account',
    );
  });

  test('is asked for by who showed a short while ago who they are', async () => {
    const person = await signedIn(served, await fresh());
    const page = await person.get('/account/details');
    served.portal.pass(1);
    expect(headingOf(await person.press(page, 'Send the link', { email: `x-${email}` }))).toBe('Log on once more');
    expect(mailbox.to(`x-${email}`)).toEqual([]);
  });

  test('an address that has an account is refused to its reader alone, also when it came to have one meanwhile', async () => {
    const person = await signedIn(served, await fresh());
    const taken = served.cast.endUser.email;
    const asked = await person.press(await person.get('/account/details'), 'Send the link', { email: taken });
    expect(says(asked)).toContain('A link is on its way to the new address.');
    const mail = await mailbox.waitFor(taken, 'Your address was named for another account');
    expect(mail.text).not.toMatch(/account\/address/);

    const wanted = `late-${email}`;
    await person.press(asked, 'Send the link', { email: wanted });
    const question = await person.browser.get(await linkIn('Your new e-mail address', wanted));
    await newAccount(served.portal, { ...PERSON, email: wanted.toUpperCase(), kind: 'partner', password: PASSWORD });
    expect(says(await person.press(question, 'Use it'))).toContain('Reason address-has-account');
    expect(says(await person.get('/account'))).not.toContain(wanted);
  });

  test('twenty accounts that want one address: one gets it', async () => {
    const accounts: Account[] = [];
    for (let i = 0; i < 20; i++) {
      const made = await newAccount(served.portal, {
        ...PERSON,
        email: `${i}-${email}`,
        kind: 'partner',
        password: PASSWORD,
      });
      if (made.outcome === 'created') accounts.push(made.account);
    }
    // Without mails: an hour's limit would stop most of them.
    const tokens = accounts.map(() => newToken());
    for (const [i, { id }] of accounts.entries()) {
      await served.portal.db.rows(sql`
        insert into address_change (account, token_hash, email, expires_at)
        values (${id}, ${hashToken(tokens[i] ?? '')}, ${`one-${email}`}, ${new Date(served.portal.now().getTime() + 3_600_000)})`);
    }
    const ends = await Promise.all(accounts.map((one, i) => changeAddress(served.portal, one, tokens[i] ?? '')));
    expect(ends.map(({ outcome }) => outcome).sort()).toEqual([...Array(19).fill('address-taken'), 'changed']);
  });
});
