import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Secret } from '../portal/secret.ts';
import { sql } from '../portal/store/sql.ts';
import { CLIENT, type Faults, type FaultyProvider, startFaultyProvider } from './support/faulty-provider.ts';
import { headingOf, type Page, says } from './support/http.ts';
import { Person, type ServedPortal, servePortal } from './support/pages.ts';
import { testServer } from './support/portal.ts';

/** What a provider must never say is not believed: each in words, with a code, and nothing is changed by it. */

let provider: FaultyProvider;
let served: ServedPortal;
beforeAll(async () => {
  provider = await startFaultyProvider();
  const settings = {
    id: 'faulty',
    name: 'Faulty',
    issuer: provider.issuer,
    clientId: CLIENT.id,
    clientSecret: new Secret(CLIENT.secret),
    scope: 'openid',
    kind: undefined,
  };
  served = await servePortal({ providers: [settings] });
});
afterAll(async () => {
  await provider.stop();
  await served.close();
});
afterEach(() => {
  provider.faults = {};
});

const logOn = async (browser: Person, from?: Page) =>
  browser.browser.follow(from ?? (await browser.get('/log-on')), 'Log on with Faulty');

/** All that a log-on could have changed. */
function everything(): Promise<unknown> {
  return served.portal.db.row(sql`
    select (select count(*) from account) as accounts, (select count(*) from session) as sessions,
      (select count(*) from identity) as identities, (select count(*) from newcomer) as newcomers`);
}

test('an honest answer of this provider is believed', async () => {
  expect(headingOf(await logOn(new Person(served)))).toBe('One more step');
  provider.faults = { claims: { aud: [CLIENT.id], azp: CLIENT.id } };
  expect(headingOf(await logOn(new Person(served)))).toBe('One more step');
});

const hour = 3600;
const now = () => Math.floor(Date.now() / 1000);

test.each<[string, string, () => Faults]>([
  ['of another issuer', 'answer-from-another-issuer', () => ({ claims: { iss: 'https://elsewhere.example' } })],
  ['without an issuer', 'answer-damaged', () => ({ claims: { iss: undefined } })],
  [
    'from another issuer by the browser',
    'answer-from-another-issuer',
    () => ({ back: { code: 'x', iss: 'https://elsewhere.example' } }),
  ],
  [
    'of a provider that calls itself otherwise',
    'answer-from-another-issuer',
    () => ({ metadata: { issuer: 'https://elsewhere.example' } }),
  ],
  ['for another audience', 'answer-for-another-portal', () => ({ claims: { aud: 'another' } })],
  [
    'for us and others, made for another',
    'answer-for-another-portal',
    () => ({ claims: { aud: [CLIENT.id, 'another'], azp: 'another' } }),
  ],
  ['to another log-on', 'answer-to-another-log-on', () => ({ claims: { nonce: 'of yesterday' } })],
  ['to no log-on', 'answer-damaged', () => ({ claims: { nonce: undefined } })],
  ['that has expired', 'answer-expired', () => ({ claims: { iat: now() - 2 * hour, exp: now() - hour } })],
  ['that begins later', 'answer-expired', () => ({ claims: { nbf: now() + hour } })],
  ['without an end', 'answer-damaged', () => ({ claims: { exp: undefined } })],
  ['about somebody whose subject cannot be one', 'answer-damaged', () => ({ claims: { sub: 'a\0b' } })],
  ['about nobody', 'answer-damaged', () => ({ claims: { sub: undefined } })],
  ['that is not signed', 'answer-not-signed', () => ({ signature: 'none' })],
  [
    'that is not signed, of a provider that says it never signs',
    'answer-not-signed',
    () => ({ signature: 'none', metadata: { id_token_signing_alg_values_supported: ['none'] } }),
  ],
  [
    'signed with the secret that both know',
    'answer-not-signed',
    () => ({ signature: 'client-secret', metadata: { id_token_signing_alg_values_supported: ['HS256'] } }),
  ],
  ['signed by a key that is not published', 'answer-not-signed', () => ({ signature: 'foreign-key' })],
  ['that was changed after it was signed', 'answer-not-signed', () => ({ signature: 'changed-afterwards' })],
  ['without tokens', 'answer-damaged', () => ({ tokens: { status: 200, body: '{}' } })],
  ['that is no JSON', 'answer-damaged', () => ({ tokens: { status: 200, body: '<html>', type: 'text/html' } })],
  [
    'that the code was used',
    'provider-refused',
    () => ({ tokens: { status: 400, body: '{"error":"invalid_grant"}' } }),
  ],
  [
    'that it cannot now',
    'provider-unreachable',
    () => ({ tokens: { status: 503, body: 'later', type: 'text/plain' } }),
  ],
  ['by the browser: stopped', 'provider-stopped', () => ({ back: { error: 'access_denied' } })],
  [
    'by the browser: another error',
    'provider-refused',
    () => ({ back: { error: 'server_error', error_description: '<b>bold</b>' } }),
  ],
  ['by the browser without a code', 'answer-damaged', () => ({ back: {} })],
])('an answer %s: %s', async (_, code, faults) => {
  provider.faults = faults();
  const browser = new Person(served);
  const carried = await browser.carry(testServer());
  const before = await everything();
  const page = await logOn(browser, carried);
  expect(says(page)).toContain(`Reason ${code}`);
  expect(says(page)).toContain('Your request is still here.');
  expect(page.status).toBeGreaterThanOrEqual(400);
  expect(page.html).not.toContain('<b>bold');
  expect(await everything()).toEqual(before);
  // The same browser can go on at once.
  provider.faults = {};
  expect(headingOf(await browser.browser.follow(page, 'Try again'))).toBe('One more step');
});

test('a provider that takes the connection and says nothing counts as down', { timeout: 60_000 }, async () => {
  provider.faults = { silent: '/token' };
  expect(says(await logOn(new Person(served)))).toContain('Reason provider-unreachable');
});

test('an e-mail address that the provider has not verified is not taken from it', async () => {
  for (const email_verified of [false, 'true', undefined]) {
    provider.faults = { claims: { email_verified, email: served.cast.integrator.email } };
    const page = await logOn(new Person(served));
    expect(headingOf(page)).toBe('One more step');
    expect(page.html).not.toContain(served.cast.integrator.email);
    expect(page.html).toContain('name="email"');
  }
});

test('what somebody is called at the provider is shown as it is, whatever it is', async () => {
  for (const name of ['<script>alert(1)</script>', '\u0000\ud800', 'x'.repeat(5000), '']) {
    provider.faults = { claims: { name, sub: `odd-${name.length}` } };
    const page = await logOn(new Person(served));
    expect([name.slice(0, 9), page.status, headingOf(page)]).toEqual([name.slice(0, 9), 200, 'One more step']);
    expect(page.html).not.toContain('<script>alert');
  }
});

test('a provider shows anew who somebody is only where it says that it asked just now', async () => {
  const { portal, cast } = served;
  const known = { sub: 'lena' };
  await portal.db.rows(sql`
    insert into identity (iss, sub, account, linked_at)
    values (${provider.issuer}, 'lena', ${cast.integrator.id}, ${portal.now()})`);
  provider.faults = { claims: known };
  const browser = new Person(served);
  expect(headingOf(await logOn(browser))).toBe('Registered systems');
  // It may have known her for days.
  const again = await browser.get('/account/passkeys/new');
  expect(headingOf(again)).toBe('Log on once more');
  for (const [claims, code] of [
    [{}, 'answer-damaged'],
    [{ auth_time: now() - hour }, 'answer-expired'],
    [{ auth_time: 'now' }, 'answer-damaged'],
  ] as const) {
    provider.faults = { claims: { ...known, ...claims } };
    expect(says(await logOn(browser, again))).toContain(`Reason ${code}`);
    expect(headingOf(await browser.get('/account/passkeys/new'))).toBe('Log on once more');
  }
  // Nor by the way that asks nobody, whatever that says.
  provider.faults = { claims: { ...known, auth_time: now() } };
  await browser.get('/log-on/with/faulty?next=/account');
  expect(headingOf(await browser.get('/account/passkeys/new'))).toBe('Log on once more');
  expect(headingOf(await logOn(browser, again))).toBe('Add a passkey');
});
