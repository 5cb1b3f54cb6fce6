import type { RefusalCode } from '../core/refusals.ts';

/** What can go wrong at the portal beside what the rules refuse. */
export type ProblemCode =
  | RefusalCode
  | 'unavailable'
  | 'not-found'
  | 'too-many-requests'
  | 'too-large'
  | 'from-another-page'
  | 'check-in-damaged';

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
  'other-portal': { status: 400, help: 'another-portal' },
  'signing-key-differs': { status: 409, help: 'two-copies-of-a-system' },
  'lost-race': { status: 409, help: 'somebody-else-was-first' },
  'edit-locked': { status: 403, help: 'not-for-your-seat' },
  'undo-expired': { status: 409, help: 'undo-or-move-an-association' },
  'undo-not-latest': { status: 409, help: 'undo-or-move-an-association' },
  'claim-limit': { status: 409, help: 'not-yet-confirmed-by-the-system' },
  'claim-ended': { status: 409, help: 'not-yet-confirmed-by-the-system' },
  'registration-closed': { status: 409, help: 'registration-is-closed' },
  'not-for-your-seat': { status: 403, help: 'not-for-your-seat' },
  unavailable: { status: 503, help: 'portal-cannot-do-this-now' },
  'not-found': { status: 404, help: 'system-registration-overview' },
  'too-many-requests': { status: 429, help: 'portal-cannot-do-this-now' },
  'too-large': { status: 413, help: 'request-is-not-accepted' },
  'from-another-page': { status: 403, help: 'register-page' },
  'check-in-damaged': { status: 400, help: 'server-does-not-reach-the-portal' },
} as const satisfies Record<ProblemCode, Problem>;
