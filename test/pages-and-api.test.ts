import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTRACT, type OperationId } from '../api/contract/index.ts';
import { type ServedPortal, servePortal } from './support/pages.ts';
import { routesOf } from './support/routes.ts';

/**
 * What a person can do at a page, a program can do through the API. Every route of the pages names the operation of the
 * API that does or shows the same, or says why only a person at a browser needs it; and the two call the same functions.
 */

class Only {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

const SIGNS_IN = new Only('a program signs in with an access token');
const MAILED = new Only('a link in a mail, opened by its reader, who may have no account');
const READING = new Only('a text for people; the API has its own in the OpenAPI document and behind each `type`');
const WAY = new Only('a step of the way between pages, which changes and shows nothing of its own');
const PAPER = new Only('to be printed; what stands on it, `showRegistration` says');
const ONE_BY_ONE = new Only('for several systems together, which a program takes one by one');
const ADMINISTERS = new Only('of portal administrators, who show who they are before each page; a token never does');
const MACHINES = new Only('made for programs already');
const FRESH = new Only('its person shows who they are once more, which a program cannot');

const BY_API: Record<string, OperationId | Only> = {
  'GET /': WAY,
  'GET /api': READING,
  'GET /help': READING,
  'GET /help/:topic': READING,
  'GET /privacy': READING,
  'GET /about': READING,
  'GET /bundle': MACHINES,
  'GET /healthz': MACHINES,
  'GET /readyz': MACHINES,
  'POST /check-ins': MACHINES,
  'GET /mail/:mail': MAILED,
  'POST /mail/:mail': MAILED,

  'GET /log-on': SIGNS_IN,
  'POST /log-on': SIGNS_IN,
  'POST /log-off': SIGNS_IN,
  'GET /log-on/again': SIGNS_IN,
  'POST /log-on/again': SIGNS_IN,
  'POST /log-on/passkey/question': SIGNS_IN,
  'POST /log-on/passkey': SIGNS_IN,
  'GET /log-off/:provider': SIGNS_IN,
  'GET /log-on/with/:provider': SIGNS_IN,
  'GET /log-on/with/:provider/back': SIGNS_IN,
  'GET /log-on/first/:id': SIGNS_IN,
  'POST /log-on/first/:id': SIGNS_IN,
  'POST /log-on/first/:id/link': SIGNS_IN,
  'GET /log-on/first/:id/prove': SIGNS_IN,
  'POST /log-on/first/:id/prove': SIGNS_IN,
  'GET /create-account': SIGNS_IN,
  'POST /create-account': SIGNS_IN,
  'GET /create-account/:id': SIGNS_IN,
  'POST /create-account/:id/again': SIGNS_IN,
  'GET /create-account/link/:token': MAILED,
  'POST /create-account/link/:token': MAILED,
  'GET /forgotten-password': SIGNS_IN,
  'POST /forgotten-password': SIGNS_IN,
  'GET /forgotten-password/sent': SIGNS_IN,
  'GET /forgotten-password/link/:token': MAILED,
  'POST /forgotten-password/link/:token': MAILED,
  'GET /account': 'showAccount',
  'POST /account/language': 'editAccount',
  'GET /account/details': 'showAccount',
  'POST /account/details': 'editAccount',
  'POST /account/address': FRESH,
  'GET /account/address/:token': MAILED,
  'POST /account/address/:token': MAILED,
  'GET /account/data': FRESH,
  'GET /account/data.json': FRESH,
  'GET /account/erase': FRESH,
  'POST /account/erase': FRESH,
  'GET /account/erased': FRESH,
  // The API shows no ways to log on: who holds a token of the account alone neither sees nor cuts them.
  'POST /account/providers/:provider/unlink': SIGNS_IN,
  'POST /account/sessions/:id/end': SIGNS_IN,
  'POST /account/sessions/end-others': SIGNS_IN,
  'GET /account/passkeys/new': SIGNS_IN,
  'POST /account/passkeys/question': SIGNS_IN,
  'POST /account/passkeys': SIGNS_IN,
  'GET /account/passkeys/:id': SIGNS_IN,
  'POST /account/passkeys/:id': SIGNS_IN,
  'POST /account/passkeys/:id/remove': SIGNS_IN,
  'POST /account/shared': 'editAccount',
  'GET /log-on/who': SIGNS_IN,
  'POST /log-on/who': SIGNS_IN,
  'GET /account/organisation': 'showOrganisation',
  'POST /account/organisation': 'makeOrganisation',
  'POST /account/organisation/invitations': 'inviteColleague',
  'POST /account/organisation/invitations/:id/withdraw': 'withdrawColleague',
  'GET /account/organisation/members/:member': 'showOrganisation',
  'POST /account/organisation/members/:member/role': FRESH,
  'POST /account/organisation/members/:member/remove': FRESH,
  'POST /account/organisation/leave': 'leaveOrganisation',
  'GET /organisation-invitations/:secret': 'lookAtColleagueInvitation',
  'POST /organisation-invitations/:secret/accept': 'acceptColleagueInvitation',
  'POST /organisation-invitations/:secret/refuse': 'refuseColleagueInvitation',
  'POST /organisation-invitations/:secret/another-account': SIGNS_IN,
  'GET /account/access-tokens': 'listAccessTokens',
  'POST /account/access-tokens': 'makeAccessToken',
  'POST /account/access-tokens/:id/revoke': 'revokeAccessToken',

  'GET /programs/log-on': SIGNS_IN,
  'POST /programs/log-on': SIGNS_IN,
  'POST /programs/tokens': SIGNS_IN,
  'GET /programs/allowed': SIGNS_IN,
  'GET /programs/refused': SIGNS_IN,

  'GET /prepare': WAY,
  'GET /prepare/new': WAY,
  'GET /prepare/import': WAY,
  'POST /prepare/import': 'importRegistrations',
  'GET /prepare/template.csv': READING,
  'GET /prepare/imports/:id': 'importRegistrations',
  'POST /prepare/imports/:id': 'importRegistrations',
  'GET /prepare/:id': 'importRegistrations',
  'GET /prepare/:id/labels': PAPER,
  'GET /prepare/:id/form': WAY,
  'GET /prepare/:id/form/:step': 'showDraft',
  'POST /prepare/:id/form/:step': 'saveDraft',
  'POST /prepare/:id/form/:step/draft': 'saveDraft',
  'GET /prepare/:id/form/check': 'showDraft',
  'POST /prepare/:id/form/check': 'prepare',
  'POST /prepare/:id/form/check/draft': WAY,
  'GET /prepare/:id/form/copy': 'listRegistrations',
  'POST /prepare/:id/form/copy/:number': 'prepare',
  'GET /systems.csv': 'listRegistrations',
  'GET /systems.json': 'showRegistration',
  'GET /systems/:number/label': PAPER,

  'GET /systems': 'listRegistrations',
  'GET /systems/:number': 'showRegistration',
  'POST /systems/:number/confirm': 'confirm',
  'POST /systems/:number/invitations': 'invite',
  'POST /systems/:number/invitations/:invitation/withdraw': 'withdrawInvitation',
  'POST /systems/:number/consents/:kind': 'changeConsent',
  'GET /systems/:number/case': WAY,
  'POST /systems/:number/case': 'openCase',
  'GET /requests/:id/case': WAY,
  'POST /requests/:id/case': 'openCase',
  'GET /cases': 'listCases',
  'GET /cases/:case': 'showCase',
  'POST /cases/:case/object': 'objectToCase',
  'POST /cases/:case/withdraw': 'withdrawCase',
  'GET /administration': ADMINISTERS,
  'GET /administration/accounts': ADMINISTERS,
  'GET /administration/accounts/:account': ADMINISTERS,
  'POST /administration/accounts/:account/end-sessions': ADMINISTERS,
  'POST /administration/registrations': ADMINISTERS,
  'GET /administration/registrations/:number': ADMINISTERS,
  'POST /administration/registrations/:number/look': ADMINISTERS,
  'GET /administration/organisations': ADMINISTERS,
  'GET /administration/cases': ADMINISTERS,
  'GET /administration/cases/:case': ADMINISTERS,
  'POST /administration/cases/:case/decide': ADMINISTERS,
  'GET /administration/mails': ADMINISTERS,
  'POST /administration/mails/:mail/retry': ADMINISTERS,
  'POST /administration/mails/:mail/give-up': ADMINISTERS,
  'GET /administration/consents': ADMINISTERS,
  'GET /administration/catalogue': ADMINISTERS,
  'GET /administration/keys': ADMINISTERS,
  'GET /systems/:number/hand-over': FRESH,
  'POST /systems/:number/hand-over': FRESH,
  'GET /systems/:number/end-integrator': FRESH,
  'POST /systems/:number/end-integrator': FRESH,
  'GET /systems/:number/resign': FRESH,
  'POST /systems/:number/resign': FRESH,
  'POST /systems/:number/resign/take-back': FRESH,
  'GET /invitations': WAY,
  'POST /invitations': 'lookAtInvitation',
  'GET /invitations/:secret': 'lookAtInvitation',
  'POST /invitations/:secret/accept': 'acceptInvitation',
  'POST /invitations/:secret/refuse': 'refuseInvitation',
  'POST /invitations/:secret/another-account': SIGNS_IN,
  'GET /systems/:number/close': WAY,
  'POST /systems/:number/close': 'close',
  'GET /systems/:number/associations/:association': 'showAssociation',
  'POST /systems/:number/associations/:association/code': 'handOutCode',
  'POST /systems/:number/associations/:association/send': 'mailCode',
  'GET /systems/:number/associations/:association/record': 'showRecord',
  'GET /systems/:number/associations/:association/paper': PAPER,
  'POST /systems/:number/associations/:association/confirmation': 'confirmWithCode',
  'POST /systems/:number/associations/:association/undo': 'undo',
  'POST /systems/:number/conflicts/:conflict/settle': 'settleConflict',
  'GET /systems/:number/merge/:kept': WAY,
  'POST /systems/:number/merge/:kept': 'merge',
  'GET /systems/:number/form': WAY,
  'GET /systems/:number/form/:step': 'showDraft',
  'POST /systems/:number/form/:step': 'saveDraft',
  'POST /systems/:number/form/:step/draft': 'saveDraft',
  'GET /systems/:number/form/check': 'showDraft',
  'POST /systems/:number/form/check': 'edit',
  'POST /systems/:number/form/check/draft': WAY,
  'POST /drafts/:draft/discard': 'discardDraft',

  'GET /register': WAY,
  'POST /register': 'bringRequest',
  'POST /register/associate': 'bringRequest',
  'POST /requests': 'bringRequest',
  'GET /r': WAY,
  'POST /requests/brought': 'bringFiles',
  'POST /register/files': 'bringFiles',
  'GET /uploads/:id': 'showRequest',
  'POST /uploads/:id/proceed': 'bringRequest',
  'POST /uploads/:id/cancel': 'cancelRequest',
  'POST /uploads/:id/another-account': SIGNS_IN,
  'POST /uploads/:id/codes': ONE_BY_ONE,
  'GET /uploads/:id/codes': ONE_BY_ONE,
  'GET /uploads/:id/records.zip': ONE_BY_ONE,
  'GET /requests/cancelled': WAY,
  'GET /requests/:id': 'showRequest',
  'POST /requests/:id': WAY,
  // `authorised: true` is the person's *Proceed*.
  'GET /requests/:id/proceed': 'showRequest',
  'POST /requests/:id/proceed': 'bringRequest',
  'POST /requests/:id/cancel': 'cancelRequest',
  'POST /requests/:id/another-account': SIGNS_IN,
  'POST /requests/:id/ask': 'askForSeat',
  'GET /requests/:id/asked': WAY,
  'GET /requests/:id/registrations': 'listChoices',
  'GET /requests/:id/registrations/:number': 'listChoices',
  'POST /requests/:id/registrations/:number': 'associate',
  'POST /requests/:id/registrations/:number/move': 'move',
  'GET /requests/:id/form': WAY,
  'GET /requests/:id/form/:step': 'showDraft',
  'POST /requests/:id/form/:step': 'saveDraft',
  'POST /requests/:id/form/:step/draft': 'saveDraft',
  'GET /requests/:id/form/check': 'showDraft',
  'POST /requests/:id/form/check': 'register',
  'POST /requests/:id/form/check/draft': WAY,
  'GET /requests/:id/form/copy': 'listRegistrations',
  'POST /requests/:id/form/copy/:number': 'showRegistration',
};

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal();
});
afterAll(() => served.close());

test('every route of the pages says which operation of the API does the same, or why none needs to', async () => {
  expect(Object.keys(BY_API).sort()).toEqual(await routesOf(served.app));
  const named = Object.values(BY_API).filter((by) => typeof by === 'string');
  expect(named.filter((id) => !(id in CONTRACT))).toEqual([]);
});

const HTTP = new URL('../portal/http/', import.meta.url);

/** The operations of the portal that the modules of a folder import: what they do, read from what they are. */
function operationsIn(folder: URL): Map<string, string> {
  const modules = readdirSync(folder).filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'));
  const found = modules.flatMap((name) => {
    const source = readFileSync(new URL(name, folder), 'utf8');
    const imports = source.matchAll(/import \{([^}]*)\} from '(?:\.\.\/)+operations\/([\w/-]+)\.ts'/g);
    return [...imports].flatMap(([, names = '', file = '']) =>
      names
        .split(',')
        .map((one) => one.trim())
        .filter((one) => /^[a-z]/.test(one) && !one.startsWith('type '))
        .map((one) => [one, file] as const),
    );
  });
  return new Map(found);
}

/** Files of operations that belong to the routes above which only a person at a browser needs. */
const ONLY_AT_A_BROWSER = new Set([
  ...['accounts', 'sessions', 'identities', 'log-ons', 'new-accounts', 'passwords', 'programs', 'unlink', 'erase'],
  ...['mail-address', 'check-in', 'passkeys', 'passkey-log-on', 'end-seat'],
]);

/** Only the browser's part of an operation's file. */
const ONLY_FUNCTIONS = new Set([
  ...['adoptRequests', 'releaseRequests', 'proposalOf', 'mergeFacts', 'heldBy'],
  ...['changeRole', 'removeMember', 'askForAddress', 'changeAddress', 'waitingAddress'],
]);

describe('what a page calls, the API calls', () => {
  const pages = operationsIn(HTTP);
  const api = operationsIn(new URL('api/', HTTP));

  const shared = [...pages].filter(([name, file]) => !ONLY_AT_A_BROWSER.has(file) && !ONLY_FUNCTIONS.has(name));
  test.each(shared)('%s of operations/%s.ts', (name) => {
    expect([...api.keys()]).toContain(name);
  });

  test('and what is said to be called by pages only is called by them, and only by them', () => {
    expect(shared.length).toBeGreaterThan(15);
    expect([...ONLY_FUNCTIONS].filter((name) => !pages.has(name) || api.has(name))).toEqual([]);
    expect([...ONLY_AT_A_BROWSER].filter((file) => ![...pages.values()].includes(file))).toEqual([]);
  });
});
