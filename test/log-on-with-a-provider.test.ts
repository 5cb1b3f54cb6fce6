import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { BuildingsExchange } from '../cli/demo/buildings-exchange.tsx';
import { unlink } from '../portal/operations/unlink.ts';
import type { Account } from '../portal/portal.ts';
import { sql } from '../portal/store/sql.ts';
import { exchangeSettings, somebody, startExchange } from './support/exchange.ts';
import { headingOf, type Page, says } from './support/http.ts';
import { PASSWORD, Person, type ServedPortal, serveElsewhere, servePortal, signedIn } from './support/pages.ts';
import { testServer } from './support/portal.ts';
import { freePort } from './support/processes.ts';

/** Logging on through a real OpenID Connect provider, as people meet it: page by page, without script. */

const people = [
  somebody('petra'),
  somebody('bruno', { role: 'employee' }),
  somebody('erik', { role: 'customer' }),
  somebody('nora', { role: undefined }),
  somebody('uwe', { verified: false }),
  somebody('lena', { email: 'Lena@Brandt-Controls.example' }),
  ...['one', 'two', 'three', 'four', 'five', 'six'].map((sub) => somebody(sub)),
];

let served: ServedPortal;
let exchange: BuildingsExchange;
let port: number;
const start = () => startExchange(served.url, port, people);
beforeAll(async () => {
  port = await freePort();
  served = await servePortal({ providers: [exchangeSettings(port)] });
  exchange = await start();
});
afterAll(async () => {
  await exchange.stop();
  await served.close();
});

const WITH = 'Log on with Buildings Exchange';

/** From the log-on page to the provider and back, as this person. */
async function comeBackAs(browser: Person, sub: string, logOn?: Page): Promise<Page> {
  const choose = await browser.browser.follow(logOn ?? (await browser.get('/log-on')), WITH);
  expect(headingOf(choose)).toBe('Who are you?');
  return browser.press(choose, `Select Name of ${sub}`);
}

async function kindOf(email: string): Promise<string | undefined> {
  const row = await served.portal.db.row(sql<{ kind: string }>`select kind from account where email = ${email}`);
  return row?.kind;
}

/** Completes the account on the page of the first time. */
const complete = (browser: Person, page: Page, more: Record<string, string> = {}) =>
  browser.press(page, 'Continue', { organisation: 'Exchange Controls', ...more });

describe('the first time', () => {
  test.each([
    ['petra', 'partner'],
    ['bruno', 'branch'],
    ['erik', 'end-user'],
  ])('%s gets an account, whose kind (%s) the provider says', async (sub, kind) => {
    const browser = new Person(served);
    const first = await comeBackAs(browser, sub);
    expect(headingOf(first)).toBe('One more step');
    expect(says(first)).toContain(`You came from Buildings Exchange as Name of ${sub}, for the first time.`);
    expect(first.html).not.toContain('name="kind"');
    const wrong = await complete(browser, first, { organisation: ' ' });
    expect([wrong.status, says(wrong)]).toEqual([422, expect.stringContaining('Enter your company.')]);
    const there = await complete(browser, wrong);
    expect(headingOf(there)).toBe('Registered systems');
    expect(await kindOf(`${sub}@exchange.example`)).toBe(kind);
  });

  test('who comes without a kind is asked for it, and it is no branch by itself', async () => {
    const browser = new Person(served);
    const first = await comeBackAs(browser, 'nora');
    const wrong = await complete(browser, first, { kind: 'branch' });
    expect(says(wrong)).toContain('Choose what you are.');
    await complete(browser, wrong, { kind: 'integrator' });
    expect(await kindOf('nora@exchange.example')).toBe('partner');
  });

  test('a second time nothing is asked, and what the provider says of the kind holds from then on', async () => {
    const browser = new Person(served);
    await complete(browser, await comeBackAs(browser, 'one'));
    const again = new Person(served);
    expect(headingOf(await comeBackAs(again, 'one'))).toBe('Registered systems');
    await served.portal.db.rows(sql`update account set kind = 'end-user' where email = 'one@exchange.example'`);
    await comeBackAs(new Person(served), 'one');
    expect(await kindOf('one@exchange.example')).toBe('partner');
  });

  test('in two windows makes one account', async () => {
    const browser = new Person(served);
    const first = await comeBackAs(browser, 'two');
    const second = await browser.browser.follow(await browser.get('/log-on'), WITH);
    await complete(browser, first);
    const late = await complete(browser, second);
    expect(headingOf(late)).toBe('Registered systems');
    expect(await identities('two')).toHaveLength(1);
  });

  test('sent off twenty times at once makes one account', async () => {
    const browser = new Person(served);
    const first = await comeBackAs(browser, 'six');
    const pages = await Promise.all(Array.from({ length: 20 }, () => complete(browser, first)));
    // Whoever was late is told so, or goes on as who they are by now.
    for (const page of pages) expect(['Registered systems', 'Start the log on again']).toContain(headingOf(page));
    expect(await identities('six')).toHaveLength(1);
  });

  test('without a verified address a mail proves it, in the browser that came from the provider', async () => {
    const browser = new Person(served);
    const first = await comeBackAs(browser, 'uwe');
    const sent = await complete(browser, first, { email: 'uwe@elsewhere.example' });
    expect([headingOf(sent), says(sent)]).toEqual([
      'Check your e-mail',
      expect.stringContaining('Open it in this browser.'),
    ]);
    expect(await identities('uwe')).toEqual([]);
    const link = (await mailTo('uwe@elsewhere.example'))?.path ?? '';
    const other = await new Person(served).get(link);
    expect([other.status, says(other)]).toEqual([403, expect.stringContaining('Reason mail-link-in-another-browser')]);
    const finish = await browser.get(link);
    expect(finish.html).not.toContain('type="password"');
    expect(headingOf(await browser.press(finish, 'Create account'))).toBe('Registered systems');
    expect(headingOf(await comeBackAs(new Person(served), 'uwe'))).toBe('Registered systems');
  });

  test('is for the browser that came back only', async () => {
    const first = await comeBackAs(new Person(served), 'three');
    const other = await new Person(served).get(new URL(first.url).pathname);
    expect([other.status, headingOf(other)]).toEqual([410, 'Start the log on again']);
  });
});

async function identities(sub: string): Promise<{ account: string }[]> {
  return served.portal.db.rows(sql<{ account: string }>`
    select account from identity where iss = ${exchange.issuer} and sub = ${sub}`);
}

describe('a request that was carried', () => {
  test('survives the way through the provider and through the first time', async () => {
    const browser = new Person(served);
    const logOn = await browser.carry(testServer());
    expect(says(logOn)).toContain('You came from HN-A-ES01');
    const first = await comeBackAs(browser, 'four', logOn);
    const proceed = await complete(browser, first);
    expect(headingOf(proceed)).toBe('Are you authorised for this system?');
    const question = await browser.press(proceed, 'Proceed');
    expect(headingOf(question)).toBe('HN-A-ES01 is new to us');
  });

  test('is still there when its person stops at the provider', async () => {
    const browser = new Person(served);
    const choose = await browser.browser.follow(await browser.carry(testServer()), WITH);
    const stopped = await browser.press(choose, 'Do not log on');
    expect([stopped.status, says(stopped)]).toEqual([
      403,
      expect.stringMatching(
        /You stopped the log on at Buildings Exchange. Nothing was changed.*Your request is still here.*Reason provider-stopped/,
      ),
    ]);
    const logOn = await browser.browser.follow(stopped, 'Log on with e-mail and password');
    expect(says(logOn)).toContain('You came from HN-A-ES01');
    expect(headingOf(await browser.logOn(served.cast.integrator, logOn))).toBe('Are you authorised for this system?');
  });
});

test('Use another account asks at the provider who one is, though it knows the browser', async () => {
  const browser = new Person(served);
  await comeBackAs(browser, 'petra');
  const proceed = await browser.carry(testServer());
  expect(says(proceed)).toContain('petra@exchange.example');
  const logOn = await browser.press(proceed, 'Use another account');
  // The provider ends its own session first, on a page with one button.
  const other = await browser.press(await comeBackAs(browser, 'bruno', logOn), 'Continue');
  expect(says(other)).toContain('bruno@exchange.example');
  expect(headingOf(other)).toBe('Are you authorised for this system?');
});

/** What waits to be mailed. */
function mailTo(address: string): Promise<{ template: string; path: string; provider: string | null } | undefined> {
  return served.portal.db.row(sql<{ template: string; path: string; provider: string | null }>`
    select template, facts ->> 'path' as path, facts ->> 'provider' as provider from outbox where address = ${address}`);
}

describe('an account that exists', () => {
  test('is never linked by its e-mail address: its password has to be proven', async () => {
    const browser = new Person(served);
    const prove = await comeBackAs(browser, 'lena');
    expect(headingOf(prove)).toBe('Link your account');
    expect(says(prove)).toContain('The address Lena@Brandt-Controls.example has an account here.');
    expect(headingOf(await browser.get('/systems'))).toMatch(/^Log on/);
    const wrong = await browser.press(prove, 'Link and continue', { password: 'wrong' });
    expect([wrong.status, await identities('lena')]).toEqual([422, []]);
    const there = await browser.press(wrong, 'Link and continue', { password: PASSWORD });
    expect(headingOf(there)).toBe('Registered systems');
    expect(await identities('lena')).toEqual([{ account: served.cast.integrator.id }]);
    expect(headingOf(await comeBackAs(new Person(served), 'lena'))).toBe('Registered systems');
    // Whoever guesses its password keeps nobody from coming through the provider.
    const form = await new Person(served).get('/log-on');
    const guesses: Page[] = [];
    for (let i = 0; i < 6; i++) {
      guesses.push(await browser.press(form, 'Log on', { email: served.cast.integrator.email, password: 'wrong' }));
    }
    expect(guesses.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 429]);
    expect(headingOf(await comeBackAs(new Person(served), 'lena'))).toBe('Registered systems');
    served.portal.pass(1 / 3600);
    const password = new Person(served);
    expect(headingOf(await password.logOn(served.cast.integrator))).toBe('Registered systems');
  });

  test('is linked by whoever is logged on and says so', async () => {
    const browser = await signedIn(served, served.cast.endUser);
    const link = await comeBackAs(browser, 'five', await browser.get('/account'));
    expect(headingOf(link)).toBe('Link Buildings Exchange with your account?');
    expect(await identities('five')).toEqual([]);
    // After a while somebody else may sit at the open page.
    served.portal.pass(0.25);
    const again = await browser.press(link, 'Link them');
    expect([headingOf(again), await identities('five')]).toEqual(['Log on once more', []]);
    const back = await browser.press(again, 'Log on', { password: PASSWORD });
    await browser.press(back, 'Link them');
    expect(await identities('five')).toEqual([{ account: served.cast.endUser.id }]);
  });

  test('is unlinked by its person while a password remains: nobody comes in there any more, and a mail says so', async () => {
    const browser = await signedIn(served, served.cast.endUser);
    const there = new Person(served);
    expect(headingOf(await comeBackAs(there, 'five'))).toBe('Registered systems');
    const account = await browser.press(await browser.get('/account'), 'Unlink Buildings Exchange');
    expect([headingOf(account), says(account)]).toEqual([
      'Your account',
      expect.stringContaining('Log on with Buildings Exchange and link it'),
    ]);
    expect(await identities('five')).toEqual([]);
    // Who had come in there is logged off, and who said so is not.
    expect(headingOf(await there.get('/systems'))).toMatch(/^Log on/);
    expect(headingOf(await browser.get('/systems'))).toBe('Registered systems');
    expect(headingOf(await comeBackAs(new Person(served), 'five'))).toBe('One more step');
    const mails = await served.portal.db.rows(sql<{ facts: { provider: string } }>`
      select facts from outbox where address = ${served.cast.endUser.email} and template = 'provider-unlinked'`);
    expect(mails.map(({ facts }) => facts.provider)).toEqual(['Buildings Exchange']);
  });

  test('is not unlinked where it is the only way to log on, also by two at once', async () => {
    const browser = new Person(served);
    await comeBackAs(browser, 'bruno');
    const account = await browser.get('/account');
    expect(says(account)).toContain('It is your only way to log on. Add another way first.');
    expect(account.html).toMatch(/<button disabled[^>]*>/);
    const form = { action: `${served.url}/account/providers/exchange/unlink`, method: 'post' as const };
    // It knew him in this browser, which shows nothing of who sits there now. It is made to ask.
    const again = await browser.browser.submit(account, form, new URLSearchParams());
    expect([headingOf(again), again.html.includes('type="password"')]).toEqual(['Log on once more', false]);
    const back = await comeBackAs(browser, 'bruno', again);
    expect(new URL(back.url).pathname).toBe('/account');
    const refused = await browser.browser.submit(account, form, new URLSearchParams());
    expect([refused.status, says(refused)]).toEqual([409, expect.stringContaining('Reason last-way-to-log-on')]);

    // With a second provider: of both at once, one stays.
    const other = { ...exchangeSettings(port), id: 'other', name: 'Other', issuer: 'https://other.example' };
    served.portal.settings.providers = [exchangeSettings(port), other];
    onTestFinished(() => {
      served.portal.settings.providers = [exchangeSettings(port)];
    });
    const [known] = (await identities('bruno')) as [{ account: string }];
    await served.portal.db.rows(sql`
      insert into identity (iss, sub, account, linked_at)
      values (${other.issuer}, 'bruno', ${known.account}, ${served.portal.now()})`);
    const row = await served.portal.db.row(sql<Account>`
      select id, email, name, organisation, kind from account where id = ${known.account}`);
    const results = await Promise.all(
      [exchangeSettings(port), other].map((provider) =>
        unlink(served.portal, { account: row as Account, provider, session: '' }),
      ),
    );
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'unlinked']);
    const left = await served.portal.db.rows(sql`select iss from identity where account = ${known.account}`);
    expect(left).toHaveLength(1);
    await served.portal.db.rows(sql`delete from identity where account = ${known.account}`);
    await served.portal.db.rows(sql`
      insert into identity (iss, sub, account, linked_at)
      values (${exchange.issuer}, 'bruno', ${known.account}, ${served.portal.now()})`);
  });

  test('does not get an identity that is another account’s, and nobody is switched over without a word', async () => {
    const browser = await signedIn(served, served.cast.stranger);
    const refused = await comeBackAs(browser, 'petra', await browser.get('/account'));
    expect([refused.status, says(refused)]).toEqual([
      409,
      expect.stringContaining('Reason identity-of-another-account'),
    ]);
    expect(says(await browser.get('/account'))).toContain('marek@quay-automation.example');
  });

  test('that was made through a provider has no password to guess', async () => {
    for (const password of ['', 'null', 'undefined']) {
      const page = await new Person(served).get('/log-on');
      const tried = await new Person(served).press(page, 'Log on', { email: 'petra@exchange.example', password });
      expect([tried.status, says(tried)]).toEqual([422, expect.stringContaining('is not correct')]);
    }
  });
});

test('a forgotten password of an account without one is answered with the provider, in its mail only', async () => {
  const browser = new Person(served);
  const sent = await browser.press(await browser.get('/forgotten-password'), 'Send the link', {
    email: 'petra@exchange.example',
  });
  expect(headingOf(sent)).toBe('Check your e-mail');
  expect(await mailTo('petra@exchange.example')).toEqual({
    template: 'no-password',
    path: '/log-on',
    provider: 'Buildings Exchange',
  });
});

test('the browser is sent with state, nonce and a PKCE challenge, none of them twice', async () => {
  const sent = new Set<string>();
  for (let i = 0; i < 2; i++) {
    const browser = new Person(served);
    browser.browser.stopBefore = exchange.issuer;
    const { url } = await browser.browser.follow(await browser.get('/log-on'), WITH);
    const asked = new URL(url).searchParams;
    expect([asked.get('response_type'), asked.get('code_challenge_method')]).toEqual(['code', 'S256']);
    for (const name of ['state', 'nonce', 'code_challenge']) sent.add(asked.get(name) ?? '');
  }
  expect(sent.size).toBe(6);
  for (const value of sent) expect(value.length).toBeGreaterThan(40);
});

describe('an answer', () => {
  test('counts once, in the browser that was sent, whichever portal process takes it', async () => {
    const browser = new Person(served);
    const answer = await answerFor(browser, 'petra');
    const others = await Promise.all([new Person(served).get(answer), new Person(served).get(answer)]);
    for (const other of others)
      expect([other.status, says(other)]).toEqual([410, expect.stringContaining('Reason log-on-used')]);

    const elsewhere = await serveElsewhere(served.portal);
    const taken = await browser.browser.get(new URL(answer, elsewhere.url).href);
    expect(headingOf(taken)).toBe('Registered systems');
    await elsewhere.close();
    const again = await browser.get(answer);
    expect(again.status).toBe(410);
  });

  test('that arrives twenty times at once lets one in', async () => {
    const browser = new Person(served);
    const answer = await answerFor(browser, 'petra');
    const pages = await Promise.all(Array.from({ length: 20 }, () => browser.get(answer)));
    expect(pages.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(pages.filter(({ status }) => status === 410)).toHaveLength(19);
  });

  test('is not taken after an hour', async () => {
    const browser = new Person(served);
    const answer = await answerFor(browser, 'petra');
    served.portal.pass(1.1);
    expect((await browser.get(answer)).status).toBe(410);
  });

  /** The provider's answer, caught before the browser brings it to the portal. */
  async function answerFor(browser: Person, sub: string): Promise<string> {
    const choose = await browser.browser.follow(await browser.get('/log-on'), WITH);
    browser.browser.stopBefore = served.url;
    const { url } = await browser.press(choose, `Select Name of ${sub}`);
    browser.browser.stopBefore = undefined;
    return url;
  }
});

test('logging off here offers to log off at the provider, who then asks again who one is', async () => {
  const browser = new Person(served);
  const systems = await comeBackAs(browser, 'petra');
  const off = await browser.press(systems, 'Log off');
  expect([headingOf(off), says(off)]).toEqual([
    'You are logged off',
    expect.stringContaining('Buildings Exchange may still know you in this browser.'),
  ]);
  expect(headingOf(await browser.get('/systems'))).toMatch(/^Log on/);
  const there = await browser.browser.follow(off, 'Log off at Buildings Exchange too');
  const back = await browser.press(there, 'Log off');
  expect(headingOf(back)).toBe('Log on to Test portal');
  expect(headingOf(await browser.browser.follow(back, WITH))).toBe('Who are you?');
});

describe('the provider', () => {
  test('is known again by itself after it was down, and its new keys too', async () => {
    await exchange.stop();
    const browser = new Person(served);
    const down = await browser.browser.follow(await browser.get('/log-on'), WITH);
    expect([down.status, says(down)]).toEqual([
      503,
      expect.stringMatching(
        /Buildings Exchange did not answer.*log on with e-mail and password.*Reason provider-unreachable/,
      ),
    ]);
    const keys = () => fetch(`${exchangeSettings(port).issuer}/jwks`).then((answer) => answer.text());
    exchange = await start();
    const before = await keys();
    expect(headingOf(await comeBackAs(new Person(served), 'petra'))).toBe('Registered systems');
    await exchange.stop();
    exchange = await start();
    expect(await keys()).not.toBe(before);
    expect(headingOf(await comeBackAs(new Person(served), 'petra'))).toBe('Registered systems');
  });

  test('that is not set up here is no page', async () => {
    expect((await new Person(served).get('/log-on/with/another')).status).toBe(404);
    expect((await new Person(served).get('/log-on/with/another/back?state=x')).status).toBe(404);
    expect((await new Person(served).get('/log-off/another')).status).toBe(404);
  });
});
