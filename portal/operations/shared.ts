import type { Shared } from '../../core/documents/check-in.ts';
import type { Transaction } from '../store/database.ts';
import { lock } from '../store/facts.ts';
import { sql } from '../store/sql.ts';

/**
 * Keeps what a system said of itself in a check-in, if the end user of its registration agrees to that now: a site that has
 * not had the newest record yet may still send what was agreed to before. The System ID is locked by the caller.
 */
export async function keepShared(
  tx: Transaction,
  systemId: string,
  servers: Shared['servers'],
  { agent, restored }: Shared['health'],
  at: Date,
): Promise<void> {
  const said = servers.find((server) => server.system_id === systemId);
  const current = await tx.row(sql<{ registration: string }>`
    select registration from association where system_id = ${systemId} and state = 'current'`);
  if (!said || !current) return;
  const { kind, product, version, name } = said;
  // Who withdraws the consent has the registration locked: either this is kept before, and deleted with it, or not kept.
  await lock(tx, [], [current.registration]);
  await tx.rows(sql`
    insert into shared_server (registration, system_id, kind, product, version, name, agent, restored, said_at)
    select r.number, ${systemId}, ${kind}, ${product}, ${version}, ${name}, ${agent}, ${restored}, ${at}
    from registration r
    where r.number = ${current.registration} and r.state in ('registered', 'confirmed')
      and (select given from consent c where c.registration = r.number and c.kind = 'system' order by c.n desc limit 1)
    on conflict (registration, system_id) do update set kind = excluded.kind, product = excluded.product,
      version = excluded.version, name = excluded.name, agent = excluded.agent, restored = excluded.restored,
      said_at = excluded.said_at`);
}

/** The consent was withdrawn, or the registration closed: nothing that was said because of it is kept. */
export async function forgetShared(tx: Transaction, registration: string): Promise<void> {
  await tx.rows(sql`delete from shared_server where registration = ${registration}`);
}
