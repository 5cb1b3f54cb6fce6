import { randomUUID } from 'node:crypto';
import type { SystemId } from '../../core/system-id.ts';
import type { Queries } from './database.ts';
import { type BroughtRequest, REQUEST_HOURS } from './facts.ts';
import { sql } from './sql.ts';

/** Requests that one account uploaded together. */

export interface KeptUpload<Problem> {
  id: string;
  uploadedAt: Date;
  /** In the order of the files. */
  rows: UploadRow<Problem>[];
}

export type UploadRow<Problem> = { line: number; fileName: string } & (
  | { problem: Problem; request: undefined }
  | { problem: undefined; request: UploadedRequest }
);

export interface UploadedRequest {
  id: string;
  systemId: SystemId;
  server: NonNullable<BroughtRequest['server']>;
  proceeded: boolean;
  /** Still to be used: neither cancelled nor too old. */
  held: boolean;
  /** It did something, which may stand no more. */
  used: boolean;
  /** What it did, as long as that stands and the account has a seat there. */
  claim: Claim | undefined;
}

/** A registration that has this System ID, or will have it once the system confirms. */
export interface Claim {
  registration: string;
  association: string;
  site: string;
  confirmed: boolean;
}

export interface NewRow<Problem> {
  fileName: string;
  result: { request: string } | { problem: Problem };
}

/** Keeps what became of an upload. */
export async function keepUpload<Problem extends object>(
  q: Queries,
  account: string,
  rows: readonly NewRow<Problem>[],
  now: Date,
): Promise<string> {
  const id = randomUUID();
  const requests = rows.map(({ result }) => ('request' in result ? result.request : null));
  const problems = rows.map(({ result }) => ('problem' in result ? JSON.stringify(result.problem) : null));
  await q.rows(sql`
    with upload_ as (
      insert into upload (id, account, uploaded_at) values (${id}, ${account}, ${now}) returning id
    )
    insert into upload_row (upload, line, file_name, request, problem)
    select id, line, file_name, request, problem
    from upload_, unnest(${rows.map((row) => row.fileName)}::text[], ${requests}::uuid[], ${problems}::jsonb[])
      with ordinality as r (file_name, request, problem, line)
    -- The same request again, as a file and as a picture of its code, is one row.
    on conflict (upload, request) do nothing`);
  return id;
}

interface Row<Problem> {
  uploaded_at: Date;
  line: number;
  file_name: string;
  problem: Problem | null;
  request: string | null;
  system_id: SystemId;
  server: NonNullable<BroughtRequest['server']>;
  proceeded: boolean;
  held: boolean;
  used: boolean;
  association: string | null;
  state: 'claimed' | 'current';
  registration: string;
  site: string;
}

/** `undefined`: unknown or another account's. */
export async function uploadOf<Problem>(
  q: Queries,
  account: string,
  id: string,
  now: Date,
): Promise<KeptUpload<Problem> | undefined> {
  const rows = await q.rows(sql<Row<Problem>>`
    select u.uploaded_at, r.line, r.file_name, r.problem, q.id as request, q.system_id, q.server,
      q.proceeded_at is not null as proceeded,
      q.cancelled_at is null and q.account = u.account and q.received_at > ${heldSince(now)} as held,
      q.association is not null as used, a.id as association, a.state, a.registration, g.site_name as site
    from upload u
    join upload_row r on r.upload = u.id
    left join request q on q.id = r.request
    left join (association a
      join acting mine on mine.registration = a.registration and mine.account = ${account}
      join registration g on g.number = a.registration)
      on a.id = q.association and a.state in ('claimed', 'current')
    where u.id = ${id} and u.account = ${account}
    order by r.line`);
  const [first] = rows;
  return first && { id, uploadedAt: first.uploaded_at, rows: rows.map(rowFrom) };
}

function rowFrom<Problem>(row: Row<Problem>): UploadRow<Problem> {
  const { line, file_name: fileName, problem, request } = row;
  if (request === null) return { line, fileName, problem: problem as Problem, request: undefined };
  const { registration, association, site } = row;
  const claim =
    association === null ? undefined : { registration, association, site, confirmed: row.state === 'current' };
  const { server, proceeded, held, used } = row;
  return {
    line,
    fileName,
    problem: undefined,
    request: { id: request, systemId: row.system_id, server, proceeded, held, used, claim },
  };
}

export interface UploadNote {
  id: string;
  uploadedAt: Date;
  /** How many requests there were. */
  count: number;
}

/** The uploads of this account from which an association of the registration came, the newest first. */
export function uploadsOf(q: Queries, account: string, registration: string): Promise<UploadNote[]> {
  return q.rows(sql<UploadNote>`
    select u.id, u.uploaded_at as "uploadedAt",
      (select count(*)::int from upload_row r where r.upload = u.id and r.request is not null) as count
    from upload u
    where u.account = ${account} and exists (
      select from upload_row r
      join request q on q.id = r.request
      join association a on a.id = q.association and a.state in ('claimed', 'current')
      where r.upload = u.id and a.registration = ${registration})
    order by u.uploaded_at desc limit 5`);
}

function heldSince(now: Date): Date {
  return new Date(now.getTime() - REQUEST_HOURS * 60 * 60 * 1000);
}
