import { judgeSigned, type PasskeyFlaw, type RelyingParty, readPasskeyAnswer, wentBack } from '../../core/passkeys.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';
import { tellAccount } from './account-mails.ts';
import { CHALLENGE_MINUTES, newChallenge, takeChallenge } from './passkey-challenges.ts';

/** Logging on with a passkey: whose it is, the passkey says. Nobody types an address, and no page tells whether it has one. */

/** For `navigator.credentials.get`. The authenticator looks for passkeys of ours by itself. */
export async function askToSign(portal: Portal, rp: RelyingParty, browserHash: Buffer): Promise<object> {
  return {
    challenge: await newChallenge(portal, { browserHash }),
    rpId: rp.id,
    allowCredentials: [],
    userVerification: 'required',
    timeout: CHALLENGE_MINUTES * 60_000,
  };
}

export interface NotAccepted extends Refused<'passkey-not-accepted'> {
  /** For the log only. */
  why: PasskeyFlaw | 'not read' | 'not known';
}

export const notAccepted = (why: NotAccepted['why']): NotAccepted => ({ ...refused('passkey-not-accepted'), why });

export type SignedResult =
  | { outcome: 'known'; account: string; passkey: string }
  | NotAccepted
  | Refused<'passkey-question-used' | 'passkey-copied'>;

interface Known {
  id: string;
  account: string;
  email: string;
  name: string;
  publicKey: Buffer;
  counter: number;
}

/** Whose passkey signed what this browser was asked. A passkey whose counter went back was copied: its owner is told. */
export async function logOnWithPasskey(
  portal: Portal,
  rp: RelyingParty,
  { answer: text, browserHash }: { answer: string; browserHash: Buffer },
): Promise<SignedResult> {
  const answer = readPasskeyAnswer(text);
  if (!answer) return notAccepted('not read');
  if (!(await takeChallenge(portal, answer, { browserHash }))) return refused('passkey-question-used');
  const now = portal.now();
  return portal.db.transaction(async (tx): Promise<SignedResult> => {
    // Of two at once the second is measured by the counter of the first.
    const known = await tx.row(sql<Known>`
      select p.id, p.account, a.email, p.name, p.public_key as "publicKey", p.counter
      from passkey p join account a on a.id = p.account
      where p.credential_id = ${Buffer.from(answer.credentialId)} and p.rp_id = ${rp.id}
      for no key update of p`);
    if (!known) return notAccepted('not known');
    const signed = judgeSigned(answer, rp, known);
    if (signed.outcome === 'flawed') return notAccepted(signed.why);
    if (wentBack(known.counter, signed.counter)) {
      await tellAccount(tx, known, 'passkey-copied', { name: known.name, at: now });
      return refused('passkey-copied');
    }
    await tx.rows(sql`
      update passkey set counter = ${signed.counter}, last_used_on = ${now.toISOString().slice(0, 10)}
      where id = ${known.id}`);
    return { outcome: 'known', account: known.account, passkey: known.id };
  });
}
