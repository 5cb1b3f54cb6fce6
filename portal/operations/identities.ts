import { randomUUID } from 'node:crypto';
import type { Language } from '../../core/languages.ts';
import type { Account, Portal } from '../portal.ts';
import type { Person } from '../sign-in/provider.ts';
import { type Queries, violated } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { insertAccount, orAddressTaken } from './accounts.ts';

/** Which account somebody at a provider has here: by issuer and subject, never by e-mail address. */

/** Whose identity it is. What the provider says of the kind of account holds from now on. */
export async function accountOfPerson(portal: Portal, { iss, sub, kind }: Person): Promise<string | undefined> {
  const row = await portal.db.row(sql<{ id: string }>`
    update account set kind = coalesce(${kind ?? null}, kind)
    where id = (select account from identity where iss = ${iss} and sub = ${sub})
    returning id`);
  return row?.id;
}

/** Somebody who came from a provider and has no account yet, as long as the browser that they came in is open to it. */
export interface Newcomer extends Person {
  id: string;
  provider: string;
  next: string;
}

const NEWCOMER_MINUTES = 60;

export async function meet(
  portal: Portal,
  person: Person,
  { browserHash, provider, next }: { browserHash: Buffer; provider: string; next: string },
): Promise<string> {
  const [id, now] = [randomUUID(), portal.now()];
  const { iss, sub, email, name, kind } = person;
  await portal.db.rows(sql`
    insert into newcomer (id, browser_hash, provider, iss, sub, email, name, kind, next, expires_at)
    values (${id}, ${browserHash}, ${provider}, ${iss}, ${sub}, ${email ?? null}, ${name ?? null}, ${kind ?? null},
      ${next}, ${new Date(now.getTime() + NEWCOMER_MINUTES * 60_000)})`);
  return id;
}

export async function newcomer(portal: Portal, id: string, browserHash: Buffer): Promise<Newcomer | undefined> {
  const row = await portal.db.row(sql<{ [Member in keyof Newcomer]: Newcomer[Member] | null }>`
    select id, provider, iss, sub, email, name, kind, next from newcomer
    where id = ${id} and browser_hash = ${browserHash} and expires_at > ${portal.now()}`);
  if (!row) return undefined;
  const { email, name, kind, ...rest } = row as Newcomer;
  return { ...rest, email: email ?? undefined, name: name ?? undefined, kind: kind ?? undefined };
}

export type LinkResult =
  | { outcome: 'linked'; account: string }
  | { outcome: 'gone' }
  | { outcome: 'of-another-account' };

/** The identity and the account are one person's: both were proven in this browser. */
export async function link(
  portal: Portal,
  account: string,
  { id }: Pick<Newcomer, 'id'>,
  browserHash: Buffer,
): Promise<LinkResult> {
  return orOfAnother(() =>
    portal.db.transaction(async (tx): Promise<LinkResult> => {
      const taken = await takeNewcomer(tx, portal, id, browserHash);
      if (!taken) return { outcome: 'gone' };
      await insertIdentity(tx, portal, account, taken);
      return { outcome: 'linked', account };
    }),
  );
}

export type WelcomeResult =
  | { outcome: 'created'; account: string }
  | { outcome: 'gone' }
  | { outcome: 'address-taken' }
  | { outcome: 'of-another-account' };

/** An account for somebody whose address the provider has verified. */
export async function welcome(
  portal: Portal,
  { id }: Pick<Newcomer, 'id'>,
  browserHash: Buffer,
  wanted: Omit<Account, 'id'> & { language: Language },
): Promise<WelcomeResult> {
  const account = { id: randomUUID(), ...wanted };
  return orOfAnother(() =>
    orAddressTaken(() =>
      portal.db.transaction(async (tx): Promise<WelcomeResult> => {
        const taken = await takeNewcomer(tx, portal, id, browserHash);
        if (!taken) return { outcome: 'gone' };
        await insertAccount(tx, account, null, portal.now());
        await insertIdentity(tx, portal, account.id, taken);
        return { outcome: 'created', account: account.id };
      }),
    ),
  );
}

/** An address that has an account already. Told only to who has shown that the address is theirs. */
export async function hasAccount(q: Queries, email: string): Promise<boolean> {
  return (await q.row(sql`select from account where lower(email) = lower(${email})`)) !== undefined;
}

/** Whatever follows, an identity belongs to one account. */
export async function orOfAnother<T>(write: () => Promise<T>): Promise<T | { outcome: 'of-another-account' }> {
  try {
    return await write();
  } catch (error) {
    if (violated(error) === 'identity_pkey') return { outcome: 'of-another-account' };
    throw error;
  }
}

export async function insertIdentity(
  q: Queries,
  portal: Portal,
  account: string,
  { iss, sub }: Pick<Person, 'iss' | 'sub'>,
): Promise<void> {
  await q.rows(sql`
    insert into identity (iss, sub, account, linked_at) values (${iss}, ${sub}, ${account}, ${portal.now()})`);
}

/** Once: of two windows, one gets it. */
function takeNewcomer(
  q: Queries,
  portal: Portal,
  id: string,
  browserHash: Buffer,
): Promise<Pick<Newcomer, 'iss' | 'sub'> | undefined> {
  return q.row(sql<Pick<Newcomer, 'iss' | 'sub'>>`
    delete from newcomer where id = ${id} and browser_hash = ${browserHash} and expires_at > ${portal.now()}
    returning iss, sub`);
}
