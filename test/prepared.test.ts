import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '../portal/portal.ts';
import { sql } from '../portal/store/sql.ts';
import { headingOf, type Page, says } from './support/http.ts';
import { checkIn, type Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { actsOf, prepared, registered, testServer } from './support/portal.ts';

/** Registrations before their System ID, as people prepare, import, print and export them: without script. */

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal();
});
afterAll(() => served.close());

const pathOf = (page: Page) => new URL(page.url).pathname;

const SITE = {
  site_name: 'Harbour Library',
  company: 'City of Aarhus',
  address: 'Havnegade 1',
  city: 'Aarhus',
  country: 'DK',
  segments: ['public', 'education'],
  planned_server: 'HL-ES01',
};
const ADMINISTRATOR = { name: 'Jonas Berg', email: 'jonas@library.example' };

async function fillIn(person: Person, page: Page, site: Record<string, string | string[]> = SITE): Promise<Page> {
  let at = await person.press(page, 'Continue', site);
  at = await person.press(at, 'Continue', ADMINISTRATOR);
  return headingOf(at) === 'Warranty' ? person.press(at, 'Continue') : at;
}

async function beginForm(person: Person): Promise<Page> {
  const register = await person.get('/register');
  const ways = await person.browser.follow(register, 'Prepare a registration without a System ID');
  return person.browser.follow(ways, 'Fill in the form');
}

async function registrationOf(site: string): Promise<string> {
  const row = await served.portal.db.row(sql<{ number: string }>`
    select number from registration where site_name = ${site}`);
  return row?.number ?? '';
}

describe('by form', () => {
  test('it is filled in before the visit, stands on top on site, and is registered by its first System ID', async () => {
    const { portal, cast } = served;
    await registered(portal, cast.integrator, testServer(), { site: 'Another system' });
    const person = await signedIn(served, cast.integrator);
    const check = await fillIn(person, await beginForm(person));
    expect(headingOf(check)).toBe('Check your answers');
    expect(says(check)).toContain('Planned server name HL-ES01');
    const done = await person.press(check, 'Submit');
    expect(headingOf(done)).toBe('Harbour Library is prepared');
    const number = await registrationOf('Harbour Library');
    expect(says(await person.get(`/systems/${number}`))).toMatch(
      /State Prepared Registration \d{4} \d{4}, prepared on/,
    );
    expect(says(await person.get('/systems?state=prepared'))).toContain('HL-ES01 (planned)');

    const server = testServer('HL-ES01');
    const question = await person.press(await person.carry(server), 'Proceed');
    const list = await person.choose(question);
    expect(says(list)).toMatch(/Probably this one Harbour Library .*Prepared for this server .*Your other systems/);
    const review = await person.press(list, 'Select Harbour Library');
    expect(says(review)).toContain('The registration gets its first System ID.');
    const associated = await person.press(review, 'Associate the new System ID with Harbour Library');
    expect(headingOf(associated)).toBe('Harbour Library now has the new System ID');
    await checkIn(served, server, number);
    const now = says(await person.get(`/systems/${number}`));
    expect(now).toMatch(/State Awaiting the end user Registration .*, since .*On site shows this registration since/);
    expect(await actsOf(portal, number)).toEqual(['prepared', 'associated']);
  });

  test('several forms can be open at once, each is a draft, and each is submitted once', async () => {
    const person = await signedIn(served, served.cast.integrator);
    const [first, second] = [await beginForm(person), await beginForm(person)];
    await person.press(first, 'Save as draft', { site_name: 'Half A' });
    served.portal.pass(1);
    const systems = await person.press(second, 'Save as draft', { site_name: 'Half B' });
    expect(says(systems)).toMatch(/Half B A registration to be prepared .*Half A A registration to be prepared/);
    const again = await person.browser.follow(systems, 'Go on Half A');
    const check = await fillIn(person, again, { ...SITE, site_name: 'Whole A' });
    const done = await Promise.all([1, 2, 3].map(() => person.press(check, 'Submit')));
    expect(done.map(headingOf)).toEqual(Array(3).fill('Whole A is prepared'));
    expect(await actsOf(served.portal, await registrationOf('Whole A'))).toEqual(['prepared']);
    // The form is done with: whoever comes back to it sees what came of it.
    expect(headingOf(await person.get(pathOf(again)))).toBe('Whole A is prepared');
    expect(says(await person.get('/systems'))).not.toContain('Half A');
  });

  test('it begins with the answers of another, but not with the server that was planned for that', async () => {
    const { portal, cast } = served;
    await prepared(portal, cast.integrator, 'Copied Court', 'CC-ES01');
    const person = await signedIn(served, cast.integrator);
    const copy = await person.browser.follow(await person.get('/prepare'), 'Copy from another registration');
    const found = await person.press(copy, 'Search', { q: 'copied court' });
    const form = await person.press(found, 'Copy the answers of Copied Court');
    expect(form.html).toContain('value="Copied Court"');
    expect(form.html).not.toContain('CC-ES01');
  });

  test('the form of another account is not there', async () => {
    const person = await signedIn(served, served.cast.integrator);
    const form = await beginForm(person);
    await person.press(form, 'Save as draft', { site_name: 'Private House' });
    const stranger = await signedIn(served, served.cast.stranger);
    expect((await stranger.get(pathOf(form))).html).not.toContain('Private House');
  });
});

describe('from a file', () => {
  const HEADER =
    'Site/building name;company;address;City;Country;segments;site_administrator_name;Site administrator: E-mail';
  const row = (site: string, country = 'Denmark') =>
    `${site};Northfield;Palle Allé 10;Aarhus;${country};Healthcare;Jonas Berg;jonas@northfield.example`;
  const csv = (...rows: string[]) => [HEADER, ...rows].join('\r\n');

  async function upload(person: Person, content: string | Buffer, name = 'sites.csv'): Promise<Page> {
    const page = await person.get('/prepare/import');
    return person.browser.upload(
      page,
      'Check the file',
      'file',
      new File([new Uint8Array(Buffer.from(content))], name),
    );
  }
  const as = (account: Account = served.cast.integrator) => signedIn(served, account);

  test('every row is checked before anything is made, and only what was chosen is made', async () => {
    const person = await as();
    const checked = await upload(person, csv(row('Row A'), row('Row B', 'Atlantis'), row('Row C')));
    expect(headingOf(checked)).toBe('Check the rows of the file');
    expect(says(checked)).toContain('3 rows: 2 right, 1 wrong. Nothing is made yet.');
    expect(says(checked)).toMatch(/3 Row B Country ATLANTIS is no country that we know/);
    expect(await registrationOf('Row A')).toBe('');

    const unchosen = await person.press(checked, 'Prepare');
    expect([unchosen.status, says(unchosen)]).toEqual([422, expect.stringContaining('Choose which rows to take.')]);
    const all = await person.press(checked, 'Prepare', { rows: 'all' });
    expect([all.status, says(all)]).toEqual([422, expect.stringContaining('1 row is wrong, so nothing was made.')]);
    expect(await registrationOf('Row A')).toBe('');

    const made = await person.press(all, 'Prepare', { rows: 'right' });
    expect(headingOf(made)).toBe('2 registrations are prepared');
    expect(headingOf(await person.press(all, 'Prepare', { rows: 'right' }))).toBe('2 registrations are prepared');
    expect(await registrationOf('Row B')).toBe('');
    const labels = await person.browser.follow(made, 'Print the labels');
    expect(says(labels)).toMatch(/Row A .*Row C/);
    expect(
      [...labels.html.matchAll(/<svg class="qr" role="img" aria-label="QR code of ([^"]*)"/g)].map(([, to]) => to),
    ).toEqual([
      `${served.url}/systems/${await registrationOf('Row A')}`,
      `${served.url}/systems/${await registrationOf('Row C')}`,
    ]);
  });

  test('all rows that are right need one click', async () => {
    const person = await as();
    const made = await person.press(await upload(person, csv(row('Alone'))), 'Prepare 1 registration');
    expect(headingOf(made)).toBe('Alone is prepared');
  });

  test('what was assumed about its letters and left out of its columns is said', async () => {
    const person = await as();
    const file = Buffer.from(csv(row('Sygehus Nørre')).replace(HEADER, `${HEADER};Colour`), 'latin1');
    const checked = says(await upload(person, file));
    expect(checked).toContain('We read it as Windows-1252');
    expect(checked).toContain('This column is no field of the form and is left out: Colour.');
    expect(checked).toContain('Sygehus Nørre');
  });

  test.each([
    ['no file', '', '', 'Choose a CSV file.'],
    ['an empty file', 'a.csv', '', 'The file is empty.'],
    ['a workbook', 'a.xlsx', 'PK\u0003\u0004 and more', 'This is a workbook of a spreadsheet, not a CSV file.'],
    ['a header alone', 'a.csv', HEADER, 'The file has no rows under its header.'],
    ['columns that are missing', 'a.csv', 'company,city\nx,y', 'These columns are missing: Site/building name,'],
    ['100,000 rows', 'a.csv', csv(...Array.from({ length: 100_000 }, () => row('S'))), 'The file has 100,000 rows.'],
    ['more than 32 MB', 'a.csv', 'x'.repeat(32 * 1024 * 1024 + 1), 'The file is larger than 32 MB.'],
  ])('%s is answered in words', async (_, name, content, sentence) => {
    const answer = await upload(await as(), content, name);
    expect([answer.status, headingOf(answer)]).toEqual([422, 'Prepare registrations from a file']);
    expect(says(answer)).toContain(sentence);
  });

  test('it is nobody else’s, and gone after a day', async () => {
    const person = await as();
    const checked = await upload(person, csv(row('Mine alone')));
    const stranger = await as(served.cast.stranger);
    const theirs = await stranger.get(pathOf(checked));
    expect([theirs.status, theirs.html.includes('Mine alone')]).toEqual([404, false]);
    served.portal.pass(25);
    const later = await (await as()).get(pathOf(checked));
    expect([later.status, says(later)]).toEqual([404, expect.stringContaining('We keep a file for 24 hours')]);
  });

  test('the template is one that can be uploaded as it is', async () => {
    const person = await as(served.cast.endUser);
    const template = await person.browser.follow(await person.get('/prepare/import'), 'Download a template');
    expect(template.headers.get('content-disposition')).toBe('attachment; filename="registrations-template.csv"');
    expect(template.html).not.toContain('warranty');
    expect(says(await upload(person, template.html))).toContain('1 row: 1 right, 0 wrong.');
  });
});

describe('Registered systems as a file', () => {
  test('as CSV it holds what the list shows, no formula, and is a file that can be imported', async () => {
    const { portal, cast } = served;
    const site = '=HYPERLINK("http://evil.example")';
    await prepared(portal, cast.endUser, site);
    await prepared(portal, cast.endUser, 'Left out');
    await prepared(portal, cast.stranger, `${site} of a stranger`);
    const person = await signedIn(served, cast.endUser);
    const list = await person.get('/systems?q=hyperlink&state=prepared');
    const file = await person.browser.follow(list, 'Export as CSV');
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toMatch(
      /^attachment; filename="registered-systems-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const lines = file.html.replace('\uFEFF', '').trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^registration,registration_state,since,system_id,.*,site_name,company,/);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(file.html).not.toContain('Left out');

    const page = await person.get('/prepare/import');
    const checked = await person.browser.upload(page, 'Check the file', 'file', new File([file.html], 'again.csv'));
    expect(says(checked)).toContain('1 row: 1 right, 0 wrong.');
    await person.press(checked, 'Prepare');
    const twice = await portal.db.rows(sql`select from registration where site_name = ${site}`);
    expect(twice).toHaveLength(2);
  });

  test('as JSON it holds every answer; of many, all in the order of the list', async () => {
    const { portal, cast } = served;
    const account = cast.endUser;
    const person = await signedIn(served, account);
    await portal.db.rows(sql`
      with made as (
        insert into registration (number, state, installation, created_at, created_by)
        select to_char(n, 'FM00000000'), 'prepared', jsonb_build_object('site_name', 'Many ' || n), ${portal.now()}, ${account.id}
        from generate_series(1, 1200) as n returning number)
      insert into party (registration, seat, account, since) select number, 'end-user', ${account.id}, ${portal.now()} from made`);
    const file = JSON.parse((await person.get('/systems.json?q=many')).html) as { answers: { installation: object } }[];
    expect(file.map((one) => one.answers.installation)).toEqual(
      Array.from({ length: 1200 }, (_, n) => ({ site_name: `Many ${n + 1}` })),
    );
    expect(JSON.parse((await person.get('/systems.json?q=nothing+fits')).html)).toEqual([]);
  });
});

test('a label is printed by the parties and by nobody else', async () => {
  const { portal, cast } = served;
  const number = await prepared(portal, cast.integrator, 'Labelled Lodge', 'LL-ES01');
  const person = await signedIn(served, cast.integrator);
  const label = await person.browser.follow(await person.get(`/systems/${number}`), 'Print the label');
  expect(headingOf(label)).toBe('Label of Labelled Lodge');
  expect(says(label)).toContain('Server LL-ES01');
  expect(says(label)).toContain(`${number.slice(0, 4)} ${number.slice(4)}`);
  const stranger = await signedIn(served, cast.stranger);
  expect(headingOf(await stranger.get(`/systems/${number}/label`))).toBe('Not among your systems');
});
