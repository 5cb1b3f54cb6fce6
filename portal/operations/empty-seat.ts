import { CONSENT_VERSION, type ConsentKind } from '../../core/consents.ts';
import type { Seat } from '../../core/permissions.ts';
import type { Account } from '../portal.ts';
import type { LockedRegistration } from '../store/changes.ts';
import type { Transaction } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { writeConsents } from './consents.ts';

/**
 * The party has its seat no more, and keeps nothing of it: neither what it had begun to change, nor its offer of the seat,
 * nor mails that would have been due later. The next entry of the history says why.
 */
export async function emptySeat(tx: Transaction, number: string, seat: Seat, at: Date): Promise<void> {
  await tx.rows(sql`
    with gone_ as (
      delete from party where registration = ${number} and seat = ${seat} returning holder
    ), drafts_ as (
      delete from draft where registration = ${number}
        and account in (select account from acts_for where holder in (select holder from gone_))
    ), offer_ as (
      update invitation set ended_at = ${at}, ended_as = 'withdrawn'
      where registration = ${number} and seat = ${seat} and hands_over and ended_at is null
    )
    update outbox set given_up_at = ${at}, last_error = 'its reader has the seat no more'
    where registration = ${number} and recipient = ${seat} and due_at > ${at}
      and accepted_at is null and given_up_at is null`);
}

/** What an end user confirmed and agreed to was its own: who comes after it says both for itself. */
export async function forgetConfirmation(
  tx: Transaction,
  registration: LockedRegistration,
  account: Account,
  at: Date,
): Promise<void> {
  const { number } = registration;
  const given = await tx.rows(sql<{ kind: ConsentKind; version: string }>`
    select kind, version from (
      select distinct on (kind) kind, given, version from consent where registration = ${number} order by kind, n desc) latest
    where given`);
  await tx.rows(sql`update registration set confirmed_at = null, confirmed_by = null where number = ${number}`);
  if (given.length === 0) return;
  const kinds = given.map(({ kind }) => kind);
  const version = given[0]?.version ?? CONSENT_VERSION;
  await writeConsents(tx, { registration, account, kinds, given: false, version, at, mails: [] });
}
