import { randomUUID } from 'node:crypto';
import { mayAddPasskey, mayRemovePasskey } from '../../core/accounts.ts';
import { toBase64url } from '../../core/bytes.ts';
import {
  judgeMade,
  PASSKEY_ALGORITHMS,
  type RelyingParty,
  readPasskeyAnswer,
  userHandleOf,
} from '../../core/passkeys.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { violated } from '../store/database.ts';
import { waysToLogOn } from '../store/reads/ways-to-log-on.ts';
import { sql } from '../store/sql.ts';
import { tellAccount } from './account-mails.ts';
import { lockAccount } from './accounts.ts';
import { CHALLENGE_MINUTES, newChallenge, takeChallenge } from './passkey-challenges.ts';
import { type NotAccepted, notAccepted } from './passkey-log-on.ts';
import { hashToken } from './sessions.ts';

/** The passkeys of an account: added, named, removed. Each that comes or goes is mailed. */

export interface Passkey {
  id: string;
  name: string;
  /** The host that it was made for. */
  rpId: string;
  madeAt: Date;
  /** The day, as 2026-11-24. */
  lastUsedOn: string | null;
}

export function passkeysOf(portal: Portal, account: string): Promise<Passkey[]> {
  return portal.db.rows(sql<Passkey>`
    select id, name, rp_id as "rpId", made_at as "madeAt", last_used_on::text as "lastUsedOn"
    from passkey where account = ${account} order by made_at, id`);
}

/** For `navigator.credentials.create`: one that names its account by itself, and asks who is there at each use. */
export async function askToMake(
  portal: Portal,
  rp: RelyingParty,
  account: Account,
  browserHash: Buffer,
): Promise<object> {
  const [challenge, known] = await Promise.all([
    newChallenge(portal, { browserHash, account: account.id }),
    portal.db.rows(sql<{ id: Buffer }>`
      select credential_id as id from passkey where account = ${account.id} and rp_id = ${rp.id}`),
  ]);
  return {
    challenge,
    rp: { id: rp.id, name: portal.settings.name },
    user: { id: toBase64url(userHandleOf(account.id)), name: account.email, displayName: account.name },
    pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    // An authenticator that has one of these makes no second.
    excludeCredentials: known.map(({ id }) => ({ type: 'public-key', id: toBase64url(new Uint8Array(id)) })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
    timeout: CHALLENGE_MINUTES * 60_000,
  };
}

export interface NewPasskey {
  account: Account;
  browserHash: Buffer;
  answer: string;
  name: string;
}

export type AddedResult = { outcome: 'added' } | NotAccepted | Refused<'passkey-question-used' | 'passkey-limit'>;

/** What the browser made is a way to log on from now on. */
export async function addPasskey(
  portal: Portal,
  rp: RelyingParty,
  { account, browserHash, answer: text, name }: NewPasskey,
): Promise<AddedResult> {
  const answer = readPasskeyAnswer(text);
  if (!answer) return notAccepted('not read');
  if (!(await takeChallenge(portal, answer, { browserHash, account: account.id }))) {
    return refused('passkey-question-used');
  }
  const made = judgeMade(answer, rp);
  if (made.outcome === 'flawed') return notAccepted(made.why);
  const [credential, key] = [Buffer.from(made.credentialId), Buffer.from(made.publicKey)];
  return orKnown(() =>
    portal.db.transaction(async (tx): Promise<AddedResult> => {
      await lockAccount(tx, account);
      const row = await tx.row(sql<{ count: number }>`
        select count(*)::int as count from passkey where account = ${account.id}`);
      const no = mayAddPasskey(row?.count ?? 0);
      if (no) return no;
      await tx.rows(sql`
        insert into passkey (id, account, rp_id, credential_id, public_key, counter, name, made_at)
        values (${randomUUID()}, ${account.id}, ${rp.id}, ${credential}, ${key}, ${made.counter}, ${name}, ${portal.now()})`);
      await tellAccount(tx, account, 'passkey-added', { name, at: portal.now() });
      return { outcome: 'added' };
    }),
  );
}

/** One of somebody else's is as unknown as one that never was. */
export async function renamePasskey(portal: Portal, account: string, id: string, name: string): Promise<void> {
  await portal.db.rows(sql`update passkey set name = ${name} where id = ${id} and account = ${account}`);
}

export interface RemoveCommand {
  account: Account;
  passkey: string;
  /** The session of who says so: it goes on, also if it began with this passkey. */
  session: string;
}

export type RemovedResult = { outcome: 'removed' | 'unknown' } | Refused<'last-way-to-log-on'>;

/** Nobody logs on with it any more; who did is logged off. */
export function removePasskey(portal: Portal, { account, passkey, session }: RemoveCommand): Promise<RemovedResult> {
  return portal.db.transaction(async (tx): Promise<RemovedResult> => {
    await lockAccount(tx, account);
    const known = await tx.row(sql<{ name: string }>`
      select name from passkey where id = ${passkey} and account = ${account.id}`);
    if (!known) return { outcome: 'unknown' };
    const no = mayRemovePasskey(await waysToLogOn(tx, account.id, portal.settings), passkey);
    if (no) return no;
    await tx.rows(sql`delete from session where passkey = ${passkey} and token_hash <> ${hashToken(session)}`);
    await tx.rows(sql`delete from passkey where id = ${passkey}`);
    await tellAccount(tx, account, 'passkey-removed', { name: known.name, at: portal.now() });
    return { outcome: 'removed' };
  });
}

/** A credential belongs to one account, whoever shows it again. */
async function orKnown(add: () => Promise<AddedResult>): Promise<AddedResult> {
  try {
    return await add();
  } catch (error) {
    if (violated(error) === 'passkey_credential_id_key') return notAccepted('another credential');
    throw error;
  }
}
