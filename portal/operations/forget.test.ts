import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { challengeOf } from '../../api/program-log-on.ts';
import {
  carried,
  preparedAnswers,
  registered,
  requestOf,
  type TestPortal,
  testCast,
  testPortal,
  testServer,
  typed,
} from '../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import type { Cast } from '../seed.ts';
import { openDatabase } from '../store/database.ts';
import { saveDraft } from '../store/drafts.ts';
import { keepFile } from '../store/imports.ts';
import { sql } from '../store/sql.ts';
import { keepUpload, uploadOf } from '../store/uploads.ts';
import { makeAccessToken } from './access-tokens.ts';
import { checkPassword } from './accounts.ts';
import { cancel } from './bring.ts';
import { confirmWithCode } from './confirm-with-code.ts';
import { askForAddress } from './correct-account.ts';
import { type Forgotten, forget } from './forget.ts';
import { handOutCode } from './hand-out-code.ts';
import { meet } from './identities.ts';
import { inviteColleague } from './invite-colleague.ts';
import { rememberLogOn } from './log-ons.ts';
import { makeOrganisation } from './make-organisation.ts';
import { askForAccount, sendAccountLink, waitingAccount } from './new-accounts.ts';
import { once } from './once.ts';
import { newChallenge } from './passkey-challenges.ts';
import { askForPassword } from './passwords.ts';
import { prepareRows } from './prepare-rows.ts';
import { allowProgram } from './programs.ts';
import { register } from './register.ts';
import { startSession } from './sessions.ts';
import { takeRequest } from './take-request.ts';

const MINUTE = 1 / 60;

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  cast = await testCast(portal);
});
afterAll(() => database.drop());
// Of the test before nothing is left that could go.
beforeEach(async () => {
  portal.pass(48);
  await forget(portal);
});

const browserHash = randomBytes(32);
const hashOf = (text: string) => createHash('sha256').update(text).digest();

/** What went, of those tables of which anything went. */
async function gone(): Promise<Forgotten> {
  const forgotten = await forget(portal);
  if (forgotten === 'elsewhere') throw new Error('Nobody else was at it.');
  return Object.fromEntries(Object.entries(forgotten).filter(([, count]) => count > 0));
}

const newAccount = () =>
  askForAccount(portal, {
    email: 'nora@company.example',
    name: 'Nora',
    organisation: 'New',
    kind: 'partner',
    language: 'en',
    carrierHash: browserHash,
    next: '/systems',
  });

const file = (account: { id: string }) =>
  keepFile(portal.db, account.id, {
    name: 'sites.csv',
    remarks: {},
    rows: [{ line: 2, answers: preparedAnswers('From a file'), problems: [] }],
    at: portal.now(),
  });

const call = () => ({
  account: cast.integrator.id,
  key: 'one',
  fingerprint: hashOf('call'),
  secret: false,
});

/** A well written code that is the answer to no other. */
async function wrongConfirmation(): Promise<void> {
  const account = cast.integrator;
  const request = await typed(portal, account, testServer());
  const made = await register(portal, { account, request, answers: preparedAnswers('Claimed') });
  if (made.outcome === 'refused') throw new Error(made.code);
  const { registration, association } = made;
  await handOutCode(portal, { account, registration, association });
  const result = await confirmWithCode(portal, { account, registration, association, typed: '789Y3-E5PGF' });
  expect(result).toMatchObject({ code: 'confirmation-wrong' });
}

async function invitedColleague(): Promise<void> {
  await makeOrganisation(portal, { account: cast.stranger, name: 'Works', bring: false });
  const invited = await inviteColleague(portal, { account: cast.stranger, address: 'nora@company.example' });
  expect(invited.outcome).toBe('invited');
}

/** How each of them begins, and for how many hours it is of use. */
const USES: [table: string, hours: number, begin: () => Promise<unknown>][] = [
  ['session', 12, () => startSession(portal, cast.integrator.id)],
  [
    'log_on',
    1,
    () =>
      rememberLogOn(portal, {
        state: 'state',
        nonce: 'nonce',
        codeVerifier: 'verifier',
        browserHash,
        provider: 'exchange',
        next: '/systems',
        fresh: false,
      }),
  ],
  ['passkey_challenge', 5 * MINUTE, () => newChallenge(portal, { browserHash })],
  [
    'newcomer',
    1,
    () =>
      meet(portal, { iss: 'https://exchange.example', sub: 'nora' } as Parameters<typeof meet>[1], {
        browserHash,
        provider: 'exchange',
        next: '/systems',
      }),
  ],
  [
    'program_log_on',
    MINUTE,
    () => allowProgram(portal, { account: cast.integrator.id, name: 'program', challenge: challengeOf('secret') }),
  ],
  ['new_account', 24, newAccount],
  ['address_change', 24, () => askForAddress(portal, cast.integrator, 'lena.anew@company.example')],
  ['mail_link', 1, () => askForPassword(portal, cast.integrator.email)],
  ['confirmation_try', 24, wrongConfirmation],
  ['organisation_invitation', 30 * 24, invitedColleague],
  ['password_try', 1, () => checkPassword(portal, cast.integrator.email, 'wrong')],
  ['idempotency_key', 24, () => once(portal, call(), async () => ({ done: true }))],
  ['import', 24, () => file(cast.integrator)],
  [
    'upload',
    24,
    () => keepUpload(portal.db, cast.integrator.id, [{ fileName: 'a', result: { problem: {} } }], portal.now()),
  ],
  ['request', 24, () => carried(portal, cast.integrator, testServer())],
];

describe.each(USES)('%s', (table, hours, begin) => {
  test('stays to the end of its use, and goes then', async () => {
    await begin();
    portal.pass(hours - MINUTE / 2);
    expect(await gone()).toEqual({});
    portal.pass(MINUTE / 2);
    expect(await gone()).toEqual({ [table]: 1 });
    expect(await gone()).toEqual({});
  });
});

test('a request that nobody took up, one that was cancelled and one that was typed go as well', async () => {
  const document = await requestOf(portal, testServer());
  await takeRequest(portal, { document, cookieHash: browserHash, account: undefined, origin: undefined });
  await cancel(portal, cast.integrator.id, await carried(portal, cast.integrator, testServer()));
  await typed(portal, cast.integrator, testServer());
  portal.pass(24);
  expect(await gone()).toEqual({ request: 3 });
});

test('a request that led to a registration stays, as do drafts, access tokens, mails and the history', async () => {
  const { integrator, endUser } = cast;
  const registration = await registered(portal, integrator, testServer(), { endUser });
  const server = testServer();
  await carried(portal, integrator, server);
  const answers = { answers: preparedAnswers('Kept'), at: portal.now() };
  await saveDraft(portal.db, integrator.id, { systemId: server.keys.systemId }, answers);
  await makeAccessToken(portal, integrator, { name: 'report', scopes: ['account'], expiresAt: portal.now() });
  const kept = await counts();
  portal.pass(24 * 400);
  expect(await gone()).toEqual({ request: 1 });
  expect(await counts()).toEqual({ ...kept, request: kept['request'] ? kept['request'] - 1 : 0 });
  const led = await portal.db.rows(sql`
    select from request q join association a on a.id = q.association where a.registration = ${registration}`);
  expect(led).toHaveLength(1);
  expect(await portal.db.rows(sql`select from registration where number = ${registration}`)).toHaveLength(1);
});

test('an upload stays with what came of it', async () => {
  const { integrator } = cast;
  const [used, unused] = [
    await carried(portal, integrator, testServer()),
    await carried(portal, integrator, testServer()),
  ];
  await register(portal, { account: integrator, request: used, answers: preparedAnswers('Uploaded') });
  const rows = [used, unused].map((request) => ({ fileName: 'a', result: { request } }));
  const upload = await keepUpload(portal.db, integrator.id, rows, portal.now());
  portal.pass(24);
  expect(await gone()).toEqual({ request: 1 });
  const kept = await uploadOf(portal.db, integrator.id, upload, portal.now());
  expect(kept?.rows.map((row) => row.request?.id)).toEqual([used]);
});

test('the links to an account that waits work for as long as it does, and go with it', async () => {
  const id = await newAccount();
  const mail = await portal.db.row(sql<{ path: string }>`
    select facts ->> 'path' as path from outbox where template = 'new-account' order by created_at desc limit 1`);
  const token = mail?.path.split('/').at(-1) ?? '';
  portal.pass(23);
  await sendAccountLink(portal, id);
  portal.pass(2);
  expect(await gone()).toEqual({});
  expect(await waitingAccount(portal, { token })).toMatchObject({ id });
  portal.pass(23);
  expect(await gone()).toEqual({ new_account: 1 });
  expect(await portal.db.rows(sql`select from mail_link`)).toEqual([]);
});

test('the registrations of a file stay when the file goes', async () => {
  const account = cast.integrator;
  await prepareRows(portal, { account, file: await file(account), rows: 'all' });
  await file(account);
  portal.pass(25);
  expect(await gone()).toEqual({ import: 2 });
  expect(await portal.db.rows(sql`select from import_row`)).toEqual([]);
  expect(await portal.db.rows(sql`select from registration where site_name = 'From a file'`)).toHaveLength(1);
});

test('a key past its use is a new one, also before it was deleted', async () => {
  const work = async () => ({ id: randomUUID() });
  const first = await once(portal, call(), work);
  portal.pass(23);
  expect(await once(portal, call(), work)).toEqual({ ...first, outcome: 'replayed' });
  portal.pass(1);
  const second = await once(portal, { ...call(), fingerprint: hashOf('another') }, work);
  expect(second.outcome).toBe('done');
  expect(await once(portal, { ...call(), fingerprint: hashOf('another') }, work)).toEqual({
    ...second,
    outcome: 'replayed',
  });
  expect(await gone()).toEqual({});
});

test('of several processes one is at it, and what somebody has in hand is left for the next time', async () => {
  const [held] = [await startSession(portal, cast.integrator.id), await startSession(portal, cast.endUser.id)];
  portal.pass(13);
  const other = openDatabase({ connectionString: database.url });
  await other.transaction(async (tx) => {
    await tx.rows(sql`select from session where token_hash = ${hashOf(held)} for update`);
    expect(await gone()).toEqual({ session: 1 });
  });
  await other.transaction(async (tx) => {
    expect(await forget({ ...portal, db: { ...other, transaction: (work) => work(tx) } })).toMatchObject({
      session: 1,
    });
    expect(await forget(portal)).toBe('elsewhere');
  });
  await other.close();
  expect(await gone()).toEqual({});
});

async function counts(): Promise<Record<string, number>> {
  const tables = ['request', 'registration', 'draft', 'access_token', 'outbox', 'history', 'association', 'account'];
  const found: Record<string, number> = {};
  for (const table of tables) {
    const all = { name: `count ${table}`, text: `select count(*)::int as n from ${table}`, values: [] };
    found[table] = (await portal.db.row<{ n: number }>(all))?.n ?? 0;
  }
  return found;
}
