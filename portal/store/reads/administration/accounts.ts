import type { Queries } from '../../database.ts';
import { type Part, sql } from '../../sql.ts';

/** What a portal administrator reads of accounts: who they are and how they log on, not what they are parties of. */
export interface AccountLine {
  id: string;
  email: string;
  name: string;
  organisation: string;
  kind: 'branch' | 'partner' | 'end-user';
  createdAt: Date;
  administers: boolean;
  /** Log-ons that are open. */
  sessions: number;
}

export interface AccountShown extends AccountLine {
  language: string;
  verifiedAt: Date | null;
  hasPassword: boolean;
  passkeys: number;
  /** The issuers of the providers that know its person. */
  issuers: string[];
  accessTokens: number;
  /** How many registrations it acts for a party of. */
  seats: number;
  lastUsedAt: Date | null;
}

const PAGE_SIZE = 50;

const columns = (
  now: Date,
): Part => sql.part`a.id, a.email, a.name, coalesce(o.name, a.organisation) as organisation, a.kind,
      a.created_at as "createdAt",
      exists (select from administrator d where d.account = a.id and d.until is null) as administers,
      (select count(*)::int from session s where s.account = a.id and s.expires_at > ${now}) as sessions`;

const ITS_ORGANISATION = sql.part`
      left join (acts_for member join organisation o on o.id = member.organisation) on member.account = a.id`;

/** Accounts whose address, name or organisation contains every word. One page, and whether there are more. */
export async function accountsWith(
  q: Queries,
  search: string,
  page: number,
  now: Date,
): Promise<{ accounts: AccountLine[]; count: number }> {
  const words = search.split(/\s+/).filter((word) => word !== '');
  const fits = sql.part`a.erased_at is null and not exists (
      select from unnest(${words}::text[]) word
      where position(lower(word) in lower(concat_ws(' ', a.email, a.name, a.organisation, o.name))) = 0)`;
  const [accounts, all] = await Promise.all([
    q.rows(sql<AccountLine>`
      select ${columns(now)} from account a ${ITS_ORGANISATION} where ${fits}
      order by a.name collate by_name, a.email limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`),
    q.row(sql<{ count: number }>`select count(*)::int as count from account a ${ITS_ORGANISATION} where ${fits}`),
  ]);
  return { accounts, count: all?.count ?? 0 };
}

export const lastPageOf = (count: number): number => Math.max(1, Math.ceil(count / PAGE_SIZE));

export interface OrganisationLine {
  id: string;
  name: string;
  createdAt: Date;
  members: number;
  /** How many registrations it is a party of. */
  seats: number;
}

export function allOrganisations(q: Queries): Promise<OrganisationLine[]> {
  return q.rows(sql<OrganisationLine>`
    select o.id, o.name, o.created_at as "createdAt",
      (select count(*)::int from acts_for m where m.organisation = o.id) as members,
      (select count(*)::int from party p where p.organisation = o.id) as seats
    from organisation o order by o.name collate by_name, o.id`);
}

export function accountShown(q: Queries, id: string, now: Date): Promise<AccountShown | undefined> {
  return q.row(sql<AccountShown>`
    select ${columns(now)}, a.language, a.email_verified_at as "verifiedAt", a.password_hash is not null as "hasPassword",
      (select count(*)::int from passkey p where p.account = a.id) as passkeys,
      array(select i.iss from identity i where i.account = a.id order by i.iss) as issuers,
      (select count(*)::int from access_token t where t.account = a.id and t.expires_at > ${now}) as "accessTokens",
      (select count(*)::int from acting where acting.account = a.id) as seats,
      (select max(s.used_at) from session s where s.account = a.id) as "lastUsedAt"
    from account a ${ITS_ORGANISATION} where a.id = ${id}`);
}
