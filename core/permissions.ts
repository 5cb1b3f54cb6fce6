import type { RefusalCode } from './refusals.ts';
import type { Step } from './registration-form.ts';

/**
 * Who may do what in which state of a registration: one table. The operations decide by it, the pages explain a disabled
 * button by it, and the documentation is filled from it.
 */

export type RegistrationState = 'prepared' | 'registered' | 'confirmed' | 'closed' | 'merged' | 'without-party';
export type Seat = 'integrator' | 'end-user';
export type Who = Seat | 'stranger';
/** Who has no seat, and may do something all the same: has proven that the system is in their hands, or runs the portal. */
export type WithoutSeat = 'holder' | 'portal-administrator';
export type Action =
  | 'read'
  | 'associate'
  | 'edit-details'
  | 'edit-warranty'
  | 'invite'
  | 'confirm'
  | 'consent'
  | 'withdraw-consent'
  | 'undo'
  | 'merge'
  | 'close'
  | 'hand-over'
  | 'end-integrator'
  | 'resign'
  | 'open-case'
  | 'object'
  | 'decide-case';

/** `never-end-user`: yes, as long as the registration never had an end user. */
type Answer = 'yes' | 'never-end-user' | RefusalCode;
/** What an integrator and an end user are told, in this order. A stranger is always told the same: see `may`. */
type Answers = readonly [integrator: Answer, endUser: Answer];
type Row = Record<RegistrationState, Answers>;

const CLOSED = ['registration-closed', 'registration-closed'] as const;
const BOTH = ['yes', 'yes'] as const;
const INTEGRATOR = ['yes', 'not-for-your-seat'] as const;
const END_USER = ['not-for-your-seat', 'yes'] as const;
const NOBODY = ['not-among-yours', 'not-among-yours'] as const;
const UNTIL_END_USER = ['never-end-user', 'yes'] as const;
const NOT_YET = ['not-for-your-seat', 'not-for-your-seat'] as const;

/** Nothing but reading is left once it is closed, and nobody can do anything where nobody has a seat. */
function whileOpen(prepared: Answers, registered: Answers, confirmed: Answers): Row {
  return { prepared, registered, confirmed, closed: CLOSED, merged: CLOSED, 'without-party': NOBODY };
}

const PERMISSIONS: Record<Action, Row> = {
  read: { prepared: BOTH, registered: BOTH, confirmed: BOTH, closed: BOTH, merged: BOTH, 'without-party': NOBODY },
  associate: whileOpen(BOTH, BOTH, BOTH),
  'edit-details': whileOpen(BOTH, BOTH, ['edit-locked', 'yes']),
  'edit-warranty': whileOpen(INTEGRATOR, INTEGRATOR, INTEGRATOR),
  invite: whileOpen(BOTH, BOTH, BOTH),
  confirm: whileOpen(NOT_YET, END_USER, END_USER),
  consent: whileOpen(NOT_YET, END_USER, END_USER),
  // At any time: also where nothing else can be changed any more.
  'withdraw-consent': {
    ...whileOpen(NOT_YET, END_USER, END_USER),
    closed: END_USER,
    merged: END_USER,
  },
  undo: whileOpen(NOT_YET, BOTH, BOTH),
  merge: whileOpen(NOT_YET, BOTH, BOTH),
  close: whileOpen(UNTIL_END_USER, UNTIL_END_USER, UNTIL_END_USER),
  'hand-over': whileOpen(BOTH, BOTH, BOTH),
  'end-integrator': whileOpen(END_USER, END_USER, END_USER),
  resign: whileOpen(INTEGRATOR, INTEGRATOR, INTEGRATOR),
  'open-case': whileOpen(BOTH, BOTH, BOTH),
  object: whileOpen(BOTH, BOTH, BOTH),
  'decide-case': whileOpen(NOT_YET, NOT_YET, NOT_YET),
};

const EVER = ['prepared', 'registered', 'confirmed', 'without-party', 'closed', 'merged'] as const;

/** What those without a seat may do, and in which states; everything else is the parties' own. */
const WITHOUT_SEAT: Record<WithoutSeat, Partial<Record<Action, readonly RegistrationState[]>>> = {
  // A prepared registration has no System ID that anybody could prove, and that of a closed one is free.
  holder: { 'open-case': ['registered', 'confirmed', 'without-party'] },
  // Refusing a case is possible in every state: the registration may have been closed meanwhile.
  'portal-administrator': { read: EVER, 'decide-case': EVER },
};

/**
 * May this person do this now? A stranger gets one answer whatever the state, so that a foreign registration and an
 * unknown one cannot be told apart. `hadEndUser`: has the registration an end user, or had it ever one?
 */
export function may(
  action: Action,
  state: RegistrationState,
  who: Who | WithoutSeat,
  hadEndUser = true,
): 'yes' | RefusalCode {
  if (who === 'stranger') return 'not-among-yours';
  if (who === 'holder' || who === 'portal-administrator') {
    const isAllowed = WITHOUT_SEAT[who][action]?.includes(state);
    return isAllowed ? 'yes' : who === 'holder' ? 'system-id-registered-to-other' : 'not-among-yours';
  }
  const [integrator, endUser] = PERMISSIONS[action][state];
  const answer = who === 'integrator' ? integrator : endUser;
  if (answer === 'never-end-user') return hadEndUser ? 'not-for-your-seat' : 'yes';
  return answer;
}

/** What editing a step of the form is, for `may`: the warranty is the integrator's, whatever the end user confirmed. */
export function editOf(step: Step): Action {
  return step === 'warranty' ? 'edit-warranty' : 'edit-details';
}
