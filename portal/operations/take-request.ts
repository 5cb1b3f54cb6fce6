import { createHash, randomUUID } from 'node:crypto';
import { openRequest, systemIdIn } from '../../core/documents/request.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { SystemId } from '../../core/system-id.ts';
import type { Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';
import { openConflict } from './conflicts.ts';
import { heardFrom, pinnedKeyOf } from './heard-from.ts';

/**
 * A browser carried a signed request here. It is verified and kept; who is there is asked afterwards. Any page on the web
 * can make such a post, so nothing comes of it without *Proceed*.
 */
export interface CarriedRequest {
  document: string;
  /** Of the browser that carried it: only there it is shown again. A program has none: it carries for its account. */
  cookieHash: Buffer | undefined;
  account: string | undefined;
  /** The page that posted it, as the browser says. */
  origin: string | undefined;
}

export type TakeResult = { outcome: 'taken'; request: string; systemId: SystemId } | Refused;

export async function takeRequest(portal: Portal, carried: CarriedRequest): Promise<TakeResult> {
  const { document } = carried;
  const systemId = systemIdIn(document);
  if (!systemId) return refused('request-damaged');
  const opened = await openRequest(document, portal.keys.forDocuments, await pinnedKeyOf(portal.db, systemId));
  if (opened.outcome === 'refused') {
    if (opened.code === 'signing-key-differs') {
      await portal.db.transaction((tx) => openConflict(tx, systemId, 'signing-key', portal.now()));
      return refused('signing-key-differs', { systemId });
    }
    return refused(opened.code);
  }

  const { request, pins, signerKnown, instanceProven } = opened;
  const documentHash = createHash('sha256').update(document).digest();
  const now = portal.now();
  return portal.db.transaction(async (tx) => {
    await tx.rows(sql`insert into system (system_id) values (${systemId}) on conflict do nothing`);
    const system = await tx.row(sql<{ request_n: number }>`
      select request_n from system where system_id = ${systemId} for update`);
    // Posted again in the same session: the same page, whatever became of it.
    const again = await tx.row(sql<{ id: string }>`
      select id from request
      where document_hash = ${documentHash} and (cookie_hash = ${carried.cookieHash ?? null} or account = ${carried.account ?? null})
      order by received_at limit 1`);
    if (again) return { outcome: 'taken', request: again.id, systemId };

    const proven = signerKnown && request.via === 'browser' && request.n > (system?.request_n ?? 0);
    const id = randomUUID();
    await tx.rows(sql`
      insert into request (id, cookie_hash, account, system_id, how, document_hash, n, proven, server, instance, return_to,
        origin, received_at)
      values (${id}, ${carried.cookieHash ?? null}, ${carried.account ?? null}, ${systemId}, 'carried', ${documentHash},
        ${request.n}, ${proven}, ${JSON.stringify(request.server)}, ${instanceProven ? (request.instance ?? null) : null},
        ${request.return_to ?? null}, ${carried.origin ?? null}, ${now})`);
    if (proven) {
      await tx.rows(sql`
        update system set request_n = ${request.n}, kind = ${request.server.kind}, product = ${request.server.product},
          version = ${request.server.version}, name = ${request.server.name} where system_id = ${systemId}`);
      await heardFrom(tx, portal, {
        systemId,
        ed25519: pins ? request.ed25519 : undefined,
        instance: instanceProven ? request.instance : undefined,
        registration: request.registration,
        sequence: request.sequence,
      });
    }
    return { outcome: 'taken', request: id, systemId };
  });
}
