import { toBase64url } from '../../core/bytes.ts';
import { type Consent, consentsInRecord } from '../../core/consents.ts';
import { makeRecord, type RecordPayload } from '../../core/documents/record.ts';
import { documentFileName } from '../../core/file-names.ts';
import type { SystemId } from '../../core/system-id.ts';
import type { Portal } from '../portal.ts';
import type { Queries } from './database.ts';
import { registeredAt } from './facts.ts';
import { sql } from './sql.ts';

/** Records: what the portal says to a System ID about a registration, signed. No personal data is in them. */

interface RecordRow {
  association: string;
  state: 'current' | 'claimed' | 'retired' | 'undone' | 'closed';
  proven: boolean;
  registration: string;
  registration_state: string;
  revision: number;
  site: string;
  company: string;
  city: string;
  country: string;
  /** The registration's date; of one that was replaced, the day on which it was. */
  since: Date;
  integrator: string | null;
  end_user: string | null;
  predecessor: SystemId | null;
  request_n: number | null;
  ed25519: string | null;
  sequence: number;
  consents: Pick<Consent, 'kind' | 'given' | 'version'>[] | null;
  history_n: number;
  history_hash: Buffer;
}

/**
 * The record of the registration for which the System ID is current; where it is so no more, the last word on the one
 * for which it was: replaced, or closed.
 */
export async function recordFor(q: Queries, portal: Portal, systemId: SystemId): Promise<string | undefined> {
  const rows = await recordRows(q, systemId, ['current', 'retired', 'undone', 'closed']);
  const row = rows.find((r) => r.state === 'current') ?? rows.filter((r) => r.proven).at(-1);
  return row && sign(portal, systemId, row);
}

/** One record for each claim that waits for this system's word, the oldest first. */
export async function offersFor(q: Queries, portal: Portal, systemId: SystemId): Promise<string[]> {
  const rows = await recordRows(q, systemId, ['claimed']);
  return Promise.all(rows.slice(0, MOST_OFFERS).map((row) => sign(portal, systemId, row)));
}

const MOST_OFFERS = 5;

/** A record to be carried to the server as a file, and what the file is called. */
export interface RecordFile {
  record: string;
  systemId: SystemId;
  name: string;
}

/**
 * The record of one association, also of a claim that waits: for a party of the registration to take to the server.
 * `undefined`: there is none of the asker's, or it ended before it ever counted.
 */
export async function recordOfAssociation(
  portal: Portal,
  asker: string,
  registration: string,
  association: string,
): Promise<RecordFile | undefined> {
  const { db } = portal;
  const mine = await db.row(sql<{ system_id: SystemId; site: string }>`
    select a.system_id, r.site_name as site
    from acting mine
    join association a on a.registration = mine.registration and a.id = ${association}
    join registration r on r.number = a.registration
    where mine.registration = ${registration} and mine.account = ${asker}`);
  if (!mine) return undefined;
  const systemId = mine.system_id;
  const row = (await recordRows(db, systemId, ['current', 'claimed', 'retired', 'undone', 'closed'])).find(
    (one) => one.association === association && (one.state === 'claimed' || one.proven),
  );
  return (
    row && {
      record: await sign(portal, systemId, row),
      systemId,
      name: documentFileName(mine.site, systemId, 'registration'),
    }
  );
}

function recordRows(q: Queries, systemId: SystemId, states: RecordRow['state'][]): Promise<RecordRow[]> {
  return q.rows(sql<RecordRow>`
    select a.id as association, a.state, a.proven_at is not null as proven, a.registration, r.state as registration_state, r.revision,
      r.site_name as site, r.installation ->> 'company' as company, r.installation ->> 'city' as city,
      r.installation ->> 'country' as country, case when a.state in ('retired', 'undone') then a.ended_at else ${registeredAt} end as since, r.history_n, r.history_hash,
      (select coalesce(o.name, c.organisation) from party p join account c on c.id = p.account
        left join organisation o on o.id = p.organisation where p.registration = r.number and p.seat = 'integrator') as integrator,
      (select coalesce(o.name, c.organisation) from party p join account c on c.id = p.account
        left join organisation o on o.id = p.organisation where p.registration = r.number and p.seat = 'end-user') as end_user,
      former.system_id as predecessor, a.request_n, s.ed25519, ${lastSequenceOf} as sequence,
      (select json_agg(json_build_object('kind', kind, 'given', given, 'version', version))
        from (select distinct on (kind) kind, given, version from consent c
          where c.registration = r.number order by kind, n desc) latest) as consents
    from association a
    join registration r on r.number = a.registration
    join system s on s.system_id = a.system_id
    left join association former on former.id = a.former
    where a.system_id = ${systemId} and a.state = any(${states})
    order by coalesce(a.ended_at, a.made_at)`);
}

/**
 * The last number that was given out for the System ID; of an association `a` that has ended, the last until then. Those that
 * came after belong to others, and the site has no use for them: to say one would prove their claim.
 */
const lastSequenceOf = sql.part`coalesce(
        (select min(c.sequence) - 1 from registration_code c where c.system_id = a.system_id and c.issued_at > a.ended_at),
        s.sequence)`;

function sign(portal: Portal, systemId: SystemId, row: RecordRow): Promise<string> {
  const { bundle, forDocuments, record } = portal.keys;
  // What the end user agreed to is for the system that shows the registration, not for one that was replaced.
  const shares = row.state === 'current' && row.registration_state !== 'closed';
  const consents = shares ? consentsInRecord(row.consents ?? []) : undefined;
  const payload: RecordPayload = {
    iss: bundle.iss,
    fingerprint: forDocuments.fingerprint,
    sub: systemId,
    ...(row.ed25519 && { ed25519: row.ed25519 }),
    registration: row.registration,
    revision: row.revision,
    sequence: row.sequence,
    min_code_key: bundle.min_code_key,
    since: row.since.toISOString().slice(0, 10),
    state: stateIn(row),
    site: { name: row.site, company: row.company, city: row.city, country: row.country },
    ...(row.integrator && { integrator: row.integrator }),
    ...(row.end_user && { end_user: row.end_user }),
    ...(consents && { consents }),
    ...(row.predecessor && { predecessor: row.predecessor }),
    ...(row.request_n !== null && { request: row.request_n }),
    history: { n: row.history_n, hash: toBase64url(row.history_hash) },
  };
  return makeRecord(payload, record);
}

function stateIn(row: RecordRow): RecordPayload['state'] {
  // Undone: the registration has gone back to its former System ID, so for this one it is gone too.
  if (row.state === 'retired' || row.state === 'undone') return 'replaced';
  return row.registration_state === 'confirmed' || row.registration_state === 'closed'
    ? row.registration_state
    : 'registered';
}
