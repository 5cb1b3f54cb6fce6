// The requests made for administrators' clicks. A record that answers one of them may change what this server shows.

import type { Database } from './database.ts';
import { seconds } from './identity.ts';

const DAY = 86_400;

export interface MadeRequest {
  n: number;
  madeAt: Date;
  document: string;
}

export function keepRequest(db: Database, fingerprint: string, { n, madeAt, document }: MadeRequest): void {
  db.prepare('delete from request where fingerprint = ? and not made_at between ? and ?').run(
    fingerprint,
    seconds(madeAt) - DAY,
    seconds(madeAt) + DAY,
  );
  db.prepare('insert into request (fingerprint, n, made_at, document) values (?, ?, ?, ?)').run(
    fingerprint,
    n,
    seconds(madeAt),
    document,
  );
}

/** Newest first. */
export function requestsMade(db: Database, fingerprint: string): MadeRequest[] {
  return db
    .prepare('select n, made_at, document from request where fingerprint = ? order by n desc')
    .all(fingerprint)
    .map((row) => ({ n: Number(row.n), madeAt: new Date(Number(row.made_at) * 1000), document: String(row.document) }));
}
