import type { Queries } from '../../database.ts';
import { sql } from '../../sql.ts';

/** A mail as the queue knows it. What it says is nobody's but its reader's. */
export interface QueuedMail {
  id: string;
  recipient: string;
  address: string;
  template: string;
  createdAt: Date;
  dueAt: Date;
  attempts: number;
  givenUpAt: Date | null;
  lastError: string | null;
}

/** How many are shown: who has more has another problem than these. */
const MOST_MAILS = 200;
const GIVEN_UP_DAYS = 30;

/** Those that wait, what is due longest first; and those that were given up in the last 30 days, the newest first. */
export async function queuedMails(
  q: Queries,
  now: Date,
): Promise<{ waiting: QueuedMail[]; givenUp: QueuedMail[]; waitingCount: number }> {
  const columns = sql.part`id, recipient, address, template, created_at as "createdAt", due_at as "dueAt", attempts,
      given_up_at as "givenUpAt", last_error as "lastError"`;
  const since = new Date(now.getTime() - GIVEN_UP_DAYS * 24 * 60 * 60 * 1000);
  const [waiting, givenUp, all] = await Promise.all([
    q.rows(sql<QueuedMail>`
      select ${columns} from outbox where accepted_at is null and given_up_at is null order by due_at, id
      limit ${MOST_MAILS}`),
    q.rows(sql<QueuedMail>`
      select ${columns} from outbox where accepted_at is null and given_up_at > ${since} order by given_up_at desc, id
      limit ${MOST_MAILS}`),
    q.row(sql<{ count: number }>`
      select count(*)::int as count from outbox where accepted_at is null and given_up_at is null`),
  ]);
  return { waiting, givenUp, waitingCount: all?.count ?? 0 };
}
