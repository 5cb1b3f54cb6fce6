import { randomUUID } from 'node:crypto';
import type { Language } from '../../core/languages.ts';
import type { Account, Portal } from '../portal.ts';
import type { Person } from '../sign-in/provider.ts';
import { sql } from '../store/sql.ts';
import { mayGetMore } from './account-mails.ts';
import { hashPassword, insertAccount, orAddressTaken } from './accounts.ts';
import { insertIdentity, orOfAnother } from './identities.ts';
import { hashToken, newToken } from './sessions.ts';

/**
 * Creating an account: it exists once its person has opened the link that was mailed to its address. Whether an address
 * has an account already is said in that mail only, to its reader.
 */

const NEW_ACCOUNT_HOURS = 24;

export interface WantedAccount extends Omit<Account, 'id'> {
  language: Language;
  /** Of somebody who came through a provider; then there is no password. */
  identity?: Pick<Person, 'iss' | 'sub'> | undefined;
  /** The browser that asked: what it carried goes over to the account. */
  carrierHash: Buffer;
  next: string;
}

export async function askForAccount(portal: Portal, wanted: WantedAccount): Promise<string> {
  const { email, name, organisation, kind, language, identity, carrierHash, next } = wanted;
  const [id, now] = [randomUUID(), portal.now()];
  await portal.db.rows(sql`
    insert into new_account (id, email, name, organisation, kind, language, iss, sub, carrier_hash, next, expires_at)
    values (${id}, ${email}, ${name}, ${organisation}, ${kind}, ${language}, ${identity?.iss ?? null}, ${identity?.sub ?? null},
      ${carrierHash}, ${next}, ${expiry(now)})`);
  await sendAccountLink(portal, id);
  return id;
}

/** Sends the link, or sends it again: then all of them work, until one was used. */
export async function sendAccountLink(portal: Portal, id: string): Promise<void> {
  const [token, now] = [newToken(), portal.now()];
  const waiting = await portal.db.row(sql<{ next: string }>`select next from new_account where id = ${id}`);
  // The link is written for an address that is taken, too: both ways take as long.
  await portal.db.rows(sql`
    with asked as (
      update new_account set expires_at = ${expiry(now)} where id = ${id} and expires_at > ${now}
      returning id, email, language, expires_at, (select a.email from account a where lower(a.email) = lower(new_account.email)) as taken
    ), link as (
      insert into mail_link (token_hash, new_account, expires_at)
      select ${hashToken(token)}::bytea, id, expires_at from asked
    )
    insert into outbox (id, recipient, address, template, facts, created_at, due_at)
    select ${randomUUID()}::uuid, 'account', coalesce(taken, email), case when taken is null then 'new-account' else 'address-taken' end,
      jsonb_build_object('language', language, 'path', case when taken is null then ${`/create-account/link/${token}`}::text else ${logOnPath(waiting?.next)} end),
      ${now}, ${now}
    from asked
    where ${mayGetMore(sql.part`asked.email`, now)}`);
}

/** Whoever has an account goes on where they wanted to: to the invitation that they came with. */
const logOnPath = (next = '/systems'): string =>
  next === '/systems' ? '/log-on' : `/log-on?next=${encodeURIComponent(next)}`;

export interface WaitingAccount extends Omit<Account, 'id'> {
  id: string;
  /** The issuer of the provider that its person came from; none: a password is to be chosen. */
  iss: string | undefined;
  carrierHash: Buffer;
}

/** The account that waits, by its own id or by the token of a link. */
export async function waitingAccount(
  portal: Portal,
  by: { id: string } | { token: string },
): Promise<WaitingAccount | undefined> {
  const named =
    'id' in by
      ? sql.part`id = ${by.id}`
      : sql.part`id = (select new_account from mail_link where token_hash = ${hashToken(by.token)})`;
  const row = await portal.db.row(sql<Omit<WaitingAccount, 'iss'> & { iss: string | null }>`
    select id, email, name, organisation, kind, iss, carrier_hash as "carrierHash" from new_account
    where ${named} and expires_at > ${portal.now()}`);
  return row && { ...row, iss: row.iss ?? undefined };
}

export type CreatedResult =
  | { outcome: 'created'; account: string; next: string; carrierHash: Buffer }
  | { outcome: 'gone' }
  | { outcome: 'address-taken' }
  | { outcome: 'of-another-account' };

/** Whoever opened the link reads the mails of that address. Of several tries at once, one creates the account. */
export async function createWaitingAccount(
  portal: Portal,
  token: string,
  password: string | undefined,
): Promise<CreatedResult> {
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const account = randomUUID();
  return orOfAnother(() =>
    orAddressTaken(() =>
      portal.db.transaction(async (tx): Promise<CreatedResult> => {
        const waiting = await tx.row(sql<TakenAccount>`
          delete from new_account
          where id = (select new_account from mail_link where token_hash = ${hashToken(token)})
            and expires_at > ${portal.now()} and (iss is null) = (${passwordHash}::text is not null)
          returning email, name, organisation, kind, language, iss, sub, carrier_hash as "carrierHash", next`);
        if (!waiting) return { outcome: 'gone' };
        const { iss, sub, carrierHash, next, ...wanted } = waiting;
        await insertAccount(tx, { id: account, ...wanted }, passwordHash, portal.now());
        if (iss && sub) await insertIdentity(tx, portal, account, { iss, sub });
        return { outcome: 'created', account, next, carrierHash };
      }),
    ),
  );
}

interface TakenAccount extends Omit<Account, 'id'> {
  language: Language;
  iss: string | null;
  sub: string | null;
  carrierHash: Buffer;
  next: string;
}

function expiry(now: Date): Date {
  return new Date(now.getTime() + NEW_ACCOUNT_HOURS * 3_600_000);
}
