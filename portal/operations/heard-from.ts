import type { Portal } from '../portal.ts';
import type { Queries, Transaction } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { openConflict } from './conflicts.ts';
import { proveClaim } from './prove-claim.ts';

/** What a system said of itself, fresh and signed: in a request or in a check-in. Its row is locked by the caller. */
export interface SystemWord {
  systemId: string;
  /** To be pinned if none is yet. */
  ed25519: string | undefined;
  instance: string | undefined;
  registration: string | undefined;
  sequence: number;
  /** It came in a file or QR code. Nobody knows how long ago that was made, and who has copies of it. */
  inFile?: boolean;
}

export async function pinnedKeyOf(q: Queries, systemId: string): Promise<string | undefined> {
  const row = await q.row(sql<{ ed25519: string | null }>`select ed25519 from system where system_id = ${systemId}`);
  return row?.ed25519 ?? undefined;
}

/**
 * The system has accepted a code with this number: so it was handed out, even if a portal that was restored from a backup
 * knows nothing of it. Said by the system itself, of whatever age.
 */
export async function catchUp(tx: Transaction, systemId: string, sequence: number): Promise<void> {
  await tx.rows(sql`
    update system set sequence = ${sequence} where system_id = ${systemId} and sequence < ${sequence}`);
}

interface Known {
  shows: string | null;
  accepted_sequence: number;
}

/** Remembers what the system said, and draws the conclusions: a claim is proven, a retired System ID speaks again. */
export async function heardFrom(tx: Transaction, portal: Portal, word: SystemWord): Promise<void> {
  const now = portal.now();
  const { systemId, inFile } = word;
  const known = await tx.row(sql<Known>`
    select shows, accepted_sequence from system where system_id = ${systemId}`);
  await tx.rows(sql`
    update system set last_heard_at = coalesce(${inFile ? null : now}::timestamptz, last_heard_at), ed25519 = coalesce(ed25519, ${word.ed25519 ?? null}),
      instance = coalesce(${word.instance ?? null}, instance), accepted_sequence = greatest(accepted_sequence, ${word.sequence}),
      shows_since = case when shows is distinct from ${word.registration ?? null} then ${now} else shows_since end,
      shows = ${word.registration ?? null}
    where system_id = ${systemId}`);
  if (word.instance) await sawInstance(tx, word, word.instance, now);
  await proveClaim(tx, portal, word);
  if (inFile && !(known && saysSomethingNew(word, known))) return;
  const retired = await tx.row(sql`
    select from association where system_id = ${systemId} and state = 'retired'`);
  if (retired) await openConflict(tx, systemId, 'retired-speaks', now);
}

/**
 * Files and photographs of QR codes turn up late: from when the System ID was not retired yet. So a file, though made after
 * all that was heard, is no sign of life unless it says what was not.
 */
function saysSomethingNew(word: SystemWord, known: Known): boolean {
  return (word.registration ?? null) !== known.shows || word.sequence !== known.accepted_sequence;
}

/**
 * An installation goes from one System ID to the next. If an earlier one speaks under the same key again, then two live
 * systems have the key: it was copied and counts for nothing from now on. An earlier one in a file may just be old.
 */
async function sawInstance(
  tx: Transaction,
  { systemId, inFile }: SystemWord,
  instance: string,
  now: Date,
): Promise<void> {
  const isEarlier = sql.part`instance.system_id <> ${systemId}
    and exists (select from instance_system h where h.public_key = ${instance} and h.system_id = ${systemId})`;
  await tx.rows(sql`
    insert into instance (public_key, system_id) values (${instance}, ${systemId})
    on conflict (public_key) do update set
      copied_at = case when ${isEarlier} then coalesce(instance.copied_at, ${now}) else instance.copied_at end,
      system_id = ${systemId}
    where not (${inFile === true} and ${isEarlier})`);
  await tx.rows(sql`
    insert into instance_system (public_key, system_id) values (${instance}, ${systemId}) on conflict do nothing`);
}
