import type { LogOnRefusalCode, RefusalCode } from '../core/refusals.ts';

/** What can go wrong at the portal beside what the rules refuse. */
export type ProblemCode =
  | RefusalCode
  | 'unavailable'
  | 'not-found'
  | 'too-many-requests'
  | 'too-large'
  | 'from-another-page'
  | 'check-in-damaged'
  | LogOnProblem;

/** Why a log-on, an account or a password came to nothing: only people at pages run into these. */
type LogOnProblem =
  | ProviderProblem
  | 'log-on-used'
  | 'identity-of-another-account'
  | 'address-has-account'
  | 'mail-link-used'
  | 'mail-link-in-another-browser'
  | 'program-log-on-ended'
  | LogOnRefusalCode;

/** Why the answer of an OpenID Connect provider leads nowhere. */
export type ProviderProblem =
  | 'provider-unreachable'
  | 'provider-stopped'
  | 'provider-refused'
  | 'answer-from-another-issuer'
  | 'answer-for-another-portal'
  | 'answer-to-another-log-on'
  | 'answer-expired'
  | 'answer-not-signed'
  | 'answer-damaged';

/** What only a program can run into. */
type ApiOnlyCode =
  | 'token-needed'
  | 'scope-needed'
  | 'not-understood'
  | 'not-as-described'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'unsupported-media-type'
  | 'precondition-needed'
  | 'stale-etag'
  | 'idempotency-key-reused'
  | 'idempotency-key-in-use'
  | 'idempotency-answer-not-kept'
  | 'reason-needed'
  | 'move-offered'
  | 'system-id-not-registered'
  | 'file-not-read'
  | 'rows-wrong';

export type ApiProblemCode =
  | Exclude<ProblemCode, 'from-another-page' | 'check-in-damaged' | LogOnProblem>
  | ApiOnlyCode;

export interface Problem {
  /** HTTP status of the page and of the API's problem document (RFC 9457). */
  status: number;
  /** The help topic that explains it: `/help/{help}`. */
  help: string;
}

/** One table at the edge. A code without a line here does not compile. */
export const PROBLEMS = {
  'system-id-registered-to-other': { status: 403, help: 'registered-to-another-account' },
  'registered-by-other-party': { status: 409, help: 'registered-as-new' },
  'registered-as-new-by-you': { status: 409, help: 'registered-as-new' },
  'system-id-retired-elsewhere': { status: 409, help: 'two-copies-of-a-system' },
  'not-among-yours': { status: 404, help: 'not-among-your-systems' },
  'request-expired': { status: 410, help: 'request-is-not-accepted' },
  'request-replayed': { status: 409, help: 'request-is-not-accepted' },
  'request-damaged': { status: 400, help: 'request-is-not-accepted' },
  'request-too-large': { status: 413, help: 'request-is-not-accepted' },
  'not-a-request': { status: 400, help: 'request-is-not-accepted' },
  'other-portal': { status: 400, help: 'another-portal' },
  'signing-key-differs': { status: 409, help: 'two-copies-of-a-system' },
  'lost-race': { status: 409, help: 'somebody-else-was-first' },
  'edit-locked': { status: 403, help: 'not-for-your-seat' },
  'undo-expired': { status: 409, help: 'undo-or-move-an-association' },
  'undo-not-latest': { status: 409, help: 'undo-or-move-an-association' },
  'claim-limit': { status: 409, help: 'not-yet-confirmed-by-the-system' },
  'claim-ended': { status: 409, help: 'not-yet-confirmed-by-the-system' },
  'association-ended': { status: 409, help: 'not-yet-confirmed-by-the-system' },
  'code-limit': { status: 409, help: 'no-registration-code' },
  'codes-used-up': { status: 409, help: 'no-registration-code' },
  'confirmation-wrong': { status: 409, help: 'confirmation-code-is-not-accepted' },
  'confirmation-older': { status: 409, help: 'confirmation-code-is-not-accepted' },
  'confirmation-used-up': { status: 409, help: 'confirmation-code-is-not-accepted' },
  'confirmation-limit': { status: 409, help: 'confirmation-code-is-not-accepted' },
  'registration-closed': { status: 409, help: 'registration-is-closed' },
  'not-for-your-seat': { status: 403, help: 'not-for-your-seat' },
  'seat-taken': { status: 409, help: 'seat-is-taken' },
  'not-both-seats': { status: 409, help: 'seat-is-taken' },
  'invitation-ended': { status: 404, help: 'invitation-is-not-accepted' },
  'invitation-limit': { status: 409, help: 'invitation-is-not-accepted' },
  'invitation-code-limit': { status: 409, help: 'invitation-is-not-accepted' },
  'proof-needed': { status: 403, help: 'open-a-case' },
  'case-needs-other-party': { status: 409, help: 'open-a-case' },
  'case-ended': { status: 409, help: 'open-a-case' },
  'case-not-yet': { status: 409, help: 'open-a-case' },
  'case-changed': { status: 409, help: 'open-a-case' },
  'access-token-limit': { status: 409, help: 'access-tokens' },
  'no-organisation': { status: 404, help: 'your-organisation' },
  'already-member': { status: 409, help: 'your-organisation' },
  'not-organisation-administrator': { status: 403, help: 'your-organisation' },
  'last-administrator': { status: 409, help: 'your-organisation' },
  'organisation-has-other-seat': { status: 409, help: 'your-organisation' },
  'member-invitation-limit': { status: 409, help: 'your-organisation' },
  unavailable: { status: 503, help: 'portal-cannot-do-this-now' },
  'not-found': { status: 404, help: 'system-registration-overview' },
  'too-many-requests': { status: 429, help: 'portal-cannot-do-this-now' },
  'too-large': { status: 413, help: 'request-is-not-accepted' },
  'from-another-page': { status: 403, help: 'register-page' },
  'check-in-damaged': { status: 400, help: 'server-does-not-reach-the-portal' },
  'provider-unreachable': { status: 503, help: 'log-on-does-not-work' },
  'provider-stopped': { status: 403, help: 'log-on-does-not-work' },
  'provider-refused': { status: 502, help: 'log-on-does-not-work' },
  'answer-from-another-issuer': { status: 502, help: 'answer-is-not-trusted' },
  'answer-for-another-portal': { status: 502, help: 'answer-is-not-trusted' },
  'answer-to-another-log-on': { status: 502, help: 'answer-is-not-trusted' },
  'answer-expired': { status: 502, help: 'answer-is-not-trusted' },
  'answer-not-signed': { status: 502, help: 'answer-is-not-trusted' },
  'answer-damaged': { status: 502, help: 'answer-is-not-trusted' },
  'log-on-used': { status: 410, help: 'log-on-does-not-work' },
  'identity-of-another-account': { status: 409, help: 'log-on-does-not-work' },
  'address-has-account': { status: 409, help: 'account-or-password' },
  'mail-link-used': { status: 410, help: 'account-or-password' },
  'mail-link-in-another-browser': { status: 403, help: 'account-or-password' },
  'last-way-to-log-on': { status: 409, help: 'log-on-to-registration-portal' },
  'account-in-use': { status: 409, help: 'log-on-to-registration-portal' },
  'too-many-wrong-passwords': { status: 429, help: 'log-on-to-registration-portal' },
  'passkey-limit': { status: 409, help: 'passkey-is-not-accepted' },
  'passkey-question-used': { status: 410, help: 'passkey-is-not-accepted' },
  'passkey-not-accepted': { status: 403, help: 'passkey-is-not-accepted' },
  'passkey-copied': { status: 403, help: 'passkey-is-not-accepted' },
  'program-log-on-ended': { status: 410, help: 'log-on-to-registration-portal' },
} as const satisfies Record<ProblemCode, Problem>;

export interface ApiProblem extends Problem {
  /** The same at every occurrence. */
  title: string;
  /** What it means and what to do. */
  detail: string;
}

/** The same table for programs, in words. */
export const API_PROBLEMS = {
  'system-id-registered-to-other': {
    ...PROBLEMS['system-id-registered-to-other'],
    title: 'This system is registered to another account',
    detail:
      'Nothing was changed. If you look after it now, ask for a seat with POST /seat-requests, or open a case with POST /cases.',
  },
  'registered-by-other-party': {
    ...PROBLEMS['registered-by-other-party'],
    title: 'The other party registered this as new',
    detail: 'Merge it with POST /merges, or ask them to, with POST /seat-requests and what: merge.',
  },
  'registered-as-new-by-you': {
    ...PROBLEMS['registered-as-new-by-you'],
    title: 'You registered this as a new system',
    detail: 'Merge it with POST /merges: the older registration keeps its number and data.',
  },
  'system-id-retired-elsewhere': {
    ...PROBLEMS['system-id-retired-elsewhere'],
    title: 'This is a former System ID of another registration',
    detail: 'Only that registration can have it again. Nothing was changed.',
  },
  'not-among-yours': {
    ...PROBLEMS['not-among-yours'],
    title: 'Not among your systems',
    detail: 'It may not exist, or belong to others. We do not say which.',
  },
  'request-expired': {
    ...PROBLEMS['request-expired'],
    title: 'We no longer hold your request',
    detail: 'A request is kept for 24 hours, for the account that brought it. Bring a new one with POST /requests.',
  },
  'request-replayed': {
    ...PROBLEMS['request-replayed'],
    title: 'This request was used',
    detail: 'It did what it could do. Bring a new one with POST /requests to do something else.',
  },
  'request-damaged': {
    ...PROBLEMS['request-damaged'],
    title: 'We cannot read what the server sent',
    detail: 'The document is no request, or it was changed on the way. Make a new one at the server.',
  },
  'request-too-large': {
    ...PROBLEMS['request-too-large'],
    title: 'This is larger than a request can be',
    detail: 'A request has at most 64 KiB. Nothing was changed.',
  },
  'not-a-request': {
    ...PROBLEMS['not-a-request'],
    title: 'This is not a request of a server',
    detail: 'Nothing was changed. The member document says what it is, if it is one of our documents.',
  },
  'other-portal': {
    ...PROBLEMS['other-portal'],
    title: 'This request is for another portal',
    detail: 'The server trusts another portal. Nothing was changed.',
  },
  'signing-key-differs': {
    ...PROBLEMS['signing-key-differs'],
    title: 'Two systems say that they are one',
    detail: 'Nothing was changed. Both parties see a conflict; settle it with POST /conflict-settlements.',
  },
  'lost-race': {
    ...PROBLEMS['lost-race'],
    title: 'Somebody else was first',
    detail: 'It was changed since you looked. Nothing of yours was changed: look again, then decide again.',
  },
  'edit-locked': {
    ...PROBLEMS['edit-locked'],
    title: 'Only the end user can change this',
    detail: 'The end user confirmed the registration. An integrator may still associate and change the warranty.',
  },
  'undo-expired': {
    ...PROBLEMS['undo-expired'],
    title: 'It can no longer be undone',
    detail: 'The time to undo it has ended. Associate the right System ID instead, or open a case with POST /cases.',
  },
  'undo-not-latest': {
    ...PROBLEMS['undo-not-latest'],
    title: 'A later association stands',
    detail: 'Only the latest association can be undone, and a first registration cannot.',
  },
  'claim-limit': {
    ...PROBLEMS['claim-limit'],
    title: 'Too many unconfirmed systems',
    detail: 'You have as many as an account may have. Confirm or withdraw some.',
  },
  'claim-ended': {
    ...PROBLEMS['claim-ended'],
    title: 'Another registration was confirmed first',
    detail: 'The system confirmed another registration. Nothing else of yours was changed.',
  },
  'association-ended': {
    ...PROBLEMS['association-ended'],
    title: 'This association stands no more',
    detail: 'It was undone, withdrawn or replaced. GET /registrations/{number} says what stands now.',
  },
  'code-limit': {
    ...PROBLEMS['code-limit'],
    title: 'Too many Registration codes today',
    detail:
      'An account gets at most five new codes a day for a System ID, fewer where others ask too. From at on there is another. A record works at any time.',
  },
  'codes-used-up': {
    ...PROBLEMS['codes-used-up'],
    title: 'This System ID has no more Registration codes',
    detail: 'Its 4,095 codes are used up. Records in files and the online way go on working.',
  },
  'confirmation-wrong': {
    ...PROBLEMS['confirmation-wrong'],
    title: 'This is not the confirmation code',
    detail: 'It is the code for another system, or mistyped. count says how many tries are left.',
  },
  'confirmation-older': {
    ...PROBLEMS['confirmation-older'],
    title: 'This confirmation code answers another Registration code',
    detail: 'It answers an older one, or one of another registration. Enter the newest code at the server.',
  },
  'confirmation-used-up': {
    ...PROBLEMS['confirmation-used-up'],
    title: 'No tries left',
    detail: 'Make a new Registration code with POST /registrations/{number}/associations/{id}/codes and anew: true.',
  },
  'confirmation-limit': {
    ...PROBLEMS['confirmation-limit'],
    title: 'Too many wrong confirmation codes today',
    detail: 'An account and a claim have twenty tries a day. From at on there is another.',
  },
  'registration-closed': {
    ...PROBLEMS['registration-closed'],
    title: 'This registration is closed',
    detail: 'Register the system as new. If it was merged, merged_into names the one that goes on.',
  },
  'not-for-your-seat': {
    ...PROBLEMS['not-for-your-seat'],
    title: 'This is for the other party to do',
    detail: 'Nothing was changed. GET /registrations/{number} says in actions what your seat may do now.',
  },
  'seat-taken': {
    ...PROBLEMS['seat-taken'],
    title: 'Somebody has this seat already',
    detail: 'Nobody can be invited to it. GET /registrations/{number} names the parties.',
  },
  'not-both-seats': {
    ...PROBLEMS['not-both-seats'],
    title: 'One account cannot have both seats',
    detail: 'You have the other seat of this registration. The address or account must be somebody else’s.',
  },
  'invitation-ended': {
    ...PROBLEMS['invitation-ended'],
    title: 'This invitation cannot be used',
    detail:
      'It may be unknown, used, withdrawn, replaced, older than 30 days, or for another address. We do not say which.',
  },
  'invitation-limit': {
    ...PROBLEMS['invitation-limit'],
    title: 'Too many invitations today',
    detail: 'A registration can send ten invitations in 24 hours. The newest one is still open.',
  },
  'invitation-code-limit': {
    ...PROBLEMS['invitation-code-limit'],
    title: 'Too many unknown codes today',
    detail: 'An account has twenty tries in 24 hours. From at on there is another.',
  },
  'proof-needed': {
    ...PROBLEMS['proof-needed'],
    title: 'The system itself has to show that it is in your hands',
    detail: 'Only a request made for a click at the server (via: browser) proves possession. Bring the newest one.',
  },
  'case-needs-other-party': {
    ...PROBLEMS['case-needs-other-party'],
    title: 'Nobody has the other seat',
    detail: 'There is nobody whom a case could be about. POST /invitations invites somebody to the seat.',
  },
  'case-ended': {
    ...PROBLEMS['case-ended'],
    title: 'This case has ended',
    detail: 'It was decided or withdrawn. GET /cases/{id} says how.',
  },
  'case-not-yet': {
    ...PROBLEMS['case-not-yet'],
    title: 'It is too early to decide this case',
    detail: 'The parties have 14 days to object. Only portal administrators run into this.',
  },
  'case-changed': {
    ...PROBLEMS['case-changed'],
    title: 'The case is another one than you saw',
    detail: 'A party objected, or the parties changed. Only portal administrators run into this.',
  },
  'access-token-limit': {
    ...PROBLEMS['access-token-limit'],
    title: 'Too many access tokens',
    detail: 'The account has as many as work at once. Revoke one with DELETE /access-tokens/{id}, then make another.',
  },
  'no-organisation': {
    ...PROBLEMS['no-organisation'],
    title: 'You are a member of no organisation',
    detail: 'Make one with POST /organisations, or accept an invitation with POST /members.',
  },
  'already-member': {
    ...PROBLEMS['already-member'],
    title: 'You are a member of an organisation already',
    detail: 'An account acts for one organisation. Leave it with POST /organisation-departures first.',
  },
  'not-organisation-administrator': {
    ...PROBLEMS['not-organisation-administrator'],
    title: 'This is for an administrator to do',
    detail: 'GET /organisation says who the administrators are.',
  },
  'last-administrator': {
    ...PROBLEMS['last-administrator'],
    title: 'An organisation needs an administrator',
    detail: 'Others are still members. A person makes one of them an administrator, at the portal.',
  },
  'organisation-has-other-seat': {
    ...PROBLEMS['organisation-has-other-seat'],
    title: 'The organisation has the other seat',
    detail:
      'Nobody acts for both seats of a registration: not by one of its own beside one of the organisation’s either.',
  },
  'member-invitation-limit': {
    ...PROBLEMS['member-invitation-limit'],
    title: 'Too many invitations today',
    detail: 'An organisation can invite twenty colleagues in 24 hours. Those that are open stay open.',
  },
  unavailable: {
    ...PROBLEMS.unavailable,
    title: 'The portal cannot do this now',
    detail: 'Nothing was changed. Try again in a few minutes.',
  },
  'not-found': {
    ...PROBLEMS['not-found'],
    help: 'what-a-program-sends',
    title: 'There is nothing at this address',
    detail: 'The address may be mistyped. GET /openapi.json names all of them.',
  },
  'too-many-requests': {
    ...PROBLEMS['too-many-requests'],
    help: 'too-many-calls',
    title: 'Too many calls',
    detail: 'Nothing was changed. Wait as long as Retry-After says, then go on.',
  },
  'too-large': {
    ...PROBLEMS['too-large'],
    help: 'what-a-program-sends',
    title: 'This is larger than a call can be',
    detail: 'Nothing was changed.',
  },
  'system-id-not-registered': {
    status: 409,
    help: 'open-a-case',
    title: 'This System ID needs no case',
    detail: 'It is registered to nobody. Register it with POST /registrations, or associate it.',
  },
  'token-needed': {
    status: 401,
    help: 'access-tokens',
    title: 'An access token is needed',
    detail: 'Send Authorization: Bearer and a token of yours that has not expired. Make one at /account/access-tokens.',
  },
  'scope-needed': {
    status: 403,
    help: 'access-tokens',
    title: 'This token may not do this',
    detail: 'The token lacks the scope that needed names. Make another token that has it.',
  },
  'not-understood': {
    status: 400,
    help: 'what-a-program-sends',
    title: 'We cannot read what you sent',
    detail: 'The body is not JSON in UTF-8. Nothing was changed.',
  },
  'not-as-described': {
    status: 422,
    help: 'what-a-program-sends',
    title: 'What you sent is not as described',
    detail: 'Each of errors says where and what. Nothing was changed.',
  },
  'method-not-allowed': {
    status: 405,
    help: 'what-a-program-sends',
    title: 'This address does not take this method',
    detail: 'The header Allow says which it takes.',
  },
  'not-acceptable': {
    status: 406,
    help: 'what-a-program-sends',
    title: 'We cannot answer in this format',
    detail: 'Answers are application/json, problems application/problem+json. Leave Accept out, or accept them.',
  },
  'unsupported-media-type': {
    status: 415,
    help: 'what-a-program-sends',
    title: 'We do not take this format',
    detail: 'Send the body with Content-Type: application/json; a file as text/csv.',
  },
  'precondition-needed': {
    status: 428,
    help: 'changed-since-you-looked',
    title: 'Say which state you saw',
    detail: 'Send If-Match with the ETag that GET /registrations/{number} gave. Nothing was changed.',
  },
  'stale-etag': {
    status: 412,
    help: 'changed-since-you-looked',
    title: 'It was changed since you looked',
    detail: 'Nothing of yours was changed. Get the registration again, then decide again.',
  },
  'idempotency-key-reused': {
    status: 422,
    help: 'idempotency-keys',
    title: 'This Idempotency-Key was used for something else',
    detail: 'A key belongs to one call and its body. Use a new one for another call.',
  },
  'idempotency-key-in-use': {
    status: 409,
    help: 'idempotency-keys',
    title: 'The first call with this Idempotency-Key still runs',
    detail: 'Wait as long as Retry-After says, then send the same again.',
  },
  'idempotency-answer-not-kept': {
    status: 409,
    help: 'idempotency-keys',
    title: 'This was done, and its answer is not kept',
    detail: 'The answer held a secret, and secrets are shown once. Revoke what was made and make another.',
  },
  'reason-needed': {
    status: 409,
    help: 'associate-a-new-system-id',
    title: 'The old system is still alive',
    detail: 'It was heard from recently. If it is really the same system, send reason and say why.',
  },
  'move-offered': {
    status: 409,
    help: 'undo-or-move-an-association',
    title: 'You associated this System ID elsewhere a short time ago',
    detail: 'If that was the wrong registration, move it with POST /moves; from names where it is.',
  },
  'file-not-read': {
    status: 422,
    help: 'prepare-registrations',
    title: 'We cannot read this file as a table of registrations',
    detail: 'Nothing was made. The member why names the reason.',
  },
  'rows-wrong': {
    status: 422,
    help: 'prepare-registrations',
    title: 'Rows of the file are wrong',
    detail: 'Nothing was made. The member rows says which and why. Correct them, or send rows=right.',
  },
} as const satisfies Record<ApiProblemCode, ApiProblem>;
