import { randomUUID } from 'node:crypto';
import type { Portal } from '../portal.ts';
import type { Queries } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { tellAccount } from './account-mails.ts';

/** Who runs the portal. Only a command on its machine makes somebody one; who typed it is kept. */
export interface Administrator {
  email: string;
  name: string;
  since: Date;
  madeBy: string;
  until: Date | null;
  endedBy: string | null;
}

/** Those of now first, then those who were. */
export function administrators(db: Queries): Promise<Administrator[]> {
  return db.rows(sql<Administrator>`
    select c.email, c.name, d.since, d.made_by as "madeBy", d.until, d.ended_by as "endedBy"
    from administrator d join account c on c.id = d.account
    order by d.until desc nulls first, d.since desc`);
}

export async function isAdministrator(q: Queries, account: string): Promise<boolean> {
  return (await q.row(sql`select from administrator where account = ${account} and until is null`)) !== undefined;
}

export type AdministratorResult = { outcome: 'added' | 'removed' | 'already' | 'no-account' };

type Db = Pick<Portal, 'db' | 'now'>;

/** The account of this address administers the portal from now on; it is told by mail. */
export function addAdministrator(portal: Db, email: string, by: string): Promise<AdministratorResult> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const account = await tx.row(sql<{ id: string; email: string }>`
      select id, email from account where lower(email) = lower(${email})`);
    if (!account) return { outcome: 'no-account' };
    const made = await tx.row(sql`
      insert into administrator (id, account, since, made_by) values (${randomUUID()}, ${account.id}, ${at}, ${by})
      on conflict (account) where until is null do nothing returning id`);
    if (!made) return { outcome: 'already' };
    await tellAccount(tx, account, 'administrator-added', { at });
    return { outcome: 'added' };
  });
}

/** From the next page on it is an account like any other. */
export function removeAdministrator(portal: Db, email: string, by: string): Promise<AdministratorResult> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const account = await tx.row(sql<{ id: string; email: string }>`
      select id, email from account where lower(email) = lower(${email})`);
    if (!account) return { outcome: 'no-account' };
    const ended = await tx.row(sql`
      update administrator set until = ${at}, ended_by = ${by} where account = ${account.id} and until is null
      returning id`);
    if (!ended) return { outcome: 'already' };
    await tellAccount(tx, account, 'administrator-removed', { at });
    return { outcome: 'removed' };
  });
}
