import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { CONSENT_VERSION } from '../core/consents.ts';
import { confirm } from '../portal/operations/confirm.ts';
import { changeConsent } from '../portal/operations/consents.ts';
import { invite } from '../portal/operations/invite.ts';
import type { Account } from '../portal/portal.ts';
import { helpPath } from '../ui/help/topics.ts';
import { accessibilityProblems, overflow, phone, showCopy, startBrowser } from './support/browser.ts';
import { PASSWORD, type ServedPortal, servePortal } from './support/pages.ts';
import { carried, registered, secretOf, testServer } from './support/portal.ts';

/** Inviting, accepting and agreeing, in all that the pages can show, laid out on a phone. */

// The widest that can be typed.
const SITE = 'Northfield General Hospital, Department of Rehabilitation, Building A';
const ADDRESS = `${'facility.management.'.repeat(3)}ida@northfield-general-hospital.example`;

let served: ServedPortal;
let browser: Browser;
beforeAll(async () => {
  [served, browser] = await Promise.all([servePortal(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** Somebody's phone without script; axe looks at a copy of each page. */
class Phone {
  readonly page: Page;
  readonly #looking: Page;

  constructor(page: Page, looking: Page) {
    this.page = page;
    this.#looking = looking;
  }

  async open(...paths: string[]): Promise<void> {
    for (const path of paths) {
      await this.page.goto(new URL(path, served.url).href);
      await this.look();
    }
  }

  async press(words: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: words }).first().click();
    await this.page.waitForLoadState('load');
    await this.look();
  }

  heading(): Promise<string> {
    return this.page.locator('h1').innerText();
  }

  says(): Promise<string> {
    return this.page.locator('main').innerText();
  }

  async look(): Promise<void> {
    const at = `${this.page.url()} (${await this.page.title()})`;
    await showCopy(this.#looking, this.page);
    expect(await this.page.locator('h1').count(), at).toBe(1);
    expect(await this.page.locator('main .go').count(), at).toBeLessThanOrEqual(1);
    expect(await overflow(this.#looking), at).toBeLessThanOrEqual(0);
    expect(await accessibilityProblems(this.#looking), at).toEqual([]);
  }
}

async function phoneOf(account: Account): Promise<Phone> {
  const contexts = await Promise.all([phone(browser, { script: false }), phone(browser, { script: true })]);
  onTestFinished(async () => {
    await Promise.all(contexts.map((context) => context.close()));
  });
  const [page, looking] = await Promise.all(contexts.map((context) => context.newPage()));
  await Promise.all([page?.goto(`${served.url}/log-on`), looking?.goto(`${served.url}/log-on`)]);
  await page?.getByLabel('Email Address').fill(account.email);
  await page?.getByLabel('Password').fill(PASSWORD);
  await page?.getByRole('button', { name: 'Log on' }).click();
  return new Phone(page as Page, looking as Page);
}

test('the question of the form, what can be wrong with its answer, and the address read back', async () => {
  const { portal, cast } = served;
  const lena = await phoneOf(cast.integrator);
  const request = await carried(portal, cast.integrator, testServer());
  await lena.open(`/requests/${request}/form/installation?unfinished`);
  expect(await lena.says()).toContain('Choose how the end user is invited.');
  await lena.page.getByLabel('Invite by e-mail').check();
  await lena.page.getByLabel('End user’s e-mail').fill(ADDRESS);
  await lena.press('Save as draft');
  await lena.open(`/requests/${request}/form/installation`);
  await lena.page.getByLabel('Site/building name').fill(SITE);
  await lena.page.getByLabel('Site company name').fill('Northfield Health Trust');
  await lena.page.getByLabel('Site/building address').fill('Palle Allé 10');
  await lena.page.getByLabel('City').fill('Aarhus');
  await lena.page.getByLabel('Country').selectOption('DK');
  await lena.page.getByLabel('Healthcare').check();
  await lena.press('Continue');
  await lena.page.getByLabel('Name').fill('Jonas Berg');
  await lena.page.getByLabel('E-mail').fill('jonas@northfield.example');
  await lena.press('Continue');
  await lena.press('Continue');
  expect(await lena.heading()).toBe('Check your answers');
  expect(await lena.page.locator('.alone').innerText()).toBe(ADDRESS);
  await lena.press('Submit');
  expect(await lena.says()).toContain(ADDRESS);
});

test('the free seat: nobody invited, somebody invited, what is wrong, and the sheet to print', async () => {
  const { portal, cast } = served;
  const number = await registered(portal, cast.integrator, testServer(), { site: SITE });
  const lena = await phoneOf(cast.integrator);
  await lena.open(`/systems/${number}`);
  await lena.press('Invite');
  expect(await lena.page.title()).toMatch(/^Error: /);
  await lena.page.getByLabel('Invite by e-mail').check();
  await lena.page.getByLabel('End user’s e-mail').fill(ADDRESS);
  await lena.press('Invite');
  expect(await lena.says()).toContain(`${ADDRESS} is invited since`);
  await lena.page.getByLabel('They have no e-mail: print an invitation').check();
  await lena.press('Invite');
  expect(await lena.heading()).toBe(`Invitation: ${SITE}`);
  await lena.open(helpPath('invite-the-other-party'), helpPath('seat-is-taken'));
});

test('the invitation, what cannot be used, and the field for a code', async () => {
  const { portal, cast } = served;
  const registration = await registered(portal, cast.integrator, testServer(), { site: SITE });
  const address = cast.endUser.email;
  const command = { account: cast.integrator, registration, invite: { how: 'mail', address } as const };
  const result = await invite(portal, command);
  const secret = result.outcome === 'invited' ? await secretOf(portal, result.invitation) : '';
  const marek = await phoneOf(cast.stranger);
  await marek.open(`/invitations/${secret}`, helpPath('invitation-is-not-accepted'));
  const anna = await phoneOf(cast.endUser);
  await anna.open('/invitations');
  await anna.page.getByLabel('Invitation code').fill('8888');
  await anna.press('Continue');
  expect(await anna.page.title()).toMatch(/^Error: /);
  await anna.open(`/invitations/${secret}`);
  await anna.press(/^Accept/);
  expect(await anna.heading()).toBe(SITE);
});

test('handing a seat over, ending the integrator’s and leaving it: what it means, what is wrong, and the offer', async () => {
  const { portal, cast } = served;
  const number = await registered(portal, cast.integrator, testServer(), { site: SITE, endUser: cast.endUser });
  const alone = await registered(portal, cast.integrator, testServer(), { site: SITE });
  const anna = await phoneOf(cast.endUser);
  await anna.open(`/systems/${number}/end-integrator`);
  await anna.press('End the seat');
  expect(await anna.page.title()).toMatch(/^Error: /);
  await anna.open(`/systems/${number}/hand-over`);
  await anna.page.getByLabel('Invite by e-mail').check();
  await anna.page.getByLabel('New end user’s e-mail').fill(ADDRESS);
  await anna.press('Offer your seat');
  await anna.open(`/systems/${number}/hand-over`, helpPath('hand-over-or-leave-a-seat'));
  const lena = await phoneOf(cast.integrator);
  await lena.open(`/systems/${number}/resign`);
  await lena.press('Leave on');
  expect(await lena.says()).toContain('You leave your seat on');
  await lena.open(`/systems/${alone}/resign`);
  await lena.press('Leave on');
  expect(await lena.page.title()).toMatch(/^Error: /);
});

test('the two consents: asked, not answered, given, withdrawn, and as the integrator reads them', async () => {
  const { portal, cast } = served;
  const { integrator, endUser } = cast;
  const number = await registered(portal, integrator, testServer(), { site: SITE, endUser });
  const anna = await phoneOf(endUser);
  await anna.open(`/systems/${number}`);
  await anna.press('These details are correct');
  expect(await anna.page.title()).toMatch(/^Error: /);
  const consents = { kinds: ['system', 'personal'] as const, version: CONSENT_VERSION };
  await confirm(portal, { account: endUser, registration: number, consents });
  const personal = { account: endUser, registration: number, kind: 'personal', version: CONSENT_VERSION } as const;
  await changeConsent(portal, { ...personal, given: false });
  await anna.open(`/systems/${number}`);
  expect(await anna.says()).toContain('Withdrawn on');
  const lena = await phoneOf(integrator);
  await lena.open(`/systems/${number}`, `/systems/${number}/form`, `/systems/${number}/form/installation`);
  expect(await lena.page.getByLabel('City').isDisabled()).toBe(true);
});
