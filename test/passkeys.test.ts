import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compose } from '../portal/mail/compose.ts';
import { removePasskey } from '../portal/operations/passkeys.ts';
import type { Account } from '../portal/portal.ts';
import { sql } from '../portal/store/sql.ts';
import { Authenticator, type Said } from './support/authenticator.ts';
import { headingOf, type Page, says } from './support/http.ts';
import {
  type Elsewhere,
  PASSWORD,
  Person,
  type ServedPortal,
  serveElsewhere,
  servePortal,
  signedIn,
} from './support/pages.ts';
import { testServer } from './support/portal.ts';

/** Passkeys with answers made by hand, so that they can be wrong: the keys are real. In a browser: passkeys-in-a-browser. */

let served: ServedPortal;
let lena: Account;
let anna: Account;
let elsewhere: Elsewhere;
beforeAll(async () => {
  served = await servePortal();
  lena = served.cast.integrator;
  anna = served.cast.endUser;
  elsewhere = await serveElsewhere(served.portal);
});
afterAll(async () => {
  await elsewhere.close();
  await served.close();
});

// An account has room for twenty.
beforeEach(() => served.portal.db.rows(sql`delete from passkey`));

const reasonOf = (page: Page) => /Reason ([a-z-]+)/.exec(says(page))?.[1] ?? headingOf(page);

/** What a script of the page posts. */
function post(person: Person, path: string, values: Record<string, string> = {}, at = served.url): Promise<Page> {
  const page = { url: served.url, status: 200, html: '', headers: new Headers() };
  return person.browser.submit(page, { action: at + path, method: 'post' }, new URLSearchParams(values));
}

async function question(person: Person, path: '/log-on/passkey' | '/account/passkeys' = '/log-on/passkey') {
  const page = await post(person, `${path}/question`);
  return JSON.parse(page.html) as { challenge: string; user?: { id: string }; excludeCredentials?: { id: string }[] };
}

/** Somebody with a new passkey, logged on with their password. */
async function withPasskey(account: Account, name = 'Telephone'): Promise<{ person: Person; key: Authenticator }> {
  const [person, key] = [await signedIn(served, account), new Authenticator(served.url)];
  const { challenge } = await question(person, '/account/passkeys');
  const added = await post(person, '/account/passkeys', { answer: key.make(challenge), name });
  expect(headingOf(added)).toBe('Your account');
  return { person, key };
}

/** Tries to log on with it, in a browser that nobody is logged on in. */
async function logOn(
  key: Authenticator,
  account: Account,
  said: Said = {},
  person = new Person(served),
): Promise<Page> {
  const { challenge } = await question(person);
  return post(person, '/log-on/passkey', { answer: key.sign(challenge, account.id, said), next: '/register' });
}

const mails = (account: Account) =>
  served.portal.db.rows(sql<{ template: string; name: string }>`
    select template, facts ->> 'name' as name from outbox
    where address = ${account.email} and template like 'passkey-%' order by created_at, id`);

async function idOf(name: string): Promise<string> {
  const row = await served.portal.db.row(sql<{ id: string }>`select id from passkey where name = ${name}`);
  return row?.id ?? '';
}

describe('a passkey', () => {
  test('is added, opens the account without a name typed, and goes on where its person was', async () => {
    const { key } = await withPasskey(lena, 'Telephone of Lena');
    const person = new Person(served);
    const there = await logOn(key, lena, {}, person);
    expect([new URL(there.url).pathname, there.status]).toEqual(['/register', 200]);
    const account = says(await person.get('/account'));
    expect(account).toContain('Email Address lena');
    expect(account).toMatch(/Telephone of Lena 24 November 2026 24 November 2026 Name or remove/);
    expect(account).toContain('passkey Telephone of Lena');
    expect(await mails(lena)).toContainEqual({ template: 'passkey-added', name: 'Telephone of Lena' });
  });

  test('is asked for with what browsers need, and made once an authenticator', async () => {
    const { person, key } = await withPasskey(lena);
    const asked = await question(person, '/account/passkeys');
    expect(asked).toMatchObject({
      rp: { id: 'localhost' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    // Nothing by which a reader of the authenticator would know the person is in the handle.
    expect(Buffer.from(asked.user?.id ?? '', 'base64url').toString()).toBe(lena.id);
    expect(asked.excludeCredentials?.map(({ id }) => id)).toContain(key.credentialId.toString('base64url'));
    expect(await question(new Person(served))).toMatchObject({
      rpId: 'localhost',
      allowCredentials: [],
      userVerification: 'required',
    });
  });

  test('is taken in any process', async () => {
    const { key } = await withPasskey(lena);
    const person = new Person(served);
    const { challenge } = await question(person);
    const answer = key.sign(challenge, lena.id);
    const there = await post(person, '/log-on/passkey', { answer }, elsewhere.url);
    expect(headingOf(there)).toBe('Registered systems');
  });

  test('gets another name from its person only', async () => {
    await withPasskey(lena, 'Old name');
    const path = `/account/passkeys/${await idOf('Old name')}`;
    const page = await (await signedIn(served, lena)).get(path);
    const person = await signedIn(served, lena);
    expect((await person.press(page, 'Save name', { name: ' ' })).status).toBe(422);
    expect((await person.press(page, 'Save name', { name: 'x'.repeat(81) })).status).toBe(422);
    expect((await post(await signedIn(served, anna), path, { name: 'Of Anna' })).status).toBe(404);
    expect(says(await person.press(page, 'Save name', { name: '<b>New name' }))).toContain('<b>New name');
    expect(await idOf('Of Anna')).toBe('');
  });

  test('takes over what its person carried', async () => {
    const { key } = await withPasskey(lena);
    const person = new Person(served);
    const page = await person.carry(testServer());
    const next = new URL(page.url).searchParams.get('next') ?? '';
    const { challenge } = await question(person);
    const there = await post(person, '/log-on/passkey', { answer: key.sign(challenge, lena.id), next });
    expect(headingOf(there)).toBe('Are you authorised for this system?');
  });

  test('goes on to no other site', async () => {
    const { key } = await withPasskey(lena);
    const person = new Person(served);
    const { challenge } = await question(person);
    const answer = key.sign(challenge, lena.id);
    const there = await post(person, '/log-on/passkey', { answer, next: '//evil.example/' });
    expect(there.url).toBe(`${served.url}/systems`);
  });
});

describe('refused is', () => {
  const WRONG: [string, Said][] = [
    ['the answer of a page of another origin', { origin: 'https://evil.example' }],
    ['the answer of this host at another port', { origin: 'http://localhost:1' }],
    ['one for another host', { rpId: 'evil.example' }],
    ['one of a page within another', { crossOrigin: true }],
    ['one without its person verified', { flags: 0x01 }],
    ['one that names another account', { userHandle: '22222222-2222-4222-8222-222222222222' }],
    ['one of no known credential', { credentialId: Buffer.alloc(32, 7) }],
  ];
  test.each(WRONG)('%s', async (_, said) => {
    const { key } = await withPasskey(lena);
    const person = new Person(served);
    const refused = await logOn(key, lena, said, person);
    expect([refused.status, reasonOf(refused)]).toEqual([403, 'passkey-not-accepted']);
    expect(headingOf(await person.get('/systems'))).toMatch(/^Log on/);
  });

  test('another account’s credential, by key, by name and by handle', async () => {
    const [mine, theirs] = [await withPasskey(lena), await withPasskey(anna)];
    const asTheirs = { credentialId: theirs.key.credentialId };
    expect(reasonOf(await logOn(mine.key, anna, asTheirs))).toBe('passkey-not-accepted');
    expect(reasonOf(await logOn(mine.key, lena, asTheirs))).toBe('passkey-not-accepted');
    expect(reasonOf(await logOn(mine.key, anna))).toBe('passkey-not-accepted');
    // Who is logged on is not taken to another account without a word.
    expect(reasonOf(await logOn(theirs.key, anna, {}, mine.person))).toBe('passkey-not-accepted');
    expect(says(await mine.person.get('/account'))).toContain(lena.email);
  });

  test('an answer that is sent again, and any other to the same question', async () => {
    const { key } = await withPasskey(lena);
    const person = new Person(served);
    const { challenge } = await question(person);
    const answer = key.sign(challenge, lena.id);
    expect(headingOf(await post(person, '/log-on/passkey', { answer }))).toBe('Registered systems');
    await post(person, '/log-off');
    const again = await post(person, '/log-on/passkey', { answer });
    expect([again.status, reasonOf(again)]).toEqual([410, 'passkey-question-used']);
    const other = await post(person, '/log-on/passkey', { answer: key.sign(challenge, lena.id) });
    expect(reasonOf(other)).toBe('passkey-question-used');
  });

  test('an answer to a question that a wrong one had used up', async () => {
    const { key } = await withPasskey(lena);
    const person = new Person(served);
    const { challenge } = await question(person);
    const wrong = key.sign(challenge, lena.id, { origin: 'https://evil.example' });
    expect(reasonOf(await post(person, '/log-on/passkey', { answer: wrong }))).toBe('passkey-not-accepted');
    const right = key.sign(challenge, lena.id);
    expect(reasonOf(await post(person, '/log-on/passkey', { answer: right }))).toBe('passkey-question-used');
  });

  test('an answer to what another browser was asked, to what nobody asked, and one that comes too late', async () => {
    const { key } = await withPasskey(lena);
    const [asked, other] = [new Person(served), new Person(served)];
    const { challenge } = await question(asked);
    await question(other);
    const late = await question(asked);
    const answers = [key.sign(challenge, lena.id), key.sign('bm9ib2R5', lena.id)];
    for (const answer of answers) {
      expect(reasonOf(await post(other, '/log-on/passkey', { answer }))).toBe('passkey-question-used');
    }
    served.portal.pass(5 / 60);
    const answer = key.sign(late.challenge, lena.id);
    expect(reasonOf(await post(asked, '/log-on/passkey', { answer }))).toBe('passkey-question-used');
  });

  test('a question to add, answered to log on, and the other way round, and by another account', async () => {
    const { person, key } = await withPasskey(lena);
    const add = await question(person, '/account/passkeys');
    const signed = key.sign(add.challenge, lena.id);
    expect(reasonOf(await post(person, '/log-on/passkey', { answer: signed }))).toBe('passkey-question-used');
    const { challenge } = await question(person);
    const made = new Authenticator(served.url).make(challenge);
    expect(reasonOf(await post(person, '/account/passkeys', { answer: made }))).toBe('passkey-question-used');

    // In the same browser, Anna logs on after Lena was asked.
    const ofLena = await question(person, '/account/passkeys');
    await post(person, '/log-off');
    await person.logOn(anna);
    const answer = new Authenticator(served.url).make(ofLena.challenge);
    expect(reasonOf(await post(person, '/account/passkeys', { answer }))).toBe('passkey-question-used');
  });

  test.each([
    ['from another origin', { origin: 'https://evil.example' }],
    ['without its person verified', { flags: 0x41 }],
    ['without a key that can be used', { publicKey: Buffer.from('no key') }],
  ])('a new one %s', async (_, said) => {
    const person = await signedIn(served, lena);
    const { challenge } = await question(person, '/account/passkeys');
    const answer = new Authenticator(served.url).make(challenge, said);
    const refused = await post(person, '/account/passkeys', { answer, name: 'Wrong' });
    expect([refused.status, reasonOf(refused), await idOf('Wrong')]).toEqual([403, 'passkey-not-accepted', '']);
  });

  test('one that is an account’s already, whoever brings it', async () => {
    const { key } = await withPasskey(lena);
    const person = await signedIn(served, anna);
    const { challenge } = await question(person, '/account/passkeys');
    const refused = await post(person, '/account/passkeys', { answer: key.make(challenge), name: 'Taken' });
    expect([reasonOf(refused), await idOf('Taken')]).toEqual(['passkey-not-accepted', '']);
  });

  test('what another site posts', async () => {
    const answer = await fetch(`${served.url}/log-on/passkey/question`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('from-another-page')]);
  });
});

test('a counter that went back is refused and its owner is told; the one that goes on counting goes on', async () => {
  const { key } = await withPasskey(anna, 'Security key');
  expect(headingOf(await logOn(key, anna, { counter: 40 }))).toBe('Register a system');
  for (const counter of [40, 39, 0]) {
    const copied = await logOn(key, anna, { counter });
    expect([copied.status, reasonOf(copied)]).toEqual([403, 'passkey-copied']);
  }
  expect(headingOf(await logOn(key, anna, { counter: 41 }))).toBe('Register a system');
  const told = (await mails(anna)).filter(({ template }) => template === 'passkey-copied');
  expect(told).toEqual(Array.from({ length: 3 }, () => ({ template: 'passkey-copied', name: 'Security key' })));
});

test('an authenticator that does not count is taken each time', async () => {
  const [person, key] = [await signedIn(served, lena), new Authenticator(served.url)];
  const { challenge } = await question(person, '/account/passkeys');
  await post(person, '/account/passkeys', { answer: key.make(challenge, { counter: 0 }), name: 'Telephone' });
  for (let i = 0; i < 3; i++) expect(headingOf(await logOn(key, lena, { counter: 0 }))).toBe('Register a system');
});

test('each mail leads to where it can be put right, in both languages', () => {
  for (const template of ['passkey-added', 'passkey-removed', 'passkey-copied']) {
    const facts = { name: 'Telephone', at: '2026-11-24T13:05:00.000Z' };
    const notice = { id: '1', registration: undefined, recipient: 'account', template, facts } as const;
    for (const [locale, question] of [
      ['en', 'was it not you|whether it was you or not'],
      ['de', 'waren Sie das nicht|ob Sie es waren oder nicht'],
    ] as const) {
      const reader = { locale, timeZone: 'Europe/Copenhagen', namesZone: true };
      const { subject, text } = compose([notice], served.url, reader);
      expect(subject).not.toContain('Telephone');
      expect(text).toContain('Telephone');
      expect(text).toMatch(new RegExp(`(${question}).*\n${served.url}/account\n`, 'i'));
    }
  }
});

describe('twenty at once', () => {
  const twenty = <T>(act: (i: number) => Promise<T>) => Promise.all(Array.from({ length: 20 }, (_, i) => act(i)));

  test('with one question: one logs on', async () => {
    const { key } = await withPasskey(lena);
    const person = new Person(served);
    const { challenge } = await question(person);
    const answers = Array.from({ length: 20 }, () => key.sign(challenge, lena.id));
    const before = await sessions(lena);
    const pages = await twenty((i) =>
      post(person, '/log-on/passkey', { answer: answers[i] ?? '' }, i % 2 ? served.url : elsewhere.url),
    );
    expect(pages.filter((page) => headingOf(page) === 'Registered systems')).toHaveLength(1);
    expect(pages.filter((page) => reasonOf(page) === 'passkey-question-used')).toHaveLength(19);
    expect(await sessions(lena)).toBe(before + 1);
  });

  test('with one question: one is added', async () => {
    const person = await signedIn(served, lena);
    const { challenge } = await question(person, '/account/passkeys');
    const pages = await twenty(() =>
      post(person, '/account/passkeys', { answer: new Authenticator(served.url).make(challenge), name: 'Of twenty' }),
    );
    expect(pages.filter((page) => headingOf(page) === 'Your account')).toHaveLength(1);
    const row = await served.portal.db.row(
      sql<{ n: number }>`select count(*)::int as n from passkey where name = 'Of twenty'`,
    );
    expect(row?.n).toBe(1);
  });

  test('copies with one counter: one logs on', async () => {
    const { key } = await withPasskey(lena);
    const people = Array.from({ length: 20 }, () => new Person(served));
    const pages = await twenty((i) => logOn(key, lena, { counter: 9 }, people[i]));
    expect(pages.filter((page) => headingOf(page) === 'Register a system')).toHaveLength(1);
    expect(pages.filter((page) => reasonOf(page) === 'passkey-copied')).toHaveLength(19);
  });

  test('an account has twenty and no more', async () => {
    const { stranger } = served.cast;
    const person = await signedIn(served, stranger);
    // The first one makes the browser known.
    await question(person, '/account/passkeys');
    const asked = await Promise.all(Array.from({ length: 25 }, () => question(person, '/account/passkeys')));
    const pages = await Promise.all(
      asked.map(({ challenge }) =>
        post(person, '/account/passkeys', { answer: new Authenticator(served.url).make(challenge), name: 'Many' }),
      ),
    );
    expect(pages.filter((page) => reasonOf(page) === 'passkey-limit')).toHaveLength(5);
    const row = await served.portal.db.row(
      sql<{ n: number }>`select count(*)::int as n from passkey where account = ${stranger.id}`,
    );
    expect(row?.n).toBe(20);
    expect(reasonOf(await person.get('/account/passkeys/new'))).toBe('passkey-limit');
  });
});

async function sessions(account: Account): Promise<number> {
  const row = await served.portal.db.row(
    sql<{ n: number }>`select count(*)::int as n from session where account = ${account.id}`,
  );
  return row?.n ?? 0;
}

describe('removed', () => {
  test('it opens nothing, who came with it is logged off, and a mail says so', async () => {
    const { person, key } = await withPasskey(lena, 'Lost');
    const thief = new Person(served);
    await logOn(key, lena, {}, thief);
    const page = await person.get(`/account/passkeys/${await idOf('Lost')}`);
    expect(headingOf(await person.press(page, 'Remove passkey'))).toBe('Your account');
    expect(headingOf(await thief.get('/systems'))).toMatch(/^Log on/);
    expect(headingOf(await person.get('/systems'))).toBe('Registered systems');
    expect(reasonOf(await logOn(key, lena))).toBe('passkey-not-accepted');
    expect(await mails(lena)).toContainEqual({ template: 'passkey-removed', name: 'Lost' });
  });

  test('with the session that it began, this one goes on', async () => {
    const { key } = await withPasskey(lena, 'Mine');
    const person = new Person(served);
    await logOn(key, lena, {}, person);
    const page = await person.get(`/account/passkeys/${await idOf('Mine')}`);
    expect(headingOf(await person.press(page, 'Remove passkey'))).toBe('Your account');
    expect(says(await person.get('/account'))).toMatch(/\(this one\) passkey 24 November/);
  });

  test('it is not by another account, which learns nothing', async () => {
    await withPasskey(lena, 'Not yours');
    const person = await signedIn(served, anna);
    const path = `/account/passkeys/${await idOf('Not yours')}`;
    expect((await person.get(path)).status).toBe(404);
    expect((await post(person, `${path}/remove`)).status).toBe(404);
    expect(await idOf('Not yours')).not.toBe('');
  });

  test('it is not where it is the only way to log on, also by two at once', async () => {
    const { db } = served.portal;
    const [first, second] = [await withPasskey(anna, 'First'), await withPasskey(anna, 'Second')];
    const row = await db.row(sql<{ hash: string }>`select password_hash as hash from account where id = ${anna.id}`);
    await db.rows(sql`update account set password_hash = null where id = ${anna.id}`);
    const ids = [await idOf('First'), await idOf('Second')];
    const results = await Promise.all(
      ids.map((passkey) => removePasskey(served.portal, { account: anna, passkey, session: '' })),
    );
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'removed']);
    const [left, key] = results[0]?.outcome === 'refused' ? ['First', first.key] : ['Second', second.key];

    const person = new Person(served);
    await logOn(key, anna, {}, person);
    const path = `/account/passkeys/${await idOf(left)}`;
    expect(says(await person.get(path))).toContain('It is your only way to log on. Add another way first.');
    const refused = await post(person, `${path}/remove`);
    expect([refused.status, reasonOf(refused)]).toEqual([409, 'last-way-to-log-on']);
    // Asked once more, somebody without a password is not asked for one.
    const again = await person.get('/log-on/again?next=/account');
    expect([again.html.includes('type="password"'), again.html.includes('passkey-form')]).toEqual([false, true]);
    await db.rows(sql`update account set password_hash = ${row?.hash} where id = ${anna.id}`);
  });

  test('it is no way where the portal has moved to another host, and can go', async () => {
    await withPasskey(lena, 'Moved');
    await served.portal.db.rows(sql`update passkey set rp_id = 'old.example' where name = 'Moved'`);
    const person = await signedIn(served, lena);
    expect(says(await person.get('/account'))).toContain('made for old.example, opens nothing here');
    const page = await person.get(`/account/passkeys/${await idOf('Moved')}`);
    await person.press(page, 'Remove passkey');
    expect(await idOf('Moved')).toBe('');
  });
});

describe('who logged on more than 15 minutes ago is asked once more', () => {
  test('to add one, and goes on there', async () => {
    const person = await signedIn(served, lena);
    expect(headingOf(await person.get('/account/passkeys/new'))).toBe('Add a passkey');
    served.portal.pass(0.25);
    const again = await person.get('/account/passkeys/new');
    expect(headingOf(again)).toBe('Log on once more');
    expect(headingOf(await post(person, '/account/passkeys/question'))).toBe('Log on once more');
    const wrong = await person.press(again, 'Log on', { password: 'wrong' });
    expect([wrong.status, headingOf(wrong)]).toEqual([422, 'Log on once more']);
    const before = await sessions(lena);
    expect(headingOf(await person.press(wrong, 'Log on', { password: PASSWORD }))).toBe('Add a passkey');
    // The log-on of before is no more.
    expect(await sessions(lena)).toBe(before);
  });

  test('with the passkey as well, which then counts', async () => {
    const { person, key } = await withPasskey(lena);
    served.portal.pass(0.25);
    expect(headingOf(await person.get('/account/passkeys/new'))).toBe('Log on once more');
    const { challenge } = await question(person);
    const answer = key.sign(challenge, lena.id);
    const there = await post(person, '/log-on/passkey', { answer, next: '/account/passkeys/new' });
    expect(headingOf(there)).toBe('Add a passkey');
  });

  test('to remove one, which stays until then', async () => {
    const { person } = await withPasskey(lena, 'Stays');
    served.portal.pass(0.25);
    const page = await person.get(`/account/passkeys/${await idOf('Stays')}`);
    const again = await person.press(page, 'Remove passkey');
    expect([headingOf(again), await idOf('Stays')]).toEqual(['Log on once more', expect.stringMatching(/-/)]);
    const there = await person.press(again, 'Log on', { password: PASSWORD });
    expect(headingOf(there)).toBe('Stays');
    await person.press(there, 'Remove passkey');
    expect(await idOf('Stays')).toBe('');
  });

  test('and leads to no other site, nor in by another account’s password', async () => {
    const person = await signedIn(served, lena);
    const again = await person.get('/log-on/again?next=https://evil.example/');
    expect((await person.press(again, 'Log on', { password: PASSWORD })).url).toBe(`${served.url}/systems`);
    const other = await person.get('/log-on/again?next=/account');
    const there = await person.press(other, 'Log on', { password: PASSWORD, email: anna.email });
    expect(says(there)).toContain(lena.email);
  });
});
