import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shortId } from '../core/system-id.ts';
import { allOfIt } from '../portal/files/limits.ts';
import { openFiles } from '../portal/files/open.ts';
import { codesIn } from '../portal/files/thread.ts';
import { register } from '../portal/operations/register.ts';
import { accessibilityProblems, overflow, phone, startBrowser } from './support/browser.ts';
import { PASSWORD, type ServedPortal, servePortal } from './support/pages.ts';
import { photograph } from './support/photos.ts';
import { prepared, preparedAnswers, requestOf, type TestServer, testServer } from './support/portal.ts';

/** Requests brought by phone: the page behind a QR code, a photo, the camera in the page, several files together. */

let served: ServedPortal;
let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  [served, browser] = await Promise.all([servePortal({ claimLimit: 1000 }), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const saved = (server: TestServer) => requestOf(served.portal, server, { via: 'file' });
const linkOf = (document: string) => `${served.url}/r#${document}`;
const heading = () => page.locator('h1').textContent();

async function newPhone(of = browser): Promise<void> {
  context = await phone(of, { script: true });
  page = await context.newPage();
}

async function logOn(): Promise<void> {
  await page.goto(`${served.url}/log-on`);
  await enter();
}

async function enter(): Promise<void> {
  await page.getByLabel('Email Address').fill(served.cast.integrator.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await press('Log on');
}

async function press(words: string): Promise<void> {
  const button = page.getByRole('button', { name: words }).first();
  await Promise.all([page.waitForEvent('framenavigated'), button.click()]);
  await page.waitForLoadState('load');
}

/** Nothing that axe finds, nothing wider than the phone; and a picture for whoever wants to see it. */
async function look(name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  expect(await overflow(page), name).toBeLessThanOrEqual(0);
  expect(await accessibilityProblems(page), name).toEqual([]);
}

describe('the page behind a QR code', () => {
  beforeAll(() => newPhone());
  afterAll(() => context.close());

  test('takes the request out of the address, keeps it without a signal and through a reload, and sends it on', async () => {
    const server = testServer('HN-A-ES01');
    const short = shortId(server.keys.systemId);
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    // The page is there, and the signal goes.
    await page.route('**/r', (route) => (route.request().method() === 'HEAD' ? route.abort() : route.continue()));
    await page.goto(linkOf(await saved(server)));
    await page.getByText(`Compare ${short} with the screen of the server.`).waitFor();
    expect(await page.locator('[data-value="name"]').textContent()).toBe('HN-A-ES01');
    expect(page.url()).toBe(`${served.url}/r`);
    expect(await page.getByText('This page needs JavaScript').isVisible()).toBe(false);
    await page.getByText('No signal here. The request is kept on this phone.').waitFor();
    await look('r-no-signal');
    await page.close();
    page = await context.newPage();
    await page.goto(`${served.url}/r`);
    await page.getByText(`Compare ${short}`).waitFor();

    await press('Continue');
    expect(await page.getByText(`You came from HN-A-ES01, System ID ${short}.`).count()).toBe(1);
    await enter();
    expect(await heading()).toBe('Are you authorised for this system?');
    expect(addresses.filter((address) => address.includes('eyJ'))).toEqual([]);
  });

  test('another code in the same tab is another request, and with a signal it goes on by itself', async () => {
    await page.goto(`${served.url}/r`);
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    const server = testServer('HN-B-ES02');
    await page.goto(linkOf(await saved(server)));
    await page.getByRole('heading', { level: 1, name: 'Are you authorised for this system?' }).waitFor();
    expect(await page.getByText(shortId(server.keys.systemId)).count()).toBeGreaterThan(0);
  });

  test('a torn one is said to be torn', async () => {
    await page.goto(`${served.url}/r#eyJhbGciOiJFZERTQSJ9.eyJ`);
    await page.getByText('The code was not read whole.').waitFor();
    expect(await page.getByRole('button', { name: 'Continue' }).isVisible()).toBe(false);
    await look('r-damaged');
  });

  test('with nothing scanned it says so, and weighs little', async () => {
    await newPhone();
    let weight = 0;
    page.on('response', async (response) => {
      weight += (await response.request().sizes()).responseBodySize;
    });
    await page.goto(`${served.url}/r`);
    await page.getByText('There is no request here.').waitFor();
    await look('r-nothing');
    expect(weight).toBeGreaterThan(5000);
    expect(weight).toBeLessThanOrEqual(40_000);
  });
});

describe('the Register page', () => {
  beforeAll(async () => {
    await newPhone();
    await logOn();
  });
  afterAll(() => context.close());

  test.each([
    ['straight', {}],
    ['turned, slanted and a little blurred', { turned: 17, slanted: 20, blurred: 1.2 }],
    ['small and dark', { size: 420, turned: 4, darkened: 0.45 }],
  ])('takes a photo of the code: %s', async (_, how) => {
    const server = testServer('PHOTO-01');
    const photo = await photograph(browser, linkOf(await saved(server)), how);
    await page.goto(`${served.url}/register`);
    await page.getByLabel('Request or picture').setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: photo });
    await press('Upload request');
    expect(await page.getByText(`Compare ${shortId(server.keys.systemId)}`).count()).toBe(1);
  });

  test('says how to take a better one, at the field', async () => {
    const photo = await photograph(browser, linkOf(await saved(testServer())), { blurred: 12 });
    await page.goto(`${served.url}/register`);
    await look('register');
    await page.getByLabel('Request or picture').setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: photo });
    await press('Upload request');
    expect(await page.title()).toMatch(/^Error: Register a system/);
    expect(await page.locator('#files-error').textContent()).toContain(
      'p.jpg: No QR code can be read in this picture.',
    );
    await look('register-no-code');
  });
});

describe('several together', () => {
  beforeAll(async () => {
    await newPhone();
    await logOn();
  });
  afterAll(() => context.close());

  test('the page with its rows, Proceed, what came of them, and the list of codes', async () => {
    const { portal, cast } = served;
    const servers = Array.from({ length: 20 }, (_, n) => testServer(`NORTHFIELD-HOSPITAL-PLANT-${n + 1}`));
    await prepared(portal, cast.integrator, 'Prepared Park');
    const files = Object.fromEntries(
      await Promise.all(servers.map(async (server, n) => [`${n}.datestone`, strToU8(await saved(server))] as const)),
    );
    await page.goto(`${served.url}/register`);
    await page.getByLabel('Request or picture').setInputFiles([
      { name: 'all.zip', mimeType: 'application/zip', buffer: Buffer.from(zipSync(files)) },
      { name: 'a-letter-with-a-long-name.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear colleagues') },
    ]);
    await press('Upload request');
    expect(await heading()).toBe('20 requests together');
    await look('together');
    await press('Proceed');
    await look('together-proceeded');

    const upload = page.url();
    const links = page.getByRole('link', { name: /^Register as new/ });
    const requests = (await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))).map(
      (href) => /requests\/([^?]*)/.exec(href)?.[1] ?? '',
    );
    expect(requests).toHaveLength(20);
    for (const [n, request] of requests.slice(0, 18).entries()) {
      const answers = preparedAnswers(`Northfield General Hospital, Department ${n + 1}`);
      await register(portal, { account: cast.integrator, request, answers });
    }
    await page.goto(upload);
    await look('together-answered');
    await press('Print all codes');
    expect(await heading()).toBe('Registration codes of 18 systems');
    expect(await page.locator('ol.code').count()).toBe(18);
    await look('codes');
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 794, height: 1123 });
    await look('codes-on-paper');
  });
});

describe('the camera in the page', () => {
  const server = testServer('CAMERA-01');
  let withCamera: Browser;
  let folder: string;
  beforeAll(async () => {
    const frame = await photograph(browser, linkOf(await saved(server)), { turned: 8, blurred: 0.5 });
    folder = await mkdtemp(path.join(tmpdir(), 'datestone-camera-'));
    const film = path.join(folder, 'film.mjpeg');
    await writeFile(film, Buffer.concat([frame, frame]));
    withCamera = await startBrowser('--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`);
    await newPhone(withCamera);
    await logOn();
  });
  afterAll(async () => {
    await withCamera.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('says what to do when it is not allowed, and closes', async () => {
    await page.goto(`${served.url}/register`);
    await page.getByRole('button', { name: 'Scan' }).click();
    await page.getByText('The camera is not allowed here.').waitFor();
    await look('scan-denied');
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Scan' }).click();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
  });

  test('reads the code with a decoder that is loaded only now, under a policy of its own', async () => {
    await context.grantPermissions(['camera']);
    const loaded: string[] = [];
    const violations: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    page.on('console', (message) => violations.push(...(message.type() === 'error' ? [message.text()] : [])));
    await page.goto(`${served.url}/register`);
    expect(loaded.filter((file) => file.includes('zxing'))).toEqual([]);
    await Promise.all([page.waitForURL('**/proceed'), page.getByRole('button', { name: 'Scan' }).click()]);
    expect(await page.getByText(`Compare ${shortId(server.keys.systemId)}`).count()).toBe(1);
    expect(loaded.filter((file) => file.includes('zxing'))).toHaveLength(2);
    expect(violations).toEqual([]);
  });

  test('uses what the browser has, where it has something', async () => {
    const document = await saved(server);
    await page.addInitScript(`window.BarcodeDetector = class {
      static getSupportedFormats() { return Promise.resolve(['qr_code']); }
      detect() { return Promise.resolve([{ rawValue: 'WIFI:S:Plant;;' }, ...(window.isClose ? [{ rawValue: '${linkOf(document)}' }] : [])]); }
    }`);
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await page.goto(`${served.url}/register`);
    await page.getByRole('button', { name: 'Scan' }).click();
    await page.getByText('That is another QR code.').waitFor();
    await look('scan');
    await Promise.all([page.waitForURL('**/proceed'), page.evaluate('window.isClose = true')]);
    expect(loaded.filter((file) => file.includes('zxing'))).toEqual([]);
  });
});

test('the code on a printed label is read from the screen as it is shown, and leads to its registration', async () => {
  await newPhone();
  await logOn();
  const number = await prepared(served.portal, served.cast.integrator, 'Labelled Lodge', 'LL-ES01');
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto(`${served.url}/systems/${number}/label`);
  const screen = await page.screenshot({ scale: 'css' });
  async function* uploaded() {
    yield { name: 'screen.png', bytes: screen, tooLarge: false };
  }
  // It leads to the registration, so it is no request.
  expect(await openFiles(uploaded())).toEqual([{ name: 'screen.png', outcome: 'refused', why: 'other-link' }]);
  const codes = await codesIn(screen, allOfIt());
  const [address = ''] = codes.outcome === 'codes' ? codes.texts : [];
  await page.goto(address);
  expect([address, await heading()]).toEqual([`${served.url}/systems/${number}`, 'Labelled Lodge']);
  await context.close();
});
