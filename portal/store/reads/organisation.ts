import type { Role } from '../../../core/organisations.ts';
import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

/** An organisation as its members see it. */
export interface Organisation {
  id: string;
  name: string;
  /** The asker's own. */
  role: Role;
  /** How many seats it has. */
  registrations: number;
  members: Member[];
  /** That can still be accepted. */
  invitations: ColleagueInvitation[];
}

export interface Member {
  account: string;
  name: string;
  email: string;
  role: Role;
  since: Date;
}

export interface ColleagueInvitation {
  id: string;
  address: string;
  invitedAt: Date;
  expiresAt: Date;
  mail: 'waiting' | 'sent' | 'not-sent';
}

/** The one that the asker is a member of, if any. Each query joins the asker: who was removed finds nothing. */
export async function organisationOf(q: Queries, account: string, now: Date): Promise<Organisation | undefined> {
  const [row, members, invitations] = await Promise.all([
    q.row(sql<Pick<Organisation, 'id' | 'name' | 'role' | 'registrations'>>`
      select o.id, o.name, mine.role,
        (select count(*)::int from party where party.organisation = o.id) as registrations
      from acts_for mine join organisation o on o.id = mine.organisation
      where mine.account = ${account}`),
    membersOf(q, account),
    q.rows(sql<ColleagueInvitation>`
      select i.id, i.address, i.invited_at as "invitedAt", i.expires_at as "expiresAt",
        case when m.accepted_at is not null then 'sent' when m.given_up_at is not null then 'not-sent' else 'waiting' end
          as mail
      from acts_for mine
      join organisation_invitation i on i.organisation = mine.organisation
      join outbox m on m.id = i.mail
      where mine.account = ${account} and i.ended_at is null and i.expires_at > ${now}
      order by i.invited_at`),
  ]);
  return row && { ...row, members, invitations };
}

/** The asker and its colleagues, as they joined. */
export function membersOf(q: Queries, account: string): Promise<Member[]> {
  return q.rows(sql<Member>`
    select c.id as account, c.name, c.email, them.role, them.since
    from acts_for mine
    join acts_for them on them.organisation = mine.organisation
    join account c on c.id = them.account
    where mine.account = ${account} and mine.organisation is not null
    order by them.since, c.name, c.id`);
}

/** How many registrations the account has alone. */
export async function registrationsAlone(q: Queries, account: string): Promise<number> {
  const row = await q.row(sql<{ count: number }>`
    select count(*)::int as count from party where holder = ${account}`);
  return row?.count ?? 0;
}
