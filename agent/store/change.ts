import type { Database } from './database.ts';

/** Writes to the row of one portal, and makes it where there is none. */
export function change(
  db: Database,
  fingerprint: string,
  assignments: string,
  values: (string | number | null)[],
): void {
  db.prepare('insert into portal (fingerprint) values (?) on conflict do nothing').run(fingerprint);
  db.prepare(`update portal set ${assignments} where fingerprint = ?`).run(...values, fingerprint);
}
