import { createHash, randomUUID } from 'node:crypto';
import { isTooLarge, kindOf } from '../../core/documents/jws.ts';
import { openRequest, type RequestReading, systemIdIn } from '../../core/documents/request.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { SystemId } from '../../core/system-id.ts';
import type { Portal } from '../portal.ts';
import type { Transaction } from '../store/database.ts';
import { REQUEST_HOURS } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { openConflict } from './conflicts.ts';
import { catchUp, heardFrom, pinnedKeyOf } from './heard-from.ts';

/**
 * A signed request came here: a browser carried it, or a person brought it in a file or QR code. It is verified and kept;
 * who is there is asked afterwards. Any page on the web can make such a post, so nothing comes of it without *Proceed*.
 */
export interface CarriedRequest {
  document: string;
  /** Of the browser that carried it: only there it is shown again. A program has none: it carries for its account. */
  cookieHash: Buffer | undefined;
  account: string | undefined;
  /** The page that posted it, as the browser says. */
  origin: string | undefined;
  /** A person brought it as a file, whatever it was made for: then it proves possession of nothing. */
  asFile?: boolean;
}

export type TakeResult = { outcome: 'taken'; request: string; systemId: SystemId } | Refused;

export async function takeRequest(portal: Portal, carried: CarriedRequest): Promise<TakeResult> {
  const { document } = carried;
  if (isTooLarge(document, 'datestone-request+jwt')) return refused('request-too-large');
  const kind = kindOf(document);
  if (kind && kind !== 'request') return refused('not-a-request', { document: kind });
  const systemId = systemIdIn(document);
  // What has no three parts was never a document: somebody took the wrong file.
  if (!systemId)
    return refused(carried.asFile && document.split('.').length !== 3 ? 'not-a-request' : 'request-damaged');
  const opened = await openRequest(document, portal.keys.forDocuments, await pinnedKeyOf(portal.db, systemId));
  if (opened.outcome === 'refused') {
    if (opened.code === 'signing-key-differs') {
      await portal.db.transaction((tx) => openConflict(tx, systemId, 'signing-key', portal.now()));
      return refused('signing-key-differs', { systemId });
    }
    return refused(opened.code);
  }
  return portal.db.transaction((tx) => keep(tx, portal, carried, opened));
}

type Accepted = Extract<RequestReading, { outcome: 'accepted' }>;

async function keep(tx: Transaction, portal: Portal, carried: CarriedRequest, opened: Accepted): Promise<TakeResult> {
  const { systemId, request, pins, signerKnown, instanceProven } = opened;
  const { document, cookieHash = null, account = null, origin = null, asFile = false } = carried;
  const documentHash = createHash('sha256').update(document).digest();
  await tx.rows(sql`insert into system (system_id) values (${systemId}) on conflict do nothing`);
  const how = asFile || request.via === 'file' ? 'file' : 'carried';
  const system = await tx.row(sql<{ request_n: number; check_in_n: number }>`
    select request_n, check_in_n from system where system_id = ${systemId} for update`);
  // Posted again in the same session: the same page, whatever became of it. A file is brought again when nothing did.
  const heldSince = new Date(portal.now().getTime() - REQUEST_HOURS * 60 * 60 * 1000);
  const again = await tx.row(sql<{ id: string }>`
    select id from request
    where document_hash = ${documentHash} and (cookie_hash = ${cookieHash} or account = ${account})
      and (how <> 'file' or (cancelled_at is null and received_at > ${heldSince}))
    order by received_at limit 1`);
  if (again) return { outcome: 'taken', request: again.id, systemId };

  // A file may turn up after the system has spoken otherwise: then that is the later word.
  const heard = Math.max(system?.request_n ?? 0, how === 'file' ? (system?.check_in_n ?? 0) : 0);
  const isFresh = signerKnown && request.n > heard;
  const instance = instanceProven ? request.instance : undefined;
  const id = randomUUID();
  await tx.rows(sql`
    insert into request (id, cookie_hash, account, system_id, how, document_hash, n, proven, server, instance, return_to,
      origin, received_at)
    values (${id}, ${cookieHash}, ${account}, ${systemId}, ${how}, ${documentHash}, ${request.n},
      ${isFresh && how === 'carried'}, ${JSON.stringify(request.server)}, ${instance ?? null},
      ${request.return_to ?? null}, ${origin}, ${portal.now()})`);
  if (signerKnown) await catchUp(tx, systemId, request.sequence);
  if (isFresh) {
    await tx.rows(sql`
      update system set request_n = ${request.n}, kind = ${request.server.kind}, product = ${request.server.product},
        version = ${request.server.version}, name = ${request.server.name} where system_id = ${systemId}`);
    await heardFrom(tx, portal, {
      systemId,
      ed25519: pins ? request.ed25519 : undefined,
      instance,
      registration: request.registration,
      sequence: request.sequence,
      inFile: how === 'file',
    });
  }
  return { outcome: 'taken', request: id, systemId };
}
