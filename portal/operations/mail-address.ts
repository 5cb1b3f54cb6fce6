import type { Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';

/** What the reader of a mail says of its address. The id of the mail, which only its reader knows, is the proof. */
export type AddressWord = 'keep' | 'stop';

/** Those whose addresses somebody else wrote down: each mail to them can be answered with *stop*. */
const STRANGERS = ['site-administrator', 'invited'];

export interface AddressOfMail {
  address: string;
  recipient: 'site-administrator' | 'invited';
}

/** Whose address a mail went to, hidden but for what its reader recognises: `j…@northfield.example`. */
export async function addressOfMail(portal: Portal, mail: string): Promise<AddressOfMail | undefined> {
  const row = await portal.db.row(sql<AddressOfMail>`
    select address, recipient from outbox where id = ${mail} and recipient = any(${STRANGERS})`);
  return row && { address: row.address.replace(/^(.).*@/, '$1…@'), recipient: row.recipient };
}

export async function sayOfAddress(portal: Portal, mail: string, word: AddressWord): Promise<void> {
  const now = portal.now();
  await portal.db.rows(sql`
    insert into mail_address (address, verified_at, stopped_at)
    select lower(address), ${word === 'keep' ? now : null}::timestamptz, ${word === 'stop' ? now : null}::timestamptz
    from outbox where id = ${mail} and recipient = any(${STRANGERS})
    on conflict (address) do update set verified_at = excluded.verified_at, stopped_at = excluded.stopped_at`);
}
