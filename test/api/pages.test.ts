import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPERATIONS } from '../../api/contract/index.ts';
import { API_PROBLEMS } from '../../api/problems.ts';
import { challengeOf } from '../../api/program-log-on.ts';
import type { Account } from '../../portal/portal.ts';
import { sql } from '../../portal/store/sql.ts';
import { isHelpTopic } from '../../ui/help/topics.ts';
import { answered, apiAs, apiWith, problemOf } from '../support/api.ts';
import { accessibilityProblems, overflow, phone, startBrowser } from '../support/browser.ts';
import { headingOf, textOf } from '../support/http.ts';
import { PASSWORD, type ServedPortal, servePortal, signedIn } from '../support/pages.ts';

let served: ServedPortal;
let browser: Browser;
beforeAll(async () => {
  [served, browser] = await Promise.all([servePortal(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const TOKEN = /dst_[\w-]{43}/;

test('a token is made, shown once, used by a program and revoked, without script', async () => {
  const { portal, cast, url } = served;
  const person = await signedIn(served, cast.integrator);
  const made = await person.press(await person.get('/account/access-tokens'), 'Make token', {
    name: 'Night job',
    scopes: ['systems:read'],
    days: '30',
  });
  const token = TOKEN.exec(textOf(made.html))?.[0] ?? '';
  expect(made.headers.get('cache-control')).toBe('no-store');
  const api = apiWith(url, token);
  const account = answered(await api.showAccount(), 200).body;
  expect(account).toMatchObject({
    email: cast.integrator.email,
    token: { name: 'Night job', scopes: ['systems:read'] },
  });
  expect(problemOf(await api.listAccessTokens())).toMatchObject({ code: 'scope-needed', needed: 'account' });

  const mail = await portal.db.row(sql<{ address: string; facts: object }>`
    select address, facts from outbox where template = 'access-token-made'`);
  expect(mail).toMatchObject({ address: cast.integrator.email, facts: { name: 'Night job' } });
  expect(JSON.stringify(mail)).not.toMatch(TOKEN);

  const list = await person.get('/account/access-tokens');
  expect(list.html).toContain('Night job');
  expect(list.html).not.toMatch(TOKEN);
  const after = await person.press(list, 'Revoke Night job');
  expect(after.html).not.toContain('Night job');
  expect(problemOf(await api.showAccount()).code).toBe('token-needed');
});

test('a token that does not say what it is for, what it may do and how long is not made', async () => {
  const person = await signedIn(served, served.cast.endUser);
  const page = await person.get('/account/access-tokens');
  const again = await person.press(page, 'Make token', { name: ' ', days: '4000' });
  expect(again.status).toBe(422);
  const words = textOf(again.html);
  expect(words).toContain('Say what the token is for.');
  expect(words).toContain('Choose what the program may do.');
  expect(words).toContain('Choose how long the token works.');
  expect(words).toContain('You have no access tokens.');
});

test('who logged on a while ago is asked once more before a token is made, and finds what they typed', async () => {
  const { portal, cast } = served;
  const person = await signedIn(served, cast.stranger);
  portal.pass(0.25);
  const page = await person.get('/account/access-tokens');
  const typed = { name: 'Night * job', scopes: ['systems:read', 'account'], days: '365' };
  const again = await person.press(page, 'Make token', typed);
  expect([headingOf(again), await tokensOf(cast.stranger)]).toEqual(['Log on once more', []]);
  const filled = await person.press(again, 'Log on', { password: PASSWORD });
  expect(headingOf(filled)).toBe('Access tokens');
  const made = await person.press(filled, 'Make token');
  expect(made.html).toMatch(TOKEN);
  expect(await tokensOf(cast.stranger)).toEqual([{ name: 'Night * job', scopes: typed.scopes }]);
});

test('and before a program is let in', async () => {
  const { portal, cast } = served;
  const person = await signedIn(served, cast.stranger);
  const program = new URLSearchParams({ port: '40000', challenge: challengeOf('v'), name: 'datestone on a machine' });
  const asked = await person.get(`/programs/log-on?${program}`);
  portal.pass(0.25);
  for (const page of [await person.get(`/programs/log-on?${program}`), await person.press(asked, 'Allow')]) {
    expect(headingOf(page)).toBe('Log on once more');
  }
  expect(await portal.db.rows(sql`select from program_log_on`)).toEqual([]);
  const again = await person.get(`/programs/log-on?${program}`);
  const allow = await person.press(again, 'Log on', { password: PASSWORD });
  expect(headingOf(allow)).toBe('Allow datestone on a machine to use your account?');
});

const tokensOf = (account: Account) =>
  served.portal.db.rows(sql`select name, scopes from access_token where account = ${account.id}`);

test('nobody revokes the token of somebody else', async () => {
  const { portal, cast } = served;
  const { token } = answered(await (await apiAs(served, cast.endUser)).showAccount(), 200).body;
  const person = await signedIn(served, cast.integrator);
  const page = await person.get('/account/access-tokens');
  const form = { action: `${served.url}/account/access-tokens/${token.id}/revoke`, method: 'post' as const };
  await person.browser.submit(page, form, new URLSearchParams());
  const kept = await portal.db.row(sql`select from access_token where id = ${token.id}`);
  expect(kept).toBeDefined();
});

test('the reference names every operation and every problem, and each problem has its page', async () => {
  const html = await (await fetch(`${served.url}/api`)).text();
  for (const [id, { summary }] of OPERATIONS) expect(html).toContain(`href="#${id}">${summary}`);
  for (const [code, { help }] of Object.entries(API_PROBLEMS)) {
    expect(html).toContain(`id="problem-${code}"`);
    expect(isHelpTopic(help)).toBe(true);
  }
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const broken = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).filter((id) => !ids.has(id));
  expect(broken).toEqual([]);
});

test('on a phone these pages are as wide as the phone, and axe finds nothing', async () => {
  const [person, looking] = await Promise.all([phone(browser, { script: false }), phone(browser, { script: true })]);
  const page = await person.newPage();
  const copy = await looking.newPage();
  await page.goto(`${served.url}/log-on?next=/account/access-tokens`);
  await page.getByLabel('Email Address').fill(served.cast.integrator.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log on', exact: true }).click();
  await expectWell(page, copy);
  await page.getByRole('button', { name: 'Make token' }).click();
  await expectWell(page, copy);
  await page.getByLabel('What it is for').fill('W'.repeat(80));
  await page.getByLabel('Look at your systems').check();
  await page.getByRole('button', { name: 'Make token' }).click();
  await page.getByText(TOKEN).waitFor();
  await expectWell(page, copy);
  await page.goto(`${served.url}/account/access-tokens`);
  await expectWell(page, copy);
  await page.goto(`${served.url}/api`);
  await expectWell(page, copy);
  await person.close();
  await looking.close();
});

async function expectWell(page: Page, copy: Page): Promise<void> {
  expect(await overflow(page)).toBe(0);
  const html = await page.content();
  await copy.route('**/*', (route) =>
    route.request().resourceType() === 'document'
      ? route.fulfill({ body: html.replaceAll(/<script[^>]*><\/script>/g, ''), contentType: 'text/html' })
      : route.continue(),
  );
  await copy.goto(page.url());
  expect(await accessibilityProblems(copy)).toEqual([]);
  await copy.unroute('**/*');
}
