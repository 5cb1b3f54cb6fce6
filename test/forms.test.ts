import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { FORM, type FormField } from '../core/registration-form.ts';
import { en } from '../portal/messages/en.ts';
import type { Account } from '../portal/portal.ts';
import { sql } from '../portal/store/sql.ts';
import { formsOf, headingOf, type Page, says } from './support/http.ts';
import { DECLINED, NOBODY_INVITED, type Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { actsOf, carried, press, rebuilt, registered, type TestServer, testServer, typed } from './support/portal.ts';

/** The registration form, step by step, as people fill it in: without script. */

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal();
});
afterAll(() => served.close());

const pathOf = (page: Page) => new URL(page.url).pathname;

/** What the fields of the page's form hold. */
function heldBy(page: Page): Record<string, string[]> {
  const form = formsOf(page.html).find((one) => one.buttons.some((button) => button.words === 'Continue'));
  const held: Record<string, string[]> = {};
  for (const [name, value] of form?.fields ?? []) held[name] = [...(held[name] ?? []), value];
  return held;
}

const SITE = {
  site_type: 'single',
  site_name: 'Harbour Library',
  company: 'City of Aarhus',
  address: 'Havnegade 1',
  city: 'Aarhus',
  zip: '8000',
  country: 'DK',
  segments: ['public', 'education'],
  ...NOBODY_INVITED,
};
const ADMINISTRATOR = { name: 'Jonas Berg', email: 'jonas@library.example' };

/** Somebody who brought a server's request, went on with it, and is at the first step of the form. */
async function atTheForm(account: Account = served.cast.integrator, server = testServer()) {
  const request = await carried(served.portal, account, server);
  const person = await signedIn(served, account);
  return {
    person,
    server,
    request,
    form: `/requests/${request}/form`,
    page: await person.get(`/requests/${request}/form`),
  };
}

/** From the first step to *Check your answers*. */
async function fillIn(person: Person, page: Page, site: Record<string, string | string[]> = SITE): Promise<Page> {
  let at = await person.press(page, 'Continue', site);
  at = await person.press(at, 'Continue', ADMINISTRATOR);
  return headingOf(at) === 'Warranty' ? person.press(at, 'Continue', { start: '2026-01-01', end: '2028-01-01' }) : at;
}

async function registrationWith(server: TestServer): Promise<string> {
  const row = await served.portal.db.row(sql<{ registration: string }>`
    select registration from association where system_id = ${server.keys.systemId}`);
  return row?.registration ?? '';
}

/** A registration that the end user may have confirmed. */
async function registeredSite({ confirmed = false } = {}) {
  const { portal, cast } = served;
  const number = await registered(portal, cast.integrator, testServer(), { endUser: cast.endUser });
  if (confirmed) {
    const person = await signedIn(served, cast.endUser);
    await person.press(await person.get(`/systems/${number}`), 'These details are correct', DECLINED);
  }
  return number;
}

describe('a new registration', () => {
  test('is filled in in three steps, read back, and submitted', async () => {
    const { person, page, server } = await atTheForm();
    expect(headingOf(page)).toBe('Installation and system information');
    expect(says(page)).toContain('Step 1 of 4');
    const second = await person.press(page, 'Continue', SITE);
    expect(headingOf(second)).toBe('Site administrator');
    const third = await person.press(second, 'Continue', ADMINISTRATOR);
    expect(headingOf(third)).toBe('Warranty');
    const check = await person.press(third, 'Continue', { start: '2026-01-01', end: '2028-01-01' });
    expect(headingOf(check)).toBe('Check your answers');
    for (const answer of ['Harbour Library', 'Denmark', 'Education', '1 January 2028', 'jonas@library.example']) {
      expect(says(check)).toContain(answer);
    }
    const done = await person.press(check, 'Submit');
    expect(headingOf(done)).toBe('Harbour Library is registered');
    expect(await actsOf(served.portal, await registrationWith(server))).toEqual(['registered']);
  });

  test('has no warranty when an end user registers', async () => {
    const { person, page, form } = await atTheForm(served.cast.endUser);
    expect(says(page)).toContain('Step 1 of 3');
    const check = await fillIn(person, page);
    expect(says(check)).not.toContain('Warranty');
    expect((await person.get(`${form}/warranty`)).status).toBe(404);
  });

  test('keeps what was typed when something is wrong, and says what at the field and on top', async () => {
    const { person, page } = await atTheForm();
    const again = await person.press(page, 'Continue', { ...SITE, site_name: ' ', country: '', zip: '9'.repeat(21) });
    expect(again.status).toBe(422);
    expect(again.html).toContain('<title>Error: Installation and system information');
    const problems = [...again.html.matchAll(/<a href="#(\w+)">(.*?)<\/a>/g)].map(([, field, text]) => [field, text]);
    expect(problems.filter(([field]) => field !== 'main')).toEqual([
      ['site_name', 'Enter the site or building name.'],
      ['zip', 'Zip/postal code: use at most 20 characters.'],
      ['country', 'Choose a country.'],
    ]);
    expect(heldBy(again)).toMatchObject({
      company: ['City of Aarhus'],
      zip: ['9'.repeat(21)],
      segments: ['education', 'public'],
      site_type: ['single'],
    });
  });

  test('the warranty must end after it starts', async () => {
    const { person, form } = await atTheForm();
    const page = await person.get(`${form}/warranty`);
    const again = await person.press(page, 'Continue', { start: '2026-01-02', end: '2026-01-02' });
    expect(says(again)).toContain('The end date of the warranty must be after its start.');
    expect(heldBy(again)).toMatchObject({ start: ['2026-01-02'], end: ['2026-01-02'] });
  });

  test('cannot be submitted with a step left out: the step says what is missing', async () => {
    const { person, page, form } = await atTheForm();
    await person.press(page, 'Continue', SITE);
    const missing = await person.get(`${form}/check`);
    expect(headingOf(missing)).toBe('Site administrator');
    expect(says(missing)).toContain('Enter the name of the site administrator.');
  });

  test('an answer can be changed from the page that reads it back', async () => {
    const { person, page } = await atTheForm();
    const check = await fillIn(person, page);
    const first = await person.browser.follow(check, 'Change the answers: Installation');
    expect(heldBy(first)['site_name']).toEqual(['Harbour Library']);
    const second = await person.press(first, 'Continue', { site_name: 'Harbour Library East' });
    expect(says(await fillInFrom(person, second))).toContain('Harbour Library East');
  });

  test('two submits at once make one registration with one entry, and both see that it is done', async () => {
    const { person, page, server } = await atTheForm();
    const check = await fillIn(person, page);
    const done = await Promise.all([1, 2, 3].map(() => person.press(check, 'Submit')));
    expect(done.map(headingOf)).toEqual(Array(3).fill('Harbour Library is registered'));
    expect(new Set(done.map((one) => one.url)).size).toBe(1);
    expect(await actsOf(served.portal, await registrationWith(server))).toEqual(['registered']);
    expect(headingOf(await person.press(check, 'Submit'))).toBe('Harbour Library is registered');
  });

  test('of a System ID that was typed waits for the system', async () => {
    const { portal, cast } = served;
    const server = testServer();
    const request = await typed(portal, cast.integrator, server);
    const person = await signedIn(served, cast.integrator);
    const done = await person.press(await fillIn(person, await person.get(`/requests/${request}/form`)), 'Submit');
    expect(headingOf(done)).toMatch(/^One step left/);
    expect(says(await person.get(`/systems/${await registrationWith(server)}`))).toContain(
      'Not yet confirmed by the system',
    );
  });

  test('is a form that nobody else can open', async () => {
    const { person, page, form } = await atTheForm();
    await person.press(page, 'Save as draft', SITE);
    const stranger = await signedIn(served, served.cast.stranger);
    const answer = await stranger.get(form);
    expect(headingOf(answer)).toBe('We no longer hold your request');
    expect(answer.html).not.toContain('Harbour Library');
  });

  test('cannot be filled in before Proceed', async () => {
    const person = await signedIn(served, served.cast.integrator);
    const proceed = await person.carry(testServer());
    const request = pathOf(proceed).split('/')[2];
    expect(headingOf(await person.get(`/requests/${request}/form/installation`))).toBe(
      'Are you authorised for this system?',
    );
  });
});

/** From the second step on. */
async function fillInFrom(person: Person, second: Page): Promise<Page> {
  const third = await person.press(second, 'Continue', ADMINISTRATOR);
  return person.press(third, 'Continue');
}

describe('a draft', () => {
  test('keeps what was typed, right or wrong, and is found under Registered systems', async () => {
    const { person, page } = await atTheForm();
    const systems = await person.press(page, 'Save as draft', { site_name: 'Half a Library', zip: '8000' });
    expect(headingOf(systems)).toBe('Registered systems');
    expect(says(systems)).toMatch(/Not submitted yet .*Half a Library New registration of the System ID/);
    const again = await person.browser.follow(systems, 'Go on Half a Library');
    expect(heldBy(again)).toMatchObject({ site_name: ['Half a Library'], zip: ['8000'], city: [''] });
    const other = await signedIn(served, served.cast.endUser);
    expect(says(await other.get('/systems'))).not.toContain('Half a Library');
  });

  test('is still there when the server sends its next request', async () => {
    const { person, page, server } = await atTheForm();
    await person.press(page, 'Save as draft', { site_name: 'Patience House' });
    const request = await carried(served.portal, served.cast.integrator, server);
    expect(heldBy(await person.get(`/requests/${request}/form`))['site_name']).toEqual(['Patience House']);
  });

  test('says what to do when the portal no longer holds the request', async () => {
    const { person, page } = await atTheForm();
    await person.press(page, 'Save as draft', { site_name: 'Late House' });
    served.portal.pass(25);
    const later = await signedIn(served, served.cast.integrator);
    const systems = await later.get('/systems');
    expect(says(systems)).toMatch(/Late House .*We no longer hold the request of this system\. Choose Register now/);
    expect(() => later.browser.follow(systems, 'Go on Late House')).toThrow('There is no link');
  });

  test('can be discarded by its owner, and by nobody else', async () => {
    const { person, page } = await atTheForm();
    const systems = await person.press(page, 'Save as draft', { site_name: 'Unwanted House' });
    const discard = formsOf(systems.html).find((form) =>
      form.buttons.some((button) => button.words === 'Discard Unwanted House'),
    );
    const stranger = await signedIn(served, served.cast.stranger);
    const elsewhere = await stranger.get('/systems');
    await stranger.browser.submit(elsewhere, { action: discard?.action ?? '', method: 'post' }, new URLSearchParams());
    expect(says(await person.get('/systems'))).toContain('Unwanted House');
    expect(says(await person.press(systems, 'Discard Unwanted House'))).not.toContain('Unwanted House');
  });

  test('is gone once it is submitted', async () => {
    const { person, page } = await atTheForm();
    await person.press(await fillIn(person, page, { ...SITE, site_name: 'Submitted House' }), 'Submit');
    const systems = await person.get('/systems');
    expect(says(systems)).toContain('Submitted House');
    expect(says(systems).split('Registered systems')[1]).not.toMatch(/Go on Submitted House/);
  });
});

describe('Copy from another registration', () => {
  test('fills the form with the answers of the chosen one, which stays as it is', async () => {
    const { portal, cast } = served;
    const from = await registered(portal, cast.integrator, testServer(), { site: 'Copied Court' });
    const { person, page } = await atTheForm();
    const copy = await person.browser.follow(page, 'Copy from another registration');
    const found = await person.press(copy, 'Search', { q: 'copied court' });
    const first = await person.press(found, 'Copy the answers of Copied Court');
    expect(heldBy(first)).toMatchObject({ site_name: ['Copied Court'], city: ['Aarhus'], country: ['DK'] });
    expect(await actsOf(portal, from)).toEqual(['registered']);
  });

  test('offers only registrations of one’s own', async () => {
    const { portal, cast } = served;
    const foreign = await registered(portal, cast.stranger, testServer(), { site: 'Foreign Fort' });
    const { person, form, page } = await atTheForm();
    expect(says(await person.get(`${form}/copy?q=Foreign`))).not.toContain('Foreign Fort');
    const action = `${form}/copy/${foreign}`;
    const refused = await person.browser.submit(page, { action, method: 'post' }, new URLSearchParams());
    expect(headingOf(refused)).toBe('Not among your systems');
    expect(heldBy(await person.get(form))['site_name']).toEqual(['']);
  });
});

describe('a registration that is edited', () => {
  test('is changed by Submit, and what it said before stands beside it until then', async () => {
    const number = await registeredSite();
    const person = await signedIn(served, served.cast.integrator);
    const system = await person.get(`/systems/${number}`);
    const form = await person.browser.follow(system, 'Edit registration');
    expect(heldBy(form)['site_name']).toEqual(['Hospital North, Building A']);
    const check = await fillInFrom(person, await person.press(form, 'Continue', { city: 'Horsens' }));
    expect(says(check)).toContain('Horsens before: Aarhus');
    expect(says(await person.get(`/systems/${number}`))).toContain('You have changes that are not submitted');
    const changed = await person.press(check, 'Submit');
    expect(pathOf(changed)).toBe(`/systems/${number}`);
    expect(says(changed)).toContain('City Horsens');
    expect(says(changed)).not.toContain('You have changes that are not submitted');
    expect(await actsOf(served.portal, number)).toEqual(['registered', 'seat-taken', 'details-edited']);
  });

  test('by two submits at once has one entry, and both see the page', async () => {
    const number = await registeredSite();
    const person = await signedIn(served, served.cast.integrator);
    const form = await person.get(`/systems/${number}/form`);
    const check = await fillInFrom(person, await person.press(form, 'Continue', { zip: '8000' }));
    const done = await Promise.all([1, 2, 3].map(() => person.press(check, 'Submit')));
    expect(done.map((page) => [page.status, headingOf(page)])).toEqual(
      Array(3).fill([200, 'Hospital North, Building A']),
    );
    expect((await actsOf(served.portal, number)).filter((act) => act === 'details-edited')).toHaveLength(1);
  });

  test('never overwrites unseen what somebody else changed meanwhile', async () => {
    const { cast } = served;
    const number = await registeredSite();
    const [lena, anna] = await Promise.all([signedIn(served, cast.integrator), signedIn(served, cast.endUser)]);
    const form = await lena.get(`/systems/${number}/form`);
    const check = await fillInFrom(lena, await lena.press(form, 'Continue', { city: 'Horsens' }));
    const other = await anna.press(await anna.get(`/systems/${number}/form`), 'Continue', { city: 'Vejle' });
    await anna.press(await anna.press(other, 'Continue'), 'Submit');

    const again = await lena.press(check, 'Submit');
    expect(again.status).toBe(409);
    expect(says(again)).toContain('This registration was changed after you began.');
    expect(says(again)).toContain('Horsens before: Vejle');
    expect(says(await anna.get(`/systems/${number}`))).toContain('City Vejle');
    expect(says(await lena.press(again, 'Submit'))).toContain('City Horsens');
  });

  test('goes on when only something beside the answers changed meanwhile', async () => {
    const { cast, portal } = served;
    const server = testServer();
    const number = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
    const lena = await signedIn(served, cast.integrator);
    const form = await lena.get(`/systems/${number}/form`);
    const check = await fillInFrom(lena, await lena.press(form, 'Continue', { city: 'Horsens' }));
    const request = await carried(portal, cast.endUser, rebuilt(server));
    expect(await press(portal, { account: cast.endUser, request, registration: number })).toMatchObject({
      outcome: 'associated',
    });
    expect(says(await lena.press(check, 'Submit'))).toContain('City Horsens');
  });

  test('overwrites nothing unseen when the same is submitted a second time', async () => {
    const { cast } = served;
    const number = await registeredSite();
    const [lena, anna] = await Promise.all([signedIn(served, cast.integrator), signedIn(served, cast.endUser)]);
    const form = await lena.get(`/systems/${number}/form`);
    const check = await fillInFrom(lena, await lena.press(form, 'Continue', { city: 'Horsens' }));
    const other = await anna.press(await anna.get(`/systems/${number}/form`), 'Continue', { city: 'Vejle' });
    await anna.press(await anna.press(other, 'Continue'), 'Submit');
    expect((await lena.press(check, 'Submit')).status).toBe(409);
    expect((await lena.press(check, 'Submit')).status).toBe(409);
    expect(says(await anna.get(`/systems/${number}`))).toContain('City Vejle');
    // Whoever opens the page anew sees both, too, and then decides.
    const anew = await lena.get(`/systems/${number}/form/check`);
    expect(says(anew)).toContain('This registration was changed after you began.');
    expect(says(anew)).toContain('Horsens before: Vejle');
    expect(says(await lena.press(anew, 'Submit'))).toContain('City Horsens');
  });

  test('offers the integrator only the warranty once the end user has confirmed, and says why', async () => {
    const number = await registeredSite({ confirmed: true });
    const lena = await signedIn(served, served.cast.integrator);
    const form = await lena.get(`/systems/${number}/form`);
    expect(headingOf(form)).toBe('Warranty');
    expect(says(form)).toMatch(/Installation and system information: Only the end user can change this: Anna Holm/);
    const locked = await lena.get(`/systems/${number}/form/installation`);
    expect([locked.status, headingOf(locked)]).toEqual([200, 'Installation and system information']);
    expect(says(locked)).toContain('Only the end user can change this: Anna Holm confirmed the registration');
    expect(locked.html).toMatch(/<fieldset disabled[^>]*>.*value="Aarhus".*<\/fieldset>/s);
    expect(formsOf(locked.html).filter((one) => one.action.includes('/form/'))).toEqual([]);
    const forced = { action: `/systems/${number}/form/installation`, method: 'post' };
    const refused = await lena.browser.submit(locked, forced, new URLSearchParams({ city: 'Horsens' }));
    expect([refused.status, headingOf(refused)]).toEqual([403, 'Only the end user can change this']);
    const done = await lena.press(await lena.press(form, 'Continue', { project: 'P-17' }), 'Submit');
    expect(says(done)).toContain('Project number P-17');
    expect((await actsOf(served.portal, number)).at(-1)).toBe('warranty-edited');
  });

  test('offers the end user everything but the warranty, and says why', async () => {
    const number = await registeredSite({ confirmed: true });
    const anna = await signedIn(served, served.cast.endUser);
    const form = await anna.get(`/systems/${number}/form`);
    expect(says(form)).toContain('Warranty: Only the integrator changes the warranty.');
    const locked = await anna.get(`/systems/${number}/form/warranty`);
    expect([locked.status, headingOf(locked)]).toEqual([200, 'Warranty']);
    expect(says(locked)).toContain('Only the integrator changes the warranty.');
  });

  test('was locked while it was filled in: nothing is changed', async () => {
    const number = await registeredSite();
    const { cast } = served;
    const [lena, anna] = await Promise.all([signedIn(served, cast.integrator), signedIn(served, cast.endUser)]);
    const form = await lena.get(`/systems/${number}/form`);
    const second = await lena.press(form, 'Continue', { city: 'Horsens' });
    await anna.press(await anna.get(`/systems/${number}`), 'These details are correct', DECLINED);
    expect(headingOf(await lena.press(second, 'Continue'))).toBe('Only the end user can change this');
    const action = `/systems/${number}/form/check`;
    await lena.browser.submit(form, { action, method: 'post' }, new URLSearchParams());
    expect(says(await anna.get(`/systems/${number}`))).toContain('City Aarhus');
    expect(await actsOf(served.portal, number)).toEqual(['registered', 'seat-taken', 'confirmed']);
  });

  test('of somebody else and one that is unknown are one answer', async () => {
    const number = await registeredSite();
    const stranger = await signedIn(served, served.cast.stranger);
    for (const path of [`/systems/${number}/form`, '/systems/99999999/form', `/systems/${number}/form/check`]) {
      expect(headingOf(await stranger.get(path))).toBe('Not among your systems');
    }
  });
});

test('a new field is one line in the form and one label: it is asked, read back, kept and shown', async () => {
  const installation = FORM.installation as FormField[];
  const words = en as unknown as Record<string, string>;
  installation.push({ name: 'floors', kind: 'text', required: true, max: 3 });
  words['form.installation.floors'] = 'Floors';
  onTestFinished(() => {
    installation.pop();
    delete words['form.installation.floors'];
  });
  const { person, page, server } = await atTheForm();
  const again = await person.press(page, 'Continue', { ...SITE, floors: '1234' });
  expect(says(again)).toContain('Floors: use at most 3 characters.');
  const check = await fillIn(person, again, { floors: '12' });
  expect(says(check)).toContain('Floors 12');
  await person.press(check, 'Submit');
  expect(says(await person.get(`/systems/${await registrationWith(server)}`))).toContain('Floors 12');
});
