import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { close, confirm } from '../portal/operations/confirm.ts';
import { edit } from '../portal/operations/edit.ts';
import { merge } from '../portal/operations/merge.ts';
import type { Account } from '../portal/portal.ts';
import { helpPath } from '../ui/help/topics.ts';
import { accessibilityProblems, overflow, phone, showCopy, startBrowser } from './support/browser.ts';
import { checkIn, PASSWORD, type ServedPortal, servePortal } from './support/pages.ts';
import {
  carried,
  prepared,
  press,
  rebuilt,
  registered,
  seedRegistrations,
  testServer,
  typed,
} from './support/portal.ts';

/** Registered systems, the System information page in all that it can show, and the form, laid out on a phone. */

let served: ServedPortal;
let browser: Browser;
let paths: Record<'everything' | 'confirmed' | 'closed' | 'merged' | 'fresh' | 'request', string>;
beforeAll(async () => {
  [served, browser] = await Promise.all([servePortal(), startBrowser()]);
  const { portal, cast } = served;
  const { integrator, endUser } = cast;
  const name = 'Northfield General Hospital, Department of Rehabilitation, Building A';
  const make = (site: string) => registered(portal, integrator, testServer(), { site, endUser });

  // Associated again, then claimed by another System ID, and in conflict with the one before.
  const before = testServer();
  const everything = await registered(portal, integrator, before, { site: name, endUser });
  portal.pass(7 * 24);
  const now = rebuilt(before);
  const reason = { reason: 'other', reasonText: 'W'.repeat(200) } as const;
  const again = await carried(portal, integrator, now);
  await press(portal, { account: integrator, request: again, registration: everything, ...reason });
  const claim = await typed(portal, integrator, testServer('HN-A-ES02'));
  await press(portal, { account: integrator, request: claim, registration: everything, reason: 'server-replaced' });
  await checkIn(served, now, everything);
  await checkIn(served, before, everything);

  const [confirmed, closed, fresh] = [await make('Confirmed'), await make('Closed'), await make('Fresh')];
  await confirm(portal, { account: endUser, registration: confirmed });
  await close(portal, { account: endUser, registration: closed });
  const merged = await registered(portal, integrator, testServer(), { site: 'Registered twice' });
  await merge(portal, { account: integrator, fresh: merged, kept: fresh });
  await seedRegistrations(portal, cast, 25);
  const request = await carried(portal, integrator, testServer('SERVER-WITH-A-RATHER-LONG-NAME-01'));
  const of = (number: string) => `/systems/${number}`;
  paths = {
    everything: of(everything),
    confirmed: of(confirmed),
    closed: of(closed),
    merged: of(merged),
    fresh: of(fresh),
    request: `/requests/${request}/form`,
  };
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** Somebody's phone. Axe looks at a copy of each page that runs no script of ours: both ways have the same HTML. */
class Phone {
  readonly page: Page;
  readonly #looking: Page;

  constructor(page: Page, looking: Page) {
    this.page = page;
    this.#looking = looking;
  }

  async open(...paths: string[]): Promise<void> {
    for (const path of paths) {
      await this.page.goto(new URL(path, served.url).href);
      await this.look();
    }
  }

  async press(words: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: words }).first().click();
    await this.page.waitForLoadState('load');
    await this.look();
  }

  heading(): Promise<string> {
    return this.page.locator('h1').innerText();
  }

  /** Nothing that axe finds, nothing wider than the phone, one H1, and no filled button beside another. */
  async look(): Promise<void> {
    const at = `${this.page.url()} (${await this.page.title()})`;
    await showCopy(this.#looking, this.page);
    expect(await this.page.locator('h1').count(), at).toBe(1);
    expect(await this.page.locator('main .go').count(), at).toBeLessThanOrEqual(1);
    expect(await overflow(this.#looking), at).toBeLessThanOrEqual(0);
    expect(await accessibilityProblems(this.#looking), at).toEqual([]);
  }
}

async function phoneOf(account: Account): Promise<Phone> {
  const contexts = await Promise.all([phone(browser, { script: false }), phone(browser, { script: true })]);
  onTestFinished(async () => {
    await Promise.all(contexts.map((context) => context.close()));
  });
  const [page, looking] = await Promise.all(contexts.map((context) => context.newPage()));
  await Promise.all([page?.goto(`${served.url}/log-on`), looking?.goto(`${served.url}/log-on`)]);
  await page?.getByLabel('Email Address').fill(account.email);
  await page?.getByLabel('Password').fill(PASSWORD);
  await page?.getByRole('button', { name: 'Log on' }).click();
  return new Phone(page as Page, looking as Page);
}

test('Registered systems: a page of many, one state, and none', async () => {
  const lena = await phoneOf(served.cast.integrator);
  await lena.open('/systems', '/systems?state=in-conflict', '/systems?q=nothing+fits');
  expect(await lena.heading()).toBe('Registered systems');
});

test('the System information page, in all its states', async () => {
  const lena = await phoneOf(served.cast.integrator);
  await lena.open(paths.everything, paths.confirmed, paths.closed, paths.merged);
  const anna = await phoneOf(served.cast.endUser);
  await anna.open(paths.everything, paths.confirmed, `${paths.fresh}/close`);
  expect(await anna.heading()).toBe('Close the registration of Fresh?');
});

test('the form of a registration that is edited: a problem, a draft, what is locked, and what was changed meanwhile', async () => {
  const { portal, cast } = served;
  const lena = await phoneOf(cast.integrator);
  await lena.open(`${paths.everything}/form`);
  await lena.page.getByLabel('Site/building name').fill('');
  await lena.press('Continue');
  expect(await lena.page.title()).toMatch(/^Error: /);
  expect(await lena.page.locator(':focus').getAttribute('class')).toBe('problem');
  await lena.page.getByLabel('Site/building name').fill('X'.repeat(120));
  await lena.press('Save as draft');
  await lena.open('/systems', `${paths.confirmed}/form`);

  const anna = await phoneOf(cast.endUser);
  await anna.page.goto(`${served.url}${paths.everything}/form`);
  await anna.page.getByLabel('City').fill('Horsens');
  await anna.press('Save as draft');
  const edited = { account: cast.integrator, registration: paths.everything.slice('/systems/'.length) };
  await edit(portal, { ...edited, revision: 1000, answers: { warranty: { project: 'P-17' } } });
  await anna.open(`${paths.everything}/form/check`);
  expect(await anna.page.title()).toMatch(/^Error: Check your answers/);
});

test('the form of a new registration: every step as it comes and with all that can be wrong, copied, and read back', async () => {
  const lena = await phoneOf(served.cast.integrator);
  await lena.open(`${paths.request}/installation?unfinished`, `${paths.request}/site-administrator?unfinished`);
  await lena.open(`${paths.request}/warranty`, `${paths.request}/copy`);
  await lena.press(/^Copy/);
  // Who the end user is, is asked anew for each system.
  await lena.open(`${paths.request}/check`);
  expect(await lena.page.title()).toMatch(/^Error: Installation/);
  await lena.page.getByLabel('Invite by e-mail').check();
  await lena.page.getByLabel('End user’s e-mail').fill(`${'w'.repeat(60)}@northfield.example`);
  await lena.press('Continue');
  await lena.open(`${paths.request}/check`);
  expect(await lena.heading()).toBe('Check your answers');
});

test('preparing: the ways, the form, a file with all that can be wrong, what came of it, and labels', async () => {
  const { portal, cast } = served;
  const lena = await phoneOf(cast.integrator);
  await lena.open('/prepare', '/prepare/import');
  await lena.press('Check the file');
  expect(await lena.page.title()).toMatch(/^Error: /);
  const long = 'W'.repeat(120);
  const header =
    'site_name,company,address,city,country,segments,site_administrator_name,site_administrator_email,warranty_end,A column of no use';
  const right = `${long},${long},Street 1,Aarhus,DK,office,Jonas Berg,jonas@northfield.example,2028-01-01,x`;
  const wrong = Array.from({ length: 30 }, () => `${long},,Street 1,Aarhus,${long},moon,,nobody,soon,x,y`);
  const buffer = Buffer.from([header, right, `${right.replace('Street', 'Søgade')}`, ...wrong].join('\n'), 'latin1');
  await lena.page.locator('input[type=file]').setInputFiles({ name: `${long}.csv`, mimeType: 'text/csv', buffer });
  await lena.press('Check the file');
  await lena.press('Prepare');
  expect(await lena.page.title()).toMatch(/^Error: Check the rows of the file/);
  await lena.page.getByLabel('Only the right rows').check();
  await lena.press('Prepare');
  expect(await lena.heading()).toBe('2 registrations are prepared');
  await lena.page.getByRole('link', { name: 'Print the labels' }).click();
  await lena.look();
  const number = await prepared(portal, cast.integrator, 'Prepared on a phone', 'SERVER-WITH-A-RATHER-LONG-NAME-01');
  await lena.open(`/systems/${number}`, `/systems/${number}/label`, `/systems/${number}/form`, '/prepare/new');
  expect(await lena.heading()).toBe('Installation and system information');
});

test('help, privacy, and what does not exist', async () => {
  const lena = await phoneOf(served.cast.integrator);
  await lena.open(
    '/help',
    helpPath('system-information-page'),
    '/privacy',
    '/about',
    '/no/such/page',
    '/systems/00000000',
  );
  expect(await lena.heading()).toBe('Not among your systems');
});
