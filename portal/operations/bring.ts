import { randomUUID } from 'node:crypto';
import { documentIn } from '../../core/documents/brought-text.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { SystemId } from '../../core/system-id.ts';
import type { Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';
import { type TakeResult, takeRequest } from './take-request.ts';

/** Somebody typed a System ID: from here on it goes the way of a carried request, but it proves nothing. */
export async function bringTyped(portal: Portal, account: string, systemId: SystemId): Promise<{ request: string }> {
  const id = randomUUID();
  await portal.db.transaction((tx) =>
    Promise.all([
      tx.rows(sql`insert into system (system_id) values (${systemId}) on conflict do nothing`),
      tx.rows(sql`
        insert into request (id, account, system_id, how, proven, received_at)
        values (${id}, ${account}, ${systemId}, 'typed', false, ${portal.now()})`),
    ]),
  );
  return { request: id };
}

/** What was brought as a file; `cookieHash` where nobody has logged on yet, as on a phone that has scanned a QR code. */
export interface BroughtFiles {
  documents: readonly string[];
  account: string | undefined;
  cookieHash: Buffer | undefined;
}

/**
 * Request files, or what stood in QR codes: each is verified and kept, or refused by itself. They prove nothing of whom they
 * come from, since they can be copied, and go the way of what was typed.
 */
export async function bringFiles(
  portal: Portal,
  { documents, account, cookieHash }: BroughtFiles,
): Promise<TakeResult[]> {
  const results: TakeResult[] = [];
  for (const document of documents) {
    results.push(
      await takeRequest(portal, {
        document: documentIn(document).document,
        account,
        cookieHash,
        origin: undefined,
        asFile: true,
      }),
    );
  }
  return results;
}

/** After signing in: what this browser carried belongs to the account from now on. */
export async function adoptRequests(portal: Portal, account: string, cookieHash: Buffer): Promise<void> {
  await portal.db.rows(sql`
    update request set account = ${account} where cookie_hash = ${cookieHash} and account is null`);
}

/** *Use another account*: the request is free for whoever signs in next in the same browser, who has to *Proceed* anew. */
export async function releaseRequests(portal: Portal, account: string, cookieHash: Buffer): Promise<void> {
  await portal.db.rows(sql`
    update request set account = null, proceeded_at = null
    where cookie_hash = ${cookieHash} and account = ${account} and association is null and cancelled_at is null`);
}

export type ProceedResult = { outcome: 'proceeded' } | Refused<'request-expired'>;

/** *Proceed*: the person says that they are authorised. Who and when is kept with the request. */
export async function proceed(portal: Portal, account: string, request: string): Promise<ProceedResult> {
  const row = await portal.db.row(sql`
    update request set proceeded_at = coalesce(proceeded_at, ${portal.now()})
    where id = ${request} and account = ${account} and cancelled_at is null
    returning id`);
  return row ? { outcome: 'proceeded' } : refused('request-expired');
}

/** *Cancel*: nothing else was changed, and the request cannot be used any more. */
export async function cancel(portal: Portal, account: string, request: string): Promise<void> {
  await portal.db.rows(sql`
    update request set cancelled_at = ${portal.now()}
    where id = ${request} and account = ${account} and association is null`);
}
