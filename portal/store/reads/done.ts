import type { Queries } from '../database.ts';
import { type How, registeredAt } from '../facts.ts';
import { sql } from '../sql.ts';

/** What came of an association or of registering as new: for the page that is shown afterwards. */
export interface Done {
  association: string;
  systemId: string;
  state: 'claimed' | 'current' | 'retired' | 'undone' | 'beaten' | 'withdrawn' | 'superseded' | 'merged' | 'closed';
  how: How;
  asNew: boolean;
  hasFormer: boolean;
  madeAt: Date;
  endedAt: Date | null;
  server: string | null;
  /** Since when the system shows this registration, if it said so after it was associated. */
  shownSince: Date | null;
  company: string;
  city: string;
  country: string;
  registeredAt: Date;
  /** Every mail about it was taken by the mail server. */
  mailSent: boolean;
}

export function doneOf(q: Queries, asker: string, number: string, association: string): Promise<Done | undefined> {
  return q.row(sql<Done>`
    select a.id as association, a.system_id as "systemId", a.state, a.how, a.as_new as "asNew",
      a.former is not null as "hasFormer", coalesce(a.proven_at, a.made_at) as "madeAt", a.ended_at as "endedAt",
      s.name as server,
      case when s.shows = a.registration and s.last_heard_at >= coalesce(a.proven_at, a.made_at) then s.shows_since end
        as "shownSince",
      r.installation ->> 'company' as company, r.installation ->> 'city' as city, r.installation ->> 'country' as country,
      ${registeredAt} as "registeredAt",
      (select coalesce(bool_and(accepted_at is not null), false) from outbox
        where association = a.id and recipient <> 'account' and template <> 'claim-waits')
        as "mailSent"
    from acting mine
    join registration r on r.number = mine.registration
    join association a on a.registration = r.number and a.id = ${association}
    join system s on s.system_id = a.system_id
    where mine.registration = ${number} and mine.account = ${asker}`);
}

/** The registration that an association was made for; a stranger's is as unknown as one that never was. */
export async function registrationOfAssociation(
  q: Queries,
  asker: string,
  association: string,
): Promise<string | undefined> {
  const row = await q.row(sql<{ registration: string }>`
    select a.registration from association a
    join acting mine on mine.registration = a.registration and mine.account = ${asker}
    where a.id = ${association}`);
  return row?.registration;
}
