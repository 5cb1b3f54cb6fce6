import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems, startBrowser } from '../test/support/browser.ts';
import { assets } from './assets.ts';
import { gallery, waiting } from './gallery.tsx';
import { render } from './page.tsx';

// The gallery in a real browser: what only shows once a page is laid out.

let arrived = false;
const server = createServer((request, response) => {
  const name = request.url?.slice(1) ?? '';
  const asset = assets.find(({ url }) => url === request.url);
  const page = name === 'waiting' ? waiting(arrived) : gallery[name];
  if (asset) response.writeHead(200, { 'content-type': asset.contentType }).end(asset.body);
  else if (page)
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': csp }).end(render(page));
  else response.writeHead(404).end();
});
const csp =
  "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'";

let browser: Browser;
let origin: string;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
  server.close();
});

async function open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: narrow, ...options });
  const page = await context.newPage();
  await page.goto(`${origin}/${name}`);
  return page;
}

const names = Object.keys(gallery);
const narrow = { width: 360, height: 740 };
// Contrast is computed from the tokens for both schemes (style.test.ts); so wide and dark are only those whose layout changes.
const looks: [string, string[], BrowserContextOptions][] = [
  ['narrow and light', names, { viewport: narrow, colorScheme: 'light' }],
  [
    'wide and dark',
    ['site-logon', 'portal-choose', 'portal-review', 'portal-system', 'portal-systems'],
    { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  ],
];

describe.each(looks)('%s', (_, pages, options) => {
  let page: Page;
  beforeAll(async () => {
    page = await open(names[0] as string, options);
  });
  afterAll(() => page?.context().close());

  test.each(pages)('axe finds nothing on %s', async (name) => {
    const response = await page.goto(`${origin}/${name}`);
    expect(response?.status()).toBe(200);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

// 1280 px at 400 % zoom are 320.
test.each([360, 320])('nothing needs sideways scrolling at %i px', async (width) => {
  const page = await open(names[0] as string, { viewport: { width, height: 740 } });
  for (const name of names) {
    await page.goto(`${origin}/${name}`);
    expect([name, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([name, width]);
  }
  await page.context().close();
});

const controls = [
  ...['button', '.button', '.choice', 'summary', 'select', 'textarea'],
  'input:not([type=radio], [type=checkbox], [type=hidden])',
  ...['nav a', 'footer a', '.links a', '.problem a', '.pages a', '.topics a', 'th a'],
].join();

test('what one presses is at least 44 px high', async () => {
  const page = await open(names[0] as string);
  const heights = `[...document.querySelectorAll(${JSON.stringify(controls)})]
    .map((control) => [control.textContent || control.id, control.getBoundingClientRect().height])`;
  let seen = 0;
  for (const name of names) {
    await page.goto(`${origin}/${name}`);
    // Height 0: inside <details> that are closed.
    const drawn = (await page.evaluate<[string, number][]>(heights)).filter(([, height]) => height > 0);
    seen += drawn.length;
    expect([name, drawn.filter(([, height]) => height < 44)]).toEqual([name, []]);
  }
  expect(seen).toBeGreaterThan(100);
  await page.context().close();
});

test('a System ID is at least 18 px high, and one click selects all of it and nothing else', async () => {
  const page = await open('portal-proceed');
  const id = page.locator('.id');
  const size = await page.evaluate('parseFloat(getComputedStyle(document.querySelector(".id")).fontSize)');
  expect(size).toBeGreaterThanOrEqual(18);
  await id.click();
  const selected = String(await page.evaluate('getSelection().toString()'));
  expect(selected.trim().split(/\s+/)).toEqual([
    '342GS-3J21S-NW79S',
    'J9GCD-W0EXX-QKFFS',
    'KDM9S-91HFT-YVKZ2',
    'D6248-8WE0X-6GT5R',
  ]);
  await page.context().close();
});

test('without script, the summary of problems has the focus and leads to the field', async () => {
  const page = await open('portal-register', { javaScriptEnabled: false });
  await expect.poll(() => page.locator(':focus').getAttribute('class')).toBe('problem');
  await page.locator('.problem a').click();
  await expect.poll(() => page.locator(':focus').getAttribute('id')).toBe('new-id');
  await page.context().close();
});

test('a script says of each line of a System ID whether it is right', async () => {
  const page = await open('portal-register');
  const check = page.locator('system-id-check').first();
  const said = () => check.locator('.lines li').allInnerTexts();
  await check.locator('textarea').pressSequentially('342gs-3j21s-nw79s\nj9gcd');
  expect(await said()).toEqual(['Line 1: right', 'Line 2: 5 characters of 15']);
  // What is heard follows after a pause.
  await expect.poll(() => check.getByRole('status').textContent()).toBe('Line 1: right. Line 2: 5 characters of 15');
  await page.context().close();
});

test('a waiting page shows what came, announces it, and is not loaded again', async () => {
  arrived = false;
  const page = await open('waiting');
  await page.evaluate('window.sameWindow = true; window.live = document.querySelector("[role=status]")');
  await page.locator('wait-for a').focus();
  arrived = true;
  await expect.poll(() => page.getByRole('status').innerText(), { timeout: 20_000 }).toContain('Arrived');
  expect(await page.evaluate('window.sameWindow && window.live === document.querySelector("[role=status]")')).toBe(
    true,
  );
  // With it went what belonged to waiting, and the page is called what it is now.
  expect(await page.getByText('Has the server no Internet?').count()).toBe(0);
  expect(await page.locator('h1').innerText()).toBe('Hospital North, Building A now has the new System ID');
  expect(await page.title()).toMatch(/^Hospital North, Building A now has the new System ID –/);
  // The link that had the focus is gone; the focus is not lost with it.
  expect(await page.locator(':focus').getAttribute('id')).toBe('fetched');
  expect(await page.locator('wait-for').getAttribute('url')).toBeNull();
  await page.context().close();
});

test('a code is at least 28 px high, stands in lines of two, two and one, and is copied without what is drawn', async () => {
  const page = await open('portal-done-offline');
  const size = await page.evaluate('parseFloat(getComputedStyle(document.querySelector(".code li")).fontSize)');
  expect(size).toBeGreaterThanOrEqual(28);
  const tops = await page.evaluate<number[]>(
    '[...document.querySelectorAll(".code li")].map((group) => Math.round(group.getBoundingClientRect().top))',
  );
  expect(tops.map((top) => [...new Set(tops)].indexOf(top))).toEqual([0, 0, 1, 1, 2]);
  await page.locator('.code').click();
  const selected = String(await page.evaluate('getSelection().toString()'));
  expect(selected.trim().split(/\s+/)).toEqual(['5FY1Z', '20CXC', 'ZTV30', 'ENH3S', 'VX79M']);
  await page.context().close();
});

test('who hears a code is told one character after the other', async () => {
  const page = await open('portal-done-offline');
  const heard = await page.locator('main').ariaSnapshot();
  expect(heard).toContain('Group 1: 5 F Y 1 Z. Group 2: 2 0 C X C.');
  expect(heard).not.toContain('5FY1Z');
  await page.context().close();
});

test('a script says of a code where to look, while it is typed', async () => {
  const page = await open('portal-done-offline');
  const field = page.getByLabel('Confirmation code');
  const said = () => page.locator('code-check .checked').textContent();
  await field.fill('');
  await field.pressSequentially('789y3 e5');
  expect(await said()).toBe('7 characters of 10');
  await field.pressSequentially('pgg');
  expect(await said()).toMatch(/^Check group/);
  await expect
    .poll(() => page.locator('code-check [role=status]').textContent(), { timeout: 20_000 })
    .toMatch(/^Check group/);
  await field.fill('789Y3-E5PGF');
  expect(await said()).toBe('No character seems to be wrong');
  await page.context().close();
});
