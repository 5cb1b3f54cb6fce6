import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '../../core/cases.ts';
import { CONSENT_VERSION } from '../../core/consents.ts';
import { verifyChain } from '../../core/history.ts';
import type { Seat } from '../../core/permissions.ts';
import {
  actsOf,
  carried,
  prepared,
  rebuilt,
  registered,
  type TestPortal,
  type TestServer,
  testAdministrator,
  testCast,
  testPortal,
  testServer,
  typed,
} from '../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import type { Account } from '../portal.ts';
import type { Cast } from '../seed.ts';
import { registrationUnasked } from '../store/facts.ts';
import { administeredRegistration, giveReason, look } from '../store/reads/administration/registration.ts';
import { caseFor } from '../store/reads/cases.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { sql } from '../store/sql.ts';
import { createAccount } from './accounts.ts';
import { endSessionsOf, giveUpMail, retryMail } from './administer.ts';
import { addAdministrator, administrators, removeAdministrator } from './administrators.ts';
import { acceptInvitation } from './answer-invitation.ts';
import { objectToCase, openCase, readCase, withdrawCase } from './cases.ts';
import { confirm } from './confirm.ts';
import { decide, seenOf } from './decide-case.ts';
import { invite } from './invite.ts';
import { sessionIdOf, startSession } from './sessions.ts';

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let greta: Account;

beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  cast = await testCast(portal);
  greta = await testAdministrator(portal);
});
afterAll(() => database.drop());

async function account(email: string): Promise<Account> {
  const made = await createAccount(portal, {
    email,
    kind: 'partner',
    name: email,
    organisation: 'New people',
    password: 'x',
  });
  if (made.outcome !== 'created') throw new Error(made.outcome);
  return made.account;
}

const WORDS = { cause: 'party-gone', statement: 'Brandt is bankrupt.', evidence: 'Court file 7' } as const;
const DAYS_14 = 14 * 24;

/** Somebody without a seat, in front of the server. */
async function opened(server: TestServer, wants: Seat = 'integrator', by = cast.stranger): Promise<string> {
  const request = await carried(portal, by, server);
  const result = await openCase(portal, { account: by, about: { request, wants }, ...WORDS });
  if (!('case' in result)) throw new Error(JSON.stringify(result));
  return result.case;
}

/** What the page of the administrator holds. */
async function shown(id: string): Promise<string> {
  const found = await readCase(portal.db, id);
  const registration = found && (await registrationUnasked(portal.db, found.registration));
  if (!found || !registration) throw new Error('no case');
  return seenOf(found, registration.parties);
}

async function decided(id: string, decision: Decision, account = greta, seen?: string) {
  const reason = 'The court file shows it.';
  return decide(portal, { account, case: id, decision, reason, seen: seen ?? (await shown(id)) });
}

async function partiesOf(registration: string): Promise<Record<string, string>> {
  const rows = await portal.db.rows(sql<{ seat: string; account: string }>`
    select seat, account from party where registration = ${registration}`);
  return Object.fromEntries(rows.map(({ seat, account }) => [seat, account]));
}

async function mailsTo(template: string, since = 0): Promise<string[]> {
  const rows = await portal.db.rows(sql<{ address: string }>`
    select address from outbox where template = ${template} order by address offset ${since}`);
  return rows.map(({ address }) => address);
}

async function stateOf(registration: string): Promise<string | undefined> {
  const row = await portal.db.row(
    sql<{ state: string }>`select state from registration where number = ${registration}`,
  );
  return row?.state;
}

async function expectIntact(registration: string): Promise<void> {
  const chain = await portal.db.rows(sql<{ canonical: string; hash: Buffer }>`
    select entry as canonical, hash from history where registration = ${registration} order by n`);
  expect(verifyChain(chain)).toMatchObject({ outcome: 'intact', n: chain.length });
}

describe('whoever has the system in their hands', () => {
  test('opens a case about a registration of others: its parties are told, and the opener learns nothing of it', async () => {
    const server = testServer();
    const number = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
    const id = await opened(server);
    expect(await caseFor(portal.db, cast.stranger.id, id)).toMatchObject({
      isOpener: true,
      registration: null,
      objections: [],
      statement: WORDS.statement,
    });
    const toParty = await caseFor(portal.db, cast.endUser.id, id);
    expect(toParty).toMatchObject({ isOpener: false, registration: { number }, evidence: WORDS.evidence });
    expect(await caseFor(portal.db, greta.id, id)).toBeUndefined();
    const mails = await portal.db.rows(sql<{ address: string; facts: { statement: string } }>`
      select address, facts from outbox where registration = ${number} and template = 'case-opened' order by address`);
    expect(mails.map(({ address }) => address)).toEqual(
      [cast.endUser.email, 'jonas@northfield.example', cast.integrator.email].sort(),
    );
    expect(mails[0]?.facts.statement).toBe(WORDS.statement);
    // At once, and when the time to object is over.
    expect((await mailsTo('case-waits')).filter((address) => address === greta.email)).toHaveLength(2);
    await expectIntact(number);
  });

  test.each(['typed', 'unknown and typed', 'expired'])(
    'but not with a request that proves nothing: %s',
    async (how) => {
      const server = testServer();
      if (how !== 'unknown and typed') await registered(portal, cast.integrator, server);
      const request =
        how === 'expired' ? await carried(portal, cast.stranger, server) : await typed(portal, cast.stranger, server);
      if (how === 'expired') portal.pass(24);
      const result = await openCase(portal, {
        account: cast.stranger,
        about: { request, wants: 'integrator' },
        ...WORDS,
      });
      expect(result).toEqual({ outcome: 'refused', code: how === 'expired' ? 'request-expired' : 'proof-needed' });
    },
  );

  test('needs no case where nobody is registered, where they are themselves, and gets none where it is closed', async () => {
    const about = async (by: Account, server: TestServer) => ({
      account: by,
      about: { request: await carried(portal, by, server), wants: 'integrator' as const },
      ...WORDS,
    });
    const server = testServer();
    expect(await openCase(portal, await about(cast.stranger, server))).toEqual({ outcome: 'not-registered' });
    const number = await registered(portal, cast.integrator, server);
    expect(await openCase(portal, await about(cast.integrator, server))).toEqual({
      outcome: 'yours',
      registration: number,
    });
    await portal.db.rows(sql`update registration set state = 'closed' where number = ${number}`);
    expect(await openCase(portal, await about(cast.stranger, server))).toEqual({
      outcome: 'refused',
      code: 'system-id-registered-to-other',
    });
  });

  test('opens one, however often at once; others open their own', async () => {
    const server = testServer();
    const number = await registered(portal, cast.integrator, server);
    const request = await carried(portal, cast.stranger, server);
    const command = { account: cast.stranger, about: { request, wants: 'integrator' as const }, ...WORDS };
    const results = await Promise.all(Array.from({ length: 20 }, () => openCase(portal, command)));
    expect(new Set(results.map((result) => ('case' in result ? result.case : result.outcome))).size).toBe(1);
    expect(results.filter(({ outcome }) => outcome === 'opened')).toHaveLength(1);
    expect(await actsOf(portal, number)).toEqual(['registered', 'case-opened']);
    await opened(server, 'end-user', cast.endUser);
    expect(await actsOf(portal, number)).toEqual(['registered', 'case-opened', 'case-opened']);
  });

  test('is given the seat after 14 days: who had it is told and sees nothing any more', async () => {
    const server = testServer();
    const number = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
    await invite(portal, { account: cast.endUser, registration: number, invite: { how: 'printed' } });
    const id = await opened(server);
    expect(await decided(id, 'give')).toEqual({ outcome: 'refused', code: 'case-not-yet' });
    portal.pass(DAYS_14);
    expect(await decided(id, 'give', cast.integrator)).toEqual({ outcome: 'refused', code: 'not-among-yours' });
    expect(await decided(id, 'give')).toEqual({ outcome: 'decided', case: id });
    expect(await partiesOf(number)).toEqual({ integrator: cast.stranger.id, 'end-user': cast.endUser.id });
    expect(await systemInformation(portal.db, cast.integrator.id, number, portal.now())).toBeUndefined();
    const told = await portal.db.rows(sql<{ address: string; recipient: string; facts: { decisionReason: string } }>`
      select address, recipient, facts from outbox where template = 'case-decided' and facts ->> 'case' = ${id}`);
    expect(told.map(({ address, recipient }) => `${recipient} ${address}`).sort()).toEqual(
      [
        `account ${cast.integrator.email}`,
        `end-user ${cast.endUser.email}`,
        `integrator ${cast.stranger.email}`,
        'site-administrator jonas@northfield.example',
      ].sort(),
    );
    expect(told[0]?.facts.decisionReason).toBe('The court file shows it.');
    expect(await decided(id, 'refuse')).toMatchObject({ code: 'case-ended' });
    await expectIntact(number);
  });

  test('takes over as end user: what the former one confirmed and agreed to counts no more', async () => {
    const server = testServer();
    const number = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
    const consents = { kinds: ['system' as const], version: CONSENT_VERSION };
    await confirm(portal, { account: cast.endUser, registration: number, consents });
    const id = await opened(server, 'end-user');
    portal.pass(DAYS_14);
    await decided(id, 'give');
    const now = await systemInformation(portal.db, cast.stranger.id, number, portal.now());
    expect(now).toMatchObject({ state: 'registered', seat: 'end-user', confirmed: undefined });
    expect(now?.consents).toMatchObject([{ kind: 'system', given: false }]);
    expect((await actsOf(portal, number)).slice(-2)).toEqual(['case-decided', 'consent-withdrawn']);
    await expectIntact(number);
  });
});

describe('without party', () => {
  test('read by nobody, and taken up by proof from the system and a case, for which nobody is waited for', async () => {
    const server = testServer();
    const number = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
    const first = await opened(server);
    portal.pass(DAYS_14);
    expect(await decided(first, 'without-party')).toMatchObject({ outcome: 'decided' });
    expect([await stateOf(number), await partiesOf(number)]).toEqual(['without-party', {}]);
    for (const who of [cast.integrator, cast.endUser, cast.stranger]) {
      expect(await systemInformation(portal.db, who.id, number, portal.now())).toBeUndefined();
    }
    const again = await opened(server);
    expect(await decided(again, 'give')).toMatchObject({ outcome: 'decided' });
    expect([await stateOf(number), await partiesOf(number)]).toEqual(['registered', { integrator: cast.stranger.id }]);
    await expectIntact(number);
  });
});

describe('a party', () => {
  const about = (registration: string, by: Account) => ({ account: by, about: { registration }, ...WORDS });

  test('opens one about the other seat, which is freed; with nobody in it there is nothing to decide', async () => {
    const number = await registered(portal, cast.integrator, testServer(), { endUser: cast.endUser });
    const result = await openCase(portal, about(number, cast.endUser));
    if (!('case' in result)) throw new Error(result.outcome);
    portal.pass(DAYS_14);
    expect(await decided(result.case, 'give')).toMatchObject({ code: 'case-changed' });
    expect(await decided(result.case, 'remove-integrator')).toMatchObject({ outcome: 'decided' });
    expect(await partiesOf(number)).toEqual({ 'end-user': cast.endUser.id });
    const told = await portal.db.rows(sql<{ address: string; asked: boolean }>`
      select address, facts ? 'case' as asked from outbox
      where registration = ${number} and template = 'case-opened' and recipient <> 'site-administrator'`);
    expect(told).toContainEqual({ address: cast.endUser.email, asked: false });
    expect(told).toContainEqual({ address: cast.integrator.email, asked: true });
    expect(await openCase(portal, about(number, cast.endUser))).toMatchObject({ code: 'case-needs-other-party' });
    expect(await openCase(portal, about(number, cast.integrator))).toMatchObject({ code: 'not-among-yours' });
    const waiting = await prepared(portal, cast.integrator, 'Prepared');
    expect(await openCase(portal, about(waiting, cast.stranger))).toMatchObject({ code: 'not-among-yours' });
  });

  test('objects once, and both sides can be read at once; the opener and strangers do not object', async () => {
    const server = testServer();
    const number = await registered(portal, cast.integrator, server);
    const id = await opened(server);
    const text = 'We are alive.';
    for (const who of [cast.stranger, cast.endUser, greta]) {
      expect(await objectToCase(portal, { account: who, case: id, text })).toMatchObject({ code: 'not-among-yours' });
    }
    const results = await Promise.all(
      Array.from({ length: 5 }, () => objectToCase(portal, { account: cast.integrator, case: id, text })),
    );
    expect(results.map(({ outcome }) => outcome).sort()).toEqual([
      'already',
      'already',
      'already',
      'already',
      'objected',
    ]);
    expect(await caseFor(portal.db, cast.integrator.id, id)).toMatchObject({ objections: [{ text }] });
    expect(await caseFor(portal.db, cast.stranger.id, id)).toMatchObject({ objections: [] });
    expect(await decided(id, 'refuse')).toMatchObject({ outcome: 'decided' });
    expect(await partiesOf(number)).toEqual({ integrator: cast.integrator.id });
    expect(await mailsTo('case-answered')).toContain(cast.stranger.email);
    expect(await objectToCase(portal, { account: cast.integrator, case: id, text })).toMatchObject({
      outcome: 'already',
    });
  });

  test('is told when it is withdrawn; only its opener withdraws it, and may open another', async () => {
    const server = testServer();
    const number = await registered(portal, cast.integrator, server);
    const id = await opened(server);
    expect(await withdrawCase(portal, { account: cast.integrator, case: id })).toMatchObject({
      code: 'not-among-yours',
    });
    expect(await withdrawCase(portal, { account: cast.stranger, case: id })).toMatchObject({ outcome: 'withdrawn' });
    expect(await withdrawCase(portal, { account: cast.stranger, case: id })).toMatchObject({ outcome: 'already' });
    expect(await decided(id, 'refuse')).toMatchObject({ code: 'case-ended' });
    const waits = await portal.db.rows(sql`
      select from outbox where template = 'case-waits' and facts ->> 'case' = ${id} and given_up_at is null`);
    expect(waits).toEqual([]);
    expect(await opened(server)).not.toBe(id);
    expect(await actsOf(portal, number)).toEqual(['registered', 'case-opened', 'case-withdrawn', 'case-opened']);
  });
});

describe('a decision is about what was read', () => {
  test('an objection that came meanwhile stops it, whichever of the two is first', async () => {
    for (let n = 0; n < 5; n++) {
      const server = testServer();
      const number = await registered(portal, cast.integrator, server);
      const id = await opened(server);
      portal.pass(DAYS_14);
      const seen = await shown(id);
      const [objection, decision] = await Promise.all([
        objectToCase(portal, { account: cast.integrator, case: id, text: 'Wait.' }),
        decided(id, 'give', greta, seen),
      ]);
      const holder = (await partiesOf(number))['integrator'];
      if (objection.outcome === 'objected') {
        expect([decision, holder]).toEqual([{ outcome: 'refused', code: 'case-changed' }, cast.integrator.id]);
      } else {
        expect([decision.outcome, holder]).toEqual(['decided', cast.stranger.id]);
        expect(objection).toMatchObject({ code: 'not-among-yours' });
      }
      await expectIntact(number);
    }
  });

  test('a seat that was taken meanwhile stops it too', async () => {
    for (let n = 0; n < 5; n++) {
      const server = testServer();
      const number = await registered(portal, cast.integrator, server);
      const invited = await invite(portal, {
        account: cast.integrator,
        registration: number,
        invite: { how: 'printed' },
      });
      if (invited.outcome === 'refused') throw new Error(invited.code);
      const id = await opened(server, 'end-user');
      portal.pass(DAYS_14);
      const seen = await shown(id);
      const [accepted, decision] = await Promise.all([
        acceptInvitation(portal, { account: cast.endUser, secret: invited.code ?? '' }),
        decided(id, 'give', greta, seen),
      ]);
      const holder = (await partiesOf(number))['end-user'];
      if (accepted.outcome === 'accepted') {
        expect([decision, holder]).toEqual([{ outcome: 'refused', code: 'case-changed' }, cast.endUser.id]);
      } else {
        expect([decision.outcome, holder]).toEqual(['decided', cast.stranger.id]);
      }
      await expectIntact(number);
    }
  });

  test('of two administrators one decides', async () => {
    const server = testServer();
    const number = await registered(portal, cast.integrator, server);
    const id = await opened(server);
    portal.pass(DAYS_14);
    const results = await Promise.all(
      ['give', 'refuse', 'give', 'without-party'].map((d) => decided(id, d as Decision)),
    );
    expect(results.filter(({ outcome }) => outcome === 'decided')).toHaveLength(1);
    expect((await actsOf(portal, number)).filter((act) => act === 'case-decided')).toHaveLength(1);
  });
});

describe('portal administrators', () => {
  const lookerOf = async (who: Account) => {
    const session = await sessionIdOf(portal, await startSession(portal, who.id));
    return { account: who.id, session: session ?? '' };
  };

  test('are made by a command and unmade; who typed it is kept', async () => {
    const hugo = await account('hugo@portal.example');
    expect(await addAdministrator(portal, 'HUGO@portal.example', 'root')).toEqual({ outcome: 'added' });
    expect(await addAdministrator(portal, hugo.email, 'root')).toEqual({ outcome: 'already' });
    expect(await removeAdministrator(portal, hugo.email, 'mia')).toEqual({ outcome: 'removed' });
    expect(await removeAdministrator(portal, hugo.email, 'mia')).toEqual({ outcome: 'already' });
    expect(await addAdministrator(portal, 'nobody@portal.example', 'root')).toEqual({ outcome: 'no-account' });
    expect(await administrators(portal.db)).toMatchObject([
      { email: greta.email, until: null },
      { email: hugo.email, madeBy: 'root', endedBy: 'mia' },
    ]);
  });

  test('read a registration only with a reason, in a look that its parties read; nobody else can look', async () => {
    const number = await registered(portal, cast.integrator, testServer());
    const looker = await lookerOf(greta);
    const reading = () => look(portal.db, looker, number, portal.now(), (tx) => administeredRegistration(tx, number));
    expect(await reading()).toEqual({ outcome: 'no-reason' });
    expect(await giveReason(portal.db, looker, number, 'A call from the site', portal.now())).toBe(true);
    expect(await giveReason(portal.db, looker, '00000001', 'Curious', portal.now())).toBe(false);
    expect(await reading()).toMatchObject({ outcome: 'looked', what: { number, parties: [{ seat: 'integrator' }] } });
    await reading();
    const failing = look(portal.db, looker, number, portal.now(), () => Promise.reject(new Error('no page')));
    await expect(failing).rejects.toThrow('no page');
    const read = await systemInformation(portal.db, cast.integrator.id, number, portal.now());
    expect(read?.looks).toMatchObject([{ name: greta.name, reason: 'A call from the site', count: 2 }]);

    const another = await lookerOf(greta);
    expect(await look(portal.db, another, number, portal.now(), async () => 'seen')).toEqual({ outcome: 'no-reason' });
    const stranger = await lookerOf(cast.stranger);
    expect(await giveReason(portal.db, stranger, number, 'Curious', portal.now())).toBe(false);
    await expect(portal.db.rows(sql`delete from administrator_act`)).rejects.toThrow('append-only');
  });

  test('end the log-ons of an account, and send a mail again or give it up; each is written down', async () => {
    const looker = await lookerOf(greta);
    await startSession(portal, cast.stranger.id);
    expect(await endSessionsOf(portal, looker, { account: cast.stranger.id, reason: 'Stolen' })).toEqual({
      outcome: 'ended',
    });
    expect(await portal.db.rows(sql`select from session where account = ${cast.stranger.id}`)).toEqual([]);
    expect(await mailsTo('sessions-ended')).toEqual([cast.stranger.email]);

    const number = await registered(portal, cast.integrator, testServer());
    await invite(portal, {
      account: cast.integrator,
      registration: number,
      invite: { how: 'mail', address: 'x@y.example' },
    });
    const [invitation, notice] = await Promise.all(
      [sql.part`template = 'invitation'`, sql.part`template = 'invited' and registration = ${number}`].map(
        async (which) =>
          (await portal.db.row(sql<{ id: string }>`select id from outbox where ${which} limit 1`))?.id ?? '',
      ),
    );
    for (const mail of [invitation ?? '', notice ?? '']) {
      expect(await giveUpMail(portal, looker, mail)).toEqual({ outcome: 'done' });
      expect(await giveUpMail(portal, looker, mail)).toEqual({ outcome: 'gone' });
    }
    // Its link was erased with it.
    expect(await retryMail(portal, looker, invitation ?? '')).toEqual({ outcome: 'holds-secret' });
    expect(await retryMail(portal, looker, notice ?? '')).toEqual({ outcome: 'done' });
    const acts = await portal.db.rows(sql<{ act: string }>`
      select act from administrator_act where session = ${looker.session} order by at, act`);
    expect(acts.map(({ act }) => act).sort()).toEqual([
      'ended-sessions',
      'gave-up-mail',
      'gave-up-mail',
      'retried-mail',
    ]);
  });
});

test('a rebuilt server is a System ID of its own: it proves nothing of the one before', async () => {
  const server = testServer();
  await registered(portal, cast.integrator, server);
  const request = await carried(portal, cast.stranger, rebuilt(server));
  const about = { request, wants: 'integrator' as const };
  expect(await openCase(portal, { account: cast.stranger, about, ...WORDS })).toEqual({ outcome: 'not-registered' });
});
