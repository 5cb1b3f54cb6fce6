// Registration codes: which one was accepted last, how many tries failed, and what was typed where no record came. One row
// for each portal, as all that belongs to one.

import { z } from 'zod';
import { toBase64url, utf8 } from '../../core/bytes.ts';
import { sha256 } from '../../core/crypto.ts';
import type { Bundle } from '../../core/documents/bundle.ts';
import { contentOf, type RegistrationCode, readRegistrationCode } from '../../core/registration-code.ts';
import { change } from './change.ts';
import type { Database } from './database.ts';
import { seconds } from './identity.ts';

type CodeKeys = Pick<Bundle, 'fingerprint' | 'code_keys' | 'min_code_key'>;

const enteredSchema = z.object({
  site: z.string(),
  company: z.string(),
  city: z.string(),
  registration: z.string().optional(),
  /** Unix seconds. */
  at: z.number(),
});

/** The text that a person typed in place of the record. No portal has signed it. */
export type Entered = z.infer<typeof enteredSchema>;

export interface KeptCodes {
  /** The highest sequence of a code or record that was accepted, 0 if none. */
  lastSequence: number;
  lastCode: { code: RegistrationCode; at: Date } | undefined;
  /** In a row. */
  failures: number;
  /** The lowest code key that still counts. */
  minCodeKey: number;
  /** False: the portal has replaced the keys under which the last code was accepted. */
  keysAreTheSame: boolean;
  entered: Entered | undefined;
}

export function keptCodes(db: Database, bundle: CodeKeys): KeptCodes {
  const row = db
    .prepare(
      'select last_sequence, code, code_at, code_failures, min_code_key, code_keys, entered from portal where fingerprint = ?',
    )
    .get(bundle.fingerprint);
  // A damaged code is no code: it can be typed again.
  const reading = readRegistrationCode(typeof row?.code === 'string' ? row.code : '');
  const keysAreTheSame = row?.code_keys === nameOf(bundle.code_keys);
  return {
    lastSequence: Number(row?.last_sequence ?? 0),
    lastCode:
      reading.outcome === 'read' ? { code: reading.code, at: new Date(Number(row?.code_at) * 1000) } : undefined,
    failures: Number(row?.code_failures ?? 0),
    minCodeKey: Math.max(bundle.min_code_key, keysAreTheSame ? Number(row?.min_code_key) : 0),
    keysAreTheSame,
    entered: typeof row?.entered === 'string' ? readEntered(row.entered) : undefined,
  };
}

/**
 * The `sequence` that this server says: of the last code that was entered here, 0 if none. Records have one too, but it may
 * be of a code that was made for somebody else; to say it would prove that person's claim.
 */
export function sequenceOfCode({ lastCode }: Pick<KeptCodes, 'lastCode'>): number {
  return lastCode ? contentOf(lastCode.code).sequence : 0;
}

/** Within a transaction. The code is in use from now on. */
export function keepCode(
  db: Database,
  bundle: CodeKeys,
  { code, sequence, keyId }: { code: RegistrationCode; sequence: number; keyId: number },
  now: Date,
): void {
  change(db, bundle.fingerprint, 'code = ?, code_at = ?, last_sequence = max(last_sequence, ?), code_failures = 0', [
    code,
    seconds(now),
    sequence,
  ]);
  raiseMinCodeKey(db, bundle, keyId);
}

/** Codes under a lower key are refused from now on, as long as the portal keeps these code keys. */
export function raiseMinCodeKey(db: Database, bundle: Pick<CodeKeys, 'fingerprint' | 'code_keys'>, to: number): void {
  const keys = nameOf(bundle.code_keys);
  change(
    db,
    bundle.fingerprint,
    'min_code_key = case when code_keys is ? then max(min_code_key, ?) else ? end, code_keys = ?',
    [keys, to, to, keys],
  );
}

export function noteFailedCode(db: Database, fingerprint: string): void {
  change(db, fingerprint, 'code_failures = code_failures + 1', []);
}

export function forgiveFailedCodes(db: Database, fingerprint: string): void {
  change(db, fingerprint, 'code_failures = 0', []);
}

export function keepEntered(db: Database, fingerprint: string, entered: Entered): void {
  change(db, fingerprint, 'entered = ?', [JSON.stringify(entered)]);
}

function readEntered(text: string): Entered | undefined {
  try {
    return enteredSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Tells one set of code keys from another. */
function nameOf(codeKeys: readonly string[]): string {
  return toBase64url(sha256(utf8(codeKeys.join(' '))));
}
