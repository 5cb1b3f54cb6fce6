import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildingsExchange } from '../cli/demo/buildings-exchange.tsx';
import { linesOf } from '../core/system-id.ts';
import { close as closeRegistration } from '../portal/operations/confirm.ts';
import { CAST } from '../portal/seed.ts';
import { sql } from '../portal/store/sql.ts';
import { accessibilityProblems, overflow, phone, showCopy, startBrowser } from './support/browser.ts';
import { exchangeSettings, somebody, startExchange } from './support/exchange.ts';
import { checkIn, PASSWORD, type ServedPortal, servePortal } from './support/pages.ts';
import { rebuilt, registered, requestOf, type TestServer, testServer } from './support/portal.ts';
import { freePort } from './support/processes.ts';

/** Every page on the way of a System ID, laid out: nothing that axe finds, nothing wider than the phone. */

let served: ServedPortal;
let exchange: BuildingsExchange;
let browser: Browser;
let server: TestServer;
let now: TestServer;
let registration: string;
let merged: string;
beforeAll(async () => {
  const port = await freePort();
  [served, browser] = await Promise.all([servePortal({ providers: [exchangeSettings(port)] }), startBrowser()]);
  const email = CAST.integrator.email;
  exchange = await startExchange(served.url, port, [
    somebody('nora', { role: undefined, verified: false }),
    somebody('lena', { email }),
  ]);
  const { portal, cast } = served;
  server = testServer();
  now = rebuilt(server);
  const site = 'Northfield General Hospital, Department of Rehabilitation, Building A';
  registration = await registered(portal, cast.integrator, server, { site, endUser: cast.endUser });
  for (let i = 0; i < 30; i++) {
    const number = await registered(portal, cast.integrator, testServer(`SERVER-${i}`), { site: `Other site ${i}` });
    if (i === 29) await closeRegistration(portal, { account: cast.integrator, registration: number });
  }
  await portal.db.rows(sql`update system set last_heard_at = null where name = 'SERVER-7'`);
  const fresh = await registered(portal, cast.integrator, testServer('ES-NEW'), { site: 'Registered as new' });
  merged = `/systems/${fresh}/merge/${registration}`;
});
afterAll(async () => {
  await browser.close();
  await exchange.stop();
  await served.close();
});

/** A phone with a person who is signed in, and the same page where axe can look at it. */
class Phone {
  readonly page: Page;
  readonly #lookedAt: Page;

  constructor(page: Page, lookedAt: Page) {
    this.page = page;
    this.#lookedAt = lookedAt;
  }

  async open(path: string): Promise<void> {
    await this.page.goto(new URL(path, served.url).href);
    await this.look();
  }

  async press(words: string | RegExp): Promise<void> {
    await this.send(words);
    await this.look();
  }

  async follow(words: string | RegExp): Promise<void> {
    await this.page.getByRole('link', { name: words }).first().click();
    await this.page.waitForLoadState('load');
    await this.look();
  }

  /** The server's own page posts its request. */
  async carry(from: TestServer): Promise<void> {
    const document = await requestOf(served.portal, from, {
      returnTo: 'http://hn-a-es01.northfield.example/registration/back',
    });
    await this.page.goto(`${served.url}/help`);
    await this.page.setContent(
      `<form method="post" action="${served.url}/requests"><input name="request" value="${document}"><button>Register now</button></form>`,
    );
    await this.send('Register now');
    await this.look();
  }

  /** Every button leads to another page. */
  async send(words: string | RegExp): Promise<void> {
    const button = this.page.getByRole('button', { name: words }).first();
    await Promise.all([this.page.waitForEvent('framenavigated'), button.click()]);
    await this.page.waitForLoadState('load');
  }

  async look(): Promise<void> {
    const at = `${this.page.url()} (${await this.page.title()})`;
    if (this.#lookedAt !== this.page) await showCopy(this.#lookedAt, this.page);
    expect(await overflow(this.#lookedAt), at).toBeLessThanOrEqual(0);
    expect(await accessibilityProblems(this.#lookedAt), at).toEqual([]);
  }
}

let contexts: BrowserContext[] = [];
let person: Phone;

/** A phone of its own for the tests of one group. */
async function takePhone({ script }: { script: boolean }): Promise<void> {
  contexts = await Promise.all((script ? [true] : [false, true]).map((script) => phone(browser, { script })));
  const [page, lookedAt] = await Promise.all(contexts.map((context) => context.newPage()));
  person = new Phone(page as Page, (lookedAt ?? page) as Page);
}

async function logOn(): Promise<void> {
  await person.page.goto(`${served.url}/log-on`);
  await person.page.getByLabel('Email Address').fill(served.cast.integrator.email);
  await person.page.getByLabel('Password').fill(PASSWORD);
  await person.send('Log on');
}

describe('without script', () => {
  beforeAll(() => takePhone({ script: false }));
  afterAll(() => Promise.all(contexts.map((context) => context.close())));

  test('log on with a provider: stopped, the first time, an account to link with, and logged off', async () => {
    await person.carry(testServer());
    await person.follow('Log on with Buildings Exchange');
    await person.press('Do not log on');
    expect(await person.page.title()).toMatch(/^You are not logged on/);
    await person.follow('Try again');
    await person.press('Select Name of nora');
    expect(await person.page.title()).toMatch(/^One more step/);
    await person.press('Continue');
    expect(await person.page.title()).toMatch(/^Error: One more step/);
    await person.follow('I have an account here already');
    await person.press('Link and continue');
    expect(await person.page.title()).toMatch(/^Error: Link your account/);
    await person.page.getByLabel('Email Address').fill(served.cast.integrator.email);
    await person.page.getByLabel('Password').fill(PASSWORD);
    await person.press('Link and continue');
    expect(await person.page.title()).toMatch(/^Are you authorised/);
    await person.press('Cancel');
    await person.open('/account');
    await person.press('Log off');
    expect(await person.page.title()).toMatch(/^You are logged off/);
    await person.follow('Log off at Buildings Exchange too');
    await person.press('Log off');
    expect(await person.page.title()).toMatch(/^Log on/);
  });

  test('an account of one’s own, and a forgotten password', async () => {
    await person.carry(testServer());
    await person.follow('Create account');
    await person.press('Create account');
    expect(await person.page.title()).toMatch(/^Error: Create account/);
    await person.page.getByLabel('Your name').fill('Nora New');
    await person.page.getByLabel('Email Address').fill('nora.new@department-of-rehabilitation.northfield.example');
    await person.page.getByLabel('Company').fill('Northfield');
    await person.page.getByLabel('an end user').check();
    await person.press('Create account');
    await person.press('Send it again');
    expect(await person.page.title()).toMatch(/^Check your e-mail/);
    await person.open(await linkIn('new-account'));
    await person.page.getByLabel('New password').fill('short');
    await person.press('Create account');
    expect(await person.page.title()).toMatch(/^Error: Choose a password/);
    await person.page.getByLabel('New password').fill('kupfer dach tee bohne');
    await person.press('Create account');
    expect(await person.page.title()).toMatch(/^Are you authorised/);
    await person.press('Cancel');
    await person.send('Log off');
    await person.open('/forgotten-password');
    await person.press('Send the link');
    expect(await person.page.title()).toMatch(/^Error: Forgotten password/);
    await person.page.getByLabel('Email Address').fill('nora.new@department-of-rehabilitation.northfield.example');
    await person.press('Send the link');
    await person.open(await linkIn('new-password'));
    await person.press('Change password');
    expect(await person.page.title()).toMatch(/^Error: Choose a new password/);
    await person.open('/forgotten-password/link/used');
    expect(await person.page.title()).toMatch(/^This link no longer works/);
  });

  test('log on: a wrong password, then the right one', async () => {
    await person.carry(testServer());
    await person.page.getByLabel('Email Address').fill(served.cast.integrator.email);
    await person.press('Log on');
    expect(await person.page.title()).toMatch(/^Error: Log on/);
    await person.page.getByLabel('Password').fill(PASSWORD);
    await person.press('Log on');
    expect(await person.page.title()).toMatch(/^Are you authorised/);
    await person.press('Cancel');
  });

  test('the Register page: what was typed is wrong in a line, and stays', async () => {
    await person.open('/register');
    const wrong = linesOf(server.keys.systemId)
      .join('\n')
      .replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    await person.page.getByLabel('New System ID').fill(wrong);
    await person.press('Continue to associate');
    expect(await person.page.title()).toMatch(/^Error: /);
    expect(await person.page.getByLabel('New System ID').inputValue()).toBe(wrong);
  });

  test('the question, the list with its groups, the review with every warning, and the done pages', async () => {
    await person.carry(now);
    await person.press('Proceed');
    await person.press('Continue');
    expect(await person.page.title()).toMatch(/^Error: /);
    await person.page.getByLabel('Associate with an existing registration').check();
    await person.press('Continue');
    await person.open(`${new URL(person.page.url()).pathname}?q=nothing+of+that&show=silent`);
    await person.open(`${new URL(person.page.url()).pathname}?page=2`);
    await person.open(`${new URL(person.page.url()).pathname}/${registration}`);
    if ((await person.page.getByText('Why is it the same system').count()) > 0) {
      await person.press('Associate');
      await person.page.getByLabel('The database was deleted').check();
    }
    await person.press('Associate');
    expect(await person.page.title()).toMatch(/now has the new System ID/);
    await checkIn(served, now, registration);
    await person.page.getByRole('link', { name: 'Check now' }).click();
    await person.page.getByText('Arrived').waitFor();
    await person.look();
  });

  test('a typed System ID of a server that is perhaps alive: two warnings, and what is left to do', async () => {
    await person.open('/register');
    await person.page.getByLabel('New System ID').fill(testServer().keys.systemId);
    await person.press('Continue to associate');
    await person.press('Proceed');
    await person.open(`${new URL(person.page.url()).pathname}/${registration}`);
    await person.press('Associate');
    expect(await person.page.title()).toMatch(/^Error: /);
    await person.page.getByLabel('The server was replaced').check();
    await person.press('Associate');
    expect(await person.page.title()).toMatch(/^One step left/);
  });

  test('a System ID that is known, the page that merges, and refusals', async () => {
    await person.open(merged);
    await person.carry(testServer('ES-X'));
    await person.press('Proceed');
    await person.open(`${new URL(person.page.url()).pathname}/registrations/00000000`);
    expect(await person.page.title()).toMatch(/^Not among your systems/);
    await person.open('/requests/99999999-9999-4999-8999-999999999999');
    await person.open('/register');
    const foreign = testServer();
    await registered(served.portal, served.cast.stranger, foreign, { site: 'Foreign' });
    await person.page.getByLabel('System ID', { exact: true }).fill(foreign.keys.systemId);
    await person.press('Continue to register');
    await person.press('Proceed');
    expect(await person.page.title()).toMatch(/^This system is registered to another account/);
    await person.press('Ask to take a seat');
  });
});

/** No mail server runs here: what would be mailed waits in the outbox. */
async function linkIn(template: string): Promise<string> {
  const mail = await served.portal.db.row(sql<{ path: string }>`
    select facts ->> 'path' as path from outbox where template = ${template} limit 1`);
  return mail?.path ?? '';
}

// Only the pages that a script does something on; all others are the same as without.
describe('with script', () => {
  beforeAll(async () => {
    await takePhone({ script: true });
    await logOn();
  });
  afterAll(() => Promise.all(contexts.map((context) => context.close())));

  test('the Register page says of each line whether it is right, while it is typed', async () => {
    await person.open('/register');
    const [right, ...others] = linesOf(testServer().keys.systemId);
    const wrong = others.map((line) => line.replace(/^./, (first) => (first === '2' ? '3' : '2')));
    await person.page.getByLabel('New System ID').fill([right, ...wrong].join('\n'));
    const box = person.page.locator('form').filter({ hasText: 'New System ID' });
    await box.getByText('Line 1: right').waitFor();
    expect(await box.locator('.lines li').allTextContents()).toEqual([
      'Line 1: right',
      'Line 2: look again',
      'Line 3: look again',
      'Line 4: look again',
    ]);
    await person.look();
  });

  test('the done page shows that the site has arrived, without being loaded again', async () => {
    const rebuiltAgain = rebuilt(now);
    await person.carry(rebuiltAgain);
    await person.press('Proceed');
    await person.open(`${new URL(person.page.url()).pathname}/registrations/${registration}`);
    await person.press('Associate');
    await person.page.getByText('Waiting for').waitFor();
    await person.page.evaluate('window.sameDocument = true');
    await checkIn(served, rebuiltAgain, registration);
    await person.page.getByText('Arrived').waitFor();
    expect(await person.page.evaluate('window.sameDocument')).toBe(true);
    expect(await person.page.getByText('Take it to the server').count()).toBe(0);
    await person.look();
  });
});
