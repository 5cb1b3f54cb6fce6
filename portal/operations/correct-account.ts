import { randomUUID } from 'node:crypto';
import type { Account, Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';
import { mayGetMore, tellAccount } from './account-mails.ts';
import { lockAccount, orAddressTaken } from './accounts.ts';
import { hashToken, newToken } from './sessions.ts';

/** Name and company of an account, and its address. What histories say of before stays as it was. */

export async function correctDetails(
  { db }: Pick<Portal, 'db'>,
  account: Pick<Account, 'id'>,
  { name, organisation }: { name?: string | undefined; organisation?: string | undefined },
): Promise<void> {
  await db.rows(sql`
    update account set name = coalesce(${name ?? null}, name), organisation = coalesce(${organisation ?? null}, organisation)
    where id = ${account.id}`);
}

const CHANGE_HOURS = 24;

/**
 * A link goes to the new address, and word of it to the old one. Whether the new one has an account is told to the reader of
 * its mails only, so both ways are the same to who asked.
 */
export function askForAddress(portal: Portal, account: Account, email: string): Promise<void> {
  const [token, now] = [newToken(), portal.now()];
  const until = new Date(now.getTime() + CHANGE_HOURS * 3_600_000);
  return portal.db.transaction(async (tx) => {
    await lockAccount(tx, account);
    const sent = await tx.row(sql`
      with asker as (
        select id, language from account where id = ${account.id}
          and ${mayGetMore(sql.part`${email}::text`, now)} and ${mayGetMore(sql.part`${account.email}::text`, now)}
      ), change_ as (
        insert into address_change (account, token_hash, email, expires_at)
        select id, ${hashToken(token)}::bytea, ${email}, ${until}::timestamptz from asker
        on conflict (account) do update
        set token_hash = excluded.token_hash, email = excluded.email, expires_at = excluded.expires_at
      ), taken as (select exists (select from account a where lower(a.email) = lower(${email})) as it)
      insert into outbox (id, recipient, address, template, facts, created_at, due_at)
      select ${randomUUID()}::uuid, 'account', ${email}, case when it then 'new-address-taken' else 'new-address' end,
        case when it then jsonb_build_object('language', language)
          else jsonb_build_object('language', language, 'path', ${`/account/address/${token}`}::text) end, ${now}, ${now}
      from taken, asker
      returning id`);
    if (sent) await tellAccount(tx, account, 'address-changes', { at: now });
  });
}

/** The address that waits for this link, if it is the account's. */
export async function waitingAddress(portal: Portal, account: Account, token: string): Promise<string | undefined> {
  const row = await portal.db.row(sql<{ email: string }>`
    select email from address_change
    where account = ${account.id} and token_hash = ${hashToken(token)} and expires_at > ${portal.now()}`);
  return row?.email;
}

export type ChangedAddress = { outcome: 'changed' } | { outcome: 'gone' } | { outcome: 'address-taken' };

/** Whoever opened the link reads the mails of the new address. Links that were sent to the old one open nothing any more. */
export function changeAddress(portal: Portal, account: Account, token: string): Promise<ChangedAddress> {
  const at = portal.now();
  return orAddressTaken(() =>
    portal.db.transaction(async (tx): Promise<ChangedAddress> => {
      await lockAccount(tx, account);
      const change = await tx.row(sql<{ email: string }>`
        delete from address_change
        where account = ${account.id} and token_hash = ${hashToken(token)} and expires_at > ${at} returning email`);
      if (!change) return { outcome: 'gone' };
      const before = await tx.row(sql<{ email: string; language: string }>`
        select email, language from account where id = ${account.id}`);
      await tx.rows(sql`
        with links_ as (delete from mail_link where account = ${account.id})
        update account set email = ${change.email}, email_verified_at = ${at} where id = ${account.id}`);
      if (before) await tellAccount(tx, before, 'address-changed', { at, language: before.language });
      return { outcome: 'changed' };
    }),
  );
}
