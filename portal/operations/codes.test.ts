import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideCode } from '../../core/code-at-site.ts';
import { verifyChain } from '../../core/history.ts';
import { contentOf, type RegistrationCode } from '../../core/registration-code.ts';
import {
  actsOf,
  asFile,
  press,
  rebuilt,
  registered,
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
import type { Cast } from '../seed.ts';
import { answersOf } from '../seed.ts';
import { presentCode } from '../store/reads/codes.ts';
import { recordOfAssociation } from '../store/records.ts';
import { sql } from '../store/sql.ts';
import { confirmWithCode } from './confirm-with-code.ts';
import { edit } from './edit.ts';
import { type HandOutCommand, handOutCode } from './hand-out-code.ts';
import { register } from './register.ts';
import { sendCodeToMe } from './send-code.ts';

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  portal.settings.claimLimit = 1000;
  cast = await testCast(portal);
});
afterAll(() => database.drop());

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
