import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CONSENT_VERSION } from '../../core/consents.ts';
import { verifyChain } from '../../core/history.ts';
import type { Invite } from '../../core/invitations.ts';
import {
  actsOf,
  carried,
  currentAssociation,
  prepared,
  press,
  rebuilt,
  registered,
  secretOf,
  systemIdsOf,
  type TestPortal,
  type TestServer,
  testCast,
  testPortal,
  testServer,
  typed,
} from '../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import type { Account } from '../portal.ts';
import type { Cast } from '../seed.ts';
import { historyOf } from '../store/reads/history.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { sql } from '../store/sql.ts';
import { createAccount } from './accounts.ts';
import { acceptInvitation, lookAtInvitation, refuseInvitation } from './answer-invitation.ts';
import { close, confirm } from './confirm.ts';
import { endIntegrator, leaveSeats, resign, takeBackResignation } from './end-seat.ts';
import { expireInvitations } from './expire-invitations.ts';
import { invite, withdrawInvitation } from './invite.ts';
import { merge } from './merge.ts';
import { undo } from './undo.ts';

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
/** Takes over: a building, or the service of it. */
let buyer: Account;
let server: TestServer;
let number: string;

beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  cast = await testCast(portal);
  const person = { email: 'ida@estates.example', name: 'Ida Lund', organisation: 'Lund Estates' };
  const made = await createAccount(portal, { ...person, kind: 'end-user', password: 'kupfer dach tee bohne' });
  if (made.outcome !== 'created') throw new Error(made.outcome);
  buyer = made.account;
});
afterAll(() => database.drop());

beforeEach(async () => {
  server = testServer();
  number = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
});

const ENDED = { outcome: 'refused', code: 'invitation-ended' };
const PRINTED: Invite = { how: 'printed' };
const read = (account: Account) => systemInformation(portal.db, account.id, number, portal.now());

/** Offers the seat of this account, and gives what its taker has in hand. */
async function offered(account: Account, how: Invite = PRINTED): Promise<string> {
  const result = await invite(portal, { account, registration: number, invite: how, handsOver: true });
  if (result.outcome === 'refused') throw new Error(result.code);
  return result.code ?? (await secretOf(portal, result.invitation));
}

async function handedOver(from: Account, to: Account): Promise<void> {
  const result = await acceptInvitation(portal, { account: to, secret: await offered(from) });
  expect(result.outcome).toBe('accepted');
}

const confirmed = () =>
  confirm(portal, {
    account: cast.endUser,
    registration: number,
    consents: { kinds: ['system', 'personal'], version: CONSENT_VERSION },
  });

/** Who was told, by a mail of this template: also those who have no seat any more. */
async function told(template: string): Promise<string[]> {
  const rows = await portal.db.rows(sql<{ address: string }>`
    select address from outbox where template = ${template} and created_at = ${portal.now()}
      and (registration = ${number} or registration is null) order by address`);
  await portal.db.rows(sql`delete from outbox where template = ${template} and registration is null`);
  return rows.map((row) => row.address);
}

async function associated(account: Account): Promise<string> {
  const after = rebuilt(server);
  const request = await carried(portal, account, after);
  const result = await press(portal, { account, request, registration: number, reason: 'server-replaced' });
  expect(result.outcome).toBe('associated');
  server = after;
  return (await currentAssociation(portal, number)) ?? '';
}

async function expectIntact(): Promise<void> {
  const chain = await portal.db.rows(sql<{ canonical: string; hash: Buffer }>`
    select entry as canonical, hash from history where registration = ${number} order by n`);
  expect(verifyChain(chain)).toMatchObject({ outcome: 'intact', n: chain.length });
}

const end = (account = cast.endUser, seen = cast.integrator.id) =>
  endIntegrator(portal, { account, registration: number, seen, reason: 'The contract has ended' });

describe('a seat is handed over', () => {
  test('when it is accepted and not before: then who had it sees nothing, and everybody is told', async () => {
    const secret = await offered(cast.integrator, { how: 'mail', address: buyer.email });
    expect(await lookAtInvitation(portal, { account: buyer, secret })).toMatchObject({
      outcome: 'open',
      invitation: { seat: 'integrator', handsOver: true, organisation: cast.integrator.organisation },
    });
    expect(await read(cast.integrator)).toBeDefined();
    expect(await read(buyer)).toBeUndefined();
    expect(await acceptInvitation(portal, { account: buyer, secret })).toMatchObject({ seat: 'integrator' });
    expect(await read(cast.integrator)).toBeUndefined();
    expect((await read(buyer))?.seat).toBe('integrator');
    expect(await actsOf(portal, number)).toEqual(['registered', 'seat-taken', 'hand-over-offered', 'handed-over']);
    const all = [buyer.email, cast.endUser.email, 'jonas@northfield.example'].sort();
    expect([await told('handed-over'), await told('handed-over-by-you')]).toEqual([all, [cast.integrator.email]]);
    await expectIntact();
    expect(await acceptInvitation(portal, { account: buyer, secret })).toMatchObject({ outcome: 'already' });
    expect(await acceptInvitation(portal, { account: cast.integrator, secret })).toEqual(ENDED);
  });

  test.each(['refused', 'expired', 'withdrawn', 'replaced', 'closed', 'ended'])(
    'not if the offer is %s: its party keeps it',
    async (how) => {
      const secret = await offered(cast.integrator);
      const registration = number;
      const open = await portal.db.row(sql<{ id: string }>`
        select id from invitation where registration = ${number} and ended_at is null`);
      if (how === 'refused') await refuseInvitation(portal, { account: buyer, secret });
      if (how === 'expired') {
        portal.pass(30 * 24);
        await expireInvitations(portal);
      }
      if (how === 'withdrawn') {
        const invitation = open?.id ?? '';
        // Nobody but who offers it.
        const other = await withdrawInvitation(portal, { account: cast.endUser, registration, invitation });
        expect(other).toMatchObject({ outcome: 'already' });
        const own = await withdrawInvitation(portal, { account: cast.integrator, registration, invitation });
        expect(own).toMatchObject({ outcome: 'withdrawn' });
      }
      if (how === 'replaced') await offered(cast.integrator);
      if (how === 'closed') await close(portal, { account: cast.endUser, registration });
      if (how === 'ended') await end();
      expect(await acceptInvitation(portal, { account: buyer, secret })).toEqual(ENDED);
      expect((await read(cast.integrator)) === undefined).toBe(how === 'ended');
      await expectIntact();
    },
  );

  test('to nobody who has the other seat, and by nobody but its party', async () => {
    const secret = await offered(cast.integrator);
    expect(await acceptInvitation(portal, { account: cast.endUser, secret })).toMatchObject({ code: 'not-both-seats' });
    expect(await acceptInvitation(portal, { account: cast.integrator, secret })).toMatchObject({ outcome: 'already' });
    const command = { account: cast.stranger, registration: number, invite: PRINTED, handsOver: true };
    expect(await invite(portal, command)).toMatchObject({ code: 'not-among-yours' });
  });

  test('beside an invitation to the free seat: the two do not end each other', async () => {
    number = await registered(portal, cast.integrator, testServer());
    const result = await invite(portal, { account: cast.integrator, registration: number, invite: PRINTED });
    const free = result.outcome === 'invited' ? (result.code ?? '') : '';
    await handedOver(cast.integrator, cast.stranger);
    expect(await lookAtInvitation(portal, { account: cast.endUser, secret: free })).toMatchObject({
      // Who invites is who has the seat now.
      invitation: { handsOver: false, organisation: cast.stranger.organisation },
    });
    expect(await acceptInvitation(portal, { account: cast.endUser, secret: free })).toMatchObject({ seat: 'end-user' });
  });
});

describe('a building is sold: the end user’s seat is handed over', () => {
  test('what was confirmed and agreed to ends with it, in the history too, and is asked for anew', async () => {
    await confirmed();
    await handedOver(cast.endUser, buyer);
    const seen = await read(buyer);
    expect(seen).toMatchObject({ state: 'registered', confirmed: undefined });
    expect(seen?.consents.map(({ kind, given }) => [kind, given])).toEqual([
      ['personal', false],
      ['system', false],
    ]);
    expect((await actsOf(portal, number)).slice(-2)).toEqual(['handed-over', 'consent-withdrawn']);
    await expectIntact();
    // The System ID and the integrator stay.
    expect((await systemIdsOf(portal, number))['current']).toEqual([server.keys.systemId]);
    expect(await read(cast.integrator)).toBeDefined();
    const anew = { account: buyer, registration: number };
    expect(await confirm(portal, anew)).toMatchObject({ outcome: 'confirmed' });
  });

  test('names, reasons and addresses of before are not the new owner’s to read; the acts and their numbers are', async () => {
    await invite(portal, {
      account: cast.endUser,
      registration: number,
      invite: { how: 'mail', address: 'secret@northfield.example' },
      handsOver: true,
    });
    await handedOver(cast.endUser, buyer);
    const entries = await historyOf(portal.db, buyer.id, number, undefined);
    expect(entries.map(({ act }) => act).reverse()).toEqual(await actsOf(portal, number));
    const all = JSON.stringify([entries, await read(buyer)]);
    for (const word of [cast.endUser.name, cast.endUser.email, 'secret@']) expect(all).not.toContain(word);
    // Who stays reads them as before.
    expect(JSON.stringify(await historyOf(portal.db, cast.integrator.id, number, undefined))).toContain('secret@');
  });

  test('the integrator cannot close it, although nobody has confirmed', async () => {
    await handedOver(cast.endUser, buyer);
    const closing = { account: cast.integrator, registration: number };
    expect(await close(portal, closing)).toMatchObject({ code: 'not-for-your-seat' });
  });
});

describe('the clock for undoing goes with the seat', () => {
  test('of the integrator: who has it now can undo for what is left of 72 hours, who had it cannot', async () => {
    const association = await associated(cast.integrator);
    portal.pass(48);
    await handedOver(cast.integrator, buyer);
    const by = (account: Account) => undo(portal, { account, registration: number, association });
    expect(await by(cast.integrator)).toMatchObject({ code: 'not-among-yours' });
    portal.pass(25);
    expect(await by(buyer)).toMatchObject({ code: 'undo-expired' });
    expect(await by(cast.endUser)).toMatchObject({ outcome: 'undone' });
  });

  test('of the end user: a sale starts no clock anew', async () => {
    const association = await associated(cast.integrator);
    await portal.db.rows(sql`
      update outbox set accepted_at = ${portal.now()} where association = ${association} and recipient = 'end-user'`);
    portal.pass(71);
    await handedOver(cast.endUser, buyer);
    portal.pass(2);
    const late = await undo(portal, { account: buyer, registration: number, association });
    expect(late).toMatchObject({ code: 'undo-expired' });
  });
});

describe('the end user ends the integrator’s seat', () => {
  test('at once: nothing is shown any more, the reason is told, what was associated stays and can be undone', async () => {
    const association = await associated(cast.integrator);
    const request = await typed(portal, cast.integrator, testServer());
    await press(portal, { account: cast.integrator, request, registration: number, reason: 'server-replaced' });
    expect(await end()).toMatchObject({ outcome: 'ended' });
    expect(await end()).toMatchObject({ outcome: 'already' });
    expect(await read(cast.integrator)).toBeUndefined();
    const mine = await read(cast.endUser);
    expect([mine?.current?.association, mine?.claims.length]).toEqual([association, 1]);
    expect(await told('seat-ended')).toEqual([cast.endUser.email, 'jonas@northfield.example'].sort());
    expect(await told('seat-ended-for-you')).toEqual([cast.integrator.email]);
    await expectIntact();
    // Reminders of the claim go on to who is left.
    const due = await portal.db.rows(sql<{ recipient: string }>`
      select distinct recipient from outbox
      where registration = ${number} and template = 'claim-waits' and given_up_at is null`);
    expect(due).toEqual([{ recipient: 'end-user' }]);
    const claim = mine?.claims[0]?.association ?? '';
    expect(await undo(portal, { account: cast.endUser, registration: number, association: claim })).toMatchObject({
      outcome: 'withdrawn',
    });
    expect(await undo(portal, { account: cast.endUser, registration: number, association })).toMatchObject({
      outcome: 'undone',
    });
  });

  test('only of the one whom the page named, and only the end user', async () => {
    await handedOver(cast.integrator, buyer);
    expect(await end()).toMatchObject({ outcome: 'changed-since' });
    expect(await end(buyer, buyer.id)).toMatchObject({ code: 'not-for-your-seat' });
    expect(await end(cast.integrator)).toMatchObject({ code: 'not-among-yours' });
  });

  test('claims that an account cannot withdraw any more do not count against it', async () => {
    const account = cast.integrator;
    for (let n = 0; n < portal.settings.claimLimit; n++) {
      const request = await typed(portal, account, testServer());
      await press(portal, { account, request, registration: number, reason: 'server-replaced' });
    }
    await end();
    number = await registered(portal, account, testServer());
    const request = await typed(portal, account, testServer());
    const result = await press(portal, { account, request, registration: number, reason: 'server-replaced' });
    expect(result).toMatchObject({ outcome: 'claimed' });
  });
});

describe('an integrator leaves', () => {
  const leave = (insists = false) => resign(portal, { account: cast.integrator, registration: number, insists });

  test('with notice: everything is as before until then, and it can be taken back', async () => {
    expect(await leave()).toMatchObject({ outcome: 'resigned' });
    expect(await leave()).toMatchObject({ outcome: 'already' });
    expect(await told('resigned')).toContain(cast.endUser.email);
    portal.pass(29 * 24);
    await leaveSeats(portal);
    await associated(cast.integrator);
    const back = { account: cast.integrator, registration: number };
    expect(await takeBackResignation(portal, back)).toMatchObject({ outcome: 'taken-back' });
    expect(await takeBackResignation(portal, back)).toMatchObject({ outcome: 'already' });
    portal.pass(48);
    await leaveSeats(portal);
    expect(await read(cast.integrator)).toBeDefined();
    await leave();
    portal.pass(30 * 24);
    expect(await leaveSeats(portal)).toBe(1);
    expect(await read(cast.integrator)).toBeUndefined();
    expect(await told('seat-left')).toContain(cast.endUser.email);
    expect(await told('seat-left-by-you')).toEqual([cast.integrator.email]);
    expect((await read(cast.endUser))?.state).toBe('registered');
    await expectIntact();
  });

  test('nobody behind, only if it insists: then nobody reads it, and nobody can accept any more', async () => {
    number = await registered(portal, cast.integrator, testServer());
    const result = await invite(portal, { account: cast.integrator, registration: number, invite: PRINTED });
    expect(await leave()).toMatchObject({ outcome: 'nobody-left' });
    expect(await leave(true)).toMatchObject({ outcome: 'resigned' });
    portal.pass(30 * 24 - 1);
    await leaveSeats(portal);
    expect(await read(cast.integrator)).toBeDefined();
    portal.pass(1);
    await leaveSeats(portal);
    expect(await read(cast.integrator)).toBeUndefined();
    const row = await portal.db.row(sql<{ state: string }>`select state from registration where number = ${number}`);
    expect(row?.state).toBe('without-party');
    expect(await told('without-party')).toEqual(['jonas@northfield.example']);
    const secret = result.outcome === 'invited' ? (result.code ?? '') : '';
    expect(await acceptInvitation(portal, { account: cast.endUser, secret })).toEqual(ENDED);
    await expectIntact();
  });

  test('nothing that never had a System ID', async () => {
    number = await prepared(portal, cast.integrator, 'Prepared house');
    expect(await leave(true)).toMatchObject({ outcome: 'nobody-left' });
  });
});

test('a registration that another party once had a seat on is not merged away', async () => {
  const kept = number;
  number = await registered(portal, cast.integrator, testServer());
  await handedOver(cast.integrator, buyer);
  await handedOver(buyer, cast.integrator);
  const merging = { account: cast.integrator, fresh: number, kept };
  expect(await merge(portal, merging)).toMatchObject({ code: 'not-among-yours' });
});

describe('races', () => {
  test('of several who accept at once, one has the seat', async () => {
    const secret = await offered(cast.integrator);
    const results = await Promise.all(
      [buyer, cast.stranger, buyer, cast.stranger].map((account) => acceptInvitation(portal, { account, secret })),
    );
    expect(results.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1);
    expect((await actsOf(portal, number)).filter((act) => act === 'handed-over')).toHaveLength(1);
    expect([await read(buyer), await read(cast.stranger)].filter(Boolean)).toHaveLength(1);
  });

  test('a seat that is handed over while it is ended is either, and nobody who was not meant is removed', async () => {
    for (let n = 0; n < 5; n++) {
      number = await registered(portal, cast.integrator, testServer(), { endUser: cast.endUser });
      const secret = await offered(cast.integrator);
      const [accepted, ended] = await Promise.all([acceptInvitation(portal, { account: buyer, secret }), end()]);
      const isBuyers = (await read(buyer)) !== undefined;
      expect([accepted.outcome, ended.outcome]).toEqual(
        isBuyers ? ['accepted', 'changed-since'] : ['refused', 'ended'],
      );
      expect(await read(cast.integrator)).toBeUndefined();
      await expectIntact();
    }
  });

  test('an association beside the end of the seat: it was made before, or not at all', async () => {
    for (let n = 0; n < 5; n++) {
      server = testServer();
      number = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
      const account = cast.integrator;
      const request = await carried(portal, account, rebuilt(server));
      const [made] = await Promise.all([
        press(portal, { account, request, registration: number, reason: 'server-replaced' }),
        end(),
      ]);
      const acts = await actsOf(portal, number);
      expect(acts.slice(2)).toEqual(made.outcome === 'associated' ? ['associated', 'seat-ended'] : ['seat-ended']);
      await expectIntact();
    }
  });

  test('undoing beside an association: whichever is first, one System ID is current', async () => {
    for (let n = 0; n < 5; n++) {
      server = testServer();
      number = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
      const association = await associated(cast.integrator);
      const request = await carried(portal, cast.integrator, rebuilt(server));
      const [undone, made] = await Promise.all([
        undo(portal, { account: cast.endUser, registration: number, association }),
        press(portal, { account: cast.integrator, request, registration: number, reason: 'server-replaced' }),
      ]);
      expect([undone.outcome, made.outcome]).toContain('refused');
      expect((await systemIdsOf(portal, number))['current']).toHaveLength(1);
      await expectIntact();
    }
  });
});
