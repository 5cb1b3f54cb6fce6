import type { Language } from '../../core/languages.ts';
import type { Account, Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';

/** In which language somebody is written to: that of the browser that made the account, until its person chooses. */

export async function languageOf({ db }: Pick<Portal, 'db'>, account: Pick<Account, 'id'>): Promise<Language> {
  const row = await db.row(sql<{ language: Language }>`select language from account where id = ${account.id}`);
  return row?.language ?? 'en';
}

/** The next mail is in it, also one that waits to be sent. */
export async function chooseLanguage(
  { db }: Pick<Portal, 'db'>,
  account: Pick<Account, 'id'>,
  language: Language,
): Promise<void> {
  await db.rows(sql`update account set language = ${language} where id = ${account.id}`);
}
