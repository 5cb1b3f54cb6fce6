import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toBase64url } from '../../core/bytes.ts';
import { decideCode } from '../../core/code-at-site.ts';
import { makeCheckIn } from '../../core/documents/check-in.ts';
import { openRecord } from '../../core/documents/record.ts';
import { verifyChain } from '../../core/history.ts';
import { contentOf, type RegistrationCode } from '../../core/registration-code.ts';
import { writtenCode } from '../../core/typed-code.ts';
import {
  actsOf,
  asFile,
  carried,
  currentAssociation,
  press,
  rebuilt,
  registered,
  requestOf,
  shownFor,
  systemIdsOf,
  type TestPortal,
  type TestServer,
  testCast,
  testPortal,
  testServer,
  typed,
} from '../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import { until } from '../../test/support/until.ts';
import { compose } from '../mail/compose.ts';
import { markAccepted, type OutboxRow, takeDue } from '../mail/outbox.ts';
import type { Account } from '../portal.ts';
import { answersOf, type Cast, forgetMails } from '../seed.ts';
import { openDatabase } from '../store/database.ts';
import { requestOf as heldRequest, lock } from '../store/facts.ts';
import { presentCode } from '../store/reads/codes.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { recordFor, recordOfAssociation } from '../store/records.ts';
import { sql } from '../store/sql.ts';
import { insertAccount } from './accounts.ts';
import { bringFiles, cancel } from './bring.ts';
import { checkIn } from './check-in.ts';
import { close } from './confirm.ts';
import { confirmWithCode } from './confirm-with-code.ts';
import { edit } from './edit.ts';
import { type HandOutCommand, handOutCode } from './hand-out-code.ts';
import { merge } from './merge.ts';
import { register } from './register.ts';
import { sendCodeToMe } from './send-code.ts';
import { takeSeat } from './take-seat.ts';
import { undo } from './undo.ts';

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  portal.settings.claimLimit = 1000;
  cast = await testCast(portal);
});
const others: TestDatabase[] = [];
afterAll(() => Promise.all([database, ...others].map((one) => one.drop())));

const ANSWERS = answersOf({
  name: 'Cold Store',
  company: 'Little Belt Dairies',
  address: 'Mejerivej 2',
  city: 'Kolding',
  country: 'DK',
  segment: 'industry',
});

/** Registered as new by the System ID that somebody typed: it waits for the system. */
async function claimed(server: TestServer, account = cast.integrator) {
  const made = await register(portal, { account, request: await typed(portal, account, server), answers: ANSWERS });
  if (made.outcome === 'refused') throw new Error(made.code);
  return { account, registration: made.registration, association: made.association };
}

async function newStranger(n: number): Promise<Account> {
  const account: Account = { ...cast.stranger, id: randomUUID(), email: `stranger-${n}@quay-automation.example` };
  await insertAccount(portal.db, account, null, portal.now());
  return account;
}

const stateOf = async (association: string) =>
  (await portal.db.row(sql<{ state: string }>`select state from association where id = ${association}`))?.state;

/** Of another portal. */
async function otherDatabase(): Promise<TestDatabase> {
  const other = await testDatabase();
  others.push(other);
  return other;
}

async function handedOut(command: HandOutCommand) {
  const result = await handOutCode(portal, command);
  if (result.outcome === 'refused') throw new Error(result.code);
  return result;
}

/** What the site says to a code that somebody types there. */
function atSite(server: TestServer, code: string, lastCode?: RegistrationCode) {
  const { bundle } = portal.keys;
  const lastSequence = lastCode ? contentOf(lastCode).sequence : 0;
  return decideCode(code, {
    keys: server.keys,
    bundle,
    minCodeKey: bundle.min_code_key,
    lastSequence,
    lastCode,
    lastRecordAt: undefined,
    secondsToWait: 0,
  }).answer;
}

describe('a code', () => {
  test('is accepted by the system that it is for, and by no other', async () => {
    const server = testServer();
    const { code } = await handedOut(await claimed(server));
    expect(atSite(server, code)).toMatchObject({
      outcome: 'accepted',
      content: { sequence: 1, asksConfirmation: true, advisory: false, keyId: 0 },
    });
    expect(atSite(testServer(), code)).toEqual({ outcome: 'not-for-this-system' });
  });

  test('is the same 25 symbols as long as nothing has changed, also after it was proven', async () => {
    const server = testServer();
    const claim = await claimed(server);
    const first = await handedOut(claim);
    portal.pass(24 * 30);
    expect(await handedOut(claim)).toEqual({ ...first, new: false });
    await confirmWithCode(portal, { ...claim, typed: shownFor(portal, server, first.code) });
    expect((await handedOut(claim)).code).toBe(first.code);
  });

  test('has the next number after the registration was edited, and where another one is asked for', async () => {
    const claim = await claimed(testServer());
    const first = await handedOut(claim);
    const installation = { ...ANSWERS.installation, city: 'Vejle' };
    await edit(portal, { ...claim, revision: 1e6, answers: { installation } });
    const second = await handedOut(claim);
    const third = await handedOut({ ...claim, anew: true });
    expect([first, second, third].map((one) => contentOf(one.code).sequence)).toEqual([1, 2, 3]);
    expect(await presentCode(portal.db, claim.account.id, claim.registration, claim.association)).toMatchObject({
      code: third.code,
      sequence: 3,
    });
  });

  test('is for the parties only', async () => {
    const claim = await claimed(testServer());
    const strange = { ...claim, account: cast.stranger };
    expect(await handOutCode(portal, strange)).toMatchObject({ code: 'not-among-yours' });
    expect(await sendCodeToMe(portal, strange)).toMatchObject({ code: 'not-among-yours' });
    expect(await confirmWithCode(portal, { ...strange, typed: 'nonsense' })).toMatchObject({ code: 'not-among-yours' });
    expect(
      await recordOfAssociation(portal, strange.account.id, claim.registration, claim.association),
    ).toBeUndefined();
    await handedOut(claim);
    expect(await presentCode(portal.db, cast.stranger.id, claim.registration, claim.association)).toBeUndefined();
  });

  test('proves the claim by the confirmation code that the system shows, and retires the old System ID', async () => {
    const old = testServer();
    const registration = await registered(portal, cast.integrator, old);
    const server = rebuilt(old);
    const request = await asFile(portal, cast.integrator, server);
    const made = await press(portal, { account: cast.integrator, request, registration, reason: 'database-deleted' });
    if (made.outcome !== 'claimed') throw new Error(made.outcome);
    const claim = { account: cast.integrator, registration, association: made.association };
    const { code } = await handedOut(claim);
    expect(await systemIdsOf(portal, registration)).toEqual({
      current: [old.keys.systemId],
      claimed: [server.keys.systemId],
    });
    const shown = shownFor(portal, server, code);
    expect(
      await confirmWithCode(portal, { ...claim, typed: `${shown.slice(0, 5)} - ${shown.slice(5).toLowerCase()}` }),
    ).toEqual({
      outcome: 'confirmed',
      registration,
    });
    expect(await systemIdsOf(portal, registration)).toEqual({
      retired: [old.keys.systemId],
      current: [server.keys.systemId],
    });
    expect(await actsOf(portal, registration)).toEqual(['registered', 'claimed', 'proven']);
    const rows = await portal.db.rows(sql<{ entry: string; hash: Buffer }>`
      select entry, hash from history where registration = ${registration} order by n`);
    expect(verifyChain(rows.map((row) => ({ canonical: row.entry, hash: row.hash }))).outcome).toBe('intact');
    expect(await confirmWithCode(portal, { ...claim, typed: shown })).toMatchObject({ outcome: 'already' });
  });
});

test('a code is mailed to who asks for it, and forgotten when it was sent', async () => {
  const claim = await claimed(testServer());
  expect(await sendCodeToMe(portal, claim)).toEqual({ outcome: 'sent', to: cast.integrator.email });
  const { code } = await handedOut(claim);
  const row = await portal.db.row(sql<OutboxRow>`
    select id, registration, recipient, address, template, facts, attempts from outbox
    where template = 'registration-code' and association = ${claim.association}`);
  if (!row) throw new Error('There is no mail.');
  const mail = compose([row], portal.settings.url, { locale: 'en', timeZone: 'UTC', namesZone: true });
  expect(mail.subject).toBe('Cold Store: Registration code');
  expect(mail.text).toContain(writtenCode(code));
  expect(mail.text).toContain(`/systems/${claim.registration}/associations/${claim.association}`);
  await markAccepted(portal.db, [row.id], portal.now());
  const kept = await portal.db.row(sql<{ facts: object }>`select facts from outbox where id = ${row.id}`);
  expect(JSON.stringify(kept?.facts)).not.toContain(writtenCode(code));
});

describe('the numbers of a System ID', () => {
  const sequences = async (server: TestServer) =>
    (
      await portal.db.rows(sql<{ sequence: number; code: string }>`
        select sequence, code from registration_code where system_id = ${server.keys.systemId} order by sequence`)
    ).map((row) => row.sequence);

  test('are shared by several claims, each with a code of its own', async () => {
    const server = testServer();
    const mine = await claimed(server);
    const theirs = await claimed(server, cast.stranger);
    const [first, second] = [await handedOut(mine), await handedOut(theirs)];
    expect([first.sequence, second.sequence]).toEqual([1, 2]);
    // Looked at in turn, each stays the same.
    expect([(await handedOut(mine)).code, (await handedOut(theirs)).code]).toEqual([first.code, second.code]);
    expect([atSite(server, first.code).outcome, atSite(server, second.code).outcome]).toEqual(['accepted', 'accepted']);
    expect(atSite(server, first.code, second.code).outcome).toBe('older');

    // The first proof wins, and the other party is told.
    const shown = shownFor(portal, server, second.code);
    expect(await confirmWithCode(portal, { ...mine, typed: shown })).toMatchObject({ code: 'confirmation-older' });
    expect(await confirmWithCode(portal, { ...theirs, typed: shown })).toMatchObject({ outcome: 'confirmed' });
    expect(await stateOf(mine.association)).toBe('beaten');
    expect(await actsOf(portal, mine.registration)).toContain('claim-beaten');
    const told = await portal.db.row(sql`
      select from outbox where registration = ${mine.registration} and template = 'claim-ended'`);
    expect(told).toBeDefined();
    expect(await handOutCode(portal, mine)).toMatchObject({ code: 'claim-ended' });
    expect(await confirmWithCode(portal, { ...mine, typed: shown })).toMatchObject({ code: 'claim-ended' });
  });

  test('are not spent on a claim that ends while its party waits for a code', async () => {
    const server = testServer();
    const [mine, theirs] = [await claimed(server), await claimed(server, cast.stranger)];
    await handedOut(theirs);
    const other = openDatabase({ connectionString: database.url, max: 1 });
    const asked = await portal.db.transaction(async (tx) => {
      await lock(tx, [server.keys.systemId], []);
      const waiting = handOutCode({ ...portal, db: other }, mine);
      await until('it waits for the lock', async () => {
        const row = await database.db.row(sql`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
        return row !== undefined;
      });
      await tx.rows(sql`
        update association set state = 'beaten', ended_at = ${portal.now()} where id = ${mine.association}`);
      return { waiting };
    });
    expect(await asked.waiting).toMatchObject({ code: 'claim-ended' });
    await other.close();
    expect(await sequences(server)).toEqual([1]);
  });

  test('go on after withdrawing, registering anew, moving and merging', async () => {
    const server = testServer();
    const first = await claimed(server);
    await handedOut(first);
    await undo(portal, first);
    expect(await handOutCode(portal, first)).toMatchObject({ code: 'association-ended' });

    const again = await claimed(server);
    await handedOut(again);
    const kept = await registered(portal, cast.integrator, testServer(), { site: 'Kept' });
    const merged = await merge(portal, { account: cast.integrator, fresh: again.registration, kept });
    if (merged.outcome === 'refused') throw new Error(merged.code);
    const after = { account: cast.integrator, registration: kept, association: merged.association };
    await handedOut(after);
    // The code for the registration that was merged leads to the kept one, as its number does.
    const [code] = await portal.db.rows(sql<{ code: RegistrationCode }>`
      select code from registration_code where association = ${again.association}`);
    const typedThere = shownFor(portal, server, code?.code as RegistrationCode);
    expect(await confirmWithCode(portal, { ...after, typed: typedThere })).toMatchObject({ outcome: 'confirmed' });
    await undo(portal, after);
    const moved = await claimed(server);
    await handedOut(moved);
    expect(await sequences(server)).toEqual([1, 2, 3, 4]);
  });

  test('are one for each code, when twenty ask at once for another', async () => {
    const server = testServer();
    const claim = await claimed(server);
    const connections = Array.from({ length: 20 }, () => openDatabase({ connectionString: database.url, max: 1 }));
    const results = await Promise.all(
      connections.map((db, i) => handOutCode({ ...portal, db }, { ...claim, anew: i % 2 === 0 })),
    );
    await Promise.all(connections.map((db) => db.close()));
    const made = results.flatMap((one) => (one.outcome === 'handed-out' && one.new ? [one.sequence] : []));
    // Five a day; who only wants to see one gets the one that there is.
    expect(results.filter((one) => one.outcome === 'refused' && one.code !== 'code-limit')).toEqual([]);
    expect(new Set(made).size).toBe(made.length);
    expect(await sequences(server)).toEqual(made.toSorted((a, b) => a - b));
    expect(made.length).toBe(5);
  });

  test('are not used up by strangers: each of twenty accounts at once has two, and none more than five', async () => {
    const server = testServer();
    const claims = [];
    for (let n = 0; n < 20; n++) claims.push(await claimed(server, await newStranger(n)));
    const connections = claims.map(() => openDatabase({ connectionString: database.url, max: 1 }));
    const made = await Promise.all(
      claims.map(async (claim, i) => {
        const db = connections[i] ?? portal.db;
        const asked = Array.from({ length: 6 }, () => handOutCode({ ...portal, db }, { ...claim, anew: true }));
        return (await Promise.all(asked)).filter((one) => one.outcome === 'handed-out').length;
      }),
    );
    await Promise.all(connections.map((db) => db.close()));
    expect(Math.min(...made)).toBe(2);
    expect(Math.max(...made)).toBeLessThanOrEqual(5);
    const total = made.reduce((sum, one) => sum + one, 0);
    expect(await sequences(server)).toEqual(Array.from({ length: total }, (_, i) => i + 1));

    // The right party comes last, and has its code and another in its place.
    const mine = await claimed(server);
    await handedOut(mine);
    expect(await handedOut({ ...mine, anew: true })).toMatchObject({ sequence: total + 2, new: true });
    expect(await handOutCode(portal, { ...mine, anew: true })).toMatchObject({ code: 'code-limit' });
    // What it has is still shown.
    expect(await handOutCode(portal, mine)).toMatchObject({ outcome: 'handed-out', new: false });
  });

  test('are five a day for each party of a registration', async () => {
    const claim = await claimed(testServer());
    await takeSeat(portal, cast.endUser, claim.registration);
    for (let n = 0; n < 5; n++) await handedOut({ ...claim, anew: true });
    expect(await handOutCode(portal, { ...claim, anew: true })).toMatchObject({ code: 'code-limit' });
    for (let n = 0; n < 5; n++) await handedOut({ ...claim, account: cast.endUser, anew: true });
    const theirs = await handOutCode(portal, { ...claim, account: cast.endUser, anew: true });
    expect(theirs).toMatchObject({ code: 'code-limit' });
  });

  test('grow five a day for an account, and what was handed out is still shown', async () => {
    const claim = await claimed(testServer());
    for (let n = 0; n < 5; n++) await handedOut({ ...claim, anew: true });
    const [at, tomorrow] = [portal.now(), new Date(portal.now().getTime() + 24 * 3_600_000)];
    expect(await handOutCode(portal, { ...claim, anew: true })).toMatchObject({
      code: 'code-limit',
      facts: { at: tomorrow },
    });
    await edit(portal, {
      ...claim,
      revision: 1e6,
      answers: { installation: { ...ANSWERS.installation, city: 'Skive' } },
    });
    expect(await handedOut(claim)).toMatchObject({ sequence: 5, new: false, issuedAt: at });
    portal.pass(24);
    expect(await handedOut(claim)).toMatchObject({ sequence: 6, new: true });
  });

  test('are warned of from 3,900 on, and end after 4,095', async () => {
    const server = testServer();
    const claim = await claimed(server);
    const setTo = (sequence: number) =>
      portal.db.rows(sql`update system set sequence = ${sequence} where system_id = ${server.keys.systemId}`);
    await setTo(3898);
    expect(await handedOut({ ...claim, anew: true })).toMatchObject({ sequence: 3899, nearlyUsedUp: false });
    expect(await handedOut({ ...claim, anew: true })).toMatchObject({ sequence: 3900, nearlyUsedUp: true, left: 195 });
    await setTo(4094);
    const last = await handedOut({ ...claim, anew: true });
    expect(last).toMatchObject({ sequence: 4095, left: 0 });
    expect(atSite(server, last.code)).toMatchObject({ outcome: 'accepted', content: { sequence: 4095 } });
    expect(await handOutCode(portal, { ...claim, anew: true })).toMatchObject({ code: 'codes-used-up' });
    // Files go on, and the last code is still there to be seen.
    expect((await handedOut(claim)).code).toBe(last.code);
    expect(await recordOfAssociation(portal, claim.account.id, claim.registration, claim.association)).toBeDefined();
  });

  test('follow what a system says, where the portal was restored from a backup', async () => {
    const server = testServer();
    const claim = await claimed(server);
    const before = await handedOut(claim);
    await asFile(portal, cast.stranger, server, { sequence: 7 });
    const next = await handedOut(claim);
    expect(next.sequence).toBe(8);
    expect(atSite(server, next.code, before.code).outcome).toBe('accepted');
    // An older word does not take it back.
    await asFile(portal, cast.stranger, server, { sequence: 0 });
    expect((await handedOut({ ...claim, anew: true })).sequence).toBe(9);
  });

  test('belong to one System ID: a code of the former one fails on the new one, and the other way round', async () => {
    const old = testServer();
    const registration = await registered(portal, cast.integrator, old);
    const association = await currentAssociation(portal, registration);
    const former = await handedOut({ account: cast.integrator, registration, association: association ?? '' });
    const server = rebuilt(old);
    const request = await typed(portal, cast.integrator, server);
    const made = await press(portal, { account: cast.integrator, request, registration, reason: 'database-deleted' });
    if (made.outcome !== 'claimed') throw new Error(made.outcome);
    const next = await handedOut({ account: cast.integrator, registration, association: made.association });
    expect(former.sequence).toBe(1);
    expect(next.sequence).toBe(1);
    expect(atSite(server, former.code)).toEqual({ outcome: 'not-for-this-system' });
    expect(atSite(old, next.code)).toEqual({ outcome: 'not-for-this-system' });
    expect(atSite(server, next.code).outcome).toBe('accepted');
  });
});

describe('a confirmation code', () => {
  /** Ten symbols that are well written, and the answer to no code of this server. */
  const wrong = async (n: number) => {
    const other = testServer(`other ${n}`);
    return shownFor(portal, other, (await handedOut(await claimed(other))).code);
  };

  test('may be wrong five times, whatever cannot be one costs nothing', async () => {
    const server = testServer();
    const claim = await claimed(server);
    const { code } = await handedOut(claim);
    const right = shownFor(portal, server, code);
    const others = await Promise.all([1, 2, 3, 4, 5].map(wrong));
    for (const [i, other] of others.entries()) {
      expect(await confirmWithCode(portal, { ...claim, typed: '789Y3-E5PGG' })).toMatchObject({ outcome: 'mistyped' });
      const answer = await confirmWithCode(portal, { ...claim, typed: other });
      expect(answer).toMatchObject(
        i < 4 ? { code: 'confirmation-wrong', facts: { count: 4 - i } } : { code: 'confirmation-used-up' },
      );
    }
    expect(await confirmWithCode(portal, { ...claim, typed: right })).toMatchObject({ code: 'confirmation-used-up' });
    expect(await stateOf(claim.association)).toBe('claimed');
    // The site shows the old code's answer until the new one was entered.
    const next = await handedOut({ ...claim, anew: true });
    expect(await confirmWithCode(portal, { ...claim, typed: right })).toMatchObject({ code: 'confirmation-older' });
    const typedNow = shownFor(portal, server, next.code);
    expect(await confirmWithCode(portal, { ...claim, typed: typedNow })).toMatchObject({ outcome: 'confirmed' });
  });

  test('may be wrong twenty times a day for a claim, however many new codes are made', async () => {
    const server = testServer();
    const claim = await claimed(server);
    const others = await Promise.all([1, 2, 3, 4, 5].map(wrong));
    for (let round = 0; round < 4; round++) {
      await handedOut({ ...claim, anew: true });
      for (const other of others) await confirmWithCode(portal, { ...claim, typed: other });
    }
    const last = await handedOut({ ...claim, anew: true });
    const right = shownFor(portal, server, last.code);
    expect(await confirmWithCode(portal, { ...claim, typed: right })).toMatchObject({ code: 'confirmation-limit' });
    // An account's tries are counted together: it can go on nowhere else.
    const elsewhere = testServer();
    const other = await claimed(elsewhere);
    const answer = shownFor(portal, elsewhere, (await handedOut(other)).code);
    expect(await confirmWithCode(portal, { ...other, typed: answer })).toMatchObject({ code: 'confirmation-limit' });
    portal.pass(24);
    expect(await confirmWithCode(portal, { ...claim, typed: right })).toMatchObject({ outcome: 'confirmed' });
  });

  test('of twenty who try at once costs a try each', async () => {
    const server = testServer();
    const claim = await claimed(server);
    await handedOut(claim);
    const other = await wrong(1);
    const connections = Array.from({ length: 20 }, () => openDatabase({ connectionString: database.url, max: 1 }));
    const results = await Promise.all(
      connections.map((db) => confirmWithCode({ ...portal, db }, { ...claim, typed: other })),
    );
    await Promise.all(connections.map((db) => db.close()));
    const codes = results.map((one) => (one.outcome === 'refused' ? one.code : one.outcome)).toSorted();
    expect(codes).toEqual([...Array(16).fill('confirmation-used-up'), ...Array(4).fill('confirmation-wrong')]);
    portal.pass(24);
  });

  test('that is right and comes twenty times at once confirms once, and is never said to be beaten by itself', async () => {
    const server = testServer();
    const claim = await claimed(server);
    const right = shownFor(portal, server, (await handedOut(claim)).code);
    const connections = Array.from({ length: 20 }, () => openDatabase({ connectionString: database.url, max: 1 }));
    const results = await Promise.all(
      connections.map((db) => confirmWithCode({ ...portal, db }, { ...claim, typed: right })),
    );
    await Promise.all(connections.map((db) => db.close()));
    const codes = results.map((one) => (one.outcome === 'refused' ? one.code : one.outcome)).toSorted();
    expect(codes).toEqual([...Array(19).fill('already'), 'confirmed']);
  });

  test('of an older code counts as long as no other was asked for: an edit forces no second visit', async () => {
    const server = testServer();
    const claim = await claimed(server);
    const first = await handedOut(claim);
    await edit(portal, {
      ...claim,
      revision: 1e6,
      answers: { installation: { ...ANSWERS.installation, city: 'Ribe' } },
    });
    expect((await handedOut(claim)).sequence).toBe(2);
    const shown = shownFor(portal, server, first.code);
    expect(await confirmWithCode(portal, { ...claim, typed: shown })).toMatchObject({ outcome: 'confirmed' });
  });
});

describe('a file', () => {
  const bring = (document: string) =>
    bringFiles(portal, { documents: [document], account: cast.integrator.id, cookieHash: undefined });

  test('proves possession of nothing, even one that was made for a click', async () => {
    const server = testServer();
    const request = await asFile(portal, cast.integrator, server, { via: 'browser' });
    const row = await portal.db.row(sql<{ how: string; proven: boolean; server: object }>`
      select how, proven, server from request where id = ${request}`);
    expect(row).toMatchObject({ how: 'file', proven: false, server: { name: server.name } });
  });

  test('that is fresh and says which registration is shown proves its claim', async () => {
    const server = testServer();
    const claim = await claimed(server);
    await asFile(portal, cast.stranger, server, { registration: claim.registration });
    expect(await stateOf(claim.association)).toBe('current');
  });

  test('that is fresh and says which code was accepted proves the claim that it was for', async () => {
    const server = testServer();
    const [mine, theirs] = [await claimed(server), await claimed(server, cast.stranger)];
    await handedOut(mine);
    const { sequence } = await handedOut(theirs);
    await asFile(portal, cast.integrator, server, { sequence });
    expect([await stateOf(mine.association), await stateOf(theirs.association)]).toEqual(['beaten', 'current']);
  });

  test('that is stale proves nothing, and a counter never goes back', async () => {
    const server = testServer();
    const claim = await claimed(server);
    const stale = await requestOf(portal, server, { via: 'file', registration: claim.registration });
    await asFile(portal, cast.integrator, server);
    expect(await bring(stale)).toMatchObject([{ outcome: 'taken' }]);
    expect(await stateOf(claim.association)).toBe('claimed');
    const row = await portal.db.row(sql<{ request_n: number }>`
      select request_n from system where system_id = ${server.keys.systemId}`);
    expect(row?.request_n).toBe(server.n);
  });

  test('that turns up after the system has spoken otherwise proves nothing and takes nothing back', async () => {
    const server = testServer();
    const claim = await claimed(server);
    const photographed = await requestOf(portal, server, { via: 'file', registration: claim.registration });
    const said = { bundle: portal.keys.bundle, keys: server.keys, n: ++server.n, now: portal.now() };
    const answered = await checkIn(portal, await makeCheckIn({ ...said, sequence: 7 }));
    expect(answered.outcome).toBe('answered');
    expect(await bring(photographed)).toMatchObject([{ outcome: 'taken' }]);
    expect(await stateOf(claim.association)).toBe('claimed');
    const row = await portal.db.row(sql<{ accepted_sequence: number; shows: string | null }>`
      select accepted_sequence, shows from system where system_id = ${server.keys.systemId}`);
    expect(row).toEqual({ accepted_sequence: 7, shows: null });
  });

  test('is the same request again while it is held, and a new one after a day or a *Cancel*', async () => {
    const server = testServer();
    const document = await requestOf(portal, server, { via: 'file' });
    const brought = async () => {
      const [taken] = await bring(document);
      if (taken?.outcome !== 'taken') throw new Error(taken?.code);
      return taken.request;
    };
    const heldBy = (request: string) => heldRequest(portal.db, cast.integrator.id, request, portal.now());
    const first = await brought();
    expect(await brought()).toBe(first);
    portal.pass(25);
    const second = await brought();
    expect(await heldBy(second)).toMatchObject({ systemId: server.keys.systemId, how: 'file' });
    await cancel(portal, cast.integrator.id, second);
    expect(await heldBy(await brought())).toMatchObject({ systemId: server.keys.systemId });
  });

  test('that was photographed says nothing new and opens no conflict, though its System ID was retired since', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const photographed = await requestOf(portal, server, { via: 'file' });
    await press(portal, {
      account: cast.integrator,
      request: await carried(portal, cast.integrator, rebuilt(server)),
      registration,
      reason: 'database-deleted',
    });
    expect(await bring(photographed)).toMatchObject([{ outcome: 'taken' }]);
    const conflicts = () =>
      portal.db.rows(sql<{ kind: string }>`
        select kind from conflict where system_id = ${server.keys.systemId} and settled_at is null`);
    expect(await conflicts()).toEqual([]);
    // What it cannot have said before it was retired is the voice of a copy.
    await asFile(portal, cast.integrator, server, { registration });
    expect(await conflicts()).toEqual([{ kind: 'retired-speaks' }]);
  });

  test('of an earlier System ID does not spoil the instance key of the one that follows', async () => {
    const old = testServer();
    const early = await requestOf(portal, old, { via: 'file' });
    const registration = await registered(portal, cast.integrator, testServer(old.name, old.instance), {
      site: 'Mill',
    });
    expect(registration).toMatch(/^\d{8}$/);
    await bring(early);
    const row = await portal.db.row(sql<{ copied_at: Date | null }>`
      select copied_at from instance where public_key = ${toBase64url(old.instance.publicKey)}`);
    expect(row).toEqual({ copied_at: null });
  });

  test('that is no request is named for what it is', async () => {
    const server = testServer();
    const claim = await claimed(server);
    const { record = '' } =
      (await recordOfAssociation(portal, claim.account.id, claim.registration, claim.association)) ?? {};
    const good = await requestOf(portal, server, { via: 'file' });
    const elsewhere = await testPortal((await otherDatabase()).db, 'https://elsewhere.example');
    const foreign = await requestOf(elsewhere, server, { via: 'file' });
    const checkIn = await makeCheckIn({
      keys: server.keys,
      bundle: portal.keys.bundle,
      n: 9,
      now: portal.now(),
      sequence: 0,
    });
    expect(await bring(record)).toMatchObject([{ code: 'not-a-request', facts: { document: 'record' } }]);
    expect(await bring(portal.keys.bundleDocument)).toMatchObject([{ facts: { document: 'bundle' } }]);
    expect(await bring(checkIn)).toMatchObject([{ facts: { document: 'checkin' } }]);
    expect(await bring('%PDF-1.7')).toMatchObject([{ code: 'not-a-request' }]);
    expect(await bring(good.replace(/.{40}$/, (end) => [...end].toReversed().join('')))).toMatchObject([
      { code: 'request-damaged' },
    ]);
    expect(await bring(foreign)).toMatchObject([{ code: 'other-portal' }]);
    expect(await bring('x'.repeat(200_000))).toMatchObject([{ code: 'request-too-large' }]);
  });
});

describe('a number that the system says', () => {
  const lastRecord = async ({ keys: { systemId } }: TestServer) => {
    const opened = await openRecord((await recordFor(portal.db, portal, systemId)) ?? '', portal.keys.bundle, systemId);
    if (opened.outcome !== 'genuine') throw new Error(opened.outcome);
    return opened.record;
  };
  /** Registered by the server itself, then closed: whoever has the System ID may claim it now. */
  const closedAt = async (server: TestServer) => {
    const registration = await registered(portal, cast.integrator, server);
    portal.pass(1);
    await close(portal, { account: cast.integrator, registration });
    portal.pass(1);
  };

  test('is never that of a stranger’s code, where the record of an ended registration carried it', async () => {
    const server = testServer();
    await closedAt(server);
    const theirs = await claimed(server, cast.stranger);
    const { sequence } = await handedOut(theirs);
    const record = await lastRecord(server);
    expect(record).toMatchObject({ state: 'closed', sequence: 0 });
    await asFile(portal, cast.stranger, server, { sequence: record.sequence });
    expect(await stateOf(theirs.association)).toBe('claimed');
    // The code itself, entered at the server, proves it all the same.
    await asFile(portal, cast.stranger, server, { sequence });
    expect(await stateOf(theirs.association)).toBe('current');
  });

  test('goes on in that record as far as the numbers went when the registration ended', async () => {
    const server = testServer();
    const registration = await registered(portal, cast.integrator, server);
    const association = (await currentAssociation(portal, registration)) ?? '';
    const { sequence } = await handedOut({ account: cast.integrator, registration, association });
    await asFile(portal, cast.integrator, server, { registration, sequence: 7 });
    expect(sequence).toBe(1);
    portal.pass(1);
    await close(portal, { account: cast.integrator, registration });
    expect((await lastRecord(server)).sequence).toBe(7);
    portal.pass(1);
    expect((await handedOut(await claimed(server, cast.stranger))).sequence).toBe(8);
    expect((await lastRecord(server)).sequence).toBe(7);
  });

  test('proves nothing where the code is from before another registration had the System ID', async () => {
    const server = testServer();
    const early = await claimed(server, cast.stranger);
    const first = await handedOut(early);
    portal.pass(1);
    await closedAt(server);
    expect(await stateOf(early.association)).toBe('beaten');
    expect((await lastRecord(server)).sequence).toBe(first.sequence);

    const request = await typed(portal, cast.stranger, server);
    const made = await press(portal, { account: cast.stranger, request, registration: early.registration });
    if (made.outcome !== 'claimed') throw new Error(made.outcome);
    const again = { ...early, association: made.association };
    await asFile(portal, cast.stranger, server, { sequence: first.sequence });
    expect(await stateOf(again.association)).toBe('claimed');
    // What the server answers to it is proof at any time: no record says that.
    const shown = shownFor(portal, server, first.code);
    expect(await confirmWithCode(portal, { ...again, typed: shown })).toMatchObject({ outcome: 'confirmed' });
  });

  test('proves the claim whose code it is, also after the registration was merged into another', async () => {
    const server = testServer();
    const fresh = await registered(portal, cast.integrator, server, { site: 'Fresh' });
    const association = (await currentAssociation(portal, fresh)) ?? '';
    const { sequence } = await handedOut({ account: cast.integrator, registration: fresh, association });
    const kept = await registered(portal, cast.integrator, testServer(), { site: 'Kept' });
    portal.pass(1);
    const merged = await merge(portal, { account: cast.integrator, fresh, kept });
    if (merged.outcome === 'refused') throw new Error(merged.code);
    await asFile(portal, cast.integrator, server, { sequence });
    expect(await stateOf(merged.association)).toBe('current');
  });
});

describe('wrong confirmation codes', () => {
  test('of strangers cost the right party nothing', async () => {
    const server = testServer();
    const mine = await claimed(server);
    const { code } = await handedOut(mine);
    const wrongOne = shownFor(portal, testServer(), code);
    for (let n = 0; n < 4; n++) {
      const account = await newStranger(100 + n);
      const theirs = await claimed(server, account);
      for (let tries = 0; tries < 20; tries++) {
        if (tries % 5 === 0) await handOutCode(portal, { ...theirs, anew: true });
        await confirmWithCode(portal, { ...theirs, typed: wrongOne });
      }
    }
    expect(await presentCode(portal.db, mine.account.id, mine.registration, mine.association)).toMatchObject({
      triesLeft: 5,
    });
    const shown = shownFor(portal, server, code);
    expect(await confirmWithCode(portal, { ...mine, typed: shown })).toMatchObject({ outcome: 'confirmed' });
  });
});

describe('a claim that nobody confirms', () => {
  test('is still registered and still marked after 400 days, and its parties were reminded twice', async () => {
    await forgetMails(portal);
    const server = testServer();
    const claim = await claimed(server);
    const { code } = await handedOut(claim);
    const sent = async () => {
      const rows = await takeDue(portal.db, portal.now(), 0);
      await markAccepted(
        portal.db,
        rows.map((row) => row.id),
        portal.now(),
      );
      return rows.filter((row) => row.template === 'claim-waits').map((row) => row.address);
    };
    expect(await sent()).toEqual([]);
    portal.pass(6 * 24);
    expect(await sent()).toEqual([]);
    portal.pass(24);
    expect(await sent()).toEqual([cast.integrator.email]);
    portal.pass(23 * 24);
    expect(await sent()).toEqual([cast.integrator.email]);
    portal.pass(370 * 24);
    expect(await sent()).toEqual([]);

    const system = await systemInformation(portal.db, cast.integrator.id, claim.registration, portal.now());
    expect(system).toMatchObject({
      state: 'registered',
      current: undefined,
      claims: [{ association: claim.association }],
    });
    expect((await handedOut(claim)).code).toBe(code);
    expect(await confirmWithCode(portal, { ...claim, typed: shownFor(portal, server, code) })).toMatchObject({
      outcome: 'confirmed',
    });
  });

  test('is reminded of to an end user who was seated later, on the days that are still to come', async () => {
    await forgetMails(portal);
    const { registration } = await claimed(testServer());
    const later = async () => {
      const due = await takeDue(portal.db, portal.now(), 0);
      await markAccepted(
        portal.db,
        due.map((row) => row.id),
        portal.now(),
      );
      return due.filter((row) => row.template === 'claim-waits' && row.recipient === 'end-user');
    };
    portal.pass(8 * 24);
    await takeSeat(portal, cast.endUser, registration);
    expect(await later()).toEqual([]);
    portal.pass(22 * 24);
    expect(await later()).toMatchObject([{ address: cast.endUser.email, registration }]);
    portal.pass(370 * 24);
    expect(await later()).toEqual([]);
  });

  test('is not reminded of once it was confirmed or withdrawn', async () => {
    await forgetMails(portal);
    const [confirmed, withdrawn] = [testServer(), testServer()];
    const claims = [await claimed(confirmed), await claimed(withdrawn)] as const;
    const { code } = await handedOut(claims[0]);
    await confirmWithCode(portal, { ...claims[0], typed: shownFor(portal, confirmed, code) });
    await undo(portal, claims[1]);
    portal.pass(31 * 24);
    const templates = (await takeDue(portal.db, portal.now(), 0)).map((row) => row.template);
    expect(templates).toContain('proven');
    expect(templates).not.toContain('claim-waits');
  });
});
