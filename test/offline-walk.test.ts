import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openFiles } from '../portal/files/open.ts';
import type { Cast } from '../portal/seed.ts';
import { sql } from '../portal/store/sql.ts';
import { startBrowser } from './support/browser.ts';
import { registered, type TestPortal, testCast, testPortal, testServer } from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { ADMINISTRATOR_PASSWORD, agentProgram, freePort, type Program, portalProgram } from './support/processes.ts';
import { Mailbox } from './support/smtp.ts';
import { type Walker, walker } from './support/walker.ts';

/**
 * The offline way, whole: a server without Internet whose database was deleted is associated with its registration, by QR
 * code, by USB stick, and by typing alone. Site and portal are processes of which never both run: nothing can pass between
 * them but what the person carries. What the person does and types is counted, and docs/offline.md tells the figures.
 */

vi.setConfig({ testTimeout: 400_000 });

const SITE = 'Hospital North, Building A';
const SERVER = 'HN-A-ES01';
const DAY_MS = 24 * 60 * 60 * 1000;

let browser: Browser;
let database: TestDatabase;
let mailbox: Mailbox;
let portal: TestPortal;
let cast: Cast;
let portalProcess: Program;
let agent: Program;
let folder: string;
let registration: string;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'datestone-offline-'));
  mailbox = await new Mailbox().start();
  const port = await freePort();
  portal = await testPortal(database.db, `http://localhost:${port}`);
  cast = await testCast(portal);
  // It has not been heard from for long: there is no line.
  portal.now = () => new Date(Date.now() - 10 * DAY_MS);
  registration = await registered(portal, cast.integrator, testServer(SERVER), { site: SITE, endUser: cast.endUser });
  portal.now = () => new Date();
  portalProcess = await portalProgram({ databaseUrl: database.url, data: folder, port, smtpUrl: mailbox.url });
  // Its first start writes the bundle that the site is installed with.
  await portalProcess.start();
  agent = await agentProgram({ data: join(folder, 'agent'), bundleFile: `${folder}/portal.bundle`, name: SERVER });
});
afterEach(async () => {
  await Promise.all([agent.stop(), portalProcess.stop()]);
  await mailbox.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Down in the plant room there is the server and no portal. */
async function goToTheServer(): Promise<void> {
  await portalProcess.stop();
  await agent.start();
}

/** Upstairs there is the portal, and the server cannot be reached. */
async function goUpstairs(): Promise<void> {
  await agent.stop();
  await portalProcess.start();
}

async function logOnAtServer(walk: Walker): Promise<void> {
  await walk.open(agent.url);
  await walk.fill('User name', 'admin');
  await walk.fill('Password', ADMINISTRATOR_PASSWORD);
  await walk.press('Log on');
  await walk.open(`${agent.url}/offline`);
}

async function logOnAtPortal(walk: Walker): Promise<void> {
  await walk.fill('Email Address', cast.integrator.email);
  await walk.fill('Password', 'datestone-demo');
  await walk.press('Log on');
}

const plate = async () => (await fetch(`${agent.url}/registered-to`)).text();

async function stateOfLatest(): Promise<string | undefined> {
  const row = await portal.db.row(sql<{ state: string }>`
    select state from association where registration = ${registration} order by made_at desc limit 1`);
  return row?.state;
}

/** What a camera sees of the QR code on the page that is open at this width: sharp, and slightly out of focus. */
async function scanned(width: number, height: number): Promise<string[]> {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.goto(`${agent.url}/offline`);
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password').fill(ADMINISTRATOR_PASSWORD);
  await page.getByRole('button', { name: 'Log on' }).click();
  await page.goto(`${agent.url}/offline`);
  const code = page.getByRole('img', { name: /^QR code/ });
  const pictures = [await code.screenshot()];
  await code.evaluate('(svg) => { svg.style.filter = "blur(1px)"; }');
  pictures.push(await code.screenshot());
  await context.close();
  return Promise.all(pictures.map(linkIn));
}

/** By the same reader that takes pictures at the portal. */
async function linkIn(picture: Buffer): Promise<string> {
  async function* one() {
    yield { name: 'screen.png', bytes: new Uint8Array(picture), tooLarge: false };
  }
  const [file] = await openFiles(one());
  if (file?.outcome !== 'request') throw new Error(`There is no request in the picture: ${JSON.stringify(file)}`);
  return `${portalProcess.url}/r#${file.document}`;
}

/** What a person does on the way, and how many characters are typed; without logging on, which a way does not change. */
interface Count {
  steps: number;
  typed: number;
}

const counts: Record<string, Count> = {};

/** From *Are you authorised* to the code, or the file, that is carried back. */
async function associate(walk: Walker): Promise<void> {
  expect(await walk.heading()).toBe('Are you authorised for this system?');
  await walk.press('Proceed');
  if ((await walk.heading()) !== 'Choose the registration') {
    await walk.choose('Associate with an existing registration');
    await walk.press('Continue');
  }
  await walk.press(`Select ${SITE}`);
  await walk.press('Associate');
  expect(await walk.heading()).toBe('One step left: enter the code at the server');
}

/** The five groups as the page shows them. */
async function registrationCode(walk: Walker): Promise<string> {
  const shown = (await walk.page.locator('ol.code').first().innerText()).replace(/\s/g, '');
  expect(shown).toMatch(/^[0-9A-Z]{25}$/);
  return shown;
}

/** Counts what is done within, on top of what was counted for this way. */
async function counted(way: string, walk: Walker, work: () => Promise<void>): Promise<void> {
  const before = { steps: walk.steps, typed: walk.typed };
  await work();
  const count = counts[way] ?? { steps: 0, typed: 0 };
  counts[way] = {
    steps: count.steps + walk.steps - before.steps,
    typed: count.typed + walk.typed - before.typed,
  };
}

/** Scanning, or pushing a stick in, is a step as well. */
function oneMore(way: string): void {
  counts[way] = { steps: (counts[way]?.steps ?? 0) + 1, typed: counts[way]?.typed ?? 0 };
}

test('by QR code: scanned, approved, 25 characters typed, and the logon page shows it', async () => {
  const way = 'QR code, code typed';
  const { walk, close } = await walker(browser, { script: true });
  await goToTheServer();
  const links = [...(await scanned(1024, 768)), ...(await scanned(360, 740))];
  expect(new Set(links).size).toBe(1);

  await goUpstairs();
  await walk.open(`${portalProcess.url}/log-on`);
  await logOnAtPortal(walk);
  await walk.page.goto(links[0] ?? '');
  oneMore(way);
  let code = '';
  await counted(way, walk, async () => {
    await walk.reach('Are you authorised for this system?');
    await associate(walk);
    code = await registrationCode(walk);
  });
  expect(await stateOfLatest()).toBe('claimed');

  await goToTheServer();
  await logOnAtServer(walk);
  await counted(way, walk, async () => {
    await walk.fill('Registration code', code);
    await walk.press('Enter code');
  });
  expect(await walk.heading()).toBe('This system is registered');
  expect(JSON.parse(await plate())).toMatchObject({ state: 'details-not-loaded' });
  await close();
});

test('by USB stick: two files, nothing typed, and the logon page shows all of it', async () => {
  const way = 'USB stick, both ways';
  const { walk, close } = await walker(browser, { script: false });
  await goToTheServer();
  await logOnAtServer(walk);
  let stick = '';
  await counted(way, walk, async () => {
    stick = await walk.save('Save request', folder);
  });

  await goUpstairs();
  await walk.open(`${portalProcess.url}/log-on?next=/register`);
  await logOnAtPortal(walk);
  let back = '';
  await counted(way, walk, async () => {
    await walk.load('Request or picture', stick);
    await walk.press('Upload request');
    await associate(walk);
    back = await walk.save('Save file', folder);
  });

  await goToTheServer();
  await walk.open(`${agent.url}/offline`);
  await counted(way, walk, async () => {
    await walk.load('Have the file?', back);
    await walk.press('Load file');
    expect(await walk.page.innerText('main')).toContain(SITE);
    await walk.press('Show it on this server');
  });
  expect(JSON.parse(await plate())).toMatchObject({ state: 'registered', registration });
  const { typed } = counts[way] as Count;
  expect(typed).toBe(0);

  // A request that says what the server shows now is its own word: carried up once more, it proves the claim.
  await walk.open(`${agent.url}/offline`);
  const proof = await walk.save('Save request', folder);
  await goUpstairs();
  await walk.open(`${portalProcess.url}/register`);
  await walk.load('Request or picture', proof);
  await walk.press('Upload request');
  expect(await stateOfLatest()).toBe('current');
  await close();
});

test('all typed: the System ID up, the code down, and the confirmation code up again', async () => {
  const way = 'All typed';
  const { walk, close } = await walker(browser, { script: false });
  await goToTheServer();
  await walk.open(`${agent.url}/system-identifier`);
  const systemId = (await walk.page.locator('code.id').innerText()).trim();

  await goUpstairs();
  await walk.open(`${portalProcess.url}/log-on?next=/register`);
  await logOnAtPortal(walk);
  let code = '';
  await counted(way, walk, async () => {
    await walk.fill('New System ID', systemId);
    await walk.press('Continue to associate');
    await associate(walk);
    code = await registrationCode(walk);
  });
  const done = walk.page.url();

  await goToTheServer();
  await logOnAtServer(walk);
  await counted(way, walk, async () => {
    await walk.fill('Registration code', code.toLowerCase());
    await walk.press('Enter code');
  });
  const confirmation = (await walk.page.locator('ol.code').first().innerText()).replace(/\s/g, '');
  expect((counts[way] as Count).typed).toBe(85);

  await goUpstairs();
  await walk.open(done);
  const confirming = 'Confirmation code, on top';
  await counted(confirming, walk, async () => {
    await walk.fill('Confirmation code', confirmation);
    await walk.press('Confirm');
  });
  expect(await stateOfLatest()).toBe('current');
  const mail = await mailbox.waitFor(cast.integrator.email, SITE);
  expect(mail.text).toContain(SITE);
  await close();
});

test('docs/offline.md tells what was counted, and it is within the goals', () => {
  expect(counts['QR code, code typed']).toMatchObject({ typed: 25 });
  expect(counts['QR code, code typed']?.steps).toBeLessThanOrEqual(8);
  expect(counts['All typed']).toMatchObject({ typed: 85 });
  expect(counts['Confirmation code, on top']).toMatchObject({ typed: 10 });
  const told = readFileSync('docs/offline.md', 'utf8').split('\n');
  const rows = Object.entries(counts).map(([way, { steps, typed }]) => `| ${way} | ${steps} | ${typed} |`);
  expect(rows.filter((row) => !told.includes(row))).toEqual([]);
});
