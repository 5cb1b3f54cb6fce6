import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '../../core/history.ts';
import {
  actsOf,
  carried,
  colleagueSecretOf,
  currentAssociation,
  prepared,
  press,
  rebuilt,
  registered,
  type TestPortal,
  testCast,
  testPortal,
  testServer,
} from '../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import type { Account } from '../portal.ts';
import type { Cast } from '../seed.ts';
import { historyOf } from '../store/reads/history.ts';
import { organisationOf } from '../store/reads/organisation.ts';
import { registeredSystems } from '../store/reads/registered-systems.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { sql } from '../store/sql.ts';
import { insertAccount } from './accounts.ts';
import { acceptColleagueInvitation, lookAtColleagueInvitation } from './answer-colleague-invitation.ts';
import { acceptInvitation } from './answer-invitation.ts';
import { confirm } from './confirm.ts';
import { invite } from './invite.ts';
import { inviteColleague, withdrawColleague } from './invite-colleague.ts';
import { makeOrganisation } from './make-organisation.ts';
import { changeRole, leaveOrganisation, removeMember } from './members.ts';
import { undo } from './undo.ts';

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;

beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  cast = await testCast(portal);
});
afterAll(() => database.drop());

const ENDED = { outcome: 'refused', code: 'invitation-ended' };
const all = (results: readonly { outcome: string; code?: string }[]) =>
  results.map(({ outcome, code }) => code ?? outcome).sort();

let made = 0;
async function person(kind: Account['kind'] = 'partner'): Promise<Account> {
  const n = ++made;
  const wanted = { email: `person-${n}@works.example`, name: `Person ${n}`, organisation: 'Works', kind };
  const account = { id: randomUUID(), ...wanted };
  await insertAccount(portal.db, account, null, portal.now());
  return account;
}

/** What the link of an invitation ends with. */
async function invited(by: Account, colleague: Account): Promise<string> {
  expect(await inviteColleague(portal, { account: by, address: colleague.email })).toMatchObject({
    outcome: 'invited',
  });
  return colleagueSecretOf(portal, colleague.email);
}

async function joins(by: Account, colleague: Account, bring = false) {
  const secret = await invited(by, colleague);
  return acceptColleagueInvitation(portal, { account: colleague, secret, bring });
}

/** Two colleagues, the first of them the administrator. */
async function organisation(kind: Account['kind'] = 'partner'): Promise<{ admin: Account; colleague: Account }> {
  const [admin, colleague] = [await person(kind), await person(kind)];
  await makeOrganisation(portal, { account: admin, name: `Works ${admin.name}`, bring: false });
  expect(await joins(admin, colleague)).toMatchObject({ outcome: 'accepted' });
  return { admin, colleague };
}

const sees = async (account: Account, number: string) =>
  (await systemInformation(portal.db, account.id, number, portal.now())) !== undefined;

async function mailedAbout(registration: string, template: string): Promise<string[]> {
  const rows = await portal.db.rows(sql<{ address: string }>`
    select address from outbox where registration = ${registration} and template = ${template} order by address`);
  return rows.map(({ address }) => address);
}

/** Invites the other seat by a printed code. */
async function offered(account: Account, registration: string): Promise<string> {
  const result = await invite(portal, { account, registration, invite: { how: 'printed' } });
  if (result.outcome === 'refused') throw new Error(result.code);
  return result.code ?? '';
}

async function expectIntact(registration: string): Promise<void> {
  const chain = await portal.db.rows(sql<{ canonical: string; hash: Buffer }>`
    select entry as canonical, hash from history where registration = ${registration} order by n`);
  expect(verifyChain(chain)).toMatchObject({ outcome: 'intact', n: chain.length });
}

/** Nobody, anywhere in the database, acts in both seats of a registration. */
async function expectNobodyInBoth(): Promise<void> {
  expect(
    await portal.db.rows(sql`
      select registration, account from acting group by registration, account having count(*) > 1`),
  ).toEqual([]);
}

describe('colleagues', () => {
  test('see and change what either registers, each in their own name, and all are told', async () => {
    const { admin, colleague } = await organisation();
    const server = testServer();
    const number = await registered(portal, admin, server);
    expect(await mailedAbout(number, 'registered')).toEqual(
      ['jonas@northfield.example', admin.email, colleague.email].sort(),
    );
    const request = await carried(portal, colleague, rebuilt(server));
    expect(await press(portal, { account: colleague, request, registration: number })).toMatchObject({
      outcome: 'associated',
    });
    const [associated, first] = await historyOf(portal.db, admin.id, number, undefined);
    expect([associated?.actorName, first?.actorName]).toEqual([colleague.name, admin.name]);
    const entry = await portal.db.row(sql<{ entry: Record<string, string> }>`
      select entry::json as entry from history where registration = ${number} and n = 2`);
    const own = await organisationOf(portal.db, admin.id, portal.now());
    expect(entry?.entry).toMatchObject({ actor: colleague.id, organisation: own?.id });
    expect(associated?.organisationName).toBe(own?.name);
    // The party that made it takes it back, whoever of them pressed the button.
    const association = (await currentAssociation(portal, number)) ?? '';
    expect(await undo(portal, { account: admin, registration: number, association })).toMatchObject({
      outcome: 'undone',
    });
    await expectIntact(number);
  });

  test('of whom one is removed: a stranger at once, while the seats and the association stay', async () => {
    const { admin, colleague } = await organisation();
    const server = testServer();
    const number = await registered(portal, colleague, server);
    const alone = await prepared(portal, colleague, 'Prepared by a member');
    expect(await removeMember(portal, { account: colleague, member: admin.id })).toMatchObject({
      code: 'not-organisation-administrator',
    });
    expect(await removeMember(portal, { account: admin, member: colleague.id })).toEqual({ outcome: 'removed' });
    expect(await removeMember(portal, { account: admin, member: colleague.id })).toEqual({ outcome: 'already' });
    for (const registration of [number, alone]) {
      expect([await sees(admin, registration), await sees(colleague, registration)]).toEqual([true, false]);
    }
    expect((await registeredSystems(portal.db, colleague.id, { search: '', state: undefined, page: 1 })).count).toBe(0);
    const request = await carried(portal, colleague, rebuilt(server));
    expect(await press(portal, { account: colleague, request, registration: number })).toMatchObject({
      code: 'not-among-yours',
    });
    const [first] = await historyOf(portal.db, admin.id, number, undefined);
    expect(first).toMatchObject({ actorName: null, organisationName: expect.stringContaining('Works') });
    const told = await portal.db.row(sql`
      select from outbox where template = 'member-removed' and address = ${colleague.email}`);
    expect(told).toBeDefined();
  });

  test('keep an administrator: the last one cannot go or be made a member while others are there', async () => {
    const { admin, colleague } = await organisation();
    const no = { code: 'last-administrator' };
    expect(await leaveOrganisation(portal, { account: admin, ends: false })).toMatchObject(no);
    expect(await removeMember(portal, { account: admin, member: admin.id })).toMatchObject(no);
    expect(await changeRole(portal, { account: admin, member: admin.id, role: 'member' })).toMatchObject(no);
    const change = { account: admin, member: colleague.id, role: 'administrator' } as const;
    expect(await changeRole(portal, change)).toEqual({ outcome: 'changed' });
    // Both want to go at once: one stays.
    const both = await Promise.all(
      [admin, colleague].map((account) => leaveOrganisation(portal, { account, ends: false })),
    );
    expect(all(both)).toEqual(['changed-since', 'left']);
  });
});

describe('what somebody has alone', () => {
  test('stays alone where it is not brought, beside what the organisation has', async () => {
    const { admin } = await organisation();
    const newcomer = await person();
    const own = await registered(portal, newcomer, testServer());
    expect(await joins(admin, newcomer, false)).toMatchObject({ outcome: 'accepted', brought: 0 });
    const later = await registered(portal, newcomer, testServer());
    expect([await sees(newcomer, own), await sees(admin, own)]).toEqual([true, false]);
    expect([await sees(newcomer, later), await sees(admin, later)]).toEqual([true, true]);
    await removeMember(portal, { account: admin, member: newcomer.id });
    expect([await sees(newcomer, own), await sees(newcomer, later)]).toEqual([true, false]);
  });

  test('is brought whole: history, mails to the other parties, and undoing go on; it stays when its bringer leaves', async () => {
    const { admin } = await organisation();
    const newcomer = await person();
    const server = testServer();
    const [one, two] = [
      await registered(portal, newcomer, server, { endUser: cast.endUser }),
      await registered(portal, newcomer, testServer(), { site: 'Another site' }),
    ];
    const request = await carried(portal, newcomer, rebuilt(server));
    await press(portal, { account: newcomer, request, registration: one });
    expect(await joins(admin, newcomer, true)).toMatchObject({ outcome: 'accepted', brought: 2 });
    for (const registration of [one, two]) {
      expect(await sees(admin, registration)).toBe(true);
      expect((await actsOf(portal, registration)).at(-1)).toBe('brought-into-organisation');
      await expectIntact(registration);
    }
    // Who is told of both gets one mail, the end user of one of them one about that.
    expect(await mailedAbout(one, 'brought-into-organisation')).toEqual([cast.endUser.email]);
    const several = await portal.db.rows(sql<{ address: string; count: string }>`
      select address, facts ->> 'count' as count from outbox where template = 'brought-into-organisation-several'
      order by address`);
    expect(several).toEqual([
      { address: 'jonas@northfield.example', count: '2' },
      { address: newcomer.email, count: '2' },
    ]);
    const association = (await currentAssociation(portal, one)) ?? '';
    await leaveOrganisation(portal, { account: newcomer, ends: false });
    expect(await sees(newcomer, one)).toBe(false);
    expect(await undo(portal, { account: admin, registration: one, association })).toMatchObject({ outcome: 'undone' });
  });

  test('is what the last member keeps: the organisation has ended, nothing is lost', async () => {
    const { admin, colleague } = await organisation();
    const number = await registered(portal, colleague, testServer(), { endUser: cast.endUser });
    await removeMember(portal, { account: admin, member: colleague.id });
    expect(await leaveOrganisation(portal, { account: admin, ends: false })).toEqual({ outcome: 'changed-since' });
    expect(await leaveOrganisation(portal, { account: admin, ends: true })).toEqual({
      outcome: 'left',
      ended: true,
      kept: 1,
    });
    expect([await sees(admin, number), await sees(colleague, number)]).toEqual([true, false]);
    expect(await mailedAbout(number, 'taken-from-organisation')).toEqual(
      [admin.email, cast.endUser.email, 'jonas@northfield.example'].sort(),
    );
    await expectIntact(number);
    expect(await leaveOrganisation(portal, { account: admin, ends: true })).toMatchObject({ code: 'no-organisation' });
  });
});

describe('an invitation of a colleague', () => {
  test('is for the account that has verified that address, once, for 30 days, and one is open for an address', async () => {
    const [admin, colleague] = [await person(), await person()];
    await makeOrganisation(portal, { account: admin, name: 'Works', bring: false });
    const secret = await invited(admin, colleague);
    const again = { account: admin, address: colleague.email.toUpperCase() };
    const many = await Promise.all(Array.from({ length: 20 }, () => inviteColleague(portal, again)));
    expect(new Set(all(many))).toEqual(new Set(['already']));
    expect(await acceptColleagueInvitation(portal, { account: cast.stranger, secret, bring: false })).toEqual(ENDED);
    await portal.db.rows(sql`update account set email_verified_at = null where id = ${colleague.id}`);
    expect(await lookAtColleagueInvitation(portal, { account: colleague, secret })).toEqual(ENDED);
    await portal.db.rows(sql`update account set email_verified_at = ${portal.now()} where id = ${colleague.id}`);
    expect(await lookAtColleagueInvitation(portal, { account: colleague, secret })).toMatchObject({ outcome: 'open' });
    const open = await organisationOf(portal.db, admin.id, portal.now());
    const invitation = open?.invitations[0]?.id ?? '';
    expect(await withdrawColleague(portal, { account: cast.stranger, invitation })).toMatchObject({
      code: 'no-organisation',
    });
    expect(await withdrawColleague(portal, { account: admin, invitation })).toEqual({ outcome: 'withdrawn' });
    expect(await acceptColleagueInvitation(portal, { account: colleague, secret, bring: false })).toEqual(ENDED);
    const next = await invited(admin, colleague);
    portal.pass(30 * 24);
    expect(await acceptColleagueInvitation(portal, { account: colleague, secret: next, bring: false })).toEqual(ENDED);
    // What has expired hinders nobody.
    expect(await joins(admin, colleague)).toMatchObject({ outcome: 'accepted' });
  });

  test('that twenty accept at once makes one member, and is not accepted by a member of another', async () => {
    const { admin, colleague } = await organisation();
    const newcomer = await person();
    const secret = await invited(admin, newcomer);
    const accept = () => acceptColleagueInvitation(portal, { account: newcomer, secret, bring: true });
    const results = await Promise.all(Array.from({ length: 20 }, accept));
    expect(all(results)).toEqual(['accepted', ...Array.from({ length: 19 }, () => 'already')]);
    const other = await person();
    await makeOrganisation(portal, { account: other, name: 'Another', bring: false });
    expect(await joins(other, colleague)).toMatchObject({ code: 'already-member' });
    expect(await makeOrganisation(portal, { account: colleague, name: 'Third', bring: false })).toMatchObject({
      code: 'already-member',
    });
  });
});

describe('nobody acts in both seats', () => {
  test('not by joining with the other seat, nor by bringing what a colleague has the other seat of', async () => {
    const { admin, colleague } = await organisation();
    const number = await registered(portal, admin, testServer());
    const newcomer = await person('end-user');
    await acceptInvitation(portal, { account: newcomer, secret: await offered(admin, number) });
    for (const bring of [true, false]) {
      const secret = bring ? await invited(admin, newcomer) : '';
      const result = await acceptColleagueInvitation(portal, {
        account: newcomer,
        secret: secret || (await colleagueSecretOf(portal, newcomer.email)),
        bring,
      });
      expect(result).toMatchObject({ code: 'organisation-has-other-seat', facts: { registration: number } });
    }
    // A colleague has the other seat alone: it may be kept alone, too, but not brought.
    const alone = await person();
    const own = await registered(portal, alone, testServer());
    const partner = await person('end-user');
    await acceptInvitation(portal, { account: partner, secret: await offered(alone, own) });
    expect(await joins(admin, partner)).toMatchObject({ outcome: 'accepted' });
    const secret = await invited(admin, alone);
    expect(await acceptColleagueInvitation(portal, { account: alone, secret, bring: true })).toMatchObject({
      code: 'organisation-has-other-seat',
    });
    expect(await acceptColleagueInvitation(portal, { account: alone, secret, bring: false })).toMatchObject({
      outcome: 'accepted',
    });
    await removeMember(portal, { account: admin, member: colleague.id });
    await expectNobodyInBoth();
  });

  test('not by a colleague who takes the other seat, whoever of them has the first one', async () => {
    const { admin, colleague } = await organisation();
    const newcomer = await person();
    const own = await registered(portal, newcomer, testServer());
    const code = await offered(newcomer, own);
    await joins(admin, newcomer, false);
    for (const account of [admin, colleague, newcomer]) {
      expect(await acceptInvitation(portal, { account, secret: code })).toMatchObject({ code: 'not-both-seats' });
    }
    await expectNobodyInBoth();
  });

  test('also where twenty try at once: they join with one seat, and colleagues take the other', async () => {
    for (const bring of [true, false]) {
      const { admin } = await organisation();
      const pairs = await Promise.all(
        Array.from({ length: 10 }, async () => {
          const newcomer = await person();
          const own = await registered(portal, newcomer, testServer());
          return { newcomer, own, code: await offered(newcomer, own), secret: await invited(admin, newcomer) };
        }),
      );
      const results = await Promise.all(
        pairs.flatMap(({ newcomer, code, secret }) => [
          acceptColleagueInvitation(portal, { account: newcomer, secret, bring }),
          acceptInvitation(portal, { account: admin, secret: code }),
        ]),
      );
      await expectNobodyInBoth();
      for (const [n, { own }] of pairs.entries()) {
        const [joined, taken] = results.slice(2 * n, 2 * n + 2);
        expect(new Set([joined?.outcome, taken?.outcome])).toEqual(new Set(['accepted', 'refused']));
        await expectIntact(own);
      }
    }
  });
});

describe('at once', () => {
  test('a member is removed and associates: it was before, or it is refused and nothing is half done', async () => {
    const { admin } = await organisation();
    const seats = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const member = await person();
        await joins(admin, member);
        const server = testServer();
        const number = await registered(portal, admin, server);
        return { member, number, request: await carried(portal, member, rebuilt(server)) };
      }),
    );
    const results = await Promise.all(
      seats.flatMap(({ member, number, request }) => [
        press(portal, { account: member, request, registration: number }),
        removeMember(portal, { account: admin, member: member.id }),
      ]),
    );
    for (const [n, { member, number, request }] of seats.entries()) {
      const [pressed, removed] = results.slice(2 * n, 2 * n + 2);
      expect(removed?.outcome).toBe('removed');
      const acts = await actsOf(portal, number);
      if (pressed?.outcome === 'associated') expect(acts).toEqual(['registered', 'associated']);
      else {
        expect(pressed).toMatchObject({ code: 'not-among-yours' });
        expect(acts).toEqual(['registered']);
      }
      expect(await sees(member, number)).toBe(false);
      const later = await press(portal, { account: member, request, registration: number });
      expect(later).toMatchObject({ outcome: 'refused' });
      await expectIntact(number);
    }
  });

  test('the last one leaves while another joins: the organisation goes on or the invitation has ended', async () => {
    const outcomes = new Set<string>();
    for (let n = 0; n < 3; n++) {
      const [admin, newcomer] = [await person(), await person()];
      await makeOrganisation(portal, { account: admin, name: 'Works', bring: false });
      const number = await registered(portal, admin, testServer());
      const secret = await invited(admin, newcomer);
      const [left, joined] = await Promise.all([
        leaveOrganisation(portal, { account: admin, ends: true }),
        acceptColleagueInvitation(portal, { account: newcomer, secret, bring: false }),
      ]);
      outcomes.add(all([left, joined]).join());
      const acting = await portal.db.rows(sql`select from acting where registration = ${number}`);
      expect(acting.length).toBe(left.outcome === 'left' ? 1 : 2);
    }
    for (const outcome of outcomes) {
      expect(['accepted,last-administrator', 'invitation-ended,left']).toContain(outcome);
    }
  });
});

test('the end user’s 72 hours run from the first of its people whose mail server took the notice', async () => {
  const { admin: ida, colleague: kim } = await organisation('end-user');
  const server = testServer();
  const number = await registered(portal, cast.integrator, server);
  await acceptInvitation(portal, { account: ida, secret: await offered(cast.integrator, number) });
  expect(await confirm(portal, { account: kim, registration: number })).toMatchObject({ outcome: 'confirmed' });
  const request = await carried(portal, cast.integrator, rebuilt(server));
  const done = await press(portal, { account: cast.integrator, request, registration: number });
  const association = done.outcome === 'associated' ? done.association : '';
  expect(await mailedAbout(number, 'associated')).toEqual(
    [ida.email, kim.email, cast.integrator.email, 'jonas@northfield.example'].sort(),
  );
  const accept = (address: string) =>
    portal.db.rows(sql`
      update outbox set accepted_at = ${portal.now()} where association = ${association} and address = ${address}`);
  portal.pass(24);
  await accept(kim.email);
  portal.pass(60);
  await accept(ida.email);
  portal.pass(12);
  expect(await undo(portal, { account: ida, registration: number, association })).toMatchObject({
    code: 'undo-expired',
  });
});
