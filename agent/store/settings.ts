// The few things an administrator can set, and when something was last done.

import type { Database } from './database.ts';
import { seconds } from './identity.ts';

/** Days until *Register this system* is shown again after log on: 0 = at the next log on, 'never' = only on request. */
export type AskAgain = 0 | 7 | 30 | 'never';

export const ASK_AGAIN: readonly AskAgain[] = [0, 7, 30, 'never'];

export function askAgain(db: Database): AskAgain {
  const days = read(db, 'ask-again');
  if (days === NEVER) return 'never';
  return ASK_AGAIN.find((one) => one === days) ?? 0;
}

export function setAskAgain(db: Database, days: AskAgain): void {
  write(db, 'ask-again', days === 'never' ? NEVER : days);
}

export function postpone(db: Database, now: Date): void {
  write(db, 'postponed', seconds(now));
}

/** Whether it is time to ask. A clock that was set back asks rather than staying silent for a year. */
export function isTimeToAsk(db: Database, now: Date): boolean {
  const days = askAgain(db);
  if (days === 'never') return false;
  const passed = seconds(now) - (read(db, 'postponed') ?? 0);
  return passed < 0 || passed >= days * 86_400;
}

export function lastBackup(db: Database): Date | undefined {
  const at = read(db, 'last-backup');
  return at === undefined ? undefined : new Date(at * 1000);
}

export function setLastBackup(db: Database, now: Date): void {
  write(db, 'last-backup', seconds(now));
}

/** The database is a backup that was put in place, and nothing that is newer has come from the portal since. */
export function restoredAt(db: Database): Date | undefined {
  const at = read(db, 'restored');
  return at === undefined ? undefined : new Date(at * 1000);
}

export function setRestored(db: Database, now: Date): void {
  write(db, 'restored', seconds(now));
}

export function forgetRestored(db: Database): void {
  db.prepare("delete from setting where name = 'restored'").run();
}

const NEVER = -1;

function read(db: Database, name: string): number | undefined {
  const found = db.prepare('select value from setting where name = ?').get(name);
  return found && Number(found.value);
}

function write(db: Database, name: string, value: number): void {
  db.prepare('insert into setting (name, value) values (?, ?) on conflict do update set value = excluded.value').run(
    name,
    value,
  );
}
