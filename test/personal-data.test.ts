import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONSENT_VERSION } from '../core/consents.ts';
import { verifyChain } from '../core/history.ts';
import { en } from '../portal/messages/en.ts';
import { createAccount } from '../portal/operations/accounts.ts';
import { acceptInvitation } from '../portal/operations/answer-invitation.ts';
import { close, confirm } from '../portal/operations/confirm.ts';
import { eraseAccount } from '../portal/operations/erase.ts';
import { forget } from '../portal/operations/forget.ts';
import { invite } from '../portal/operations/invite.ts';
import { undo } from '../portal/operations/undo.ts';
import type { Account } from '../portal/portal.ts';
import type { PersonalData } from '../portal/store/reads/personal-data.ts';
import { sql } from '../portal/store/sql.ts';
import { formsOf, headingOf, says } from './support/http.ts';
import { PASSWORD, Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { carried, currentAssociation, press, rebuilt, registered, secretOf, testServer } from './support/portal.ts';

/** What the portal knows of somebody: read, taken along, erased, and kept no longer than is said. */

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal();
});
afterAll(() => served.close());

let people = 0;
async function somebody(kind: Account['kind'], name = `Person Nº ${++people}`): Promise<Account> {
  const email = `${name.replace(/\W+/g, '.').toLowerCase()}${people}@people.example`;
  const made = await createAccount(served.portal, { email, name, organisation: 'Works', kind, password: PASSWORD });
  if (made.outcome !== 'created') throw new Error(made.outcome);
  return made.account;
}

/** A registration by the one with the other as its end user, whose integrator gave a reason. */
async function history(integrator: Account, endUser: Account) {
  const { portal } = served;
  const server = testServer();
  const number = await registered(portal, integrator, server, { endUser });
  await confirm(portal, {
    account: endUser,
    registration: number,
    consents: { kinds: ['system'], version: CONSENT_VERSION },
  });
  portal.pass(1);
  const done = await press(portal, {
    account: integrator,
    request: await carried(portal, integrator, rebuilt(server)),
    registration: number,
    reason: 'other',
    reasonText: 'Quicksilver in the cellar',
  });
  if (done.outcome === 'refused') throw new Error(done.code);
  return number;
}

/** Every value of every row of every table that says this. */
async function whereIsSaid(words: string): Promise<string[]> {
  const tables = await served.portal.db.rows(sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`);
  const found: string[] = [];
  for (const { name } of tables) {
    const text = { name: `whole-${name}`, text: `select to_jsonb(t)::text as row from "${name}" t`, values: [] };
    for (const { row } of await served.portal.db.rows<{ row: string }>(text)) {
      if (row.toLowerCase().includes(words.toLowerCase())) found.push(`${name}: ${row}`);
    }
  }
  return found;
}

describe('one’s data', () => {
  test('is asked for by who showed a short while ago who they are', async () => {
    const person = await signedIn(served, await somebody('partner'));
    served.portal.pass(1);
    for (const path of ['/account/data', '/account/data.json', '/account/erase']) {
      expect(headingOf(await person.get(path))).toBe('Log on once more');
    }
  });

  test('holds what one did, agreed to and wrote, and nothing of anybody else', async () => {
    const [integrator, endUser] = [await somebody('partner'), await somebody('end-user')];
    const number = await history(integrator, endUser);
    const taken = async (account: Account) => {
      const person = await signedIn(served, account);
      const file = await person.get('/account/data.json');
      expect(file.headers.get('content-disposition')).toContain('attachment');
      return { page: await person.get('/account/data'), data: JSON.parse(file.html) as PersonalData };
    };
    const own = await taken(integrator);
    expect(own.data['account']).toMatchObject([{ email: integrator.email, name: integrator.name }]);
    expect(own.data['seats']).toMatchObject([{ registration: number, seat: 'integrator' }]);
    expect(own.data['history']?.map(({ act }) => act)).toEqual(['registered', 'associated']);
    expect(own.data['requests']).toHaveLength(2);
    expect(JSON.stringify(own.data)).toContain('Quicksilver in the cellar');
    expect(JSON.stringify(own.data)).not.toContain(endUser.email);
    expect(own.page.html).toContain('Quicksilver in the cellar');
    expect(says(own.page)).toContain(`${number.slice(0, 4)} ${number.slice(4)}`);
    expect(own.page.html).not.toContain('data.column');

    const other = await taken(endUser);
    expect(other.data['consents']).toMatchObject([{ kind: 'system', given: true }]);
    expect(JSON.stringify(other.data)).not.toMatch(/Quicksilver/);
  });

  test('has a word for every section and column', () => {
    const source = readFileSync('portal/store/reads/personal-data.ts', 'utf8');
    const sections = [...source.matchAll(/select '(\w+)',/g)].map(([, section]) => `data.section.${section}`);
    const columns = [...source.matchAll(/json_build_object\(([^]*?)\)\s+from/g)].flatMap(([, inside]) =>
      [...(inside ?? '').replace(/\([^()]*\([^()]*\)[^()]*\)/g, '').matchAll(/'(\w+)',\s/g)].map(
        ([, column]) => `data.column.${column}`,
      ),
    );
    // What stands there as a value.
    const WAYS = ['password', 'provider', 'passkey'].map((way) => `data.column.${way}`);
    expect(sections.length).toBeGreaterThan(17);
    expect(columns.length).toBeGreaterThan(60);
    const known: string[] = Object.keys(en);
    expect([...sections, ...columns].filter((key) => !known.includes(key) && !WAYS.includes(key))).toEqual([]);
  });
});

describe('erasing an account', () => {
  test('leaves nothing of its person, and a history that verifies', async () => {
    const { portal } = served;
    const integrator = await somebody('partner', 'Hildegund Querfurth');
    const endUser = await somebody('end-user');
    const number = await history(integrator, endUser);
    const person = await signedIn(served, integrator);
    const held = await person.get('/account/erase');
    expect(says(held)).toContain('You have the seat of 1 registration.');
    expect(formsOf(held.html).some(({ action }) => action === '/account/erase')).toBe(false);
    expect(await eraseAccount(portal, integrator)).toMatchObject({ outcome: 'refused', code: 'account-in-use' });
    const refused = await person.browser.submit(
      held,
      { action: '/account/erase', method: 'post' },
      new URLSearchParams({ sure: 'yes' }),
    );
    expect([refused.status, says(refused)]).toEqual([409, expect.stringContaining('Reason account-in-use')]);

    await close(portal, { account: endUser, registration: number });
    const unsure = await person.press(await person.get('/account/erase'), 'Erase my account');
    expect([unsure.status, says(unsure)]).toEqual([422, expect.stringContaining('Tick this')]);
    const erased = await person.press(unsure, 'Erase my account', { sure: 'yes' });
    expect(headingOf(erased)).toBe('Your account is erased');
    expect(headingOf(await person.get('/account'))).toMatch(/^Log on/);

    const last = await whereIsSaid(integrator.email);
    expect(last.filter((row) => !row.startsWith('outbox: '))).toEqual([]);
    expect(last.filter((row) => !/"facts": \{\}/.test(row))).toEqual([expect.stringContaining('account-erased')]);
    const named = await whereIsSaid(integrator.name);
    // What others were told stays until their mails are past their use.
    expect(named.filter((row) => !row.startsWith('outbox: '))).toEqual([]);
    expect(
      (await whereIsSaid('Quicksilver')).filter((row) => row.includes(number) && !row.startsWith('outbox: ')),
    ).toEqual([]);
    const chain = await portal.db.rows(sql<{ canonical: string; hash: Buffer }>`
      select entry as canonical, hash from history where registration = ${number} order by n`);
    expect(verifyChain(chain)).toMatchObject({ outcome: 'intact', n: chain.length });

    const again = await new Person(served).logOn(integrator);
    expect(says(again)).toContain('is not correct');
    const { id: _, ...same } = integrator;
    const anew = { ...same, password: PASSWORD };
    expect(await createAccount(portal, anew)).toMatchObject({ outcome: 'created' });
  });

  test('gives back what was the other’s to decide: the end user still undoes and reads', async () => {
    const { portal } = served;
    const [integrator, endUser] = [await somebody('partner'), await somebody('end-user')];
    const number = await history(integrator, endUser);
    const association = await currentAssociation(portal, number);
    await portal.db.rows(
      sql`update registration set state = 'closed', closed_at = ${portal.now()} where number = ${number}`,
    );
    expect(await eraseAccount(portal, integrator)).toEqual({ outcome: 'erased' });
    await portal.db.rows(sql`update registration set state = 'confirmed', closed_at = null where number = ${number}`);
    const undone = await undo(portal, { account: endUser, registration: number, association: association ?? '' });
    expect(undone).toMatchObject({ outcome: 'undone' });
    const page = await (await signedIn(served, endUser)).get(`/systems/${number}`);
    expect([page.status, page.html.includes('Quicksilver')]).toEqual([200, false]);
  });

  test('against a seat that it is about to take: either the one or the other, twenty times', async () => {
    const { portal, cast } = served;
    const ends: string[] = [];
    for (let i = 0; i < 20; i++) {
      const endUser = await somebody('end-user');
      const number = await registered(portal, cast.integrator, testServer());
      const asked = await invite(portal, {
        account: cast.integrator,
        registration: number,
        invite: { how: 'mail', address: endUser.email },
      });
      if (asked.outcome === 'refused') throw new Error(asked.code);
      const secret = await secretOf(portal, asked.invitation);
      const [accepted, erased] = await Promise.all([
        acceptInvitation(portal, { account: endUser, secret }).catch((error: Error) => ({ outcome: error.message })),
        eraseAccount(portal, endUser),
      ]);
      ends.push(`${accepted.outcome} ${erased.outcome}`);
      const ofNobody = await portal.db.rows(sql`
        select from party p join account a on a.id = p.account where a.erased_at is not null`);
      expect(ofNobody).toEqual([]);
    }
    for (const end of ends) expect(end).toMatch(/^(accepted|taken) refused$|^(?!accepted|taken).* erased$/);
  });
});

test('what mails said is kept for 90 days, and what closed registrations hold of people for ten years', async () => {
  const { portal } = served;
  const [integrator, endUser] = [await somebody('partner'), await somebody('end-user')];
  const number = await history(integrator, endUser);
  await portal.db.rows(sql`
    update registration set warranty = '{"project": "4711"}' where number = ${number}`);
  await close(portal, { account: endUser, registration: number });
  await portal.db.rows(sql`update outbox set accepted_at = ${portal.now()} where registration = ${number}`);
  const kept = async () => {
    const row = await portal.db.row(sql<{ mails: number; texts: number; warranty: object; site: string }>`
      select (select count(*)::int from outbox where registration = ${number} and facts <> '{}') as mails,
        (select count(*)::int from history_text where registration = ${number}) as texts, warranty, site_name as site
      from registration where number = ${number}`);
    return row as { mails: number; texts: number; warranty: object; site: string };
  };
  portal.pass(24 * 89);
  await forget(portal);
  const young = await kept();
  expect(young.mails).toBeGreaterThan(0);
  portal.pass(24 * 2);
  await forget(portal);
  expect(await kept()).toEqual({ ...young, mails: 0 });
  expect(young.texts).toBeGreaterThan(0);

  portal.pass(24 * 3650);
  await forget(portal);
  expect(await kept()).toEqual({ mails: 0, texts: 0, warranty: {}, site: young.site });
});
