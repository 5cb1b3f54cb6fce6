import type { Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';

/** What the reader of a mail says of its address. The id of the mail, which only its reader knows, is the proof. */
export type AddressWord = 'keep' | 'stop';

/** Whose address a mail went to, hidden but for what its reader recognises: `j…@northfield.example`. */
export async function addressOfMail(portal: Portal, mail: string): Promise<string | undefined> {
  const row = await portal.db.row(sql<{ address: string }>`
    select address from outbox where id = ${mail} and recipient = 'site-administrator'`);
  return row?.address.replace(/^(.).*@/, '$1…@');
}

export async function sayOfAddress(portal: Portal, mail: string, word: AddressWord): Promise<void> {
  const now = portal.now();
  await portal.db.rows(sql`
    insert into mail_address (address, verified_at, stopped_at)
    select lower(address), ${word === 'keep' ? now : null}::timestamptz, ${word === 'stop' ? now : null}::timestamptz
    from outbox where id = ${mail} and recipient = 'site-administrator'
    on conflict (address) do update set verified_at = excluded.verified_at, stopped_at = excluded.stopped_at`);
}
