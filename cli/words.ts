import type { RegistrationState } from '../core/permissions.ts';

/** How the program says things to people. What goes to programs stays as the portal says it. */

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
const times = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });

/** "24 November 2026", where this computer is. */
export const dateOf = (time: string): string => dates.format(new Date(time));

/** "24 November 2026 at 14:05" */
export const timeOf = (time: string): string => times.format(new Date(time));

/** For tables, where all have one width: "2026-11-24". */
export const dayOf = (time: string | null): string => (time ? new Date(time).toLocaleDateString('sv-SE') : 'never');

/** "4817 2065" */
export const inTwo = (number: string): string => number.replace(/^(\d{4})(\d{4})$/, '$1 $2');

const STATES: Record<RegistrationState, string> = {
  prepared: 'prepared',
  registered: 'awaits the end user',
  confirmed: 'confirmed',
  closed: 'closed',
  merged: 'merged',
  'without-party': 'without party',
};

/** The state, or what is more urgent. */
export function stateOf(registration: { state: RegistrationState; waits: boolean; in_conflict: boolean }): string {
  if (registration.in_conflict) return 'in conflict';
  return registration.waits ? 'awaits the system' : STATES[registration.state];
}
