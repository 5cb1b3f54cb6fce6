import { randomUUID } from 'node:crypto';
import { holdsSecret } from '../mail/compose.ts';
import type { Portal } from '../portal.ts';
import type { Transaction } from '../store/database.ts';
import type { Looker } from '../store/reads/administration/registration.ts';
import { sql } from '../store/sql.ts';
import { tellAccount } from './account-mails.ts';

/** What an administrator does to an account or a mail, each written down. Registrations are changed by cases only. */

interface Doing {
  by: Looker;
  at: Date;
}

/** Ends every log-on of an account, and tells it why. Its person logs on anew. */
export function endSessionsOf(
  portal: Pick<Portal, 'db' | 'now'>,
  by: Looker,
  { account: id, reason }: { account: string; reason: string },
): Promise<{ outcome: 'ended' | 'no-account' }> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const account = await tx.row(sql<{ email: string }>`select email from account where id = ${id}`);
    if (!account) return { outcome: 'no-account' };
    await tx.rows(sql`delete from session where account = ${id}`);
    await writeDown(tx, { by, at }, 'ended-sessions', { account: id, reason });
    await tellAccount(tx, account, 'sessions-ended', { at, decisionReason: reason });
    return { outcome: 'ended' };
  });
}

export type MailResult = { outcome: 'done' | 'gone' | 'holds-secret' };

/** Sends a mail as soon as it can be, also one that was given up: what it tells is the state of its commit, as ever. */
export function retryMail(portal: Pick<Portal, 'db' | 'now'>, by: Looker, mail: string): Promise<MailResult> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const found = await tx.row(sql<{ template: string; givenUpAt: Date | null }>`
      select template, given_up_at as "givenUpAt" from outbox where id = ${mail} and accepted_at is null for update`);
    if (!found) return { outcome: 'gone' };
    // Its link or code was erased when it was given up.
    if (found.givenUpAt && holdsSecret(found.template)) return { outcome: 'holds-secret' };
    await tx.rows(sql`update outbox set due_at = ${at}, given_up_at = null where id = ${mail}`);
    await writeDown(tx, { by, at }, 'retried-mail', { mail });
    return { outcome: 'done' };
  });
}

/** Nobody waits for it any more. */
export function giveUpMail(portal: Pick<Portal, 'db' | 'now'>, by: Looker, mail: string): Promise<MailResult> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const given = await tx.row(sql`
      update outbox set given_up_at = ${at}, facts = facts - 'path' - 'code',
        last_error = coalesce(last_error, 'given up by an administrator')
      where id = ${mail} and accepted_at is null and given_up_at is null returning id`);
    if (!given) return { outcome: 'gone' };
    await writeDown(tx, { by, at }, 'gave-up-mail', { mail });
    return { outcome: 'done' };
  });
}

async function writeDown(
  tx: Transaction,
  { by, at }: Doing,
  act: 'ended-sessions' | 'retried-mail' | 'gave-up-mail',
  {
    account = null,
    mail = null,
    reason = null,
  }: { account?: string | null; mail?: string | null; reason?: string | null },
): Promise<void> {
  await tx.rows(sql`
    insert into administrator_act (id, administrator, session, act, account, mail, reason, at)
    values (${randomUUID()}, ${by.account}, ${by.session}, ${act}, ${account}, ${mail}, ${reason}, ${at})`);
}
