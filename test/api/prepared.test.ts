import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFile } from '../../portal/csv/read.ts';
import { ANSWERS, answered, apiAs, problemOf, tokenFor } from '../support/api.ts';
import { type ServedPortal, servePortal } from '../support/pages.ts';
import { prepared, requestOf, testServer } from '../support/portal.ts';

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal();
});
afterAll(() => served.close());

const HEADER = 'site_name;company;address;city;country;segments;site_administrator_name;site_administrator_email';
const row = (site: string, country = 'Denmark') =>
  `${site};Northfield;Palle Allé 10;Aarhus;${country};healthcare;Jonas Berg;jonas@northfield.example`;
const file = (...rows: string[]) => [HEADER, ...rows].join('\r\n');
const api = () => apiAs(served, served.cast.integrator);

test('a registration is prepared, copied for another server, and registered by its first System ID', async () => {
  const client = await api();
  const { portal } = served;
  const installation = { ...ANSWERS.installation, planned_server: 'PR-ES01' };
  const made = answered(await client.prepare({ body: { answers: { ...ANSWERS, installation } } }), 201);
  expect(made.body).toMatchObject({
    state: 'prepared',
    current: null,
    actions: { associate: 'yes', confirm: 'not-for-your-seat' },
  });
  const { number } = made.body;
  const copy = answered(await client.prepare({ body: { copy_from: number, planned_server: 'PR-ES02' } }), 201).body;
  expect(copy.answers).toEqual({ ...made.body.answers, installation: { ...installation, planned_server: 'PR-ES02' } });

  const document = await requestOf(portal, testServer('pr-es01'));
  const request = answered(await client.bringRequest({ body: { document, authorised: true } }), 201).body;
  const { items } = answered(await client.listChoices({ params: { id: request.id } }), 200).body;
  expect(items.slice(0, 2)).toMatchObject([
    { number, reason: 'prepared' },
    { number: copy.number, reason: null },
  ]);
  answered(await client.associate({ body: { request: request.id, registration: number } }), 201);
  const now = answered(await client.showRegistration({ params: { number } }), 200).body;
  expect(now).toMatchObject({ state: 'registered', current: { system_id: request.system_id } });
});

test('nothing is prepared of answers that are wrong, of another’s seat, or copied from what is not one’s own', async () => {
  const foreign = await prepared(served.portal, served.cast.stranger, 'Foreign Fort');
  const client = await api();
  expect(problemOf(await client.prepare({ body: { copy_from: foreign } })).code).toBe('not-among-yours');
  const wrong = { ...ANSWERS, installation: { ...ANSWERS.installation, country: 'XX' } };
  expect(problemOf(await client.prepare({ body: { answers: wrong } }))).toMatchObject({
    code: 'not-as-described',
    errors: [{ pointer: '/answers/installation/country' }],
  });
  const endUser = await apiAs(served, served.cast.endUser);
  const answers = { ...ANSWERS, warranty: { project: 'P-1' } };
  expect(problemOf(await endUser.prepare({ body: { answers } })).code).toBe('not-for-your-seat');
});

describe('a file', () => {
  test('is checked, and prepared as a whole, or only its right rows', async () => {
    const client = await api();
    const body = file(row('Imported A'), row('Imported B', 'Atlantis'), row('Imported C'));
    const checked = answered(await client.importRegistrations({ query: { dry_run: 'true' }, body }), 200).body;
    expect(checked).toMatchObject({ import: null, right: 2, wrong: 1, encoding: 'utf-8', registrations: [] });
    expect(checked.rows).toEqual([{ line: 3, column: 'country', detail: expect.stringContaining('ATLANTIS') }]);
    const refused = problemOf(await client.importRegistrations({ body }));
    expect(refused).toMatchObject({ code: 'rows-wrong', rows: checked.rows });
    const search = { query: { search: 'Imported' } };
    expect(answered(await client.listRegistrations(search), 200).body.items).toEqual([]);
    const made = answered(await client.importRegistrations({ query: { rows: 'right' }, body }), 201).body;
    expect(made.registrations).toHaveLength(2);
    const { items } = answered(await client.listRegistrations(search), 200).body;
    expect(items.map((item) => [item.number, item.site, item.state])).toEqual([
      [made.registrations[0], 'Imported A', 'prepared'],
      [made.registrations[1], 'Imported C', 'prepared'],
    ]);
  });

  test('that is sent twice with one key is prepared once', async () => {
    const client = await api();
    const options = { idempotencyKey: 'a-file-of-ours' };
    const [first, second] = [
      answered(await client.importRegistrations({ body: file(row('Keyed')) }, options), 201),
      answered(await client.importRegistrations({ body: file(row('Keyed')) }, options), 201),
    ];
    expect(second.body).toEqual(first.body);
    expect([first.replayed, second.replayed]).toEqual([false, true]);
    const other = await client.importRegistrations({ body: file(row('Another')) }, options);
    expect(problemOf(other).code).toBe('idempotency-key-reused');
  });

  test('that cannot be read is refused with the reason', async () => {
    const client = await api();
    const why = async (body: string) => problemOf(await client.importRegistrations({ body }));
    expect(await why('name,place\nx,y')).toMatchObject({ code: 'file-not-read', why: 'column-missing' });
    expect(await why(HEADER)).toMatchObject({ code: 'file-not-read', why: 'no-rows' });
    expect(await why(file(row('Site'), '"Open'))).toMatchObject({ why: 'quote-not-closed', line: 3 });
    expect(await why(file(...Array.from({ length: 5001 }, (_, n) => row(`S ${n}`))))).toMatchObject({
      why: 'too-many-rows',
      count: 5001,
    });
  });

  const post = async (path: string, body: Buffer | string, type: string) => {
    const token = await tokenFor(served.portal, served.cast.integrator);
    const answer = await fetch(`${served.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: new Uint8Array(Buffer.from(body)),
    });
    return { status: answer.status, ...(await answer.json()) };
  };

  test('in another encoding is read by its bytes, and a workbook is told from it', async () => {
    const latin = Buffer.from(file(row('Sygehus Nørre')), 'latin1');
    expect(await post('/imports?dry_run=true', latin, 'text/csv')).toMatchObject({
      encoding: 'windows-1252',
      right: 1,
    });
    const utf16 = Buffer.from(`\uFEFF${file(row('Sygehus Nørre'))}`, 'utf16le');
    expect(await post('/imports?dry_run=true', utf16, 'text/csv')).toMatchObject({ encoding: 'utf-16le', right: 1 });
    const workbook = Buffer.from('504b030414000600', 'hex');
    expect(await post('/imports', workbook, 'text/csv')).toMatchObject({ status: 422, why: 'spreadsheet' });
  });

  test('is taken only where one is', async () => {
    expect(await post('/imports', '{}', 'application/json')).toMatchObject({ code: 'unsupported-media-type' });
    expect(await post('/prepared-registrations', file(), 'text/csv')).toMatchObject({ code: 'unsupported-media-type' });
  });
});

test('the list is also a file, which an import takes', async () => {
  const { portal, cast, url } = served;
  const client = await api();
  const site = '=cmd|calc';
  answered(
    await client.prepare({
      body: { answers: { ...ANSWERS, installation: { ...ANSWERS.installation, site_name: site } } },
    }),
    201,
  );
  const token = await tokenFor(portal, cast.integrator);
  const get = (accept: string, query = '') =>
    fetch(`${url}/api/v1/registrations${query}`, { headers: { authorization: `Bearer ${token}`, accept } });
  const answer = await get('text/csv', '?search=calc');
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const text = Buffer.from(await answer.arrayBuffer());
  expect(text.toString()).toContain(`,'=cmd|calc,`);
  const reading = await readFile(text, ['installation', 'site-administrator', 'warranty']);
  expect(
    reading.outcome === 'read' && reading.rows.map((one) => [one.answers.installation?.site_name, one.problems]),
  ).toEqual([[site, []]]);
  expect((await get('application/json')).headers.get('content-type')).toContain('application/json');
  expect((await get('text/html')).status).toBe(406);
});
