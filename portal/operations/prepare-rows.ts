import type { Account, Portal } from '../portal.ts';
import { lookingAgain } from '../store/database.ts';
import { fileOf, lockFile, rightRows, settleFile } from '../store/imports.ts';
import { prepareAll } from './prepare.ts';

/** Makes registrations of a file that was checked: all of it or nothing, in one transaction. */
export interface PrepareRowsCommand {
  account: Account;
  file: string;
  rows: WhichRows;
}

/** All rows, which must all be right, or only those that are. */
export type WhichRows = 'all' | 'right';

export type PrepareRowsResult =
  /** Sent twice, it makes nothing twice. */
  | { outcome: 'prepared' | 'already' }
  | { outcome: 'rows-wrong'; wrong: number }
  | { outcome: 'no-row-right' }
  | { outcome: 'no-file' };

export function prepareRows(portal: Portal, { account, file, rows }: PrepareRowsCommand): Promise<PrepareRowsResult> {
  return lookingAgain(() =>
    portal.db.transaction(async (tx) => {
      const at = portal.now();
      const locked = await lockFile(tx, account.id, file, at);
      if (!locked) return { outcome: 'no-file' };
      if (locked.madeAt) return { outcome: 'already' };
      const wrong = (await fileOf(tx, account.id, file, at))?.wrong ?? 0;
      if (rows === 'all' && wrong > 0) return { outcome: 'rows-wrong', wrong };
      const right = await rightRows(tx, file);
      if (right.length === 0) return { outcome: 'no-row-right' };
      await prepareAll(tx, portal, account, file, right);
      await settleFile(tx, file, at);
      return { outcome: 'prepared' };
    }),
  );
}
