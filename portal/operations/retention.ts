import type { Portal } from '../portal.ts';
import type { Transaction } from '../store/database.ts';
import { sql } from '../store/sql.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Personal data that is kept for a while and then no more: what mails said, and of registrations that are closed the contact
 * data, the warranty and what people wrote. That there was a mail, the site and the history with its commitments stay.
 */
export async function endRetention(tx: Transaction, { settings, now }: Pick<Portal, 'settings' | 'now'>) {
  const before = (days: number) => new Date(now().getTime() - days * DAY_MS);
  const [mails, closed] = [before(settings.keepMailsDays), before(settings.keepClosedDays)];
  await tx.rows(sql`
    update outbox set facts = '{}'
    where coalesce(accepted_at, given_up_at) <= ${mails} and facts <> '{}'`);
  await tx.rows(sql`
    with past_ as (
      select number from registration
      where closed_at <= ${closed} and state = 'closed' and (site_administrator <> '{}' or warranty <> '{}')
    ), texts_ as (
      delete from history_text where registration in (select number from past_)
    )
    update registration set site_administrator = '{}', warranty = '{}' where number in (select number from past_)`);
}
