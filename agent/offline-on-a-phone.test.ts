// The offline pages of a site, laid out in a real browser: narrow, without script, on paper, and as a picture of a screen.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { groupsOf } from '../core/typed-code.ts';
import { accessibilityProblems, overflow, phone, showCopy, startBrowser } from '../test/support/browser.ts';
import { newFolder } from '../test/support/folders.ts';
import { type PortalSide, portalSide } from '../test/support/portal-side.ts';
import { PASSWORD, startSite } from '../test/support/site.ts';

const decoder = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(decoder).buffer } });

let portal: PortalSide;
let stranger: PortalSide;
let browser: Browser;
let looking: Page;

beforeAll(async () => {
  [portal, stranger, browser] = await Promise.all([portalSide(), portalSide(), startBrowser()]);
  looking = await (await phone(browser, { script: true })).newPage();
});
afterAll(async () => {
  await browser.close();
  await Promise.all([portal.close(), stranger.close()]);
});

/** Logged on at a new server with a long name. */
async function at(context: BrowserContext): Promise<{ page: Page; systemId: string; url: string }> {
  const server = {
    name: 'NORTHFIELD-GENERAL-HOSPITAL-BUILDING-A-ES01',
    kind: 'enterprise-server',
    product: 'Enterprise Server',
    version: '3.2.4.1180',
  };
  const site = await startSite(portal, { folder: newFolder(), server });
  const page = await context.newPage();
  onTestFinished(async () => {
    await context.close();
    await site.close();
  });
  await page.goto(site.url);
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log on' }).click();
  await page.goto(`${site.url}/offline`);
  const systemId = (await page.locator('code.id').innerText()).replace(/[^0-9A-Z]/g, '');
  return { page, systemId, url: site.url };
}

async function expectGood(page: Page): Promise<void> {
  await showCopy(looking, page);
  const at = page.url();
  expect(await looking.locator('h1').count(), at).toBe(1);
  expect(await looking.locator('main .go').count(), at).toBeLessThanOrEqual(1);
  expect(await overflow(looking), at).toBeLessThanOrEqual(0);
  expect(await accessibilityProblems(looking), at).toEqual([]);
}

test('the whole way without script on 360 pixels: every page is laid out, and axe finds nothing', async () => {
  const { page, systemId, url } = await at(await phone(browser, { script: false }));
  await expectGood(page);
  await page.getByLabel('Registration code').fill('5FY1Z-20CXC');
  await page.getByRole('button', { name: 'Enter code' }).click();
  await expectGood(page);
  await page.getByLabel('Registration code').fill(portal.code(systemId));
  await page.getByRole('button', { name: 'Enter code' }).click();
  await expectGood(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expectGood(page);
  await page.getByLabel('Site/building name').fill('Northfield General Hospital, Department of Rehabilitation');
  await page.getByLabel('Site company name').fill('Northfield Health Trust');
  await page.getByLabel('City').fill('Aarhus');
  await page.getByRole('button', { name: 'Save' }).click();
  await expectGood(page);
  for (const path of ['/', '/registration', '/portal']) {
    await page.goto(url + path);
    await expectGood(page);
  }
  await page.getByLabel('Bundle file').setInputFiles(stranger.bundleFile);
  await page.getByRole('button', { name: 'Load bundle' }).click();
  await expect.poll(() => page.locator('h1').innerText()).toContain('Is this the portal');
  await expectGood(page);
});

test('a script says where to look while the code is typed, and prints', async () => {
  const { page, systemId } = await at(await phone(browser, { script: true }));
  const field = page.getByLabel('Registration code');
  const said = () => page.locator('code-check .checked').textContent();
  const code = portal.code(systemId);
  await field.fill(code.slice(0, 9));
  expect(await said()).toBe('8 characters of 25');
  await field.fill(code.replace(/.$/, (last) => (last === '7' ? '8' : '7')));
  expect(await said()).toMatch(/^Check .*group 5/);
  await field.fill(code);
  expect(await said()).toBe('No character seems to be wrong');
  await page.evaluate('window.print = () => { document.title = "printed" }');
  await page.getByRole('button', { name: 'Print this page' }).click();
  expect(await page.title()).toBe('printed');
  await field.press('Enter');
  await expect.poll(() => page.locator('h1').innerText()).toBe('This system is registered');
});

test('what is printed fits on one sheet', async () => {
  const { page } = await at(await phone(browser, { script: false }));
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

test('a phone shows all five groups of a code that is typed', async () => {
  for (const script of [true, false]) {
    const { page, systemId } = await at(await phone(browser, { script }));
    const field = page.getByLabel('Registration code');
    await field.fill(groupsOf(portal.code(systemId)).join('-'));
    const hidden = await field.evaluate((box) => [
      box.scrollWidth - box.clientWidth,
      box.scrollHeight - box.clientHeight,
    ]);
    expect(hidden).toEqual([0, 0]);
  }
});

test('without script there is no button that cannot do anything', async () => {
  const { page } = await at(await phone(browser, { script: false }));
  await expect.poll(() => page.getByRole('button', { name: 'Print this page' }).count()).toBe(0);
});

test('on paper there are identifier, QR code, address and five boxes of five, and nothing to press', async () => {
  const { page } = await at(await phone(browser, { script: true }));
  await page.emulateMedia({ media: 'print' });
  for (const selector of ['code.id', 'svg.qr', '.boxes']) expect(await page.locator(selector).isVisible()).toBe(true);
  expect(await page.getByText(portal.url, { exact: true }).isVisible()).toBe(true);
  expect(await page.locator('.boxes i').count()).toBe(25);
  for (const selector of ['button', 'input', 'details', 'header nav']) {
    expect(await page.locator(`${selector}:visible`).count(), selector).toBe(0);
  }
});

test('on a desk the modules of the QR code are whole pixels', async () => {
  const { page } = await at(await browser.newContext({ viewport: { width: 1024, height: 768 } }));
  const code = page.locator('svg.qr');
  const modules = Number((await code.getAttribute('viewBox'))?.split(' ')[2]);
  expect(modules).toBeLessThanOrEqual(133);
  const box = await code.boundingBox();
  expect([box?.width, box?.height]).toEqual([4 * modules, 4 * modules]);
});

test('a picture of the screen is read, at its own size and a little blurred, and it is the saved request', async () => {
  const { page } = await at(await browser.newContext({ viewport: { width: 1024, height: 768 } }));
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save request' }).click();
  const document = readFileSync(await (await saved).path(), 'utf8').trim();
  await page.locator('svg.qr').scrollIntoViewIfNeeded();
  for (const blur of ['none', 'blur(1px)']) {
    await page.locator('svg.qr').evaluate((code, filter) => Object.assign(code.style, { filter }), blur);
    const picture = await page.screenshot();
    const [read] = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'] });
    expect(read?.text, blur).toBe(`${portal.url}/r#${document}`);
  }
});
