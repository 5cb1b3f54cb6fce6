import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertAccount } from '../portal/operations/accounts.ts';
import { acceptColleagueInvitation } from '../portal/operations/answer-colleague-invitation.ts';
import { acceptInvitation } from '../portal/operations/answer-invitation.ts';
import { openCase } from '../portal/operations/cases.ts';
import { invite } from '../portal/operations/invite.ts';
import { inviteColleague } from '../portal/operations/invite-colleague.ts';
import { makeOrganisation } from '../portal/operations/make-organisation.ts';
import { removeMember } from '../portal/operations/members.ts';
import { newToken, startSession } from '../portal/operations/sessions.ts';
import type { Account } from '../portal/portal.ts';
import { saveDraft } from '../portal/store/drafts.ts';
import { sql } from '../portal/store/sql.ts';
import { textOf } from './support/http.ts';
import { DECLINED, NOBODY_INVITED, type ServedPortal, servePortal } from './support/pages.ts';
import {
  carried,
  colleagueSecretOf,
  currentAssociation,
  press,
  rebuilt,
  registered,
  secretOf,
  type TestServer,
  testAdministrator,
  testServer,
} from './support/portal.ts';
import { routesOf } from './support/routes.ts';

/**
 * Every route of the portal and what it answers to whom. A route without a row is red. Of a registration there are its
 * integrator, its end user, a stranger with an account, somebody who is not signed in, and a portal administrator, who is a
 * stranger everywhere but in the administration; of a request there are the account that brought it (here the integrator's)
 * and all others.
 */

type Who = 'anonymous' | 'stranger' | 'integrator' | 'endUser' | 'administrator' | 'former';
const EVERYBODY: readonly Who[] = ['anonymous', 'stranger', 'integrator', 'endUser', 'administrator'];

/** A page; sent on to log on; sent on elsewhere; asked again (422); or the code of a refusal. */
type Answer = string;
type Answers = readonly [anonymous: Answer, stranger: Answer, integrator: Answer, endUser: Answer];

interface Row {
  answers: Answers;
  /** Where it is not what a stranger gets. */
  administrator?: Answer;
  body?: (fixture: Fixture) => Record<string, string>;
}

const all = (answer: Answer): Row => ({ answers: [answer, answer, answer, answer] });
const whoeverIsSignedIn = (answer: Answer, body?: Row['body']): Row => ({
  answers: ['log-on', answer, answer, answer],
  ...(body && { body }),
});
const ofTheParties = (integrator: Answer, endUser = integrator, body?: Row['body']): Row => ({
  answers: ['log-on', 'not-among-yours', integrator, endUser],
  ...(body && { body }),
});
const ofTheBringer = (bringer: Answer, body?: Row['body']): Row => ({
  answers: ['log-on', 'request-expired', bringer, 'request-expired'],
  ...(body && { body }),
});

/** What the integrator, an administrator of its organisation, may do there, and who is in none may not. */
const ofTheOrganisation = (integrator: Answer, body?: Row['body']): Row => ({
  answers: ['log-on', 'no-organisation', integrator, 'no-organisation'],
  ...(body && { body }),
});

/** The invitation to another registration, which is mailed to the stranger of this one. */
const ofTheInvited = (invited: Answer): Row => ({
  answers: ['log-on', invited, 'invitation-ended', 'invitation-ended'],
  administrator: 'invitation-ended',
});

/** For everybody else there is nothing at the address. */
const ofAdministrators = (administrator: Answer, body?: Row['body']): Row => ({
  ...all('not-found'),
  administrator,
  ...(body && { body }),
});

const CASE = { cause: 'party-gone', wants: 'integrator', statement: 'They are gone.' };

const SITE = { site_type: 'single', site_name: 'Library', company: 'City', address: 'Street 1', city: 'Aarhus' };
const STEP = { ...SITE, country: 'DK', segments: 'education', ...NOBODY_INVITED };

const ROUTES: Record<string, Row> = {
  'GET /': all('moved'),
  'GET /help': all('page'),
  'GET /help/:topic': all('page'),
  'GET /privacy': all('page'),
  'GET /about': all('page'),
  'GET /api': all('page'),
  'GET /bundle': all('page'),
  'GET /healthz': all('page'),
  'GET /readyz': all('page'),
  'POST /check-ins': { ...all('check-in-damaged'), body: () => ({ no: 'check-in' }) },
  'GET /mail/:mail': all('page'),
  'POST /mail/:mail': { ...all('page'), body: () => ({ word: 'keep' }) },

  'GET /log-on': { answers: ['page', 'moved', 'moved', 'moved'] },
  'POST /log-on': all('again'),
  'POST /log-off': all('log-on'),
  'GET /log-on/again': whoeverIsSignedIn('page'),
  'POST /log-on/again': whoeverIsSignedIn('again'),
  'POST /log-on/passkey/question': all('page'),
  'POST /log-on/passkey': all('passkey-not-accepted'),
  'GET /log-off/:provider': all('not-found'),
  'GET /log-on/with/:provider': all('not-found'),
  'GET /log-on/with/:provider/back': all('not-found'),
  'GET /log-on/first/:id': all('log-on-used'),
  'POST /log-on/first/:id': all('log-on-used'),
  'POST /log-on/first/:id/link': all('log-on-used'),
  'GET /log-on/first/:id/prove': all('log-on-used'),
  'POST /log-on/first/:id/prove': all('log-on-used'),
  'GET /create-account': { answers: ['page', 'moved', 'moved', 'moved'] },
  'POST /create-account': all('again'),
  'GET /create-account/:id': all('mail-link-used'),
  'POST /create-account/:id/again': all('moved'),
  'GET /create-account/link/:token': all('mail-link-used'),
  'POST /create-account/link/:token': all('mail-link-used'),
  'GET /forgotten-password': all('page'),
  'POST /forgotten-password': all('again'),
  'GET /forgotten-password/sent': all('page'),
  'GET /forgotten-password/link/:token': all('mail-link-used'),
  'POST /forgotten-password/link/:token': all('mail-link-used'),
  'GET /programs/log-on': all('program-log-on-ended'),
  'POST /programs/log-on': all('program-log-on-ended'),
  'POST /programs/tokens': all('program-log-on-ended'),
  'GET /programs/allowed': all('page'),
  'GET /programs/refused': all('page'),
  'GET /account': whoeverIsSignedIn('page'),
  'POST /account/language': whoeverIsSignedIn('moved'),
  'GET /account/details': whoeverIsSignedIn('page'),
  'POST /account/details': whoeverIsSignedIn('again'),
  'POST /account/address': whoeverIsSignedIn('again'),
  'GET /account/address/:token': whoeverIsSignedIn('mail-link-used'),
  'POST /account/address/:token': whoeverIsSignedIn('mail-link-used'),
  'GET /account/data': whoeverIsSignedIn('page'),
  'GET /account/data.json': whoeverIsSignedIn('page'),
  'GET /account/erase': whoeverIsSignedIn('page'),
  // Without the word that one is sure.
  'POST /account/erase': whoeverIsSignedIn('again'),
  'GET /account/erased': all('page'),
  'POST /account/providers/:provider/unlink': whoeverIsSignedIn('not-found'),
  // Nobody is told whether there was anything to end.
  'POST /account/sessions/:id/end': whoeverIsSignedIn('moved'),
  'POST /account/sessions/end-others': whoeverIsSignedIn('moved'),
  'GET /account/passkeys/new': whoeverIsSignedIn('page'),
  'POST /account/passkeys/question': whoeverIsSignedIn('page'),
  'POST /account/passkeys': whoeverIsSignedIn('passkey-not-accepted'),
  'GET /account/passkeys/:id': whoeverIsSignedIn('not-found'),
  'POST /account/passkeys/:id': whoeverIsSignedIn('not-found'),
  'POST /account/passkeys/:id/remove': whoeverIsSignedIn('not-found'),

  'POST /account/shared': whoeverIsSignedIn('moved'),
  'GET /log-on/who': { answers: ['log-on', 'moved', 'moved', 'moved'] },
  'POST /log-on/who': whoeverIsSignedIn('again'),
  'GET /account/organisation': whoeverIsSignedIn('page'),
  'POST /account/organisation': whoeverIsSignedIn('again'),
  'POST /account/organisation/invitations': ofTheOrganisation('again'),
  'POST /account/organisation/invitations/:id/withdraw': ofTheOrganisation('moved'),
  'GET /account/organisation/members/:member': ofTheOrganisation('page'),
  'POST /account/organisation/members/:member/role': ofTheOrganisation('last-administrator', () => ({
    role: 'member',
  })),
  'POST /account/organisation/members/:member/remove': ofTheOrganisation('last-administrator'),
  'POST /account/organisation/leave': ofTheOrganisation('last-administrator'),
  'GET /organisation-invitations/:secret': ofTheInvited('page'),
  // The stranger has a registration alone, and did not say what becomes of it.
  'POST /organisation-invitations/:secret/accept': ofTheInvited('again'),
  'POST /organisation-invitations/:secret/refuse': ofTheInvited('moved'),
  'POST /organisation-invitations/:secret/another-account': all('log-on'),

  'GET /account/access-tokens': whoeverIsSignedIn('page'),
  'POST /account/access-tokens': whoeverIsSignedIn('again'),
  // Nobody is told whether there was anything to revoke.
  'POST /account/access-tokens/:id/revoke': whoeverIsSignedIn('moved'),

  'GET /systems': whoeverIsSignedIn('page'),
  'GET /register': whoeverIsSignedIn('page'),
  'POST /register': whoeverIsSignedIn('again'),
  'POST /register/associate': whoeverIsSignedIn('again'),

  'POST /register/files': whoeverIsSignedIn('again'),
  'GET /uploads/:id': whoeverIsSignedIn('request-expired'),
  'POST /uploads/:id/proceed': whoeverIsSignedIn('request-expired'),
  'POST /uploads/:id/cancel': whoeverIsSignedIn('request-expired'),
  'POST /uploads/:id/another-account': whoeverIsSignedIn('request-expired'),
  'POST /uploads/:id/codes': whoeverIsSignedIn('request-expired'),
  'GET /uploads/:id/codes': whoeverIsSignedIn('request-expired'),
  'GET /uploads/:id/records.zip': whoeverIsSignedIn('request-expired'),

  'GET /systems/:number': ofTheParties('page'),
  'POST /systems/:number/confirm': ofTheParties('not-for-your-seat', 'moved', () => ({ revision: '99', ...DECLINED })),
  'POST /systems/:number/invitations': ofTheParties('seat-taken', 'seat-taken', () => ({ invite: 'printed' })),
  'POST /systems/:number/invitations/:invitation/withdraw': ofTheParties('moved'),
  'POST /systems/:number/consents/:kind': ofTheParties('not-for-your-seat', 'moved', () => ({ given: 'no' })),
  'GET /systems/:number/hand-over': ofTheParties('page'),
  'POST /systems/:number/hand-over': ofTheParties('page', 'page', () => ({ invite: 'printed' })),
  'GET /systems/:number/end-integrator': ofTheParties('not-for-your-seat', 'page'),
  'POST /systems/:number/end-integrator': ofTheParties('not-for-your-seat', 'moved', ({ integrator }) => ({
    reason: 'It is over',
    seen: integrator,
  })),
  'GET /systems/:number/resign': ofTheParties('page', 'not-for-your-seat'),
  'POST /systems/:number/resign': ofTheParties('moved', 'not-for-your-seat'),
  'POST /systems/:number/resign/take-back': ofTheParties('moved', 'not-for-your-seat'),
  'GET /systems/:number/close': ofTheParties('not-for-your-seat', 'page'),
  'POST /systems/:number/close': ofTheParties('not-for-your-seat', 'moved'),
  'GET /systems/:number/associations/:association': ofTheParties('page'),
  'POST /systems/:number/associations/:association/code': ofTheParties('moved'),
  'POST /systems/:number/associations/:association/send': ofTheParties('moved'),
  'GET /systems/:number/associations/:association/record': ofTheParties('page'),
  'GET /systems/:number/associations/:association/paper': ofTheParties('moved'),
  'POST /systems/:number/associations/:association/confirmation': ofTheParties('moved'),
  'POST /systems/:number/associations/:association/undo': ofTheParties('moved'),
  'POST /systems/:number/conflicts/:conflict/settle': ofTheParties('moved'),
  'GET /systems/:number/merge/:kept': ofTheParties('not-among-yours'),
  'POST /systems/:number/merge/:kept': ofTheParties('not-among-yours'),
  'GET /systems/:number/form': ofTheParties('moved'),
  'GET /systems/:number/form/:step': ofTheParties('page'),
  'POST /systems/:number/form/:step': ofTheParties('moved', 'moved', () => STEP),
  'POST /systems/:number/form/:step/draft': ofTheParties('moved', 'moved', () => STEP),
  'GET /systems/:number/form/check': ofTheParties('page'),
  'POST /systems/:number/form/check': ofTheParties('moved'),
  'POST /systems/:number/form/check/draft': ofTheParties('moved'),
  'GET /invitations': whoeverIsSignedIn('page'),
  'POST /invitations': whoeverIsSignedIn('again'),
  // It was mailed to the stranger: nobody else can use it.
  'GET /invitations/:secret': ofTheInvited('page'),
  'POST /invitations/:secret/accept': ofTheInvited('moved'),
  'POST /invitations/:secret/refuse': ofTheInvited('moved'),
  'POST /invitations/:secret/another-account': all('log-on'),
  'POST /drafts/:draft/discard': whoeverIsSignedIn('moved'),

  'GET /systems/:number/case': ofTheParties('page'),
  'POST /systems/:number/case': ofTheParties('moved', 'moved', () => CASE),
  // The System ID is nobody's: its own page says so.
  'GET /requests/:id/case': ofTheBringer('moved'),
  'POST /requests/:id/case': ofTheBringer('moved', () => CASE),
  'GET /cases': whoeverIsSignedIn('page'),
  // The integrator opened it.
  'GET /cases/:case': ofTheParties('page'),
  'POST /cases/:case/object': ofTheParties('not-for-your-seat', 'moved', () => ({ objection: 'We are here.' })),
  'POST /cases/:case/withdraw': ofTheParties('moved', 'not-among-yours'),

  'GET /administration': ofAdministrators('page'),
  'GET /administration/accounts': ofAdministrators('page'),
  'GET /administration/accounts/:account': ofAdministrators('page'),
  'POST /administration/accounts/:account/end-sessions': ofAdministrators('moved', () => ({ reason: 'Stolen' })),
  'POST /administration/registrations': ofAdministrators('moved', ({ number }) => ({ what: number })),
  // It asks for the reason first.
  'GET /administration/registrations/:number': ofAdministrators('page'),
  'POST /administration/registrations/:number/look': ofAdministrators('moved', () => ({ reason: 'Asked to' })),
  'GET /administration/organisations': ofAdministrators('page'),
  'GET /administration/cases': ofAdministrators('page'),
  'GET /administration/cases/:case': ofAdministrators('page'),
  'POST /administration/cases/:case/decide': ofAdministrators('case-changed', () => ({
    decision: 'refuse',
    reason: 'Not shown',
    seen: 'what is so no more',
  })),
  'GET /administration/mails': ofAdministrators('page'),
  'POST /administration/mails/:mail/retry': ofAdministrators('moved'),
  'POST /administration/mails/:mail/give-up': ofAdministrators('moved'),
  'GET /administration/consents': ofAdministrators('page'),
  'GET /administration/catalogue': ofAdministrators('page'),
  'GET /administration/keys': ofAdministrators('page'),

  'GET /prepare': whoeverIsSignedIn('page'),
  'GET /prepare/new': all('moved'),
  'GET /prepare/import': whoeverIsSignedIn('page'),
  'POST /prepare/import': whoeverIsSignedIn('again'),
  'GET /prepare/template.csv': whoeverIsSignedIn('page'),
  'GET /prepare/imports/:id': whoeverIsSignedIn('404'),
  'POST /prepare/imports/:id': whoeverIsSignedIn('404'),
  'GET /prepare/:id': whoeverIsSignedIn('moved'),
  'GET /prepare/:id/labels': whoeverIsSignedIn('moved'),
  'GET /prepare/:id/form': whoeverIsSignedIn('moved'),
  'GET /prepare/:id/form/:step': whoeverIsSignedIn('page'),
  'POST /prepare/:id/form/:step': whoeverIsSignedIn('moved', () => STEP),
  'POST /prepare/:id/form/:step/draft': whoeverIsSignedIn('moved', () => STEP),
  'GET /prepare/:id/form/check': whoeverIsSignedIn('moved'),
  'POST /prepare/:id/form/check': whoeverIsSignedIn('moved'),
  'POST /prepare/:id/form/check/draft': whoeverIsSignedIn('moved'),
  'GET /prepare/:id/form/copy': whoeverIsSignedIn('page'),
  'POST /prepare/:id/form/copy/:number': ofTheParties('moved'),
  'GET /systems.csv': whoeverIsSignedIn('page'),
  'GET /systems.json': whoeverIsSignedIn('page'),
  'GET /systems/:number/label': ofTheParties('page'),

  'POST /requests': all('request-damaged'),
  'GET /r': all('page'),
  'POST /requests/brought': all('request-damaged'),
  'GET /requests/cancelled': all('page'),
  'GET /requests/:id': ofTheBringer('page'),
  'POST /requests/:id': ofTheBringer('moved', () => ({ how: 'associate' })),
  'GET /requests/:id/proceed': ofTheBringer('moved'),
  'POST /requests/:id/proceed': ofTheBringer('moved'),
  // Nobody is told whether there was anything to cancel.
  'POST /requests/:id/cancel': whoeverIsSignedIn('moved'),
  'POST /requests/:id/another-account': { answers: ['log-on', 'request-expired', 'log-on', 'request-expired'] },
  'POST /requests/:id/ask': ofTheBringer('moved', () => ({ what: 'seat' })),
  'GET /requests/:id/asked': ofTheBringer('page'),
  'GET /requests/:id/registrations': ofTheBringer('page'),
  'GET /requests/:id/registrations/:number': ofTheBringer('page'),
  'POST /requests/:id/registrations/:number': {
    answers: ['log-on', 'request-expired', 'moved', 'request-expired'],
    body: ({ association }) => ({ seen: association, reason: 'server-replaced' }),
  },
  'POST /requests/:id/registrations/:number/move': {
    answers: ['log-on', 'not-among-yours', 'not-among-yours', 'not-among-yours'],
    body: ({ association }) => ({ seen: association, from: '00000000', association }),
  },
  'GET /requests/:id/form': ofTheBringer('moved'),
  'GET /requests/:id/form/:step': ofTheBringer('page'),
  'POST /requests/:id/form/:step': ofTheBringer('moved', () => STEP),
  'POST /requests/:id/form/:step/draft': ofTheBringer('moved', () => STEP),
  'GET /requests/:id/form/check': ofTheBringer('moved'),
  'POST /requests/:id/form/check': ofTheBringer('moved'),
  'POST /requests/:id/form/check/draft': ofTheBringer('moved'),
  'GET /requests/:id/form/copy': ofTheBringer('page'),
  'POST /requests/:id/form/copy/:number': ofTheBringer('moved'),
};

let served: ServedPortal;
let administrator: Account;
/** Has handed a seat over. */
let former: Account;
beforeAll(async () => {
  served = await servePortal({ requestsPerMinute: 100_000, claimLimit: 100_000 });
  administrator = await testAdministrator(served.portal);
  await organise();
  const person = { name: 'Fritz Alt', organisation: 'Alt Estates', kind: 'end-user' as const };
  former = { id: randomUUID(), email: 'fritz@estates.example', ...person };
  await insertAccount(served.portal.db, former, null, served.portal.now());
});
afterAll(() => served.close());

/** The integrator's organisation, and the people who are or were in it. */
let colleagues: Record<'member' | 'removed', Account>;
/** Of an invitation of the stranger into it. */
let colleagueSecret: string;

async function organise(): Promise<void> {
  const { portal, cast } = served;
  const account = cast.integrator;
  await makeOrganisation(portal, { account, name: 'Brandt Building Controls', bring: false });
  const [member, removed] = [await joined('member'), await joined('removed')];
  await removeMember(portal, { account, member: removed.id });
  colleagues = { member, removed };
  await registered(portal, cast.stranger, testServer());
  colleagueSecret = await invitedColleague(cast.stranger.email);

  async function joined(name: string): Promise<Account> {
    const email = `${name}@brandt-controls.example`;
    const made = { id: randomUUID(), email, name, organisation: 'Brandt Building Controls', kind: 'partner' as const };
    await insertAccount(portal.db, made, null, portal.now());
    await acceptColleagueInvitation(portal, { account: made, secret: await invitedColleague(email), bring: false });
    return made;
  }

  async function invitedColleague(address: string): Promise<string> {
    await inviteColleague(portal, { account, address });
    return colleagueSecretOf(portal, address);
  }
}

/** A registration with both its parties, and what else an address can name, all of it the integrator's. */
interface Fixture {
  number: string;
  id: string;
  association: string;
  /** The account or organisation that has its seat. */
  integrator: string;
  draft: string;
  mail: string;
  invitation: string;
  secret: string;
  case: string;
  account: string;
}

async function fixture(): Promise<Fixture> {
  const { portal, cast } = served;
  const server = testServer();
  const number = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
  return about(number, server);
}

/** The same, which somebody else was the end user of before. */
async function handedOver(): Promise<Fixture> {
  const { portal, cast } = served;
  const server = testServer();
  const number = await registered(portal, cast.integrator, server, { endUser: former });
  const offer = { account: former, registration: number, invite: { how: 'printed' }, handsOver: true } as const;
  const offered = await invite(portal, offer);
  const secret = offered.outcome === 'invited' ? (offered.code ?? '') : '';
  await acceptInvitation(portal, { account: cast.endUser, secret });
  return about(number, server);
}

async function about(number: string, server: TestServer): Promise<Fixture> {
  const { portal, cast } = served;
  const after = rebuilt(server);
  await press(portal, {
    account: cast.integrator,
    request: await carried(portal, cast.integrator, after),
    registration: number,
  });
  await saveDraft(
    portal.db,
    cast.integrator.id,
    { registration: number },
    { answers: {}, revision: 99, at: portal.now() },
  );
  const draft = await portal.db.row(sql<{ id: string }>`select id from draft where registration = ${number}`);
  const mail = await portal.db.row(sql<{ id: string }>`
    select id from outbox where registration = ${number} and recipient = 'site-administrator' limit 1`);
  const integrator = await portal.db.row(sql<{ holder: string }>`
    select holder from party where registration = ${number} and seat = 'integrator'`);
  return {
    number,
    id: await carried(portal, cast.integrator, rebuilt(after)),
    association: (await currentAssociation(portal, number)) ?? '',
    integrator: integrator?.holder ?? '',
    draft: draft?.id ?? '',
    mail: mail?.id ?? '',
    case: await opened(number),
    account: cast.endUser.id,
    ...(await invited()),
  };
}

async function opened(registration: string): Promise<string> {
  const { portal, cast } = served;
  const words = { cause: 'party-gone', statement: 'They are gone.', evidence: '' } as const;
  const result = await openCase(portal, { account: cast.integrator, about: { registration }, ...words });
  if (!('case' in result)) throw new Error(result.outcome);
  return result.case;
}

/** To another registration of the integrator's, by a mail that was not sent yet. */
async function invited(): Promise<Pick<Fixture, 'invitation' | 'secret'>> {
  const { portal, cast } = served;
  const registration = await registered(portal, cast.integrator, testServer());
  const account = cast.integrator;
  const result = await invite(portal, { account, registration, invite: { how: 'mail', address: cast.stranger.email } });
  if (result.outcome === 'refused') throw new Error(result.code);
  return { invitation: result.invitation, secret: await secretOf(portal, result.invitation) };
}

const NO_NUMBER = '00000001';

/** The same shape, and nothing of it exists. */
const nothing = (): Fixture => ({
  number: NO_NUMBER,
  id: randomUUID(),
  association: randomUUID(),
  integrator: randomUUID(),
  draft: randomUUID(),
  mail: randomUUID(),
  invitation: randomUUID(),
  secret: newToken(),
  case: randomUUID(),
  account: randomUUID(),
});

function addressOf(route: string, about: Fixture): string {
  const values: Record<string, string> = {
    ...about,
    member: served.cast.integrator.id,
    secret: route.includes('/organisation-invitations/') && about.number !== NO_NUMBER ? colleagueSecret : about.secret,
    kind: 'system',
    kept: '00000000',
    conflict: about.association,
    step: 'installation',
    topic: 'register-page',
  };
  return (route.split(' ')[1] ?? '').replace(/:(\w+)/g, (_, name: string) => values[name] ?? `no-value-for-${name}`);
}

function accountOf(who: Who): Account | undefined {
  if (who === 'anonymous') return undefined;
  if (who === 'former') return former;
  return who === 'administrator' ? administrator : served.cast[who];
}

async function ask(
  route: string,
  who: Who | 'member' | 'removed',
  about: Fixture,
  body: Row['body'],
): Promise<Response> {
  const { url, portal } = served;
  const account = who === 'member' || who === 'removed' ? colleagues[who] : accountOf(who);
  const session = account && (await startSession(portal, account.id));
  const isPost = route.startsWith('POST');
  return fetch(url + addressOf(route, about), {
    method: isPost ? 'POST' : 'GET',
    redirect: 'manual',
    headers: {
      ...(session && { cookie: `datestone-portal-${new URL(url).port}-session=${session}` }),
      ...(isPost && {
        'content-type': route.includes('check-ins') ? 'application/jose' : 'application/x-www-form-urlencoded',
      }),
    },
    ...(isPost && { body: new URLSearchParams(body?.(about)).toString() }),
  });
}

async function answerOf(response: Response): Promise<Answer> {
  const location = response.headers.get('location');
  await response.clone().arrayBuffer();
  if (location) return location.startsWith('/log-on') ? 'log-on' : 'moved';
  const text = await response.text();
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) return JSON.parse(text).code;
  if (response.status === 422) return 'again';
  return /Reason ([a-z-]+)/.exec(textOf(text))?.[1] ?? (response.status === 200 ? 'page' : `${response.status}`);
}

test('every route has a row, and every row a route', async () => {
  expect(await routesOf(served.app)).toEqual(Object.keys(ROUTES).sort());
});

describe('what it answers to somebody who is not signed in, a stranger, the integrator, the end user, an administrator', () => {
  test.each(Object.entries(ROUTES))('%s', async (route, { answers, administrator, body }) => {
    const given: Answer[] = [];
    // What names nothing needs nothing to be there.
    const about = () => (route.includes(':') || body ? fixture() : nothing());
    // Who is before the integrator changes nothing of it, or the integrator would be answered otherwise.
    const first = await about();
    for (const who of EVERYBODY) {
      const isFirst = who !== 'endUser' && who !== 'administrator' && !route.includes(':secret');
      given.push(await answerOf(await ask(route, who, isFirst ? first : await about(), body)));
    }
    expect(given).toEqual([...answers, administrator ?? answers[1]]);
  });
});

describe('of the registration of an organisation', () => {
  const naming = Object.entries(ROUTES).filter(([route]) => route.includes('/systems/:number'));
  test.each(naming)(
    '%s: a member gets what the integrator gets, one who was removed what a stranger gets',
    async (route, { answers: [, , integrator], body }) => {
      expect(await answerOf(await ask(route, 'member', await fixture(), body))).toBe(integrator);
      const about = await fixture();
      const [removed, stranger] = [await ask(route, 'removed', about, body), await ask(route, 'stranger', about, body)];
      expect(await bytesOf(removed, about)).toEqual(await bytesOf(stranger, about));
    },
  );
});

describe('a stranger and who was a party once get the same, byte for byte, for what is another account’s and for what does not exist', () => {
  const naming = Object.entries(ROUTES).filter(([route]) =>
    /:(number|id|association|draft|case|account)\b/.test(route),
  );
  const ofInvitations = Object.entries(ROUTES).filter(([route]) => route.includes(':secret'));
  test.each(ofInvitations)('%s: an invitation to somebody else', async (route) => {
    for (const who of ['anonymous', 'endUser'] as const) {
      const [foreign, none] = [await fixture(), nothing()];
      const [a, b] = [await ask(route, who, foreign, undefined), await ask(route, who, none, undefined)];
      expect(await bytesOf(a, foreign)).toEqual(await bytesOf(b, none));
    }
  });

  test.each(naming)('%s', async (route, { body }) => {
    // None of them can change anything of it.
    const foreign = await handedOver();
    for (const who of ['anonymous', 'stranger', 'former'] as const) {
      const none = nothing();
      const [a, b] = [await ask(route, who, foreign, body), await ask(route, who, none, body)];
      expect(await bytesOf(a, foreign)).toEqual(await bytesOf(b, none));
    }
  });
});

describe('whoever does not administer the portal gets what they get at an address that does not exist', () => {
  const administered = Object.entries(ROUTES).filter(([route]) => route.includes(' /administration'));
  let about: Fixture;
  beforeAll(async () => {
    about = await fixture();
  });
  test.each(administered)('%s', async (route, { body }) => {
    const elsewhere = route.replace('/administration', '/administratiom');
    for (const who of ['anonymous', 'stranger', 'integrator', 'endUser'] as const) {
      const [there, nowhere] = [await ask(route, who, about, body), await ask(elsewhere, who, about, body)];
      expect(await bytesOf(there, about)).toEqual(await bytesOf(nowhere, about));
    }
  });
});

/** All that the answer is, but for its time, its own reference, and what the asker wrote into the address. */
async function bytesOf(response: Response, about: Fixture): Promise<unknown> {
  const headers = [...response.headers].filter(([name]) => !['date', 'set-cookie', 'content-length'].includes(name));
  let all = JSON.stringify([response.status, headers, await response.text()]);
  const named = Object.entries({ ...about, colleague: colleagueSecret });
  for (const [name, value] of named) all = all.replaceAll(value, name === 'colleague' ? '{secret}' : `{${name}}`);
  return all.replace(/Reference [0-9a-f]{12}/g, 'Reference');
}
