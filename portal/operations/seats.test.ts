import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONSENT_VERSION } from '../../core/consents.ts';
import { openRecord } from '../../core/documents/record.ts';
import { verifyChain } from '../../core/history.ts';
import { newInvitationCode } from '../../core/invitation-code.ts';
import type { Invite } from '../../core/invitations.ts';
import {
  actsOf,
  carried,
  prepared,
  press,
  rebuilt,
  registered,
  secretOf,
  type TestPortal,
  type TestServer,
  testCast,
  testPortal,
  testServer,
} from '../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import type { Account } from '../portal.ts';
import type { Cast } from '../seed.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { recordFor } from '../store/records.ts';
import { sql } from '../store/sql.ts';
import { acceptInvitation, lookAtInvitation, refuseInvitation } from './answer-invitation.ts';
import { close, confirm } from './confirm.ts';
import { changeConsent } from './consents.ts';
import { expireInvitations } from './expire-invitations.ts';
import { invite, withdrawInvitation } from './invite.ts';

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

/** Invites, and gives what the invitee has in hand. */
async function invited(registration: string, how: Invite, account = cast.integrator): Promise<string> {
  const result = await invite(portal, { account, registration, invite: how });
  if (result.outcome === 'refused') throw new Error(result.code);
  return result.code ?? (await secretOf(portal, result.invitation));
}

const mailTo = ({ email }: Pick<Account, 'email'>): Invite => ({ how: 'mail', address: email });
const PRINTED: Invite = { how: 'printed' };

async function partiesOf(registration: string): Promise<Record<string, string>> {
  const rows = await portal.db.rows(sql<{ seat: string; account: string }>`
    select seat, account from party where registration = ${registration}`);
  return Object.fromEntries(rows.map(({ seat, account }) => [seat, account]));
}

async function mailsOf(registration: string, template: string): Promise<string[]> {
  const rows = await portal.db.rows(sql<{ address: string }>`
    select address from outbox where registration = ${registration} and template = ${template} order by address`);
  return rows.map((row) => row.address);
}

async function expectIntact(registration: string): Promise<void> {
  const chain = await portal.db.rows(sql<{ canonical: string; hash: Buffer }>`
    select entry as canonical, hash from history where registration = ${registration} order by n`);
  expect(verifyChain(chain)).toMatchObject({ outcome: 'intact', n: chain.length });
}

describe('an invitation by mail', () => {
  test('is taken by the account of that very address: it has the seat, both parties are told, the history says it', async () => {
    const number = await registered(portal, cast.integrator, testServer());
    const secret = await invited(number, mailTo(cast.endUser));
    const shown = await lookAtInvitation(portal, { account: cast.endUser, secret });
    expect(shown).toEqual({
      outcome: 'open',
      invitation: {
        site: 'Hospital North, Building A',
        organisation: cast.integrator.organisation,
        seat: 'end-user',
        handsOver: false,
        expiresAt: new Date(portal.now().getTime() + 30 * 24 * 3_600_000),
      },
    });
    expect(await acceptInvitation(portal, { account: cast.endUser, secret })).toMatchObject({ outcome: 'accepted' });
    expect(await partiesOf(number)).toEqual({ integrator: cast.integrator.id, 'end-user': cast.endUser.id });
    expect(await actsOf(portal, number)).toEqual(['registered', 'invited', 'seat-taken']);
    expect(await mailsOf(number, 'seat-taken')).toEqual(
      [cast.endUser.email, 'jonas@northfield.example', cast.integrator.email].sort(),
    );
    await expectIntact(number);
    const again = await acceptInvitation(portal, { account: cast.endUser, secret });
    expect(again).toMatchObject({ outcome: 'already', registration: number });
    expect(await actsOf(portal, number)).toEqual(['registered', 'invited', 'seat-taken']);
  });

  test('is nothing to another account, nor to one that has not verified the address', async () => {
    const number = await registered(portal, cast.integrator, testServer());
    const secret = await invited(number, mailTo(cast.endUser));
    for (const answer of [lookAtInvitation, acceptInvitation, refuseInvitation]) {
      expect(await answer(portal, { account: cast.stranger, secret })).toEqual(ENDED);
    }
    await portal.db.rows(sql`update account set email_verified_at = null where id = ${cast.endUser.id}`);
    expect(await acceptInvitation(portal, { account: cast.endUser, secret })).toEqual(ENDED);
    await portal.db.rows(sql`update account set email_verified_at = ${portal.now()} where id = ${cast.endUser.id}`);
    expect(await acceptInvitation(portal, { account: cast.endUser, secret })).toMatchObject({ outcome: 'accepted' });
  });

  test('is in the history as a salted commitment: the address is not in the chain', async () => {
    const number = await registered(portal, cast.integrator, testServer());
    await invited(number, mailTo(cast.endUser));
    const entry = await portal.db.row(sql<{ entry: string }>`
      select entry from history where registration = ${number} and n = 2`);
    expect(entry?.entry).toContain('"commitments":{"address":');
    expect(entry?.entry).not.toContain('northfield');
  });

  test.each(['withdrawn', 'replaced', 'refused', 'expired', 'closed'])(
    'that is %s is not taken any more',
    async (how) => {
      const number = await registered(portal, cast.integrator, testServer());
      const secret = await invited(number, mailTo(cast.endUser));
      const account = cast.integrator;
      if (how === 'withdrawn') {
        const open = await systemInformation(portal.db, account.id, number, portal.now());
        const withdrawal = { account, registration: number, invitation: open?.invitation?.id ?? '' };
        expect(await withdrawInvitation(portal, withdrawal)).toMatchObject({ outcome: 'withdrawn' });
        expect(await withdrawInvitation(portal, withdrawal)).toMatchObject({ outcome: 'already' });
      }
      if (how === 'replaced') await invited(number, PRINTED);
      if (how === 'refused') await refuseInvitation(portal, { account: cast.endUser, secret });
      if (how === 'closed') await close(portal, { account, registration: number });
      if (how === 'expired') {
        portal.pass(30 * 24);
        // Whether or not anybody has looked through them.
        expect(await acceptInvitation(portal, { account: cast.endUser, secret })).toEqual(ENDED);
        expect(await expireInvitations(portal)).toBeGreaterThan(0);
        expect(await mailsOf(number, 'invitation-expired')).toContain(account.email);
      }
      expect(await acceptInvitation(portal, { account: cast.endUser, secret })).toEqual(ENDED);
      expect(Object.keys(await partiesOf(number))).toEqual(['integrator']);
      const act = how === 'closed' ? 'closed' : `invitation-${how}`;
      expect(await actsOf(portal, number)).toEqual(['registered', 'invited', act]);
      await expectIntact(number);
    },
  );

  test('tells nobody more than ten times a day', async () => {
    const number = await registered(portal, cast.integrator, testServer());
    for (let n = 0; n < 10; n++) await invited(number, mailTo(cast.endUser));
    const eleventh = { account: cast.integrator, registration: number, invite: mailTo(cast.endUser) };
    expect(await invite(portal, eleventh)).toMatchObject({ code: 'invitation-limit' });
    portal.pass(24);
    expect(await invite(portal, eleventh)).toMatchObject({ outcome: 'invited' });
  });
});

describe('a printed invitation', () => {
  test('is taken once, by whoever has its code, however it is typed', async () => {
    const number = await registered(portal, cast.integrator, testServer());
    const code = await invited(number, PRINTED);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
    const stored = await portal.db.rows(sql<{ all: string }>`
      select to_jsonb(i)::text as all from invitation i where registration = ${number}`);
    expect(JSON.stringify(stored)).not.toContain(code);
    const typed = code.toLowerCase().replace(/.{5}/g, '$& ');
    expect(await acceptInvitation(portal, { account: cast.endUser, secret: typed })).toMatchObject({
      outcome: 'accepted',
      seat: 'end-user',
    });
    expect(await acceptInvitation(portal, { account: cast.stranger, secret: code })).toEqual(ENDED);
  });

  test('gives nobody both seats', async () => {
    const number = await registered(portal, cast.integrator, testServer());
    const code = await invited(number, PRINTED);
    expect(await acceptInvitation(portal, { account: cast.integrator, secret: code })).toMatchObject({
      code: 'not-both-seats',
    });
    expect(await acceptInvitation(portal, { account: cast.endUser, secret: code })).toMatchObject({
      outcome: 'accepted',
    });
  });

  test('twenty unknown codes are the end for a day, for who tried them and for nobody else', async () => {
    const number = await registered(portal, cast.integrator, testServer());
    const code = await invited(number, PRINTED);
    const guess = () => lookAtInvitation(portal, { account: cast.stranger, secret: newInvitationCode() });
    for (let n = 0; n < 20; n++) expect(await guess()).toEqual(ENDED);
    expect(await guess()).toMatchObject({ code: 'invitation-code-limit' });
    expect(await acceptInvitation(portal, { account: cast.stranger, secret: code })).toMatchObject({
      code: 'invitation-code-limit',
    });
    // What is mistyped is no try, and the honest invitee has all of hers.
    const mistyped = `${code.slice(0, 18)}${code.endsWith('00') ? '11' : '00'}`;
    for (let n = 0; n < 30; n++) {
      expect(await lookAtInvitation(portal, { account: cast.endUser, secret: mistyped })).toEqual(ENDED);
    }
    expect(await acceptInvitation(portal, { account: cast.endUser, secret: code })).toMatchObject({
      outcome: 'accepted',
    });
    portal.pass(24);
    expect(await guess()).toEqual(ENDED);
  });
});

test('an end user who registered invites an integrator, who takes that seat', async () => {
  const number = await registered(portal, cast.endUser, testServer());
  const secret = await invited(number, mailTo(cast.integrator), cast.endUser);
  expect(await acceptInvitation(portal, { account: cast.integrator, secret })).toMatchObject({ seat: 'integrator' });
  expect(await partiesOf(number)).toEqual({ 'end-user': cast.endUser.id, integrator: cast.integrator.id });
});

test('a registration that is prepared has seats too', async () => {
  const number = await prepared(portal, cast.integrator, 'Prepared House');
  const code = await invited(number, PRINTED);
  expect(await acceptInvitation(portal, { account: cast.endUser, secret: code })).toMatchObject({
    outcome: 'accepted',
  });
});

test('a stranger invites nobody, and takes no invitation back', async () => {
  const number = await registered(portal, cast.integrator, testServer());
  const account = cast.stranger;
  expect(await invite(portal, { account, registration: number, invite: PRINTED })).toMatchObject({
    code: 'not-among-yours',
  });
  await invited(number, PRINTED);
  const open = await systemInformation(portal.db, cast.integrator.id, number, portal.now());
  const withdrawal = { account, registration: number, invitation: open?.invitation?.id ?? '' };
  expect(await withdrawInvitation(portal, withdrawal)).toMatchObject({ code: 'not-among-yours' });
});

describe('consents', () => {
  async function confirmedWith(kinds: readonly ('system' | 'personal')[], server: TestServer) {
    const number = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
    const consents = { kinds, version: CONSENT_VERSION };
    expect(await confirm(portal, { account: cast.endUser, registration: number, consents })).toMatchObject({
      outcome: 'confirmed',
    });
    return number;
  }

  async function recordOf(server: TestServer) {
    const { systemId } = server.keys;
    const reading = await openRecord(
      (await recordFor(portal.db, portal, systemId)) ?? '',
      portal.keys.bundle,
      systemId,
    );
    return reading.outcome === 'genuine' ? reading.record : undefined;
  }

  const change = (registration: string, kind: 'system' | 'personal', given: boolean, account = cast.endUser) =>
    changeConsent(portal, { account, registration, kind, given, version: CONSENT_VERSION });

  test('given with the confirmation are in the next record, with the version of the text', async () => {
    const server = testServer();
    const number = await confirmedWith(['system'], server);
    expect(await actsOf(portal, number)).toEqual(['registered', 'seat-taken', 'confirmed', 'consented']);
    expect(await recordOf(server)).toMatchObject({
      state: 'confirmed',
      consents: { system: true, personal: false, version: CONSENT_VERSION },
    });
    await expectIntact(number);
  });

  test('declined both: confirmed all the same, and the record says nothing of consents', async () => {
    const server = testServer();
    await confirmedWith([], server);
    const record = await recordOf(server);
    expect(record?.state).toBe('confirmed');
    expect(record).not.toHaveProperty('consents');
  });

  test('withdrawn: what was confirmed stays so, and the next record is newer and says nothing', async () => {
    const server = testServer();
    const number = await confirmedWith(['system', 'personal'], server);
    const before = await recordOf(server);
    expect(await change(number, 'system', false)).toMatchObject({ outcome: 'withdrawn' });
    const half = await recordOf(server);
    expect(half?.consents).toEqual({ system: false, personal: true, version: CONSENT_VERSION });
    expect(half?.revision).toBeGreaterThan(before?.revision ?? 0);
    await change(number, 'personal', false);
    expect(await change(number, 'personal', false)).toMatchObject({ outcome: 'already' });
    const after = await recordOf(server);
    expect(after).not.toHaveProperty('consents');
    expect(after?.state).toBe('confirmed');
    expect((await actsOf(portal, number)).slice(-2)).toEqual(['consent-withdrawn', 'consent-withdrawn']);
    await expectIntact(number);
  });

  test('can be withdrawn when the registration is closed, and not given then', async () => {
    const number = await confirmedWith(['system'], testServer());
    await close(portal, { account: cast.endUser, registration: number });
    expect(await change(number, 'personal', true)).toMatchObject({ code: 'registration-closed' });
    expect(await change(number, 'system', false)).toMatchObject({ outcome: 'withdrawn' });
  });

  test('are the end user’s alone', async () => {
    const number = await confirmedWith(['system'], testServer());
    expect(await change(number, 'system', false, cast.integrator)).toMatchObject({ code: 'not-for-your-seat' });
    expect(await change(number, 'system', false, cast.stranger)).toMatchObject({ code: 'not-among-yours' });
  });

  test('are to the text that was shown: to another one nobody agrees', async () => {
    const number = await registered(portal, cast.integrator, testServer(), { endUser: cast.endUser });
    const consents = { kinds: ['system'] as const, version: 'older' };
    expect(await confirm(portal, { account: cast.endUser, registration: number, consents })).toMatchObject({
      outcome: 'changed-since',
    });
    const command = { account: cast.endUser, registration: number, kind: 'system', given: true, version: '' } as const;
    expect(await changeConsent(portal, command)).toMatchObject({ outcome: 'changed-since' });
    expect(await actsOf(portal, number)).toEqual(['registered', 'seat-taken']);
  });

  test('survive an association: the new System ID has them, the replaced one is told none', async () => {
    const server = testServer();
    const number = await confirmedWith(['system'], server);
    const after = rebuilt(server);
    const request = await carried(portal, cast.integrator, after);
    await press(portal, { account: cast.integrator, request, registration: number });
    expect((await recordOf(after))?.consents).toEqual({ system: true, personal: false, version: CONSENT_VERSION });
    expect(await recordOf(server)).not.toHaveProperty('consents');
  });

  test('are never changed where they are written down', async () => {
    const number = await confirmedWith(['system'], testServer());
    const spoil = portal.db.rows(sql`update consent set given = false where registration = ${number}`);
    await expect(spoil).rejects.toThrow('Consents are append-only.');
  });
});
