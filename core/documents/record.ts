// A record: the registration of one System ID, said by the portal (docs/documents.md, "Record"). It may reach the site by
// any road; what the site shows is worked out from it each time anew.

import { z } from 'zod';
import { utf8 } from '../bytes.ts';
import type { SystemId } from '../system-id.ts';
import { type KnownPortal, openFromPortal, type RecordKey } from './from-portal.ts';
import { MAX_BYTES, sign } from './jws.ts';
import {
  codeKeyId,
  counter,
  date,
  ed25519Key,
  fingerprint,
  hash,
  registrationNumber,
  sequence,
  systemId,
} from './members.ts';

const TYP = 'datestone-record+jwt';

const text = z.string().max(400);

const recordSchema = z.object({
  iss: text,
  fingerprint,
  sub: systemId,
  ed25519: ed25519Key.optional(),
  registration: registrationNumber,
  revision: counter,
  sequence,
  min_code_key: codeKeyId,
  since: date,
  state: z.enum(['registered', 'confirmed', 'closed', 'replaced']),
  site: z.object({ name: text, company: text, city: text, country: text }),
  integrator: text.optional(),
  end_user: text.optional(),
  contact: text.optional(),
  consents: z.object({ system: z.boolean(), personal: z.boolean(), version: text }).optional(),
  predecessor: systemId.optional(),
  request: counter.optional(),
  history: z.object({ n: counter, hash }),
});

export type RecordPayload = z.infer<typeof recordSchema>;

/** Left out, in this order, where long names would make the record larger than any site reads. */
const DISPENSABLE = ['contact', 'end_user', 'integrator'] as const;

/** A record, signed by the portal. Throws if a site would refuse it. */
export async function makeRecord(record: RecordPayload, recordKey: RecordKey): Promise<string> {
  const payload = recordSchema.parse(record);
  for (const member of DISPENSABLE) {
    if (utf8(JSON.stringify(payload)).length > MAX_BYTES[TYP]) delete payload[member];
  }
  return sign(TYP, recordKey.kid, payload, recordKey.secret);
}

export type RecordReading =
  | { outcome: 'genuine'; record: RecordPayload }
  | {
      outcome: 'refused';
      code:
        | 'not-a-record'
        | 'record-too-large'
        | 'record-damaged'
        | 'record-under-unknown-key'
        | 'record-from-another-portal'
        | 'record-for-another-system';
    };

/** Reads a record at the site with this System ID (white space around a file's text is ignored). */
export async function openRecord(document: string, bundle: KnownPortal, systemId: SystemId): Promise<RecordReading> {
  const opened = await openFromPortal(document.trim(), TYP, recordSchema, bundle);
  if (opened.outcome === 'genuine') {
    const record = opened.payload;
    if (record.fingerprint !== bundle.fingerprint) return refused('record-from-another-portal');
    if (record.sub !== systemId) return refused('record-for-another-system');
    return { outcome: 'genuine', record };
  }
  switch (opened.why) {
    case 'too-large':
      return refused('record-too-large');
    case 'not-of-this-type':
      return refused('not-a-record');
    case 'damaged':
      return refused('record-damaged');
    case 'unknown-key': {
      // The word of another portal, or of this one under a key that it has withdrawn or that its newer bundle names, or
      // with a spoilt key id.
      const claims = z.object({ fingerprint: z.string() }).safeParse(opened.claims);
      const own = claims.success && claims.data.fingerprint === bundle.fingerprint;
      return refused(own ? 'record-under-unknown-key' : 'record-from-another-portal');
    }
  }
}

/** What a site knows when it gets a genuine record for itself. */
export interface SiteState {
  /** From the record that it shows. */
  showing?: { registration: string; revision: number } | undefined;
  /** The highest sequence of a code or record that it accepted, 0 if none. */
  lastSequence: number;
  /** The requests with `via` `browser` that were made here. */
  ownRequests: readonly { n: number; madeAt: Date }[];
  now: Date;
}

const A_DAY = 24 * 60 * 60 * 1000;

/**
 * What to do with a genuine record. `apply`: show it. `offer`: it changes which registration is shown and nobody here
 * asked for that lately, so an administrator of the site decides. `older`, `same`: keep what is shown.
 */
export function judgeRecord(record: RecordPayload, site: SiteState): 'apply' | 'offer' | 'older' | 'same' {
  if (record.sequence < site.lastSequence) return 'older';
  if (site.showing?.registration === record.registration) {
    if (record.revision < site.showing.revision) return 'older';
    const news = record.revision > site.showing.revision || record.sequence > site.lastSequence;
    return news ? 'apply' : 'same';
  }
  return site.ownRequests.some((own) => own.n === record.request && madeLately(own.madeAt, site.now))
    ? 'apply'
    : 'offer';
}

// A clock that was set back makes requests of the future: they are not of the last 24 hours, so a person is asked.
function madeLately(madeAt: Date, now: Date): boolean {
  const age = now.getTime() - madeAt.getTime();
  return age >= 0 && age <= A_DAY;
}

function refused(code: Extract<RecordReading, { outcome: 'refused' }>['code']): RecordReading {
  return { outcome: 'refused', code };
}
