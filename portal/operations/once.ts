import type { Portal } from '../portal.ts';
import { type Transaction, within } from '../store/database.ts';
import { sql } from '../store/sql.ts';

/** How long a key is remembered. */
export const KEY_HOURS = 24;

export interface KeyedCall {
  account: string;
  key: string;
  /** Of everything that the caller sent: the same key for something else is a mistake. */
  fingerprint: Buffer;
  /** The answer holds a secret, so that only the fact is kept. */
  secret: boolean;
}

export type OnceResult<Answer> =
  | { outcome: 'done' | 'replayed'; answer: Answer }
  | { outcome: 'in-use' | 'reused' | 'not-kept' };

/**
 * Does a thing once for a key of an account. The answer is kept in the transaction of what was done: after a crash in
 * between neither is there, and the same call does it; otherwise both are. The operation is given a portal whose database
 * is that transaction. What throws keeps nothing.
 */
export function once<Answer extends object>(
  portal: Portal,
  call: KeyedCall,
  work: (portal: Portal) => Promise<Answer>,
): Promise<OnceResult<Answer>> {
  const { account, key, fingerprint, secret } = call;
  return portal.db.transaction(async (tx): Promise<OnceResult<Answer>> => {
    // Nobody waits for the first call with a connection in hand.
    if (!(await lockKey(tx, call))) return { outcome: 'in-use' };
    const now = portal.now();
    const since = new Date(now.getTime() - KEY_HOURS * 60 * 60 * 1000);
    const kept = await tx.row(sql<{ same: boolean; answer: Answer | null }>`
      select fingerprint = ${fingerprint} as same, answer from idempotency_key
      where account = ${account} and key = ${key} and made_at > ${since}`);
    if (kept && !kept.same) return { outcome: 'reused' };
    if (kept) return kept.answer ? { outcome: 'replayed', answer: kept.answer } : { outcome: 'not-kept' };

    const answer = await work({ ...portal, db: within(tx) });
    await tx.rows(sql`
      insert into idempotency_key (account, key, fingerprint, answer, made_at)
      values (${account}, ${key}, ${fingerprint}, ${secret ? null : JSON.stringify(answer)}, ${now})
      on conflict (account, key) do update set
        fingerprint = excluded.fingerprint, answer = excluded.answer, made_at = excluded.made_at`);
    return { outcome: 'done', answer };
  });
}

async function lockKey(tx: Transaction, { account, key }: KeyedCall): Promise<boolean> {
  const row = await tx.row(sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`idempotency ${account} ${key}`}, 0)) as locked`);
  return row?.locked ?? false;
}
