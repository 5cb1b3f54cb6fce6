import { randomUUID } from 'node:crypto';
import type { InviteAnswer } from '../../core/invitations.ts';
import type { Answers } from '../../core/registration-form.ts';
import type { Queries } from './database.ts';
import { type Part, sql } from './sql.ts';

/** Forms that are being filled in. They belong to one account, and nobody else reads them. */

/**
 * What the form is for. It is the System ID, not the request: when the server sends the next one, the draft is still there.
 * What is prepared has neither System ID nor number yet: there the form has an id of its own.
 */
export type Subject =
  | { systemId: string; registration?: undefined; preparation?: undefined }
  | { registration: string; systemId?: undefined; preparation?: undefined }
  | { preparation: string; systemId?: undefined; registration?: undefined };

export interface Draft {
  id: string;
  /** The steps that were filled in, right or wrong: as they were typed. */
  answers: Answers;
  /** How the other party of a new registration is invited, as it was typed. */
  invite: InviteAnswer | null;
  /** Of the registration that is edited, when the draft was begun. */
  revision: number | null;
  updatedAt: Date;
}

export function draftOf(q: Queries, account: string, subject: Subject): Promise<Draft | undefined> {
  return q.row(sql<Draft>`
    select id, answers, invite, revision, updated_at as "updatedAt" from draft
    where account = ${account} and system_id is not distinct from ${subject.systemId ?? null}
      and registration is not distinct from ${subject.registration ?? null}
      and preparation is not distinct from ${subject.preparation ?? null}`);
}

/** Puts the given steps into the draft and leaves the others. A draft keeps the revision that it was begun with. */
export async function saveDraft(q: Queries, account: string, subject: Subject, saved: SavedDraft): Promise<void> {
  await q.rows(sql`
    ${draftIn(account, subject, saved)}
    set answers = draft.answers || excluded.answers, invite = coalesce(excluded.invite, draft.invite),
      updated_at = excluded.updated_at`);
}

/** The whole draft in place of the one before, begun now. */
export async function replaceDraft(q: Queries, account: string, subject: Subject, saved: SavedDraft): Promise<void> {
  await q.rows(sql`
    ${draftIn(account, subject, saved)}
    set answers = excluded.answers, invite = excluded.invite, revision = excluded.revision, updated_at = excluded.updated_at`);
}

interface SavedDraft {
  answers: Answers;
  invite?: InviteAnswer | undefined;
  revision?: number | undefined;
  at: Date;
}

function draftIn(account: string, { systemId, registration, preparation }: Subject, saved: SavedDraft): Part {
  return sql.part`insert into draft (id, account, system_id, registration, preparation, answers, invite, revision, updated_at)
    values (${randomUUID()}, ${account}, ${systemId ?? null}, ${registration ?? null}, ${preparation ?? null},
      ${JSON.stringify(saved.answers)}, ${saved.invite ? JSON.stringify(saved.invite) : null}, ${saved.revision ?? null}, ${saved.at})
    on conflict on constraint one_draft_for_each do update`;
}

export async function discardDraft(q: Queries, account: string, id: string): Promise<void> {
  await q.rows(sql`delete from draft where id = ${id} and account = ${account}`);
}

export interface OpenDraft {
  id: string;
  site: string | null;
  systemId: string | null;
  registration: string | null;
  preparation: string | null;
  /** The newest request of that System ID that the portal still holds: the form is open through it. */
  request: string | null;
  updatedAt: Date;
}

/** What this account began and did not submit, the newest first. What became of nothing meanwhile is left out. */
export function openDrafts(q: Queries, account: string, requestsSince: Date): Promise<OpenDraft[]> {
  return q.rows(sql<OpenDraft>`
    select d.id, coalesce(d.answers -> 'installation' ->> 'site_name', r.site_name) as site, d.system_id as "systemId",
      d.registration, d.preparation, d.updated_at as "updatedAt",
      (select q.id from request q
        where q.system_id = d.system_id and q.account = d.account and q.proceeded_at is not null
          and q.cancelled_at is null and q.association is null and q.received_at > ${requestsSince}
        order by q.received_at desc limit 1) as request
    from draft d
    left join registration r on r.number = d.registration
    where d.account = ${account}
      and not exists (
        select from association a where a.system_id = d.system_id and a.state in ('current', 'retired'))
      and (d.registration is null or exists (
        select from acting p where p.registration = d.registration and p.account = d.account))
    order by d.updated_at desc`);
}
