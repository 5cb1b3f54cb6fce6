// The requests made for administrators' clicks, and the one that travels as a QR code or file. A record that answers one
// of the first kind may change what this server shows.

import { change } from './change.ts';
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

export interface FileRequest {
  document: string;
  /** What it says, to notice when it would say something else. */
  says: string;
}

export function keptFileRequest(db: Database, fingerprint: string): FileRequest | undefined {
  const row = db.prepare('select file_request, file_request_says from portal where fingerprint = ?').get(fingerprint);
  return row?.file_request ? { document: String(row.file_request), says: String(row.file_request_says) } : undefined;
}

export function keepFileRequest(db: Database, fingerprint: string, { document, says }: FileRequest): void {
  change(db, fingerprint, 'file_request = ?, file_request_says = ?', [document, says]);
}
