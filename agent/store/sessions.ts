// Who is logged on. The browser holds a random token, the database only its hash.

import { toBase64url, utf8 } from '../../core/bytes.ts';
import { randomBytes, sha256 } from '../../core/crypto.ts';
import type { Database } from './database.ts';
import { seconds } from './identity.ts';

const HOURS_12 = 12 * 3600;

/** The token of a new session. */
export function beginSession(db: Database, user: string, now: Date): string {
  const token = toBase64url(randomBytes(32));
  db.prepare('delete from session where not made_at between ? and ?').run(...stillGood(now));
  db.prepare('insert into session (token_hash, user, made_at) values (?, ?, ?)').run(hashOf(token), user, seconds(now));
  return token;
}

export function userOfSession(db: Database, token: string, now: Date): string | undefined {
  const found = db
    .prepare('select user from session where token_hash = ? and made_at between ? and ?')
    .get(hashOf(token), ...stillGood(now));
  return found && String(found.user);
}

export function endSession(db: Database, token: string): void {
  db.prepare('delete from session where token_hash = ?').run(hashOf(token));
}

/** A session from the future was begun before the clock was set back: it is no better than an old one. */
function stillGood(now: Date): [number, number] {
  return [seconds(now) - HOURS_12, seconds(now) + 60];
}

function hashOf(token: string): Uint8Array {
  return sha256(utf8(token));
}
