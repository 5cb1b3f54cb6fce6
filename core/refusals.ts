import type { DocumentKind } from './documents/jws.ts';
import type { Seat } from './permissions.ts';

/**
 * Why the rules say no. A code is stable: it goes unchanged from the rule through the API to the person's screen, where
 * it has a title, a text, a next step and a help topic.
 */
export type RefusalCode =
  | 'system-id-registered-to-other'
  | 'registered-by-other-party'
  | 'registered-as-new-by-you'
  | 'system-id-retired-elsewhere'
  | 'not-among-yours'
  | 'request-expired'
  | 'request-replayed'
  | 'request-damaged'
  | 'request-too-large'
  | 'not-a-request'
  | 'other-portal'
  | 'signing-key-differs'
  | 'lost-race'
  | 'edit-locked'
  | 'undo-expired'
  | 'undo-not-latest'
  | 'claim-limit'
  | 'claim-ended'
  | 'association-ended'
  | 'code-limit'
  | 'codes-used-up'
  | 'confirmation-wrong'
  | 'confirmation-older'
  | 'confirmation-used-up'
  | 'confirmation-limit'
  | 'registration-closed'
  | 'not-for-your-seat'
  | 'seat-taken'
  | 'not-both-seats'
  | 'invitation-ended'
  | 'invitation-limit'
  | 'invitation-code-limit'
  | 'proof-needed'
  | 'case-needs-other-party'
  | 'case-ended'
  | 'case-not-yet'
  | 'case-changed'
  | 'access-token-limit'
  | 'no-organisation'
  | 'already-member'
  | 'not-organisation-administrator'
  | 'last-administrator'
  | 'organisation-has-other-seat'
  | 'member-invitation-limit';

/** What the rules of logging on say no to: a program signs in with a token, and never runs into it. */
export type LogOnRefusalCode =
  | 'too-many-wrong-passwords'
  | 'last-way-to-log-on'
  | 'account-in-use'
  | 'passkey-limit'
  | 'passkey-question-used'
  | 'passkey-not-accepted'
  | 'passkey-copied';

type AnyCode = RefusalCode | LogOnRefusalCode;

/** A refusal as a value: the code, and the facts that its text shows to somebody who may know them. */
export interface Refused<Code extends AnyCode = RefusalCode> {
  outcome: 'refused';
  code: Code;
  facts?: RefusalFacts;
}

/** Everything is optional: a stranger's refusal carries nothing. */
export interface RefusalFacts {
  site?: string;
  registration?: string;
  by?: string;
  at?: Date;
  systemId?: string;
  seat?: Seat;
  count?: number;
  seconds?: number;
  /** What was brought in place of a request. */
  document?: DocumentKind;
}

export function refused<Code extends AnyCode>(code: Code, facts?: RefusalFacts): Refused<Code> {
  return facts ? { outcome: 'refused', code, facts } : { outcome: 'refused', code };
}
