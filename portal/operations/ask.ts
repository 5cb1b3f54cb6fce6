import { shortId } from '../../core/system-id.ts';
import type { Account, Portal } from '../portal.ts';
import { requestOf } from '../store/facts.ts';
import { sql } from '../store/sql.ts';

/**
 * Somebody brought a System ID that is another account's and asks for a seat, or that the other party registered as new
 * and asks for it to be merged. The request is passed on by mail; the asker learns nothing: the answer is the same
 * whether anybody is there to read it or not.
 */
export interface AskCommand {
  account: Account;
  request: string;
  what: 'seat' | 'merge';
}

export async function ask(portal: Portal, { account, request, what }: AskCommand): Promise<{ outcome: 'passed-on' }> {
  const at = portal.now();
  await portal.db.transaction(async (tx) => {
    const brought = await requestOf(tx, account.id, request, at);
    if (!brought?.proceededAt) return;
    const day = at.toISOString().slice(0, 10);
    const facts = {
      by: account.name,
      organisation: account.organisation,
      email: account.email,
      shortId: shortId(brought.systemId),
      at,
    };
    // One mail a System ID, asker, party and day: typing the System ID again does not reach anybody again.
    await tx.rows(sql`
      insert into outbox (id, registration, recipient, address, template, facts, created_at, due_at)
      select md5(concat_ws(' ', ${brought.systemId}::text, ${account.id}::text, p.account, ${what}::text, ${day}::text))::uuid, a.registration, p.seat, c.email,
        ${what === 'seat' ? 'seat-asked' : 'merge-asked'}, ${JSON.stringify(facts)}::jsonb || jsonb_build_object('site', r.site_name), ${at}, ${at}
      from association a
      join registration r on r.number = a.registration
      join acting p on p.registration = a.registration and p.account <> ${account.id}
      join account c on c.id = p.account
      where a.system_id = ${brought.systemId} and a.state in ('current', 'retired')
        and not exists (
          select from acting mine
          where mine.registration = p.registration and mine.holder = p.holder and mine.account = ${account.id})
      on conflict (id) do nothing`);
  });
  return { outcome: 'passed-on' };
}
