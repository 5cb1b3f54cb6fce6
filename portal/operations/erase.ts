import { mayErase } from '../../core/erasure.ts';
import type { Refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import type { Transaction } from '../store/database.ts';
import { lock, registrationUnasked } from '../store/facts.ts';
import { heldBy } from '../store/reads/personal-data.ts';
import { sql } from '../store/sql.ts';
import { tellAccount } from './account-mails.ts';
import { emptySeat } from './empty-seat.ts';

export type EraseResult = { outcome: 'erased' } | Refused<'account-in-use'>;

/**
 * Everything that says whose the account was is deleted, and with it what its person wrote in histories: the chains hold
 * commitments only and still verify. The account's number stays, because they name it. A last mail says that it is done.
 */
export function eraseAccount(portal: Portal, account: Account): Promise<EraseResult> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    // Registrations before the account, as whoever takes a seat locks them.
    const closed = await tx.rows(sql<{ registration: string; seat: 'integrator' | 'end-user' }>`
      select registration, seat from party where holder = ${account.id} order by registration`);
    await lock(
      tx,
      [],
      closed.map(({ registration }) => registration),
    );
    // Whoever would write something of the account waits, and then finds it erased.
    const mine = await tx.row(sql<{ language: string }>`
      select language from account where id = ${account.id} and erased_at is null for update`);
    if (!mine) return { outcome: 'erased' };
    const held = mayErase(await heldBy(tx, account.id));
    if (held) return held;
    for (const { registration: number, seat } of closed) {
      const registration = await registrationUnasked(tx, number);
      if (!registration) continue;
      await emptySeat(tx, number, seat, at);
      await writeChange(tx, { registration, act: 'seat-left', actor: account, at, about: { seat }, mails: [] });
    }
    await forgetAccount(tx, account, at);
    await tellAccount(tx, account, 'account-erased', { at, language: mine.language });
    return { outcome: 'erased' };
  });
}

async function forgetAccount(tx: Transaction, { id, email }: Account, at: Date): Promise<void> {
  const address = sql.part`lower(${email})`;
  await tx.rows(sql`
    with sessions_ as (delete from session where account = ${id}),
      identities_ as (delete from identity where account = ${id}),
      passkeys_ as (delete from passkey where account = ${id}),
      challenges_ as (delete from passkey_challenge where account = ${id}),
      tokens_ as (delete from access_token where account = ${id}),
      keys_ as (delete from idempotency_key where account = ${id}),
      programs_ as (delete from program_log_on where account = ${id}),
      links_ as (delete from mail_link where account = ${id}),
      changes_ as (delete from address_change where account = ${id}),
      drafts_ as (delete from draft where account = ${id}),
      imports_ as (delete from import where account = ${id}),
      uploads_ as (delete from upload where account = ${id}),
      said_ as (delete from mail_address where address = ${address} and stopped_at is null),
      invited_ as (
        update invitation set address = 'erased' where lower(address) = ${address} and ended_at is not null),
      colleague_ as (
        update organisation_invitation set address = 'erased' where lower(address) = ${address} and ended_at is not null),
      mails_ as (
        update outbox set facts = '{}', given_up_at = case when accepted_at is null then coalesce(given_up_at, ${at}) end
        where lower(address) = ${address})
    update account set email = ${`erased:${id}`}, name = '', organisation = '', password_hash = null,
      email_verified_at = null, shared = false, erased_at = ${at}
    where id = ${id}`);
  // Of what came of a request its System ID stays, and not from which page it was sent.
  await tx.rows(sql`delete from request where account = ${id} and association is null`);
  await tx.rows(sql`
    update request set cookie_hash = null, return_to = null, origin = null where account = ${id}`);
  await tx.rows(sql`
    delete from history_text t using history h
    where h.registration = t.registration and h.n = t.n and h.entry::json ->> 'actor' = ${id}`);
}
