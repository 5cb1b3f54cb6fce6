import type { RefusalCode } from './refusals.ts';

/**
 * Who may do what in which state of a registration: one table. The operations decide by it, the pages explain a disabled
 * button by it, and the documentation is filled from it.
 */

export type RegistrationState = 'prepared' | 'registered' | 'confirmed' | 'closed' | 'merged' | 'without-party';
export type Seat = 'integrator' | 'end-user';
export type Who = Seat | 'stranger';
export type Action = 'read' | 'associate' | 'edit-details' | 'edit-warranty' | 'confirm' | 'undo' | 'merge' | 'close';

type Answer = 'yes' | RefusalCode;
/** What an integrator and an end user are told, in this order. A stranger is always told the same: see `may`. */
type Row = Record<RegistrationState, readonly [integrator: Answer, endUser: Answer]>;

const CLOSED = ['registration-closed', 'registration-closed'] as const;
const BOTH = ['yes', 'yes'] as const;
const NOBODY = ['not-among-yours', 'not-among-yours'] as const;
const NOT_YET = ['not-for-your-seat', 'not-for-your-seat'] as const;

const PERMISSIONS: Record<Action, Row> = {
  read: { prepared: BOTH, registered: BOTH, confirmed: BOTH, closed: BOTH, merged: BOTH, 'without-party': NOBODY },
  associate: {
    prepared: BOTH,
    registered: BOTH,
    confirmed: BOTH,
    closed: CLOSED,
    merged: CLOSED,
    'without-party': NOBODY,
  },
  'edit-details': {
    prepared: BOTH,
    registered: BOTH,
    confirmed: ['edit-locked', 'yes'],
    closed: CLOSED,
    merged: CLOSED,
    'without-party': NOBODY,
  },
  'edit-warranty': {
    prepared: ['yes', 'not-for-your-seat'],
    registered: ['yes', 'not-for-your-seat'],
    confirmed: ['yes', 'not-for-your-seat'],
    closed: CLOSED,
    merged: CLOSED,
    'without-party': NOBODY,
  },
  confirm: {
    prepared: NOT_YET,
    registered: ['not-for-your-seat', 'yes'],
    confirmed: ['not-for-your-seat', 'yes'],
    closed: CLOSED,
    merged: CLOSED,
    'without-party': NOBODY,
  },
  undo: {
    prepared: NOT_YET,
    registered: BOTH,
    confirmed: BOTH,
    closed: CLOSED,
    merged: CLOSED,
    'without-party': NOBODY,
  },
  merge: {
    prepared: NOT_YET,
    registered: BOTH,
    confirmed: BOTH,
    closed: CLOSED,
    merged: CLOSED,
    'without-party': NOBODY,
  },
  close: {
    prepared: BOTH,
    registered: BOTH,
    confirmed: ['not-for-your-seat', 'yes'],
    closed: CLOSED,
    merged: CLOSED,
    'without-party': NOBODY,
  },
};

/**
 * May this person do this now? A stranger gets one answer whatever the state, so that a foreign registration and an
 * unknown one cannot be told apart.
 */
export function may(action: Action, state: RegistrationState, who: Who): 'yes' | RefusalCode {
  if (who === 'stranger') return 'not-among-yours';
  const [integrator, endUser] = PERMISSIONS[action][state];
  return who === 'integrator' ? integrator : endUser;
}
