// What this server knows of its registration: the record it accepted, the ones it was offered, and where the
// conversation with the portal stands. One row for each portal, by fingerprint.

import type { Bundle } from '../../core/documents/bundle.ts';
import { change } from './change.ts';
import { raiseMinCodeKey } from './codes.ts';
import { type Database, inTransaction } from './database.ts';
import { seconds } from './identity.ts';
import { writeInstanceFile } from './instance-file.ts';
import type { Server } from './server.ts';
import { forgetRestored } from './settings.ts';

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
  min_code_key: number;
}

/**
 * The server shows this record from now on, in place of what was typed. Also kept beside the instance key, for when the
 * database is deleted.
 */
export function accept(
  server: Server,
  bundle: Pick<Bundle, 'fingerprint' | 'code_keys'>,
  record: NewlyAccepted,
  now: Date,
): void {
  const { fingerprint } = bundle;
  inTransaction(server.db, () => {
    change(
      server.db,
      fingerprint,
      `record = ?, registration = ?, revision = ?, sequence = ?, accepted_at = ?,
       last_sequence = max(last_sequence, ?), entered = null`,
      [record.text, record.registration, record.revision, record.sequence, seconds(now), record.sequence],
    );
    raiseMinCodeKey(server.db, bundle, record.min_code_key);
    forgetRestored(server.db);
    server.db
      .prepare('delete from offer where fingerprint = ? and registration = ?')
      .run(fingerprint, record.registration);
  });
  const { instance, keys } = server;
  const system = { systemId: keys.systemId, record: record.text, recordAt: seconds(now) };
  writeInstanceFile(server.place.folder, { ...instance, system });
}

/**
 * An administrator changes to this portal: nothing that was accepted from it before counts any more. Counter and token of
 * the conversation stay, or it would look like a second copy of this system.
 */
export function forgetNumbers(db: Database, fingerprint: string): void {
  inTransaction(db, () => {
    change(
      db,
      fingerprint,
      `record = null, registration = null, revision = null, sequence = null, accepted_at = null, last_sequence = 0,
       code = null, code_at = null, code_failures = 0, min_code_key = 0, code_keys = null, entered = null`,
      [],
    );
    db.prepare('delete from offer where fingerprint = ?').run(fingerprint);
  });
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

/**
 * A declined offer stays declined, whatever else changes in its record. One that a person brings is shown again: that is
 * what it was brought for.
 */
export function offer(
  db: Database,
  fingerprint: string,
  { registration, record, byHand }: Offer & { byHand: boolean },
): void {
  db.prepare(
    `insert into offer (fingerprint, registration, record, by_hand) values (?, ?, ?, ?)
     on conflict do update set record = excluded.record, by_hand = max(by_hand, excluded.by_hand),
       declined = case when excluded.by_hand then 0 else declined end`,
  ).run(fingerprint, registration, record, byHand ? 1 : 0);
}

/** The portal withdraws an offer by no longer making it; what a person brought it did not make. */
export function keepOnlyOffers(db: Database, fingerprint: string, registrations: readonly string[]): void {
  db.prepare(
    `delete from offer
     where fingerprint = ? and by_hand = 0 and registration not in (select value from json_each(?))`,
  ).run(fingerprint, JSON.stringify(registrations));
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
