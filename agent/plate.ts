// What the logon page says about the registration. It is worked out from the signed record each time it is shown: what
// does not verify is not shown. Where only a code came, it says so, and what a person typed is marked as that.

import type { RecordPayload } from '../core/documents/record.ts';

/** `state` is stable: GET /registered-to passes it on to vendors' programs (docs/integrating.md). */
export type Plate =
  | { state: 'registered'; registration: string; since: string; site: Registered }
  | { state: 'details-not-loaded'; codeEnteredAt: Date }
  /** A code was entered, and the rest is as somebody typed it. */
  | { state: 'entered-on-site'; registration: string | undefined; enteredAt: Date; site: EnteredSite }
  /** A code was entered, and the record is the one of before the database was new. */
  | { state: 'as-of'; registration: string; since: string; site: Registered; asOf: Date }
  | { state: 'unregistered' }
  | { state: 'database-new' }
  | { state: 'replaced'; registration: string; movedOn: string }
  | { state: 'moved-or-copied' }
  | { state: 'record-damaged' };

export interface EnteredSite {
  name: string;
  company: string;
  city: string;
}

export interface Registered extends EnteredSite {
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** What is known before the question is asked. `record`: as it verified now; undefined if there is none. */
export interface Known {
  atHome: boolean;
  hadAnotherSystem: boolean;
  record: { outcome: 'genuine'; record: RecordPayload } | { outcome: 'refused' } | undefined;
  /** The code that was accepted last. */
  code?: { sequence: number; enteredAt: Date } | undefined;
  entered?: { registration?: string | undefined; enteredAt: Date; site: EnteredSite } | undefined;
  /** The record of before, as it verified now, and when it came. */
  before?: { record: RecordPayload; asOf: Date } | undefined;
}

export function plateOf({ atHome, hadAnotherSystem, record, code, entered, before }: Known): Plate {
  if (!atHome) return { state: 'moved-or-copied' };
  if (record?.outcome === 'refused') return { state: 'record-damaged' };
  if (record && showsRegistration(record.record)) {
    const { registration, since, site } = record.record;
    return { state: 'registered', registration, since, site };
  }
  // A code that is newer than a registration that ended is about the next one.
  if (code && code.sequence > (record?.record.sequence ?? -1)) return plateOfCode(code.enteredAt, entered, before);
  if (record?.record.state === 'replaced') {
    return { state: 'replaced', registration: record.record.registration, movedOn: record.record.since };
  }
  // A closed registration frees the System ID for a new one, so the server is unregistered again.
  return { state: hadAnotherSystem ? 'database-new' : 'unregistered' };
}

function plateOfCode(codeEnteredAt: Date, entered: Known['entered'], before: Known['before']): Plate {
  if (entered) {
    const { registration, enteredAt, site } = entered;
    return { state: 'entered-on-site', registration, enteredAt, site };
  }
  if (before) {
    const { registration, since, site } = before.record;
    return { state: 'as-of', registration, since, site, asOf: before.asOf };
  }
  return { state: 'details-not-loaded', codeEnteredAt };
}

/** Whether a record is of a registration that stands. */
export function showsRegistration({ state }: Pick<RecordPayload, 'state'>): boolean {
  return state === 'registered' || state === 'confirmed';
}

/** Whether the server says, on whichever ground, that it is registered. */
export function isRegistered({ state }: Plate): boolean {
  return ['registered', 'details-not-loaded', 'entered-on-site', 'as-of'].includes(state);
}

/** Whether it says so by a code alone, so that text may be typed. */
export function isByCode({ state }: Plate): boolean {
  return isRegistered({ state } as Plate) && state !== 'registered';
}
