import type { Account, Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';

/** Whether several people use an account: then each of its sessions is asked for a name, for the history. */
export async function chooseShared(
  { db }: Pick<Portal, 'db'>,
  account: Pick<Account, 'id'>,
  shared: boolean,
): Promise<void> {
  await db.rows(sql`update account set shared = ${shared} where id = ${account.id}`);
}
