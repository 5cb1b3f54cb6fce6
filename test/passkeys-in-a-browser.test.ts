import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { sql } from '../portal/store/sql.ts';
import { accessibilityProblems, overflow, phone, showCopy, startBrowser } from './support/browser.ts';
import { PASSWORD, type ServedPortal, servePortal } from './support/pages.ts';

/** Passkeys in Chromium, with the authenticator that it has for tests: our script and its own answers. */

let served: ServedPortal;
let browser: Browser;
beforeAll(async () => {
  [served, browser] = await Promise.all([servePortal(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

interface Device {
  context: BrowserContext;
  page: Page;
  cdp: CDPSession;
  authenticator: string;
}

/** A telephone with an authenticator in it, that verifies its person or does not. */
async function device(isUserVerified = true): Promise<Device> {
  const context = await phone(browser, { script: true });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
  return { context, page, cdp, authenticator: authenticatorId };
}

async function logOn(page: Page): Promise<void> {
  await page.goto(`${served.url}/log-on`);
  await page.getByLabel('Email Address').fill(served.cast.integrator.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log on' }).click();
  await page.waitForURL(/\/systems$/);
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.goto(`${served.url}/account`);
  await page.getByRole('link', { name: 'Add a passkey' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Create the passkey' }).click();
  await page.waitForURL(/\/account$/);
}

async function passkeys(): Promise<number> {
  const row = await served.portal.db.row(sql<{ n: number }>`select count(*)::int as n from passkey`);
  return row?.n ?? 0;
}

test('a passkey is created, logs on, is renamed and removed, and then opens nothing', async () => {
  const { page, cdp, authenticator } = await device();
  await logOn(page);
  await addPasskey(page, 'My telephone');
  expect(await page.getByRole('row', { name: 'My telephone' }).innerText()).toContain('never');

  const credentials = () => cdp.send('WebAuthn.getCredentials', { authenticatorId: authenticator });
  const [made] = (await credentials()).credentials;
  expect(made).toMatchObject({ rpId: 'localhost', isResidentCredential: true });

  await page.getByRole('button', { name: 'Log off' }).first().click();
  await page.goto(`${served.url}/log-on?next=/account`);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL(/\/account$/);
  expect(await page.getByRole('row', { name: /this one/ }).innerText()).toContain('passkey My telephone');
  expect(await page.getByRole('row', { name: /this one/ }).innerText()).toContain('Chrome on ');

  await page.getByRole('link', { name: 'Name or remove My telephone' }).click();
  await page.getByLabel('Name').fill('Our telephone');
  await page.getByRole('button', { name: 'Save name' }).click();
  await page.getByRole('link', { name: 'Name or remove Our telephone' }).click();
  await page.getByRole('button', { name: 'Remove passkey' }).click();
  await page.getByText('You have no passkey.').waitFor();

  await page.getByRole('button', { name: 'Log off', exact: true }).first().click();
  await page.goto(`${served.url}/log-on`);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByText('Reason passkey-not-accepted').waitFor();
});

test('an authenticator makes no second passkey for the account, and says so in the page', async () => {
  const { page } = await device();
  await logOn(page);
  await addPasskey(page, 'The only one');
  const before = await passkeys();
  await page.goto(`${served.url}/account/passkeys/new`);
  await page.getByRole('button', { name: 'Create the passkey' }).click();
  await page.getByText('A passkey for this account is in there already.').waitFor();
  expect(await passkeys()).toBe(before);
});

test('where its person is not verified nothing is made, and the page says so', async () => {
  const { page } = await device(false);
  await logOn(page);
  const before = await passkeys();
  await page.goto(`${served.url}/account/passkeys/new`);
  await page.getByRole('button', { name: 'Create the passkey' }).click();
  await page.getByText('No passkey was used.').waitFor();
  expect(await passkeys()).toBe(before);
});

test('with a log-on of long ago the passkey shows once more who it is, and one goes on', async () => {
  const { page } = await device();
  await logOn(page);
  await addPasskey(page, 'Again');
  served.portal.pass(1);
  await page.goto(`${served.url}/account`);
  await page.getByRole('link', { name: 'Add a passkey' }).click();
  expect(await page.locator('h1').innerText()).toBe('Log on once more');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL(/\/account\/passkeys\/new$/);

  // The page was left open for too long: its button leads to the question as well.
  served.portal.pass(1);
  await page.getByRole('button', { name: 'Create the passkey' }).click();
  await page.waitForURL(/\/log-on\/again\?next=%2Faccount%2Fpasskeys%2Fnew$/);
});

test('without script, or in a browser that knows no passkeys, nothing breaks and the pages say why', async () => {
  const old = await phone(browser, { script: true });
  await old.addInitScript('delete globalThis.PublicKeyCredential');
  const none = await phone(browser, { script: false });
  for (const context of [old, none]) {
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await logOn(page);
    await page.goto(`${served.url}/account/passkeys/new`);
    await page.getByText('Adding a passkey needs a browser that knows passkeys').waitFor();
    expect(await page.getByRole('button', { name: 'Create the passkey' }).isVisible()).toBe(false);
    await page.goto(`${served.url}/log-on/again?next=/account`);
    await page.getByRole('button', { name: 'Log off' }).first().click();
    await page.getByText('A passkey needs a browser that knows passkeys').waitFor();
    expect(await page.getByRole('button', { name: 'Use a passkey' }).isVisible()).toBe(false);
  }
});

test('the pages fit on a phone, and axe finds nothing: with script and without', async () => {
  const { page } = await device();
  await logOn(page);
  for (const name of ['W'.repeat(80), 'Telephone']) {
    // Another authenticator each time: one makes no second passkey.
    const other = await device();
    await logOn(other.page);
    await addPasskey(other.page, name);
  }
  const looking = await (await phone(browser, { script: true })).newPage();
  onTestFinished(() => looking.context().close());
  const longest = await served.portal.db.row(sql<{ id: string }>`
    select id from passkey order by length(name) desc limit 1`);
  const look = async (path: string) => {
    await page.goto(served.url + path);
    const at = `${path} (${await page.title()})`;
    expect(await overflow(page), at).toBeLessThanOrEqual(0);
    expect(await page.locator('h1').count(), at).toBe(1);
    expect(await page.locator('main .go').count(), at).toBeLessThanOrEqual(1);
    await showCopy(looking, page);
    expect(await accessibilityProblems(looking), at).toEqual([]);
  };
  for (const path of [
    '/account',
    '/account/passkeys/new',
    `/account/passkeys/${longest?.id}`,
    '/log-on/again?next=/account',
  ]) {
    await look(path);
  }
  await page.getByRole('button', { name: 'Log off' }).first().click();
  await look('/log-on');
});
