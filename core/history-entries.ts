import { toBase64url } from './bytes.ts';
import { canonical, commitment, nextHash } from './history.ts';

/** What can stand in the history of a registration. */
export type Act =
  | 'prepared'
  | 'registered'
  | 'associated'
  | 'claimed'
  | 'proven'
  | 'claim-beaten'
  | 'claim-withdrawn'
  | 'undone'
  | 'merged'
  | 'merged-into-another'
  | 'details-edited'
  | 'warranty-edited'
  | 'confirmed'
  | 'closed'
  | 'invited'
  | 'invitation-replaced'
  | 'invitation-withdrawn'
  | 'invitation-refused'
  | 'invitation-expired'
  | 'seat-taken'
  | 'hand-over-offered'
  | 'hand-over-replaced'
  | 'hand-over-withdrawn'
  | 'hand-over-refused'
  | 'hand-over-expired'
  | 'handed-over'
  | 'seat-ended'
  | 'resigned'
  | 'resignation-taken-back'
  | 'seat-left'
  | 'brought-into-organisation'
  | 'taken-from-organisation'
  | 'consented'
  | 'consent-withdrawn'
  | 'case-opened'
  | 'case-objected'
  | 'case-withdrawn'
  | 'case-decided'
  | 'shown-on-site'
  | 'conflict-opened'
  | 'conflict-settled';

/** The end of a registration's history: how many entries it has, and the hash of the last. */
export interface HistoryHead {
  n: number;
  hash: Uint8Array | undefined;
}

export interface EntryFacts {
  registration: string;
  /** Unix seconds. */
  at: number;
  act: Act;
  /** A random number, never a name: the account's, or `system`. */
  actor: string;
  [about: string]: string | number | boolean;
}

/** A name, reason or note: the entry holds a commitment, the text lies beside the chain and can be erased with its salt. */
export interface EntryText {
  field: string;
  text: string;
  /** 16 random bytes. */
  salt: Uint8Array;
}

export interface NewEntry extends HistoryHead {
  hash: Uint8Array;
  canonical: string;
}

/** The entry after `head` (docs/documents.md, History hash). */
export function appendEntry(head: HistoryHead, facts: EntryFacts, texts: readonly EntryText[]): NewEntry {
  const n = head.n + 1;
  const commitments = texts.map(({ field, salt, text }) => [field, toBase64url(commitment(salt, text))]);
  const entry = { ...facts, n, ...(commitments.length > 0 && { commitments: Object.fromEntries(commitments) }) };
  const text = canonical(entry);
  return { n, canonical: text, hash: nextHash(head.hash, text) };
}
