import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { close, confirm } from '../portal/operations/confirm.ts';
import { merge } from '../portal/operations/merge.ts';
import type { Account } from '../portal/portal.ts';
import { accessibilityProblems, overflow, phone, startBrowser } from './support/browser.ts';
import { checkIn, PASSWORD, type ServedPortal, servePortal } from './support/pages.ts';
import { carried, press, rebuilt, registered, testServer, typed } from './support/portal.ts';

/** The form and the pages of a registration, laid out: nothing that axe finds, nothing wider than the phone. */

const LONG = 'Northfield General Hospital, Department of Rehabilitationsmedicine, Building A';

let served: ServedPortal;
let browser: Browser;
/** A registration with everything on it: a retired System ID that speaks again, a claim, both parties. */
let busy: string;
let numbers: Record<'confirmed' | 'closed' | 'merged', string>;
let form: string;
beforeAll(async () => {
  [served, browser] = await Promise.all([servePortal(), startBrowser()]);
  const { portal, cast } = served;
  const { integrator, endUser } = cast;
  const make = (site: string) => registered(portal, integrator, testServer(), { site, endUser });

  const before = testServer();
  busy = await registered(portal, integrator, before, { site: LONG, endUser });
  numbers = { confirmed: await make('Confirmed'), closed: await make('Closed'), merged: '' };
  await confirm(portal, { account: endUser, registration: numbers.confirmed });
  await close(portal, { account: endUser, registration: numbers.closed });
  numbers.merged = await registered(portal, integrator, testServer(), { site: 'As new' });
  await merge(portal, { account: integrator, fresh: numbers.merged, kept: await make('Older') });
  for (let i = 0; i < 26; i++) await make(`Other site ${i}`);

  portal.pass(7 * 24);
  const now = rebuilt(before);
  const command = { account: integrator, registration: busy };
  await press(portal, { ...command, request: await carried(portal, integrator, now) });
  const claim = { ...command, request: await typed(portal, integrator, testServer('HN-A-ES02')) };
  await press(portal, { ...claim, reason: 'server-replaced' });
  await checkIn(served, now, busy);
  await checkIn(served, before, busy);
  form = `/requests/${await carried(portal, integrator, testServer())}/form`;
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

async function logOn(account: Account): Promise<{ context: BrowserContext; page: Page }> {
  const context = await phone(browser, { script: true });
  const page = await context.newPage();
  await page.goto(`${served.url}/log-on`);
  await page.getByLabel('Email Address').fill(account.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await pressed(page, 'Log on');
  return { context, page };
}

async function pressed(page: Page, words: string): Promise<void> {
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: words, exact: true }).first().click(),
  ]);
}

async function look(page: Page): Promise<void> {
  const at = `${page.url()} (${await page.title()})`;
  expect(await overflow(page), at).toBeLessThanOrEqual(0);
  expect(await accessibilityProblems(page), at).toEqual([]);
}

// Axe takes its time on a small machine.
describe('on 360 px', { timeout: 180_000 }, () => {
  test('the form: each step, with and without problems, and the answers read back', async () => {
    const { context, page } = await logOn(served.cast.integrator);
    await page.goto(served.url + form);
    await look(page);
    await pressed(page, 'Continue');
    expect(await page.title()).toMatch(/^Error: Installation and system information/);
    expect(await page.evaluate('document.activeElement.className')).toBe('problem');
    await look(page);
    await page.getByLabel('Site/building name').fill(LONG.replaceAll(' ', ''));
    await page.getByLabel('Site company name').fill('Northfield Health Trust');
    await page.getByLabel('Site/building address').fill('Palle Allé 10');
    await page.getByLabel('City').fill('Aarhus');
    await page.getByLabel('Country').selectOption({ label: 'Denmark' });
    await page.getByLabel('Healthcare').check();
    await pressed(page, 'Continue');
    await look(page);
    await page.getByLabel('Name').first().fill('Jonas Berg');
    await page.getByLabel('E-mail').fill('jonas.rehabilitationsmedicine@northfield.example');
    await pressed(page, 'Continue');
    await look(page);
    await pressed(page, 'Continue');
    expect(await page.title()).toMatch(/^Check your answers/);
    await look(page);
    await page.goto(`${served.url}${form}/copy`);
    await look(page);
    await context.close();
  });

  test('an edit: what is locked, what it was before, and what somebody else changed meanwhile', async () => {
    const { context, page } = await logOn(served.cast.endUser);
    await page.goto(`${served.url}/systems/${busy}/form`);
    await page.getByLabel('City').fill('Horsens');
    await pressed(page, 'Save as draft');
    await look(page);
    await confirm(served.portal, { account: served.cast.endUser, registration: busy });
    await page.goto(`${served.url}/systems/${busy}/form/check`);
    await pressed(page, 'Submit');
    expect(await page.title()).toMatch(/^Error: Check your answers/);
    await look(page);
    await context.close();
  });

  test('what the integrator sees of registrations in every state', async () => {
    const paths = ['/systems', '/systems?q=nothing+of+that'];
    await open(served.cast.integrator, [...paths, ...[busy, ...Object.values(numbers)].map((n) => `/systems/${n}`)]);
  });

  test('what the end user sees, who may do other things', async () => {
    await open(served.cast.endUser, [`/systems/${busy}`, `/systems/${numbers.confirmed}/close`, '/systems/00000000']);
  });
});

async function open(account: Account, paths: string[]): Promise<void> {
  const { context, page } = await logOn(account);
  for (const path of paths) {
    await page.goto(served.url + path);
    await look(page);
  }
  await context.close();
}
