// What the logon page says about the registration. It is worked out from the signed record each time it is shown: what
// does not verify is not shown.

import type { RecordPayload } from '../core/documents/record.ts';

/** `state` is stable: GET /registered-to passes it on to vendors' programs (docs/integrating.md). */
export type Plate =
  | { state: 'registered'; registration: string; since: string; site: Registered }
  | { state: 'unregistered' }
  | { state: 'database-new' }
  | { state: 'replaced'; registration: string; movedOn: string }
  | { state: 'moved-or-copied' }
  | { state: 'record-damaged' };

export interface Registered {
  name: string;
  company: string;
  city: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** What is known before the question is asked. `record`: as it verified now; undefined if there is none. */
export interface Known {
  atHome: boolean;
  hadAnotherSystem: boolean;
  record: { outcome: 'genuine'; record: RecordPayload } | { outcome: 'refused' } | undefined;
}

export function plateOf({ atHome, hadAnotherSystem, record }: Known): Plate {
  if (!atHome) return { state: 'moved-or-copied' };
  if (record?.outcome === 'refused') return { state: 'record-damaged' };
  if (record?.record.state === 'replaced') {
    return { state: 'replaced', registration: record.record.registration, movedOn: record.record.since };
  }
  // A closed registration frees the System ID for a new one, so the server is unregistered again.
  if (record && record.record.state !== 'closed') {
    const { registration, since, site } = record.record;
    return { state: 'registered', registration, since, site };
  }
  return { state: hadAnotherSystem ? 'database-new' : 'unregistered' };
}
