import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { confirmationOf } from '../core/confirmation-code.ts';
import { readRegistrationCode } from '../core/registration-code.ts';
import { shortId } from '../core/system-id.ts';
import { handOutCode } from '../portal/operations/hand-out-code.ts';
import { sideOf } from '../portal/store/codes.ts';
import { accessibilityProblems, Keyboard, overflow, phone, startBrowser } from './support/browser.ts';
import { PASSWORD, type ServedPortal, servePortal } from './support/pages.ts';
import { press, registered, type TestServer, testServer, typed } from './support/portal.ts';

/** What a person carries to a server without a line, on the phone that it is carried with, and on paper. */

let served: ServedPortal;
let browser: Browser;
beforeAll(async () => {
  [served, browser] = await Promise.all([servePortal({ claimLimit: 1000 }), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const SITE = 'Northfield General Hospital, Department of Rehabilitation, Building A';

/** A typed System ID that waits for the system's word, with its code. */
async function claimed(site = SITE): Promise<{ path: string; system: string; server: TestServer }> {
  const { portal, cast } = served;
  const account = cast.integrator;
  const registration = await registered(portal, account, testServer(), { site, endUser: cast.endUser });
  portal.pass(7 * 24);
  const server = testServer();
  const request = await typed(portal, account, server);
  const done = await press(portal, { account, request, registration });
  if (done.outcome !== 'claimed') throw new Error(`It was ${done.outcome}.`);
  await handOutCode(portal, { account, ...done });
  const system = `/systems/${registration}`;
  return { path: `${system}/associations/${done.association}`, system, server };
}

async function opened(path: string, { script }: { script: boolean }): Promise<{ page: Page; context: BrowserContext }> {
  const context = await phone(browser, { script });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(`${served.url}/log-on?next=${encodeURIComponent(path)}`);
  await page.getByLabel('Email Address').fill(served.cast.integrator.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log on', exact: true }).click();
  await page.waitForURL(`${served.url}${path}`);
  return { page, context };
}

async function expectReadable(page: Page): Promise<void> {
  const at = `${page.url()} (${await page.title()})`;
  expect(await page.locator('h1').count(), at).toBe(1);
  expect(await page.locator('main .go').count(), at).toBeLessThanOrEqual(1);
  expect(await overflow(page), at).toBeLessThanOrEqual(0);
  expect(await accessibilityProblems(page), at).toEqual([]);
}

async function confirmationOn(page: Page, { keys }: TestServer): Promise<string> {
  const reading = readRegistrationCode((await page.locator('.code li').allTextContents()).join(''));
  const known = sideOf(served.portal.keys, served.portal.keys.forDocuments.minCodeKey, keys.systemId);
  if (reading.outcome !== 'read' || !known) throw new Error(`No registration code on ${page.url()}.`);
  return confirmationOf(reading.code, known.side, known.pair);
}

describe('the done page', () => {
  test('is read and can be typed into where there is no signal, without a request', async () => {
    const { path, server } = await claimed();
    const { page, context } = await opened(path, { script: true });
    await context.setOffline(true);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight); window.scrollTo(0, 0)');
    await page.getByText('Make a new Registration code').first().click();
    await page.getByLabel('Confirmation code').fill('789Y3-E5PGF');
    expect(await page.locator('code-check .checked').textContent()).toBe('No character seems to be wrong');
    expect((await page.locator('.code li').allTextContents()).join('').replace(/\s/g, '')).toHaveLength(25);
    expect(await page.getByText(`Short ID on the server must be ${shortId(server.keys.systemId)}`).count()).toBe(1);
    // What the page looks for by itself is whether the system has spoken, and it does without an answer.
    expect(asked.filter((url) => url !== page.url())).toEqual([]);
    expect(await page.locator('h1').innerText()).toBe('One step left: enter the code at the server');
  });

  test('fits a phone, has the code at least 28 px high in three lines, and is confirmed with the keyboard only', async () => {
    const { path, server } = await claimed();
    const { page } = await opened(path, { script: true });
    await expectReadable(page);
    const heights = await page.evaluate<number[]>(
      '[...document.querySelectorAll(".code li")].map((group) => parseFloat(getComputedStyle(group).fontSize))',
    );
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(28);
    const keyboard = new Keyboard(page);
    await keyboard.fill('Confirmation code', '789Y3 E5PGF');
    await keyboard.press('Confirm that the code arrived');
    expect(await page.title()).toMatch(/^Error: One step left/);
    await expectReadable(page);
    await keyboard.fill('Confirmation code', await confirmationOn(page, server));
    await keyboard.press('Confirm that the code arrived');
    expect(await page.getByText('Confirmed by the system').count()).toBe(1);
    await expectReadable(page);
  });

  test('works without script', async () => {
    const { path, server } = await claimed();
    const { page } = await opened(path, { script: false });
    await page.getByRole('button', { name: 'Send it to me' }).click();
    await page.getByText(`Sent to ${served.cast.integrator.email}`).waitFor();
    await page.getByText('Make a new Registration code').first().click();
    await page.getByRole('button', { name: 'Make a new Registration code' }).click();
    await page.getByText('Number 2, made on').waitFor();
    await page.getByLabel('Confirmation code').fill(await confirmationOn(page, server));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForURL(`${served.url}${path}`);
    expect(await page.getByRole('status').innerText()).toContain('Confirmed by the system');
  });

  test('weighs no more than a page may after sign-in', async () => {
    const { path } = await claimed();
    const { page } = await opened(path, { script: false });
    expect(Buffer.byteLength(await page.content())).toBeLessThan(20_000);
  });
});

test('the System information page of a claim fits a phone', async () => {
  const { system } = await claimed();
  const { page } = await opened(system, { script: true });
  await expectReadable(page);
  expect(await page.getByLabel('Confirmation code').count()).toBe(1);
});

test('a registration that was edited and cannot fetch it fits a phone', async () => {
  const { path } = await claimed();
  const { page } = await opened(`${path}?edited`, { script: true });
  expect(await page.locator('h1').innerText()).toBe(`${SITE} is changed`);
  await expectReadable(page);
});

describe('the paper', () => {
  test('fits a phone as well', async () => {
    const { path } = await claimed();
    const { page } = await opened(`${path}/paper`, { script: true });
    await expectReadable(page);
  });

  test('is one sheet with the code, the short ID, the steps and room for the answer, and nothing to press', async () => {
    const { path, server } = await claimed();
    const { page } = await opened(`${path}/paper`, { script: true });
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 673, height: 1000 }); // A4 less its margins
    const seen = (text: string) => page.getByText(text).first().isVisible();
    expect(await seen(`Short ID on the server must be ${shortId(server.keys.systemId)}`)).toBe(true);
    expect(await seen('Enter the Registration code, or load the file.')).toBe(true);
    expect(await page.locator('.code li').count()).toBe(5);
    expect(await page.locator('.boxes i').first().isVisible()).toBe(true);
    expect(await page.locator('svg.qr').isVisible()).toBe(true);
    for (const pressed of ['button', 'nav', 'footer', '.button']) {
      expect([pressed, await page.locator(pressed).first().isVisible()]).toEqual([pressed, false]);
    }
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });
});
