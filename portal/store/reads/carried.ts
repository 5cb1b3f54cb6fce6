import type { SystemId } from '../../../core/system-id.ts';
import type { Queries } from '../database.ts';
import { type BroughtRequest, REQUEST_HOURS } from '../facts.ts';
import { sql } from '../sql.ts';

export interface CarriedHere {
  systemId: string;
  server: NonNullable<BroughtRequest['server']>;
}

/** What a browser carried here last and nobody has taken up yet: all that is shown to who has not logged on. */
export function waitingForLogOn(q: Queries, cookieHash: Buffer, now: Date): Promise<CarriedHere | undefined> {
  return q.row(sql<CarriedHere>`
    select system_id as "systemId", server from request
    where cookie_hash = ${cookieHash} and account is null and cancelled_at is null
      and received_at > ${new Date(now.getTime() - REQUEST_HOURS * 60 * 60 * 1000)}
    order by received_at desc limit 1`);
}

export interface WayBack {
  systemId: SystemId;
  returnTo: string;
}

/**
 * Where this browser can take the record of what it carried: only for the account and in the browser that brought the
 * request, named by itself or by what it became.
 */
export function wayBack(
  q: Queries,
  account: string,
  cookieHash: Buffer,
  of: { request: string } | { association: string },
): Promise<WayBack | undefined> {
  const named = 'request' in of ? sql.part`q.id = ${of.request}` : sql.part`q.association = ${of.association}`;
  return q.row(sql<WayBack>`
    select q.system_id as "systemId", q.return_to as "returnTo" from request q
    where ${named} and q.account = ${account} and q.cookie_hash = ${cookieHash} and q.return_to is not null
    order by q.received_at desc limit 1`);
}
