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
}

export async function pinnedKeyOf(q: Queries, systemId: string): Promise<string | undefined> {
  const row = await q.row(sql<{ ed25519: string | null }>`select ed25519 from system where system_id = ${systemId}`);
  return row?.ed25519 ?? undefined;
}

/** Remembers that the system is alive, and draws the conclusions: a claim is proven, a retired System ID speaks again. */
export async function heardFrom(tx: Transaction, portal: Portal, word: SystemWord): Promise<void> {
  const now = portal.now();
  await tx.rows(sql`
    update system set last_heard_at = ${now}, ed25519 = coalesce(ed25519, ${word.ed25519 ?? null}),
      instance = coalesce(${word.instance ?? null}, instance), accepted_sequence = ${word.sequence},
      shows_since = case when shows is distinct from ${word.registration ?? null} then ${now} else shows_since end,
      shows = ${word.registration ?? null}
    where system_id = ${word.systemId}`);
  if (word.instance) await sawInstance(tx, word.instance, word.systemId, now);
  await proveClaim(tx, portal, word);
  const retired = await tx.row(sql`
    select from association where system_id = ${word.systemId} and state = 'retired'`);
  if (retired) await openConflict(tx, word.systemId, 'retired-speaks', now);
}

/**
 * An installation goes from one System ID to the next. If an earlier one speaks under the same key again, then two live
 * systems have the key: it was copied and counts for nothing from now on.
 */
async function sawInstance(tx: Transaction, instance: string, systemId: string, now: Date): Promise<void> {
  await tx.rows(sql`
    insert into instance (public_key, system_id) values (${instance}, ${systemId})
    on conflict (public_key) do update set
      copied_at = case
        when instance.system_id <> ${systemId}
          and exists (select from instance_system h where h.public_key = ${instance} and h.system_id = ${systemId})
        then coalesce(instance.copied_at, ${now}) else instance.copied_at end,
      system_id = ${systemId}`);
  await tx.rows(sql`
    insert into instance_system (public_key, system_id) values (${instance}, ${systemId}) on conflict do nothing`);
}
