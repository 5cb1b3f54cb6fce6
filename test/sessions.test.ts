import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSession } from '../portal/operations/sessions.ts';
import { sql } from '../portal/store/sql.ts';
import { headingOf, says } from './support/http.ts';
import { type Elsewhere, Person, type ServedPortal, serveElsewhere, servePortal, signedIn } from './support/pages.ts';

/** Where an account is logged on, and the end of it, as its person meets it. */

let served: ServedPortal;
let elsewhere: Elsewhere;
beforeAll(async () => {
  served = await servePortal();
  elsewhere = await serveElsewhere(served.portal);
});
afterAll(async () => {
  await elsewhere.close();
  await served.close();
});

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const logsOn = (heading: string) => heading.startsWith('Log on');

test('one’s log-ons are listed: from what, how, since when, when used last; this one first', async () => {
  const { portal, cast } = served;
  await startSession(portal, cast.integrator.id, { userAgent: CHROME });
  portal.pass(5);
  const person = await signedIn(served, cast.integrator);
  const account = await person.get('/account');
  expect(says(account)).toMatch(
    /2 log-ons are open .*A browser that we do not know \(this one\) password 24 November 2026, 19:05 CET this hour Log off here Chrome on Windows password 24 November 2026, 14:05 CET 5 hours ago Log off/,
  );
});

test('one that is ended is gone at once, in every process, and the others go on', async () => {
  const { cast } = served;
  const [person, other, third] = await Promise.all([1, 2, 3].map(() => signedIn(served, cast.stranger)));
  if (!person || !other || !third) throw new Error('Nobody is logged on.');
  for (const one of [other, third])
    expect(headingOf(await one.browser.get(`${elsewhere.url}/systems`))).not.toMatch(/^Log on/);
  const account = await person.get('/account');
  // The newest of the others stands first.
  await person.press(account, 'Log off A browser');
  const left = await Promise.all(
    [other, third].map(async (one) => headingOf(await one.browser.get(`${elsewhere.url}/systems`))),
  );
  expect(left.filter(logsOn)).toHaveLength(1);

  await person.press(await person.get('/account'), 'Log off everywhere else');
  for (const one of [other, third]) {
    expect(headingOf(await one.get('/systems'))).toMatch(/^Log on/);
    expect(headingOf(await one.browser.get(`${elsewhere.url}/systems`))).toMatch(/^Log on/);
  }
  const alone = await person.get('/account');
  expect([says(alone).includes('1 log-on is open'), alone.html.includes('everywhere else')]).toEqual([true, false]);
});

test('logging on takes over nothing of the session that was there: its token opens nothing any more', async () => {
  const { portal, cast } = served;
  const tokens = async (account: string) =>
    (
      await portal.db.rows(sql<{ hash: string }>`
      select encode(token_hash, 'hex') as hash from session where account = ${account}`)
    ).map(({ hash }) => hash);
  // Whoever knows the token that is planted in a browser must not share what its person does later.
  const before = await tokens(cast.stranger.id);
  const person = await signedIn(served, cast.stranger);
  const [planted] = (await tokens(cast.stranger.id)).filter((hash) => !before.includes(hash));
  // The page was open before.
  await person.logOn(cast.endUser, await new Person(served).get('/log-on'));
  expect(await tokens(cast.stranger.id)).not.toContain(planted);
  expect(await tokens(cast.endUser.id)).not.toContain(planted);
  expect(says(await person.get('/account'))).toContain(cast.endUser.email);
});

test('nobody ends the log-on of another account, or learns whether there is one', async () => {
  const { portal, cast } = served;
  const lena = await signedIn(served, cast.integrator);
  const anna = await signedIn(served, cast.endUser);
  const row = await portal.db.row(sql<{ id: string }>`select id from session where account = ${cast.integrator.id}`);
  const page = await anna.get('/account');
  const end = (id: string) =>
    anna.browser.submit(
      page,
      { action: `${served.url}/account/sessions/${id}/end`, method: 'post' },
      new URLSearchParams(),
    );
  const [foreign, none] = [await end(row?.id ?? ''), await end('11111111-1111-4111-8111-111111111111')];
  expect(foreign.html).toBe(none.html);
  await anna.press(page, 'Log off everywhere else').catch(() => undefined);
  expect(headingOf(await lena.get('/systems'))).toBe('Registered systems');
});

test('no page and no row says from which address somebody logged on, and only a name of ours says from what', async () => {
  const { portal, cast } = served;
  await startSession(portal, cast.endUser.id, { userAgent: '<script>alert(1)</script> Firefox/145.0' });
  const rows = await portal.db.rows(sql`select * from session`);
  expect(JSON.stringify(rows)).not.toMatch(/127\.0\.0\.1|::1|script/);
  const person = await signedIn(served, cast.endUser);
  expect((await person.get('/account')).html).not.toContain('alert(1)');
});

test('a log-on is noted as used once an hour', async () => {
  const { portal, cast } = served;
  await portal.db.rows(sql`delete from session`);
  const person = await signedIn(served, cast.endUser);
  const used = async () => {
    await person.get('/systems');
    const row = await portal.db.row(sql<{ at: Date; version: string }>`
      select used_at as at, xmin::text as version from session`);
    return row;
  };
  const first = await used();
  expect(await used()).toEqual(first);
  portal.pass(2);
  expect((await used())?.at.getTime()).toBe((first?.at.getTime() ?? 0) + 2 * 3_600_000);
});

test('another site ends nothing', async () => {
  const person = await signedIn(served, served.cast.integrator);
  const page = { url: 'https://evil.example/', status: 200, html: '', headers: new Headers() };
  const form = { action: `${served.url}/account/sessions/end-others`, method: 'post' };
  const refused = await person.browser.submit(page, form, new URLSearchParams());
  expect([refused.status, says(refused)]).toEqual([403, expect.stringContaining('Reason from-another-page')]);
  expect(headingOf(await new Person(served).get('/account'))).toMatch(/^Log on/);
});
