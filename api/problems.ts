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
  'system-id-registered-to-other': { status: 403, help: 'registered-to-somebody-else' },
  'registered-by-other-party': { status: 409, help: 'registered-as-new' },
  'registered-as-new-by-you': { status: 409, help: 'registered-as-new' },
  'system-id-retired-elsewhere': { status: 409, help: 'system-id-was-replaced' },
  'not-among-yours': { status: 404, help: 'not-among-your-systems' },
  'request-expired': { status: 410, help: 'online-registration' },
  'request-replayed': { status: 409, help: 'online-registration' },
  'request-damaged': { status: 400, help: 'online-registration' },
  'other-portal': { status: 400, help: 'online-registration' },
  'signing-key-differs': { status: 409, help: 'two-copies-of-a-system' },
  'lost-race': { status: 409, help: 'somebody-else-was-first' },
  'edit-locked': { status: 403, help: 'only-the-end-user-can-change-this' },
  'undo-expired': { status: 409, help: 'undo' },
  'undo-not-latest': { status: 409, help: 'undo' },
  'claim-limit': { status: 409, help: 'not-yet-confirmed-by-the-system' },
  'claim-ended': { status: 409, help: 'not-yet-confirmed-by-the-system' },
  'registration-closed': { status: 409, help: 'closed-registration' },
  'not-for-your-seat': { status: 403, help: 'only-the-end-user-can-change-this' },
  unavailable: { status: 503, help: 'registration-page-is-not-displayed' },
  'not-found': { status: 404, help: 'system-registration-overview' },
  'too-many-requests': { status: 429, help: 'registration-page-is-not-displayed' },
  'too-large': { status: 413, help: 'online-registration' },
  'from-another-page': { status: 403, help: 'registration-page-is-not-displayed' },
  'check-in-damaged': { status: 400, help: 'online-registration' },
} as const satisfies Record<ProblemCode, Problem>;
