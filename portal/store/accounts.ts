import type { Account } from '../portal.ts';
import type { Queries } from './database.ts';
import { sql } from './sql.ts';

/** Who is signed in, of an account `a`: with the name of the organisation that it is a member of, if it is one. */
export const ACCOUNT_COLUMNS = sql.part`a.id, a.email, a.name, coalesce(o.name, a.organisation) as organisation, a.kind,
  a.shared`;

export const itsOrganisation = sql.part`
    left join (acts_for member join organisation o on o.id = member.organisation) on member.account = a.id`;

/** Name and company as they are now. */
export function detailsOf(q: Queries, account: string): Promise<Pick<Account, 'name' | 'organisation'> | undefined> {
  return q.row(sql<Pick<Account, 'name' | 'organisation'>>`
    select a.name, coalesce(o.name, a.organisation) as organisation from account a ${itsOrganisation}
    where a.id = ${account}`);
}
