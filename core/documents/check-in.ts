// A check-in is the system's own call to the portal, and the answer to it (docs/documents.md, "Check-in and answer").

import { z } from 'zod';
import type { SystemId } from '../system-id.ts';
import { type KnownPortal, openFromPortal, type RecordKey } from './from-portal.ts';
import {
  type AcceptedFromSystem,
  fromSystem,
  introduction,
  openFromSystem,
  type PortalForDocuments,
  type RefusedFromSystem,
  type Speaker,
} from './from-system.ts';
import { sign } from './jws.ts';
import { counter, name, systemId, time } from './members.ts';
import { serverSchema } from './request.ts';

/** With the rest of a check-in they stay below its 1 MiB. */
const MOST_SERVERS = 1000;

const CHECK_IN = 'datestone-checkin+jwt';
const ANSWER = 'datestone-answer+jwt';

const token = z.string().min(1).max(200);
/** A document inside a document: verified by its own signature when it is used. */
const enclosed = z.string();

/** What a server says of itself, and of each server below it, only where the end user agreed to share it. */
const sharedServer = serverSchema.extend({
  system_id: systemId,
  /** When its agent was there last, by the clock of the site. */
  seen_at: time,
  /** Of the record that it shows. */
  revision: z.int().min(0).optional(),
});
const health = z.object({
  /** The version of the agent's program. */
  agent: name,
  /** It runs on a backup, and nothing newer has reached it since. */
  restored: z.boolean(),
});

const checkInSchema = fromSystem.extend({
  token: token.optional(),
  servers: z.array(sharedServer).max(MOST_SERVERS).optional(),
  health: health.optional(),
});

const answerSchema = z.object({
  aud: systemId,
  n: counter,
  // Absent while a conflict is open: what the site has stays.
  /** None in the answer that says `conflict`: who gets it may be the copy. */
  token: token.optional(),
  record: enclosed.optional(),
  offers: z.array(enclosed).max(5).optional(),
  conflict: z.string().max(50).optional(),
  advisories: z.array(z.unknown()).default([]),
  updates: z.array(z.unknown()).default([]),
  bundle: enclosed.optional(),
  next_check_in: z.int().min(1),
});

type CheckIn = z.infer<typeof checkInSchema>;
export type Answer = z.infer<typeof answerSchema>;

/** What the end user's consent to sharing system information covers. */
export type Shared = Pick<Required<CheckIn>, 'servers' | 'health'>;

export interface NewCheckIn extends Speaker {
  /** The one of the last answer; the first check-in has none. */
  token?: string | undefined;
  /** Nothing, where the record that the system shows has no consent to it. */
  shared?: Shared | undefined;
}

/** A check-in, signed by the system. Throws if the portal would refuse it. */
export async function makeCheckIn({ token, shared, ...speaker }: NewCheckIn): Promise<string> {
  const checkIn: CheckIn = { ...introduction(speaker), ...(token !== undefined && { token }), ...shared };
  return sign(CHECK_IN, speaker.keys.systemId, checkInSchema.parse(checkIn), speaker.keys.ed25519Secret);
}

export type CheckInReading =
  | (Omit<AcceptedFromSystem<CheckIn>, 'payload' | 'signerKnown'> & { checkIn: CheckIn })
  | RefusedFromSystem;

/**
 * Reads a check-in at the portal. Whether `n` and `token` go on from the last ones is for the portal to say, and whether
 * what is shared may be kept. One whose
 * signer is not known is refused: its answer would tell a stranger what the registration is.
 */
export async function openCheckIn(
  document: string,
  portal: PortalForDocuments,
  pinned: string | undefined,
): Promise<CheckInReading> {
  const opened = await openFromSystem(document, CHECK_IN, checkInSchema, portal, pinned);
  if (opened.outcome === 'refused') return opened;
  const { payload, signerKnown, ...rest } = opened;
  return signerKnown ? { ...rest, checkIn: payload } : { outcome: 'refused', code: 'request-damaged' };
}

/** An answer, signed by the portal. */
export async function makeAnswer(answer: z.input<typeof answerSchema>, recordKey: RecordKey): Promise<string> {
  return sign(ANSWER, recordKey.kid, answerSchema.parse(answer), recordKey.secret);
}

export type AnswerReading =
  | { outcome: 'genuine'; answer: Answer }
  | { outcome: 'refused'; code: 'answer-damaged' | 'answer-to-another-check-in' }
  /** Of another portal, or under a record key that a newer bundle names: the answer may bring that, which proves itself. */
  | { outcome: 'refused'; code: 'answer-from-another-portal'; bundle?: string };

/** Reads the answer to the check-in with this `n`. The `n` that it echoes is its freshness: any other is an old answer. */
export async function openAnswer(
  document: string,
  bundle: KnownPortal,
  asked: { systemId: SystemId; n: number },
): Promise<AnswerReading> {
  const opened = await openFromPortal(document, ANSWER, answerSchema, bundle);
  if (opened.outcome === 'refused') {
    if (opened.why !== 'unknown-key') return { outcome: 'refused', code: 'answer-damaged' };
    const claims = z.object({ bundle: z.string() }).safeParse(opened.claims);
    return { outcome: 'refused', code: 'answer-from-another-portal', ...(claims.success && claims.data) };
  }
  const answer = opened.payload;
  if (answer.aud !== asked.systemId || answer.n !== asked.n) {
    return { outcome: 'refused', code: 'answer-to-another-check-in' };
  }
  return { outcome: 'genuine', answer };
}
