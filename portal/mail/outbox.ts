import type { Language } from '../../core/languages.ts';
import type { Database } from '../store/database.ts';
import { type Part, sql } from '../store/sql.ts';
import type { Notice } from './compose.ts';

/** The work that changes have left behind: taken under a lease, so that a sender that dies leaves it to the next. */

export interface OutboxRow extends Notice {
  address: string;
  attempts: number;
  /** In which its reader is written to. */
  language: Language;
}

// Longer than a batch can take, with the timeouts of the transport; and as long as a sender that died keeps others waiting.
const LEASE_SECONDS = 30;
// So many mails at the most, whatever each of them tells.
const BATCH = 5;

/**
 * Takes what is due: the first notice of a registration to an address at once, later ones together once the gathering
 * time after it is over. All that one reader is to be told of a registration is taken at once, the oldest first: what was
 * left would be held back by the mail that the rest went in. Several portals never take the same.
 *
 * Whoever has an account chose a language. Others are written to in that of the end user's, or else the integrator's
 * account: they have the same building.
 */
export async function takeDue(db: Database, now: Date, gatherSeconds: number): Promise<OutboxRow[]> {
  await dropReminders(db, now);
  const isOpen = (row: Part) => sql.part`${row}.accepted_at is null and ${row}.given_up_at is null
    and ${row}.due_at <= ${now} and (${row}.leased_until is null or ${row}.leased_until < ${now})`;
  const rows = await db.rows(sql<OutboxRow & { registration: string | null }>`
    with taken as (
      update outbox set leased_until = ${after(now, LEASE_SECONDS)}, attempts = attempts + 1
      where id in (
        select o.id from outbox o
        where ${isOpen(sql.part`o`)} and (o.address, coalesce(o.registration, o.id::text)) in (
          select next.address, coalesce(next.registration, next.id::text) from outbox next
          where ${isOpen(sql.part`next`)} and not exists (
            select from outbox earlier
            where earlier.registration = next.registration and earlier.address = next.address
              and earlier.accepted_at > ${after(now, -gatherSeconds)})
          order by next.due_at limit ${BATCH})
        for update skip locked)
      returning id, registration, recipient, address, template, facts, attempts, created_at)
    select id, registration, recipient, address, template, facts, attempts, coalesce(
      facts ->> 'language',
      (select a.language from account a where lower(a.email) = lower(address)),
      (select a.language from acting p join account a on a.id = p.account
        where p.registration = taken.registration order by p.seat = 'end-user' desc limit 1),
      'en') as language
    from taken order by created_at, id`);
  return rows.map((row) => ({ ...row, registration: row.registration ?? undefined }));
}

/**
 * Reminders of claims that wait for nothing any more: proven, withdrawn, beaten, or of a registration that was closed; and of
 * invitations that were answered or have ended.
 */
async function dropReminders(db: Database, now: Date): Promise<void> {
  await db.rows(sql`
    update outbox set given_up_at = ${now}, last_error = 'the claim waits no more'
    where template = 'claim-waits' and accepted_at is null and given_up_at is null and due_at <= ${now}
      and not exists (select from association a where a.id = outbox.association and a.state = 'claimed')`);
  await db.rows(sql`
    update outbox set given_up_at = ${now}, last_error = 'the invitation is not open any more', facts = facts - 'path'
    where template = 'invitation-reminder' and accepted_at is null and given_up_at is null and due_at <= ${now}
      and not exists (select from invitation i where i.id::text = facts ->> 'invitation' and i.ended_at is null)`);
}

/** Sent: a link or code that the mail held is known to its reader alone from now on. */
export async function markAccepted(db: Database, ids: readonly string[], now: Date): Promise<void> {
  await db.rows(sql`
    update outbox set accepted_at = ${now}, leased_until = null, last_error = null, facts = facts - 'path' - 'code' where id = any(${ids}::uuid[])`);
}

/** The mail server cannot be reached, or the portal stops: nobody's fault, so it counts as no attempt. */
export async function putBack(db: Database, ids: readonly string[], error: string | null): Promise<void> {
  await db.rows(sql`
    update outbox set leased_until = null, attempts = attempts - 1, last_error = ${error} where id = any(${ids}::uuid[])`);
}

/** Refused for now: tried again later and later. */
export async function postpone(db: Database, row: OutboxRow, error: string, now: Date): Promise<void> {
  const seconds = Math.min(6 * 3600, 30 * 2 ** row.attempts);
  await db.rows(sql`
    update outbox set leased_until = null, due_at = ${after(now, seconds)}, last_error = ${error} where id = ${row.id}`);
}

/** Refused for good, or not wanted. */
export async function giveUp(db: Database, ids: readonly string[], why: string, now: Date): Promise<void> {
  await db.rows(sql`
    update outbox set given_up_at = ${now}, leased_until = null, last_error = ${why}, facts = facts - 'path' - 'code' where id = any(${ids}::uuid[])`);
}

/**
 * May this address be written to? Who stopped it gets nothing. Who is invited at an address that nobody has verified is
 * reminded once. A site administrator's address that nobody has verified
 * gets the first notice of a registration, and no more until its reader says that it is the right one. One that is older
 * and still open counts, too: a sender that died may have sent it without having said so.
 */
export async function isWanted(db: Database, row: OutboxRow): Promise<boolean> {
  // Asked for on a page a moment ago, about the reader's own account.
  if (row.recipient === 'account') return true;
  const known = await db.row(sql<{ verified_at: Date | null; stopped_at: Date | null }>`
    select verified_at, stopped_at from mail_address where address = lower(${row.address})`);
  if (known?.stopped_at) return false;
  if (row.template === 'invitation-reminder' && !known?.verified_at) return !(await wasReminded(db, row));
  if (row.recipient !== 'site-administrator' || known?.verified_at) return true;
  const earlier = await db.row(sql`
    select from outbox
    where registration = ${row.registration ?? null} and address = ${row.address} and given_up_at is null
      and (accepted_at is not null
        or (created_at, id) < (select created_at, id from outbox where id = ${row.id})) limit 1`);
  return !earlier;
}

async function wasReminded(db: Database, { id, address, facts }: OutboxRow): Promise<boolean> {
  const row = await db.row(sql`
    select from outbox o
    where o.template = 'invitation-reminder' and o.facts ->> 'invitation' = ${facts['invitation'] ?? null}
      and o.id <> ${id} and o.accepted_at is not null
      and not exists (
        select from account a where lower(a.email) = lower(${address}) and a.email_verified_at is not null)`);
  return row !== undefined;
}

/** What is due and not yet sent, with what is held back to be gathered. */
export async function outboxWaiting(db: Database, now: Date): Promise<{ mails: number; oldestSeconds: number }> {
  const row = await db.row(sql<{ mails: number; oldest: Date | null }>`
    select count(*)::int as mails, min(due_at) as oldest from outbox
    where accepted_at is null and given_up_at is null and due_at <= ${now}`);
  return { mails: row?.mails ?? 0, oldestSeconds: row?.oldest ? (now.getTime() - row.oldest.getTime()) / 1000 : 0 };
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
