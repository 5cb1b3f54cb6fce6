import { z } from 'zod';
import { fromBase64url, fromUtf8, utf8 } from './bytes.ts';
import { acceptablePasskeyKey, passkeyVerify, sameBytes, sha256 } from './crypto.ts';

/**
 * What a browser says of a passkey (Web Authentication, level 3), and what of it is believed. No attestation is asked for:
 * whose make the authenticator is decides nothing here, so the key is taken as the browser gives it, and no CBOR is read.
 *
 * authenticatorData: 32 bytes hash of the RP ID, 1 byte flags, 4 bytes counter; where a key was made then 16 bytes model,
 * 2 bytes length of the credential ID, the credential ID, and the key once more.
 */

const FLAGS_AT = 32;
const COUNTER_AT = 33;
const LENGTH_AT = 53;
const ID_AT = 55;
const PRESENT = 0x01;
const VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

/** ES256, and RS256 for the computers that can do no other. */
export const PASSKEY_ALGORITHMS = [-7, -257] as const;

/** The portal, as passkeys know it. */
export interface RelyingParty {
  /** The host name for which passkeys are made. */
  id: string;
  /** Of the page that asks. */
  origin: string;
}

/** Where a portal is found at an address without a name, there are no passkeys: browsers make them for names only. */
export function relyingPartyAt(url: string): RelyingParty | undefined {
  const { protocol, host, hostname } = new URL(url);
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
  return isAddress ? undefined : { id: hostname, origin: `${protocol}//${host}` };
}

const bytes = z.string().transform((text, ctx) => {
  const read = fromBase64url(text);
  if (read) return read;
  ctx.addIssue('not base64url');
  return z.NEVER;
});

/** As `PublicKeyCredential.toJSON()` gives it; what else is there is dropped. */
const answerSchema = z.object({
  rawId: bytes,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    publicKey: bytes.optional(),
    signature: bytes.optional(),
    userHandle: bytes.nullish(),
  }),
});

const clientSchema = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
});

/** An answer that can be read. Nothing of it is believed yet. */
export interface PasskeyAnswer {
  credentialId: Uint8Array;
  /** What the browser says that it was asked. Whether we asked that is known to the database. */
  challenge: string;
  client: z.infer<typeof clientSchema>;
  response: z.infer<typeof answerSchema>['response'];
}

export function readPasskeyAnswer(text: string): PasskeyAnswer | undefined {
  const answer = answerSchema.safeParse(jsonIn(text));
  if (!answer.success) return undefined;
  const { rawId: credentialId, response } = answer.data;
  const client = clientSchema.safeParse(jsonIn(fromUtf8(response.clientDataJSON) ?? ''));
  if (!client.success) return undefined;
  return { credentialId, challenge: client.data.challenge, client: client.data, response };
}

/** Why an answer is not believed: for the log. People are told that it was not. */
export type PasskeyFlaw =
  | 'of another kind'
  | 'from another origin'
  | 'from a page in a page'
  | 'for another host'
  | 'nobody was there'
  | 'nobody was verified'
  | 'without a key'
  | 'a key that is not taken'
  | 'another credential'
  | 'another account'
  | 'not signed';

interface Flawed {
  outcome: 'flawed';
  why: PasskeyFlaw;
}

const flawed = (why: PasskeyFlaw): Flawed => ({ outcome: 'flawed', why });

export interface MadePasskey {
  outcome: 'made';
  credentialId: Uint8Array;
  publicKey: Uint8Array;
  counter: number;
}

/** What was made, where it was made for us, by a person who was verified. */
export function judgeMade(answer: PasskeyAnswer, rp: RelyingParty): MadePasskey | Flawed {
  const why = flawIn(answer, 'webauthn.create', rp);
  if (why) return flawed(why);
  const { credentialId, response } = answer;
  const { authenticatorData: data, publicKey } = response;
  const length = data.length > ID_AT && has(data, HAS_CREDENTIAL) ? at(data).getUint16(LENGTH_AT) : 0;
  if (!publicKey || length === 0) return flawed('without a key');
  if (!sameBytes(data.subarray(ID_AT, ID_AT + length), credentialId)) return flawed('another credential');
  if (!acceptablePasskeyKey(publicKey)) return flawed('a key that is not taken');
  return { outcome: 'made', credentialId, publicKey, counter: counterIn(data) };
}

/** Who is meant by an account, for an authenticator: bytes that say nothing to anybody else. */
export function userHandleOf(account: string): Uint8Array {
  return utf8(account);
}

export interface SignedByPasskey {
  outcome: 'signed';
  counter: number;
}

/** Whether the passkey of this account signed it, for us, by a person who was verified. */
export function judgeSigned(
  answer: PasskeyAnswer,
  rp: RelyingParty,
  known: { publicKey: Uint8Array; account: string },
): SignedByPasskey | Flawed {
  const why = flawIn(answer, 'webauthn.get', rp);
  if (why) return flawed(why);
  const { authenticatorData, clientDataJSON, signature, userHandle } = answer.response;
  if (!userHandle || !sameBytes(userHandle, userHandleOf(known.account))) return flawed('another account');
  const signed = new Uint8Array([...authenticatorData, ...sha256(clientDataJSON)]);
  if (!signature || !passkeyVerify(known.publicKey, signed, signature)) return flawed('not signed');
  return { outcome: 'signed', counter: counterIn(authenticatorData) };
}

/** A counter that does not grow was copied with its key. Authenticators that do not count say 0 for ever. */
export function wentBack(known: number, said: number): boolean {
  return (known > 0 || said > 0) && said <= known;
}

function flawIn({ client, response }: PasskeyAnswer, type: string, rp: RelyingParty): PasskeyFlaw | undefined {
  const data = response.authenticatorData;
  if (client.type !== type) return 'of another kind';
  if (client.origin !== rp.origin) return 'from another origin';
  if (client.crossOrigin) return 'from a page in a page';
  if (data.length < COUNTER_AT + 4 || !sameBytes(data.subarray(0, 32), sha256(utf8(rp.id)))) return 'for another host';
  if (!has(data, PRESENT)) return 'nobody was there';
  if (!has(data, VERIFIED)) return 'nobody was verified';
  return undefined;
}

const has = (data: Uint8Array, flag: number) => ((data[FLAGS_AT] ?? 0) & flag) !== 0;

const at = (data: Uint8Array) => new DataView(data.buffer, data.byteOffset, data.byteLength);

const counterIn = (data: Uint8Array) => at(data).getUint32(COUNTER_AT);

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
