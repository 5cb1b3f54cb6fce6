import type { Seat } from '../../../core/permissions.ts';
import type { Queries } from '../database.ts';
import { type Part, sql } from '../sql.ts';

/** An invitation that can be accepted. */
export interface Invitation {
  id: string;
  seat: Seat;
  how: 'mail' | 'printed';
  address: string | null;
  invitedAt: Date;
  expiresAt: Date;
  /** What became of its mail; a printed one has none. */
  mail: 'waiting' | 'sent' | 'not-sent' | null;
}

/** The invitation that is open, for a party of the registration: there is one at most, since one seat is free. */
export const openInvitationOf = (q: Queries, account: string, number: string, now: Date) =>
  openOf(q, account, number, now, sql.part`not i.hands_over`);

/** The offer of the reader's own seat that is open. */
export const openOfferOf = (q: Queries, account: string, number: string, now: Date) =>
  openOf(q, account, number, now, sql.part`i.hands_over and i.seat = mine.seat`);

function openOf(q: Queries, account: string, number: string, now: Date, which: Part): Promise<Invitation | undefined> {
  return q.row(sql<Invitation>`
    select i.id, i.seat, i.how, i.address, i.invited_at as "invitedAt", i.expires_at as "expiresAt",
      case when i.mail is null then null when o.accepted_at is not null then 'sent'
        when o.given_up_at is not null then 'not-sent' else 'waiting' end as mail
    from invitation i
    join acting mine on mine.registration = i.registration and mine.account = ${account}
    left join outbox o on o.id = i.mail
    where i.registration = ${number} and i.ended_at is null and i.expires_at > ${now} and ${which}`);
}
