import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readInstanceFile } from '../agent/store/instance-file.ts';
import { CONSENT_VERSION } from '../core/consents.ts';
import { openRecord, type RecordPayload } from '../core/documents/record.ts';
import type { SystemId } from '../core/system-id.ts';
import type { Cast } from '../portal/seed.ts';
import { startBrowser } from './support/browser.ts';
import { type TestPortal, testCast, testPortal } from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { ADMINISTRATOR_PASSWORD, agentProgram, freePort, type Program, portalProgram } from './support/processes.ts';
import { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';
import { type Walker, walker } from './support/walker.ts';

/**
 * From *Register now* to *These details are correct*, by two people in two browsers with a mailbox between them: the
 * integrator without script, the end user with it, on a phone's width, through real processes. In the end the site's own
 * record says what the end user agreed to.
 */

vi.setConfig({ testTimeout: 300_000 });

const SITE = 'Hospital North, Building A';
const IDA = 'ida@northfield.example';

let browser: Browser;
let database: TestDatabase;
let mailbox: Mailbox;
let portal: TestPortal;
let cast: Cast;
let portalProcess: Program;
let agent: Program;
let folder: string;

beforeAll(async () => {
  browser = await startBrowser();
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'datestone-seats-'));
  mailbox = await new Mailbox().start();
  const port = await freePort();
  portal = await testPortal(database.db, `http://localhost:${port}`);
  cast = await testCast(portal);
  const settings = { databaseUrl: database.url, data: folder, port, smtpUrl: mailbox.url };
  portalProcess = await (await portalProgram(settings)).start();
  agent = await (
    await agentProgram({ data: join(folder, 'agent'), bundleFile: `${folder}/portal.bundle`, name: 'HN-A-ES01' })
  ).start();
});
afterAll(async () => {
  await Promise.all([agent.stop(), portalProcess.stop()]);
  await Promise.all([browser.close(), mailbox.stop()]);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the server shows, from the file that it keeps beside its database. */
async function recordOnSite(): Promise<RecordPayload | undefined> {
  const { system } = readInstanceFile(join(folder, 'agent')) ?? {};
  if (!system?.record) return undefined;
  const reading = await openRecord(system.record, portal.keys.bundle, system.systemId as SystemId);
  return reading.outcome === 'genuine' ? reading.record : undefined;
}

async function linkIn(subject: string): Promise<string> {
  const { text } = await mailbox.waitFor(IDA, subject);
  return /^https?:\S+$/m.exec(text)?.[0] ?? '';
}

async function register(lena: Walker): Promise<void> {
  await lena.open(agent.url);
  await lena.fill('User name', 'admin');
  await lena.fill('Password', ADMINISTRATOR_PASSWORD);
  await lena.press('Log on');
  await lena.press('Register now');
  await lena.fill('Email Address', cast.integrator.email);
  await lena.fill('Password', 'datestone-demo');
  await lena.press('Log on');
  await lena.press('Proceed');
  await lena.choose('Register this system as new');
  await lena.press('Continue');
  await lena.fill('Site/building name', SITE);
  await lena.fill('Site company name', 'Northfield Health Trust');
  await lena.fill('Site/building address', 'Palle Allé 10');
  await lena.fill('City', 'Arhus');
  await lena.fill('Country', 'Denmark');
  await lena.choose('Healthcare');
  await lena.choose('Invite by e-mail');
  await lena.fill('End user’s e-mail', IDA);
  await lena.press('Continue');
  await lena.fill('Name', 'Jonas Berg');
  await lena.fill('E-mail', 'jonas@northfield.example');
  await lena.press('Continue');
  await lena.press('Continue');
  expect(await lena.heading()).toBe('Check your answers');
  expect(await lena.page.locator('.alone').innerText()).toBe(IDA);
  await lena.press('Submit');
  expect(await lena.page.locator('main').innerText()).toContain(`We invite ${IDA}`);
}

/** Through the link of the invitation, and of the mail that proves the address. */
async function createAccount(ida: Walker): Promise<void> {
  await ida.open(await linkIn(`${SITE}: invitation`));
  await ida.press('Create account');
  await ida.fill('Your name', 'Ida Krogh');
  await ida.fill('Email Address', IDA);
  await ida.fill('Company', 'Northfield Health Trust');
  await ida.choose('an end user');
  await ida.press('Create account');
  await ida.open(await linkIn('Finish creating your account'));
  await ida.fill('New password', 'kupfer dach tee bohne');
  await ida.press('Create account');
  expect(await ida.heading()).toBe(`You are invited: ${SITE}`);
}

async function correct(ida: Walker): Promise<void> {
  await ida.press('Edit registration');
  await ida.fill('City', 'Aarhus');
  await ida.press('Continue');
  await ida.press('Continue');
  expect(await ida.heading()).toBe('Check your answers');
  await ida.press('Submit');
}

test('an integrator registers and invites; the end user accepts, corrects, confirms and agrees to one of two', async () => {
  const [one, two] = await Promise.all([walker(browser, { script: false }), walker(browser, { script: true })]);
  const [lena, ida] = [one.walk, two.walk];

  await register(lena);
  await until('the record to reach the site', async () => (await recordOnSite())?.site.name === SITE);
  expect(await recordOnSite()).not.toHaveProperty('consents');
  await lena.press('System information page');
  expect(await lena.page.locator('main').innerText()).toContain('Not reachable');

  await createAccount(ida);
  await ida.press('Accept');
  expect(await ida.page.getByRole('status').innerText()).toContain('You have the seat now.');
  // The integrator heard of this registration a moment ago: what follows is gathered for a while.
  await mailbox.waitFor(IDA, `${SITE}: invitation accepted`);

  await correct(ida);
  const agree = (what: string) => ida.page.getByRole('group', { name: `Do you agree to share ${what} information?` });
  await agree('system').getByLabel('I agree', { exact: true }).check();
  await agree('personal').getByLabel('I do not agree').check();
  await ida.press('These details are correct');
  expect(await ida.page.locator('main').innerText()).toContain('Agreed on');

  const consents = { system: true, personal: false, version: CONSENT_VERSION };
  await until('the site to learn what was agreed to', async () => (await recordOnSite())?.consents !== undefined);
  expect(await recordOnSite()).toMatchObject({
    state: 'confirmed',
    site: { name: SITE, city: 'Aarhus' },
    end_user: 'Northfield Health Trust',
    consents,
  });

  await ida.press('Withdraw');
  await until('the site to learn that it was withdrawn', async () => (await recordOnSite())?.consents === undefined);
  expect((await recordOnSite())?.state).toBe('confirmed');

  await lena.open(lena.page.url());
  await lena.press('Edit registration');
  expect(await lena.heading()).toBe('Warranty');
  await lena.press('Read Installation and system information');
  expect(await lena.page.getByLabel('City').isDisabled()).toBe(true);
  await Promise.all([one.close(), two.close()]);
});
