import { randomUUID } from 'node:crypto';
import type { Account, Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';
import { mayGetMore } from './account-mails.ts';
import { hashPassword } from './accounts.ts';
import { clearTries } from './password-tries.ts';
import { hashToken, newToken } from './sessions.ts';

/** A forgotten password: a link goes to the address of the account, good for an hour and for one new password. */

/** Whether the address has an account is told to nobody but its reader; a link is written in any case, to take as long. */
export async function askForPassword(portal: Portal, email: string): Promise<void> {
  const [token, now] = [newToken(), portal.now()];
  const providers = portal.settings.providers.map(({ issuer, name }) => ({ issuer, name }));
  await portal.db.rows(sql`
    with known as (
      select id, email, password_hash is not null as has_password from account where lower(email) = lower(${email.trim()})
    ), link as (
      insert into mail_link (token_hash, account, expires_at)
      values (${hashToken(token)}, (select id from known where has_password), ${new Date(now.getTime() + 3_600_000)})
    )
    insert into outbox (id, recipient, address, template, facts, created_at, due_at)
    select ${randomUUID()}::uuid, 'account', email, case when has_password then 'new-password' else 'no-password' end,
      jsonb_build_object('path', case when has_password then ${`/forgotten-password/link/${token}`}::text else '/log-on' end,
        'provider', (select string_agg(p.name, ', ') from identity i
          join jsonb_to_recordset(${JSON.stringify(providers)}::jsonb) as p (issuer text, name text) on p.issuer = i.iss
          where i.account = known.id)),
      ${now}, ${now}
    from known
    where ${mayGetMore(sql.part`known.email`, now)}`);
}

/** Whose password the link is for. */
export function accountOfLink(portal: Portal, token: string): Promise<Account | undefined> {
  return portal.db.row(sql<Account>`
    select a.id, a.email, a.name, a.organisation, a.kind from mail_link l join account a on a.id = l.account
    where l.token_hash = ${hashToken(token)} and l.expires_at > ${portal.now()}`);
}

export type PasswordResult = { outcome: 'changed'; account: string } | { outcome: 'gone' };

/** The new password ends every log-on and every other link of the account. Of several at once, one is the new password. */
export async function changePassword(portal: Portal, token: string, password: string): Promise<PasswordResult> {
  const passwordHash = await hashPassword(password);
  return portal.db.transaction(async (tx) => {
    const row = await tx.row(sql<{ account: string }>`
      delete from mail_link
      where account = (select account from mail_link where token_hash = ${hashToken(token)} and expires_at > ${portal.now()})
      returning account`);
    if (!row) return { outcome: 'gone' };
    const [changed] = await Promise.all([
      tx.row(sql<{ email: string }>`
        update account set password_hash = ${passwordHash} where id = ${row.account} returning email`),
      tx.rows(sql`delete from session where account = ${row.account}`),
    ]);
    // Who reads the mails of the account need not wait for a stranger's guesses.
    if (changed) await clearTries(tx, changed.email);
    return { outcome: 'changed', account: row.account };
  });
}
