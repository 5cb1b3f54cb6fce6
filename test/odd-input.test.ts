import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildingsExchange } from '../cli/demo/buildings-exchange.tsx';
import { exchangeSettings, startExchange } from './support/exchange.ts';
import { headingOf, says } from './support/http.ts';
import { type Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { actsOf, carried, currentAssociation, registered, testServer } from './support/portal.ts';
import { freePort } from './support/processes.ts';

/** What no page of ours would send: it is answered in words, as what it is, and the portal never fails at it. */

let served: ServedPortal;
let exchange: BuildingsExchange;
let lena: Person;
let number: string;
let request: string;
let association: string;
const SITE = '<b>Bold & "quoted"</b>';
beforeAll(async () => {
  const port = await freePort();
  served = await servePortal({ providers: [exchangeSettings(port)] });
  exchange = await startExchange(served.url, port, []);
  const { portal, cast } = served;
  number = await registered(portal, cast.integrator, testServer(), { site: SITE });
  association = (await currentAssociation(portal, number)) ?? '';
  request = await carried(portal, cast.integrator, testServer());
  lena = await signedIn(served, cast.integrator);
});
afterAll(async () => {
  await exchange.stop();
  await served.close();
});

// As they stand in an address: a NUL, half of a character, a broken escape, a pattern, a path, a line end, far too much.
const ODD = [
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%',
  '%25',
  '_',
  '%5C',
  '%27',
  '..%2F',
  '%0A',
  '-1',
  '1e99',
  'a'.repeat(5000),
];

describe('in an address', () => {
  const addresses: ((odd: string) => string)[] = [
    (odd) => `/systems?q=${odd}`,
    (odd) => `/systems?q=a&q=${odd}`,
    (odd) => `/systems?state=${odd}&page=${odd}`,
    (odd) => `/systems/${odd}`,
    (odd) => `/systems/${number}?history=${odd}`,
    (odd) => `/systems/${number}/form/${odd}`,
    (odd) => `/systems/${number}/associations/${odd}`,
    (odd) => `/systems/${number}/merge/${odd}`,
    (odd) => `/requests/${odd}/form/check`,
    (odd) => `/requests/${request}/form/${odd}`,
    (odd) => `/requests/${request}/form/copy?q=${odd}&page=${odd}`,
    (odd) => `/requests/${request}/registrations?q=${odd}&show=${odd}&page=${odd}`,
    (odd) => `/requests/${request}/registrations/${odd}`,
    (odd) => `/systems/${number}/case?opened=${odd}`,
    (odd) => `/requests/${odd}/case`,
    (odd) => `/cases/${odd}`,
    (odd) => `/administration/cases/${odd}`,
    (odd) => `/help/${odd}`,
    (odd) => `/log-on?next=${odd}`,
    (odd) => `/log-on/with/${odd}`,
    (odd) => `/log-on/with/exchange?next=${odd}`,
    (odd) => `/log-on/with/exchange/back?state=${odd}&code=${odd}&iss=${odd}`,
    (odd) => `/log-on/with/exchange/back?state=${odd}&state=${odd}`,
    (odd) => `/log-on/first/${odd}`,
    (odd) => `/log-off/${odd}`,
    (odd) => `/create-account?next=${odd}`,
    (odd) => `/create-account/${odd}?again=${odd}`,
    (odd) => `/create-account/link/${odd}`,
    (odd) => `/forgotten-password/link/${odd}`,
    (odd) => `/account/organisation/members/${odd}`,
    (odd) => `/organisation-invitations/${odd}`,
    (odd) => `/log-on/who?next=${odd}`,
  ];

  test.each(ODD.map((odd) => ({ odd, shown: odd.slice(0, 12) })))('$shown is answered', async ({ odd }) => {
    for (const address of addresses) {
      const page = await lena.get(address(odd));
      expect([address(odd).slice(0, 80), page.status]).toEqual([address(odd).slice(0, 80), expect.toSatisfy(isAnswer)]);
      expect(headingOf(page)).not.toBe('');
    }
  });

  test('what stands for something else in a pattern stands for itself in a search', async () => {
    for (const search of ['%', '_', '\\', '%old%', 'B_ld']) {
      const page = await lena.get(`/systems?q=${encodeURIComponent(search)}`);
      expect([search, says(page)]).toEqual([search, expect.stringContaining('No registered system of yours fits.')]);
    }
    expect(says(await lena.get('/systems?q=%00bold'))).toContain(SITE);
  });
});

describe('in a form', () => {
  const NAMES = ['site_name', 'company', 'address', 'city', 'country', 'segments', 'segments', 'name', 'start', 'end'];
  const MORE = [
    'email',
    'password',
    'next',
    'id',
    'new-id',
    'revision',
    'registration',
    'how',
    'what',
    'reason',
    'other',
    'seen',
    'invite',
    'invite_address',
  ];
  const actions = () => [
    '/log-on',
    '/log-on/first/%00',
    '/log-on/first/%00/prove',
    '/log-on/first/%00/link',
    '/create-account',
    '/create-account/%00/again',
    '/create-account/link/%00',
    '/forgotten-password',
    '/forgotten-password/link/%00',
    '/register',
    '/register/associate',
    '/requests',
    `/requests/${request}`,
    `/requests/${request}/form/installation`,
    `/requests/${request}/form/installation/draft`,
    `/requests/${request}/form/site-administrator`,
    `/requests/${request}/form/warranty`,
    `/requests/${request}/form/copy/%00`,
    `/requests/${request}/registrations/${number}`,
    `/requests/${request}/registrations/${number}/move`,
    `/systems/${number}/confirm`,
    `/systems/${number}/form/installation?revision=%00`,
    `/systems/${number}/form/site-administrator/draft?revision=99999999999999`,
    `/systems/${number}/associations/${association}/undo`,
    `/systems/${number}/conflicts/%00/settle`,
    `/systems/${number}/hand-over`,
    `/systems/${number}/end-integrator`,
    `/requests/${request}/case`,
    '/cases/%00/object',
    '/cases/%00/withdraw',
    '/administration/registrations',
    '/drafts/%00/discard',
    '/account/organisation',
    '/account/organisation/invitations',
    '/account/organisation/members/%00/role',
    '/organisation-invitations/%00/accept',
    '/account/shared',
    '/account/details',
    '/account/address',
    '/account/address/%00',
    '/account/erase',
    '/log-on/who',
  ];

  test.each([
    { what: 'a NUL', typed: 'a\0b' },
    { what: 'half of a character', typed: '\ud800' },
    { what: 'a character beyond the first 65,536', typed: '😀'.repeat(300) },
    { what: 'ten thousand letters', typed: 'x'.repeat(10_000) },
    { what: 'markup', typed: '</textarea><script>alert(1)</script>' },
  ])('$what is answered, and never becomes markup', async ({ typed }) => {
    const from = await lena.get('/systems');
    const acts = await actsOf(served.portal, number);
    for (const action of actions()) {
      const body = new URLSearchParams([...NAMES, ...MORE].map((name) => [name, typed]));
      const page = await lena.browser.submit(from, { action, method: 'post' }, body);
      expect([action, page.status]).toEqual([action, expect.toSatisfy(isAnswer)]);
      expect(page.html).not.toContain('<script>alert');
    }
    expect(await actsOf(served.portal, number)).toEqual(acts);
  });

  test('nothing at all is answered, and what is no form too', async () => {
    const from = await lena.get('/systems');
    for (const action of actions()) {
      const empty = await lena.browser.submit(from, { action, method: 'post' }, new URLSearchParams());
      expect([action, empty.status]).toEqual([action, expect.toSatisfy(isAnswer)]);
      for (const type of ['application/json', 'text/xml']) {
        const answer = await fetch(new URL(action, served.url), {
          method: 'POST',
          body: '[1]',
          headers: { 'content-type': type },
          redirect: 'manual',
        });
        expect([action, type, answer.status]).toEqual([action, type, expect.toSatisfy(isAnswer)]);
      }
    }
  });
});

test('what somebody typed is shown as it was typed, never as HTML', async () => {
  for (const path of ['/systems?q=bold', `/systems/${number}`, `/systems/${number}/close`, `/systems/${number}/form`]) {
    const page = await lena.get(path);
    expect(page.html, path).not.toContain('<b>Bold');
    expect(page.html, path).toMatch(/&lt;b(>|&gt;)Bold &amp; (")?/);
  }
  const search = await lena.get(`/systems?q=${encodeURIComponent('"><b>Bold')}`);
  expect(search.html).not.toContain('"><b>Bold');
});

function isAnswer(status: number): boolean {
  return status >= 200 && status < 500;
}
