import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenFor } from '../support/api.ts';
import { type ServedPortal, servePortal } from '../support/pages.ts';
import { testServer } from '../support/portal.ts';

/** Everything that is sent wrongly gets its sentence and its code, and nothing of it is done. */

let served: ServedPortal;
let token: string;
beforeAll(async () => {
  served = await servePortal();
  token = await tokenFor(served.portal, served.cast.integrator);
});
afterAll(() => served.close());

const JSON_BODY = { 'content-type': 'application/json' };
const good = () => ({ system_id: testServer().keys.systemId, authorised: true });

interface Call {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

async function send({ method = 'POST', path = '/requests', headers = JSON_BODY, body }: Call) {
  const answer = await fetch(`${served.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body !== undefined && { body }),
  });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = await answer.json();
  expect(problem).toMatchObject({ status: answer.status, title: expect.any(String), detail: expect.any(String) });
  expect(problem.type).toMatch(new RegExp(`^${served.url}/help/`));
  expect((await fetch(problem.type)).status).toBe(200);
  return { code: problem.code, status: answer.status, errors: problem.errors, headers: answer.headers };
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test.each<[string, Call, string, number]>([
  ['no JSON', { body: '{"system_id":' }, 'not-understood', 400],
  ['nothing at all', { body: '' }, 'not-understood', 400],
  ['bytes that are no UTF-8', { body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]) }, 'not-understood', 400],
  ['an overlong encoding', { body: new Uint8Array([0x22, 0xc0, 0xaf, 0x22]) }, 'not-understood', 400],
  ['JSON in UTF-16', { body: new Uint8Array(Buffer.from('{"a":1}', 'utf16le')) }, 'not-understood', 400],
  ['a byte order mark', { body: `\ufeff${JSON.stringify(good())}` }, 'not-understood', 400],
  ['a list nested a hundred thousand deep', { body: nested(100_000) }, 'not-as-described', 422],
  [
    'an object nested in a member',
    { body: `{"system_id":${nested(50_000)},"authorised":true}` },
    'not-as-described',
    422,
  ],
  ['more than fits', { body: JSON.stringify({ document: 'x'.repeat(300_000) }) }, 'too-large', 413],
  [
    'a form',
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' },
    'unsupported-media-type',
    415,
  ],
  ['text', { headers: { 'content-type': 'text/plain' }, body: '{}' }, 'unsupported-media-type', 415],
  [
    'no content type that can be one',
    { headers: { 'content-type': 'nonsense' }, body: '{}' },
    'unsupported-media-type',
    415,
  ],
  [
    'a compressed body',
    { headers: { ...JSON_BODY, 'content-encoding': 'gzip' }, body: '{}' },
    'unsupported-media-type',
    415,
  ],
  [
    'an answer as XML is asked for',
    { headers: { ...JSON_BODY, accept: 'application/xml' }, body: '{}' },
    'not-acceptable',
    406,
  ],
  ['an address of nothing', { path: '/nothing', method: 'GET', headers: {} }, 'not-found', 404],
  ['an address that cannot be one', { path: '/%zz', method: 'GET', headers: {} }, 'not-found', 404],
  ['an id that cannot be one', { path: '/associations/1', method: 'GET', headers: {} }, 'not-found', 404],
  ['a number that cannot be one', { path: '/registrations/4817206', method: 'GET', headers: {} }, 'not-found', 404],
  ['a draft of nothing', { path: '/drafts/%00', method: 'GET', headers: {} }, 'not-found', 404],
])('%s', async (_, call, code, status) => {
  expect(await send(call)).toMatchObject({ code, status });
});

test('everything under /api is answered for programs, also outside of what there is', async () => {
  for (const path of ['/api/v2/account', '/api/nothing', '/api/v1', '/api/v1/', '/api/%zz']) {
    const answer = await fetch(served.url + path);
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
      path,
      404,
      'application/problem+json; charset=utf-8',
    ]);
  }
});

test('a method that an address does not take is answered with those that it takes', async () => {
  const answer = await send({ method: 'DELETE', path: '/registrations', headers: {} });
  expect([answer.code, answer.status, answer.headers.get('allow')]).toEqual([
    'method-not-allowed',
    405,
    'POST, GET, HEAD',
  ]);
  const other = await send({ method: 'PUT', path: '/registrations/48172065', headers: {} });
  expect(other.headers.get('allow')).toBe('GET, HEAD, PATCH');
});

test.each<[string, unknown, object[]]>([
  [
    'a member that is not described',
    { ...good(), sudo: true },
    [{ pointer: '/sudo', detail: 'This is no member of what is taken here.' }],
  ],
  [
    'a member with a slash in its name',
    { ...good(), 'a/b~c': 1 },
    [{ pointer: '/a~1b~0c', detail: expect.any(String) }],
  ],
  ['a wrong type', { ...good(), system_id: 7 }, [{ pointer: '/system_id', detail: 'This must be text.' }]],
  [
    'a statement that is not made',
    { ...good(), authorised: false },
    [{ pointer: '/authorised', detail: 'This must be true.' }],
  ],
  ['a statement that is missing', { system_id: good().system_id }, [{ pointer: '/authorised' }]],
  [
    'neither System ID nor document',
    { authorised: true },
    [{ pointer: '/system_id', detail: 'Send either system_id or document.' }],
  ],
  ['a list', [], [{ pointer: '', detail: 'This must be an object.' }]],
  ['null', null, [{ pointer: '', detail: 'This must be an object.' }]],
  [
    'a NUL',
    { ...good(), system_id: 'a\0b' },
    [{ pointer: '/system_id', detail: 'This holds a NUL, which no text has.' }],
  ],
  ['half of a surrogate pair', { ...good(), system_id: '\ud800' }, [{ pointer: '/system_id' }]],
  [
    'the name of a prototype',
    JSON.parse('{"__proto__":{"x":1},"system_id":"a","authorised":true}'),
    [{ pointer: '/__proto__' }],
  ],
])('%s is refused with where and what', async (_, body, errors) => {
  const answer = await send({ body: JSON.stringify(body) });
  expect(answer).toMatchObject({ code: 'not-as-described', status: 422, errors });
});

test('thousands of wrong members get a few sentences, not thousands', async () => {
  const body = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`m${n}`, n])));
  expect((await send({ body })).errors).toHaveLength(20);
});

test.each([
  ['limit=0', 'limit'],
  ['limit=101', 'limit'],
  ['limit=1.5', 'limit'],
  ['limit=x', 'limit'],
  ['limit=1&limit=2', 'limit'],
  ['cursor=nonsense', 'cursor'],
  ['cursor=', 'cursor'],
  [`cursor=${Buffer.from('["a"]').toString('base64url')}`, 'cursor'],
  [`cursor=${Buffer.from('["a\\u0000","1"]').toString('base64url')}`, 'cursor'],
  [`cursor=${Buffer.from('["a\\ud800","1"]').toString('base64url')}`, 'cursor'],
  [`cursor=${Buffer.from('[1,2]').toString('base64url')}`, 'cursor'],
  ['search=a%00b', 'search'],
  ['state=gone', 'state'],
  ['page=2', 'page'],
])('the query %s is refused, and the parameter is named', async (query, parameter) => {
  const answer = await send({ method: 'GET', path: `/registrations?${query}`, headers: {} });
  expect(answer).toMatchObject({ code: 'not-as-described', status: 422, errors: [{ parameter }] });
});

test('odd things to look for are only looked for', async () => {
  for (const search of ['%', '_', '\\', "'", '" or 1=1', '🏥', 'Å', '💥'.repeat(50)]) {
    const answer = await fetch(`${served.url}/api/v1/registrations?search=${encodeURIComponent(search)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([search, answer.status, (await answer.json()).items]).toEqual([search, 200, []]);
  }
});

test('a change needs the state that the caller saw, and one that cannot be is stale', async () => {
  const edit = (ifMatch?: string) =>
    send({
      method: 'POST',
      path: '/confirmations',
      headers: { ...JSON_BODY, ...(ifMatch && { 'if-match': ifMatch }) },
      body: JSON.stringify({ registration: '00000000' }),
    });
  expect(await edit()).toMatchObject({ code: 'precondition-needed', status: 428 });
  for (const odd of ['*', 'W/"1"', '"x"', '1', '"1", "2"']) {
    expect(await edit(odd)).toMatchObject({ code: 'not-among-yours' });
  }
});

test('an answer of the form that is wrong is refused in the words of the page', async () => {
  const answers = {
    installation: {
      site_name: ' ',
      company: 'C',
      address: 'A',
      city: 'B',
      country: 'XX',
      segments: ['office'],
    },
    site_administrator: { name: 'Ida', email: 'not an address' },
    warranty: { start: '2026-01-01', end: '2025-01-01' },
  };
  const body = JSON.stringify({ request: '2f0f7f5e-6a3c-4d61-9f0a-2b7f3f1f9a10', answers });
  const { errors } = await send({ path: '/registrations', body });
  expect(errors).toEqual([
    { pointer: '/answers/installation/site_name', detail: 'Enter the site or building name.' },
    { pointer: '/answers/installation/country', detail: expect.any(String) },
    { pointer: '/answers/site_administrator/email', detail: expect.any(String) },
    { pointer: '/answers/warranty/end', detail: expect.any(String) },
  ]);
});

test('who calls more often than is allowed is told when to go on', async () => {
  const own = await servePortal({ apiCallsPerMinute: 3 });
  try {
    const mine = await tokenFor(own.portal, own.cast.integrator);
    const another = await tokenFor(own.portal, own.cast.integrator);
    const theirs = await tokenFor(own.portal, own.cast.stranger);
    const get = (as: string) => fetch(`${own.url}/api/v1/account`, { headers: { authorization: `Bearer ${as}` } });
    const first = await get(mine);
    expect([first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual(['3', '2']);
    // Another token of the same account is not another limit.
    await get(another);
    await get(mine);
    const refused = await get(another);
    expect([refused.status, (await refused.json()).code]).toEqual([429, 'too-many-requests']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await get(theirs)).status).toBe(200);
  } finally {
    await own.close();
  }
});

test('a body that breaks off leaves the portal well', async () => {
  const { hostname, port } = new URL(served.url);
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST /api/v1/requests HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\n` +
          'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"system_id":',
      );
      setTimeout(() => socket.destroy(), 50);
    });
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });
  expect(await send({ body: '{' })).toMatchObject({ code: 'not-understood' });
});
