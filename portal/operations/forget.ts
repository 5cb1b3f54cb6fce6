import { FORGOTTEN_AFTER_MS } from '../../core/password-tries.ts';
import type { Portal } from '../portal.ts';
import type { Transaction } from '../store/database.ts';
import { REQUEST_HOURS } from '../store/facts.ts';
import { IMPORT_HOURS } from '../store/imports.ts';
import { Part, sql } from '../store/sql.ts';
import { INVITATION_TRIES_COUNT_MS } from './answer-invitation.ts';
import { TRIES_COUNT_MS } from './confirm-with-code.ts';
import { KEY_HOURS } from './once.ts';
import { endRetention } from './retention.ts';

/**
 * What is past its use is deleted. Nobody depends on when: who reads any of it looks at its time as well. Drafts stay until
 * their person discards them, and access tokens are shown after they have ended.
 */

/** Any number but those of the migration and the keys. */
const LOCK = 7246003;

const HOUR_MS = 60 * 60 * 1000;

/** How many rows of each table went. */
export type Forgotten = Record<string, number>;

/** `elsewhere`: another process is at it. */
export function forget(portal: Pick<Portal, 'db' | 'now' | 'settings'>): Promise<Forgotten | 'elsewhere'> {
  const now = portal.now();
  return portal.db.transaction(async (tx) => {
    const lock = await tx.row(sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as mine`);
    if (!lock?.mine) return 'elsewhere';
    const forgotten: Forgotten = {};
    for (const [table, outlived] of whatIsPastItsUse(now)) forgotten[table] = await forgetIn(tx, table, outlived);
    await endRetention(tx, portal);
    return forgotten;
  });
}

function whatIsPastItsUse(now: Date): [table: string, outlived: Part][] {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const ended = sql.part`expires_at <= ${now}`;
  return [
    ['session', ended],
    ['log_on', ended],
    ['passkey_challenge', ended],
    ['newcomer', ended],
    ['program_log_on', ended],
    // With the links to them: all of them work for as long as the account waits.
    ['new_account', ended],
    // Accepted, refused or withdrawn, too: until then the page of a link says that it has ended.
    ['organisation_invitation', ended],
    ['address_change', ended],
    ['mail_link', sql.part`new_account is null and ${ended}`],
    ['password_try', sql.part`tried_at <= ${before(FORGOTTEN_AFTER_MS)}`],
    ['confirmation_try', sql.part`at <= ${before(TRIES_COUNT_MS)}`],
    ['invitation_try', sql.part`at <= ${before(INVITATION_TRIES_COUNT_MS)}`],
    ['idempotency_key', sql.part`made_at <= ${before(KEY_HOURS * HOUR_MS)}`],
    ['import', sql.part`uploaded_at <= ${before(IMPORT_HOURS * HOUR_MS)}`],
    // An upload stays as long as something that came of it: its lists are come back to.
    [
      'upload',
      sql.part`uploaded_at <= ${before(REQUEST_HOURS * HOUR_MS)} and not exists (
        select from upload_row r join request q on q.id = r.request
        where r.upload = upload.id and q.association is not null)`,
    ],
    // What a request did names the one who said to be authorised for it, and stays.
    ['request', sql.part`association is null and received_at <= ${before(REQUEST_HOURS * HOUR_MS)}`],
  ];
}

/** Waits for nobody: what somebody has in hand just now goes the next time. */
async function forgetIn(tx: Transaction, table: string, outlived: Part): Promise<number> {
  const of = new Part([table], []);
  const row = await tx.row(sql<{ count: number }>`
    with forgotten_ as (
      delete from ${of} where ctid = any(array(select ctid from ${of} where ${outlived} for update skip locked))
      returning 1
    )
    select count(*)::int as count from forgotten_`);
  return row?.count ?? 0;
}
