// What this server knows of its registration: the record it accepted, the ones it was offered, and where the
// conversation with the portal stands. One row for each portal, by fingerprint.

import { type Database, inTransaction } from './database.ts';
import { seconds } from './identity.ts';
import { writeInstanceFile } from './instance-file.ts';
import type { Server } from './server.ts';

/** The accepted record as it came. What it says is read from it anew each time, with its signature. */
export interface Accepted {
  record: string;
  registration: string;
  revision: number;
  sequence: number;
  acceptedAt: Date;
}

export interface Conversation {
  token: string | undefined;
  lastSequence: number;
  accepted: Accepted | undefined;
  /** The latest check-in, and whether an answer to it was understood. */
  checkIn: { document: string; n: number; at: Date; answered: boolean } | undefined;
  nextCheckIn: number | undefined;
  askedAt: Date | undefined;
  heardAt: Date | undefined;
  failure: { code: string; at: Date } | undefined;
}

export function conversation(db: Database, fingerprint: string): Conversation {
  const row = db.prepare('select * from portal where fingerprint = ?').get(fingerprint);
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const time = (value: unknown) => (value == null ? undefined : new Date(Number(value) * 1000));
  const { record, registration, revision, accepted_at, check_in, check_in_n, check_in_at, failure, failed_at } =
    row ?? {};
  return {
    token: text(row?.token),
    lastSequence: Number(row?.last_sequence ?? 0),
    accepted: record
      ? {
          record: String(record),
          registration: String(registration),
          revision: Number(revision),
          sequence: Number(row?.sequence),
          acceptedAt: time(accepted_at) as Date,
        }
      : undefined,
    checkIn: check_in
      ? {
          document: String(check_in),
          n: Number(check_in_n),
          at: time(check_in_at) as Date,
          answered: row?.answered === 1,
        }
      : undefined,
    nextCheckIn: row?.next_check_in == null ? undefined : Number(row.next_check_in),
    askedAt: time(row?.asked_at),
    heardAt: time(row?.heard_at),
    failure: failure ? { code: String(failure), at: time(failed_at) as Date } : undefined,
  };
}

export interface NewlyAccepted {
  /** As it came. */
  text: string;
  registration: string;
  revision: number;
  sequence: number;
}

/** The server shows this record from now on. Also kept beside the instance key, for when the database is deleted. */
export function accept(server: Server, fingerprint: string, record: NewlyAccepted, now: Date): void {
  inTransaction(server.db, () => {
    change(
      server.db,
      fingerprint,
      'record = ?, registration = ?, revision = ?, sequence = ?, accepted_at = ?, last_sequence = max(last_sequence, ?)',
      [record.text, record.registration, record.revision, record.sequence, seconds(now), record.sequence],
    );
    server.db
      .prepare('delete from offer where fingerprint = ? and registration = ?')
      .run(fingerprint, record.registration);
  });
  const { instance, keys } = server;
  writeInstanceFile(server.place.folder, { ...instance, system: { systemId: keys.systemId, record: record.text } });
}

export interface Offer {
  registration: string;
  record: string;
}

/** Oldest first. What an administrator declined is not among them. */
export function offers(db: Database, fingerprint: string): Offer[] {
  return db
    .prepare('select registration, record from offer where fingerprint = ? and declined = 0 order by rowid')
    .all(fingerprint)
    .map((row) => ({ registration: String(row.registration), record: String(row.record) }));
}

/** A declined offer stays declined, whatever else changes in its record. */
export function offer(db: Database, fingerprint: string, { registration, record }: Offer): void {
  db.prepare(
    `insert into offer (fingerprint, registration, record) values (?, ?, ?)
     on conflict do update set record = excluded.record`,
  ).run(fingerprint, registration, record);
}

/** The portal withdraws an offer by no longer making it. */
export function keepOnlyOffers(db: Database, fingerprint: string, registrations: readonly string[]): void {
  db.prepare('delete from offer where fingerprint = ? and registration not in (select value from json_each(?))').run(
    fingerprint,
    JSON.stringify(registrations),
  );
}

export function decline(db: Database, fingerprint: string, registration: string): void {
  db.prepare('update offer set declined = 1 where fingerprint = ? and registration = ?').run(fingerprint, registration);
}

/** Whoever asks the portal again wants to see again what it offers. */
export function forgetDeclined(db: Database, fingerprint: string): void {
  db.prepare('delete from offer where fingerprint = ? and declined = 1').run(fingerprint);
}

export function noteAsked(db: Database, fingerprint: string, now: Date): void {
  change(db, fingerprint, 'asked_at = ?', [seconds(now)]);
}

/** Before it leaves, so that the same bytes can be sent again when their answer is lost. */
export function keepCheckIn(db: Database, fingerprint: string, n: number, document: string, now: Date): void {
  change(db, fingerprint, 'check_in = ?, check_in_n = ?, check_in_at = ?, answered = 0', [document, n, seconds(now)]);
}

export interface Heard {
  /** None while the portal sees a conflict: then the old one stays. */
  token: string | undefined;
  nextCheckIn: number;
  /** The portal saw two systems under this System ID. */
  conflict: boolean;
}

/** The token, and that this check-in was answered: in one statement, before anything else of the answer is acted on. */
export function noteHeard(db: Database, fingerprint: string, { token, nextCheckIn, conflict }: Heard, now: Date): void {
  const at = seconds(now);
  change(
    db,
    fingerprint,
    'token = coalesce(?, token), answered = 1, next_check_in = ?, heard_at = ?, failure = ?, failed_at = ?',
    [token ?? null, nextCheckIn, at, ...(conflict ? ['conflict', at] : [null, null])],
  );
}

/** The portal understood the check-in and refused it: it will not be sent again. */
export function noteRefused(db: Database, fingerprint: string, code: string, now: Date): void {
  change(db, fingerprint, 'answered = 1, failure = ?, failed_at = ?', [code, seconds(now)]);
}

export function noteFailure(db: Database, fingerprint: string, code: string, now: Date): void {
  change(db, fingerprint, 'failure = ?, failed_at = ?', [code, seconds(now)]);
}

function change(db: Database, fingerprint: string, assignments: string, values: (string | number | null)[]): void {
  db.prepare('insert into portal (fingerprint) values (?) on conflict do nothing').run(fingerprint);
  db.prepare(`update portal set ${assignments} where fingerprint = ?`).run(...values, fingerprint);
}
