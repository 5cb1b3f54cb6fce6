import { randomUUID } from 'node:crypto';
import type { Account } from '../portal.ts';
import type { Queries } from '../store/database.ts';
import { type Part, sql } from '../store/sql.ts';

/** Tells the reader of an account's address what happened to it: whoever did not do it learns of it. */
export async function tellAccount(
  q: Queries,
  { email }: Pick<Account, 'email'>,
  template: string,
  { at, ...facts }: { at: Date } & Record<string, unknown>,
): Promise<void> {
  await q.rows(sql`
    insert into outbox (id, recipient, address, template, facts, created_at, due_at)
    values (${randomUUID()}, 'account', ${email}, ${template}, ${JSON.stringify({ ...facts, at })}, ${at}, ${at})`);
}

/** Mails that somebody asks for on a page without being logged on, for an address that may be another's. */
const TEMPLATES = [
  'new-account',
  'address-taken',
  'new-password',
  'no-password',
  'new-address',
  'new-address-taken',
  'address-changes',
];
const MOST_AN_HOUR = 5;

/** Whether the address may get one more. */
export function mayGetMore(address: Part, now: Date): Part {
  return sql.part`(select count(*) from outbox o
    where o.recipient = 'account' and lower(o.address) = lower(${address}) and o.template = any(${TEMPLATES})
      and o.created_at > ${new Date(now.getTime() - 3_600_000)}) < ${MOST_AN_HOUR}`;
}
