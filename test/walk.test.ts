import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { answersOf, type Cast, forgetMails } from '../portal/seed.ts';
import { sql } from '../portal/store/sql.ts';
import { startBrowser } from './support/browser.ts';
import { Cluster } from './support/cluster.ts';
import { FormClient } from './support/http.ts';
import { PASSWORD } from './support/pages.ts';
import { seedRegistrations, type TestPortal, testCast, testPortal } from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { ADMINISTRATOR_PASSWORD, agentProgram, freePort, type Program } from './support/processes.ts';
import { Mailbox } from './support/smtp.ts';
import { until } from './support/until.ts';
import { type Walker, walker } from './support/walker.ts';

/**
 * The walk that everything is for: the database of a registered server is deleted, and its registration is found again.
 * Real processes, two of the portal behind one address, one of them killed on the way; a real browser, a phone's width, the
 * keyboard only.
 */

// A walk is many pages, each looked at: a slow machine takes its time.
vi.setConfig({ testTimeout: 300_000 });

const SITE = 'Hospital North, Building A';
const SERVER = 'HN-A-ES01';

let browser: Browser;
let mailbox: Mailbox;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let portalProcess: Cluster;
let agent: Program;
let folder: string;

beforeEach(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'datestone-walk-'));
  mailbox = await new Mailbox().start();
  const port = await freePort();
  portal = await testPortal(database.db, `http://localhost:${port}`);
  portal.now = () => new Date();
  cast = await testCast(portal);
  portalProcess = await (
    await Cluster.of({ databaseUrl: database.url, data: folder, port, smtpUrl: mailbox.url })
  ).start();
  // In the midst of the form, or of what comes behind it.
  await portalProcess.killAfter(25);
  agent = await (
    await agentProgram({ data: join(folder, 'agent'), bundleFile: `${folder}/portal.bundle`, name: SERVER })
  ).start();
});
afterEach(async () => {
  expect(portalProcess.killed).toBe(1);
  await agent.stop();
  await portalProcess.stop();
  await mailbox.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function logOnAtServer(walk: Walker): Promise<void> {
  await walk.open(agent.url);
  await walk.fill('User name', 'admin');
  await walk.fill('Password', ADMINISTRATOR_PASSWORD);
  await walk.press('Log on');
}

async function logOnAtPortal(walk: Walker): Promise<void> {
  expect(await walk.heading()).toMatch(/^Log on to/);
  await walk.fill('Email Address', cast.integrator.email);
  await walk.fill('Password', PASSWORD);
  await walk.press('Log on');
}

/** The server's first registration, the long way: the form, step by step. */
async function register(walk: Walker): Promise<void> {
  await logOnAtServer(walk);
  await walk.press('Register now');
  await logOnAtPortal(walk);
  await walk.press('Proceed');
  await walk.choose('Register this system as new');
  await walk.press('Continue');
  await walk.fill('Site/building name', SITE);
  await walk.fill('Site company name', 'Northfield Health Trust');
  await walk.fill('Site/building address', 'Palle Allé 10');
  await walk.fill('City', 'Aarhus');
  await walk.fill('Country', 'Denmark');
  await walk.choose('Healthcare');
  await walk.choose('I do not know it yet');
  await walk.press('Continue');
  await walk.fill('Name', 'Jonas Berg');
  await walk.fill('E-mail', 'jonas@northfield.example');
  await walk.press('Continue');
  await walk.press('Continue');
  expect(await walk.heading()).toBe('Check your answers');
  await walk.press('Submit');
  await untilPlateShows(SITE);
}

/** The same by forms without a browser, for the walks that begin behind it; and its person is logged on at both. */
async function atWork(walk: Walker): Promise<void> {
  const forms = new FormClient();
  const offer = await forms.press(await forms.get(`${agent.url}/`), 'Log on', {
    user: 'admin',
    password: ADMINISTRATOR_PASSWORD,
  });
  const portalLogOn = await forms.press(offer, 'Register now');
  const account = { email: cast.integrator.email, password: PASSWORD };
  const question = await forms.press(await forms.press(portalLogOn, 'Log on', account), 'Proceed');
  const form = await forms.press(question, 'Continue', { how: 'new' });
  const site = {
    name: SITE,
    company: 'Northfield Health Trust',
    address: 'Palle Allé 10',
    city: 'Aarhus',
    country: 'DK',
  };
  const answers = answersOf({ ...site, segment: 'healthcare' });
  const administrator = await forms.press(form, 'Continue', { ...answers.installation, invite: 'unknown' });
  const warranty = await forms.press(administrator, 'Continue', answers['site-administrator']);
  await forms.press(await forms.press(warranty, 'Continue'), 'Submit');
  await untilPlateShows(SITE);
  await logOnAtServer(walk);
  await walk.open(`${portalProcess.url}/log-on`);
  await logOnAtPortal(walk);
}

/** By the administrator who is logged on, and stays so: the page behind it leads on. */
async function deleteDatabase(walk: Walker): Promise<void> {
  await walk.open(`${agent.url}/database`);
  await walk.press('Delete database');
  await walk.fill('Type the server', SERVER);
  await walk.press('Delete database');
  expect(await walk.heading()).toBe('The database is new');
  expect(await plate()).not.toContain(SITE);
}

async function plate(): Promise<string> {
  return (await fetch(`${agent.url}/registered-to`)).text();
}

function untilPlateShows(site: string): Promise<unknown> {
  return until(`the plate to show ${site}`, async () => (await plate()).includes(site));
}

async function registrationNumber(): Promise<string> {
  const row = await portal.db.row(sql<{ number: string }>`
    select number from registration where site_name = ${SITE}`);
  return row?.number ?? '';
}

describe.each([
  { how: 'without script', script: false },
  { how: 'with script', script: true },
])('with the keyboard only, on 360 px, $how', ({ script }) => {
  test('a server whose database was deleted shows its registration again, and the mail is there', async () => {
    const { walk, close } = await walker(browser, { script });
    await register(walk);
    await forgetMails(portal);
    await deleteDatabase(walk);

    await walk.press('Associate it with the existing registration');
    expect(await walk.heading()).toBe('Are you authorised for this system?');
    await walk.press('Proceed');
    await walk.choose('Associate with an existing registration');
    await walk.press('Continue');
    expect(await walk.heading()).toBe('Choose the registration');
    expect(await walk.page.innerText('main')).toContain('Same installation as before (proved by the server)');
    await walk.press(`Select ${SITE}`);
    expect(await walk.heading()).toBe(`Associate the new System ID with ${SITE}?`);
    await walk.press('Associate');
    expect(await walk.heading()).toBe(`${SITE} now has the new System ID`);

    // The agent asks the portal by itself, and the plate is there again.
    await untilPlateShows(SITE);
    // The portal hears of that with the agent's next word; with script the page says so by itself.
    await until('the done page to say that it arrived', async () => {
      if ((await walk.page.innerText('main')).includes(`${SERVER} shows ${SITE} since`)) return true;
      if (!script) await walk.press('Check now');
      return false;
    });
    await walk.open(agent.url);
    expect(await walk.page.innerText('main')).toContain(await spaced(registrationNumber()));
    const mail = await mailbox.waitFor(cast.integrator.email, `${SITE}: new System ID associated`);
    expect(mail.text).toContain('You need to do nothing.');
    await close();
  });
});

test('the browser carries the record back to a server that does not reach the portal', async () => {
  const { walk, close } = await walker(browser, { script: false });
  await atWork(walk);
  await deleteDatabase(walk);
  await walk.press('Associate it with the existing registration');
  await walk.press('Proceed');
  await walk.choose('Associate with an existing registration');
  await walk.press('Continue');
  await walk.press(`Select ${SITE}`);
  // The server hears nothing of it: it is off while the portal is there, and the portal is gone when it is on again.
  await agent.stop();
  await walk.press('Associate');
  const back = await walk.page.locator('a[href*="/registration/back?record="]').first().getAttribute('href');
  await portalProcess.kill();
  await agent.start();
  expect(await plate()).not.toContain(SITE);
  await walk.open(back ?? '');
  await walk.open(agent.url);
  expect(await walk.page.innerText('main')).toContain(SITE);
  await close();
});

test('without the instance key the right registration is found in at most nine steps', async () => {
  const { walk, close } = await walker(browser, { script: false });
  await atWork(walk);
  await seedRegistrations(portal, cast, 30);
  await deleteDatabase(walk);
  await agent.stop();
  const instanceFile = join(folder, 'agent', 'instance.json');
  expect(existsSync(instanceFile)).toBe(true);
  rmSync(instanceFile);
  await agent.start();

  await walk.open(`${agent.url}/register`);
  walk.steps = 0;
  await walk.press('Register now');
  await walk.press('Proceed');
  await walk.choose('Associate with an existing registration');
  await walk.press('Continue');
  expect(await walk.page.innerText('main')).not.toContain('Same installation as before');
  await walk.fill('Search', 'Hospital North, Building A');
  await walk.press('Search');
  await walk.press(`Select ${SITE}`);
  await walk.choose('The database was deleted');
  await walk.press('Associate');
  expect(await walk.heading()).toBe(`${SITE} now has the new System ID`);
  expect(walk.steps).toBeLessThanOrEqual(9);
  await close();
});

test('a typed System ID is a claim until an administrator accepts what the portal offers', async () => {
  const { walk, close } = await walker(browser, { script: false });
  await atWork(walk);
  await deleteDatabase(walk);
  const identifier = (await (await fetch(`${agent.url}/system-identifier`)).text()).match(
    /[0-9A-Z]{5}(?:<\/?\w[^>]*>)?-[0-9A-Z]{5}(?:<\/?\w[^>]*>)?-[0-9A-Z]{5}/g,
  );
  const typed = (identifier ?? [])
    .slice(0, 4)
    .map((line) => line.replace(/<[^>]*>/g, ''))
    .join('\n');

  await walk.open(`${portalProcess.url}/register`);
  await walk.fill('New System ID', typed);
  await walk.press('Continue to associate');
  await walk.press('Proceed');
  await walk.press(`Select ${SITE}`);
  await walk.choose('The database was deleted');
  await walk.press('Associate');
  expect(await walk.heading()).toMatch(/^One step left/);
  expect(await plate()).not.toContain(SITE);

  await walk.open(`${agent.url}/registration`);
  await walk.press('Check now');
  expect(await walk.page.innerText('main')).toContain('The portal says that this system is registered');
  await walk.press('Show it on this server');
  await untilPlateShows(SITE);
  await until('the claim to be proven', async () => {
    const row = await portal.db.row(sql<{ state: string }>`
      select state from association where registration = ${await registrationNumber()} order by made_at desc limit 1`);
    return row?.state === 'current';
  });
  await close();
});

async function spaced(number: Promise<string>): Promise<string> {
  return (await number).replace(/^(.{4})/, '$1 ');
}
