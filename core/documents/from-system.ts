// What every document has in common that a system signs: to whom, its counter, its signing key, its instance key
// (docs/documents.md, "Signing key"). A system is known by its System ID, an X25519 key, and signs with an Ed25519 key;
// `bind` ties the one to the other, for this portal alone.

import { z } from 'zod';
import { fromBase64url, toBase64url } from '../bytes.ts';
import { type InstanceKey, instanceProof, verifyInstanceProof } from '../instance-key.ts';
import { bindHolds, bindOf } from '../shared-keys.ts';
import { isSystemId, publicKeyOf, type SystemId } from '../system-id.ts';
import type { SystemKeys } from '../system-keys.ts';
import type { Bundle } from './bundle.ts';
import { type DocumentType, peek, signedBy, unpack } from './jws.ts';
import {
  bind,
  codeKeyId,
  counter,
  ed25519Key,
  fingerprint,
  registrationNumber,
  sequence,
  signature,
  time,
} from './members.ts';

/** The members that every such document carries. */
export const fromSystem = z.object({
  aud: fingerprint,
  n: counter,
  iat: time,
  ed25519: ed25519Key,
  code_key_id: codeKeyId,
  bind,
  registration: registrationNumber.optional(),
  sequence,
  instance: ed25519Key.optional(),
  instance_proof: signature.optional(),
});

type FromSystem = z.infer<typeof fromSystem>;

/** A system that is about to sign. `n` has been written down already, and is above every one before. */
export interface Speaker {
  keys: SystemKeys;
  bundle: Pick<Bundle, 'fingerprint' | 'code_keys' | 'min_code_key'>;
  n: number;
  now: Date;
  /** The registration that it shows. */
  registration?: string | undefined;
  /** The last code that it accepted, 0 if none. */
  sequence: number;
  instance?: InstanceKey | undefined;
}

/** The members of `fromSystem` for this speaker. */
export function introduction(speaker: Speaker): FromSystem {
  const { keys, bundle, n, now, registration, sequence, instance } = speaker;
  const aud = bundle.fingerprint;
  // The lowest key that the portal still lets count; it knows every other one too.
  const codeKey = bundle.min_code_key;
  const codePublic = decoded(bundle.code_keys[codeKey] ?? '');
  const side = { secret: keys.x25519Secret, peerPublic: codePublic };
  const pair = { fingerprint: decoded(aud), codePublic, systemPublic: keys.x25519Public };
  return {
    aud,
    n,
    iat: Math.floor(now.getTime() / 1000),
    ed25519: toBase64url(keys.ed25519Public),
    code_key_id: codeKey,
    bind: toBase64url(bindOf(keys.ed25519Public, side, pair)),
    ...(registration !== undefined && { registration }),
    sequence,
    ...(instance && {
      instance: toBase64url(instance.publicKey),
      instance_proof: instanceProof(instance, { aud, systemId: keys.systemId, n }),
    }),
  };
}

/** What a portal needs to read what systems send. Code keys below `minCodeKey` are retired. */
export interface PortalForDocuments {
  fingerprint: string;
  codeKeys: { id: number; secret: Uint8Array; public: Uint8Array }[];
  minCodeKey: number;
}

export interface AcceptedFromSystem<Payload> {
  outcome: 'accepted';
  systemId: SystemId;
  payload: Payload;
  /** The first bind under a code key that counts: the portal pins `payload.ed25519` to the System ID. */
  pins: boolean;
  /**
   * The signature is by the key that is pinned, or that this document pins. Where not, it came with a bind under a retired
   * code key, which others may hold by now: that proves nothing about who sent it.
   */
  signerKnown: boolean;
  /** The instance key `payload.instance` is really there. */
  instanceProven: boolean;
}

export interface RefusedFromSystem {
  outcome: 'refused';
  code: 'request-damaged' | 'other-portal' | 'signing-key-differs';
}

/** The System ID that a document names as its sender, unverified: to look up what is pinned for it. */
export function systemIdIn(document: string): SystemId | undefined {
  const kid = peek(document)?.kid;
  return kid !== undefined && isSystemId(kid) ? kid : undefined;
}

/**
 * Reads what a system signed. `pinned`: the Ed25519 key (base64url) that the portal has for `systemIdIn(document)`, if any.
 * The signature is checked first, so that a damaged document is never taken for one of another portal or another key.
 */
export async function openFromSystem<Payload extends FromSystem>(
  document: string,
  typ: DocumentType,
  schema: z.ZodType<Payload>,
  portal: PortalForDocuments,
  pinned: string | undefined,
): Promise<AcceptedFromSystem<Payload> | RefusedFromSystem> {
  const unpacked = unpack(document, typ);
  if (unpacked.outcome === 'refused' || !isSystemId(unpacked.kid)) return refused('request-damaged');
  const systemId = unpacked.kid;
  const read = schema.safeParse(unpacked.payload);
  if (!read.success) return refused('request-damaged');
  const payload = read.data;
  if (!(await signedBy(document, decoded(payload.ed25519)))) return refused('request-damaged');
  if (payload.aud !== portal.fingerprint) return refused('other-portal');

  const accepted = (pins: boolean, signerKnown: boolean) => {
    const instanceProven = provesInstance(payload, systemId);
    return { outcome: 'accepted', systemId, payload, pins, signerKnown, instanceProven } as const;
  };
  // A pinned key needs no bind any more: the code keys may have changed since the system had its bundle.
  if (payload.ed25519 === pinned) return accepted(false, true);
  const bound = bindIn(payload, systemId, portal);
  if (bound === 'current') return pinned === undefined ? accepted(true, true) : refused('signing-key-differs');
  if (bound === 'retired' && pinned === undefined) return accepted(false, false);
  return refused('request-damaged');
}

/** Under what kind of code key the document's bind holds, if it does. */
function bindIn(
  payload: FromSystem,
  systemId: SystemId,
  portal: PortalForDocuments,
): 'current' | 'retired' | undefined {
  const codeKey = portal.codeKeys.find(({ id }) => id === payload.code_key_id);
  if (!codeKey) return undefined;
  const systemPublic = publicKeyOf(systemId);
  const side = { secret: codeKey.secret, peerPublic: systemPublic };
  const pair = { fingerprint: decoded(portal.fingerprint), codePublic: codeKey.public, systemPublic };
  if (!bindHolds(decoded(payload.bind), decoded(payload.ed25519), side, pair)) return undefined;
  return codeKey.id < portal.minCodeKey ? 'retired' : 'current';
}

function provesInstance(payload: FromSystem, systemId: SystemId): boolean {
  const { instance, instance_proof, aud, n } = payload;
  if (instance === undefined || instance_proof === undefined) return false;
  return verifyInstanceProof(instance, instance_proof, { aud, systemId, n });
}

function refused(code: RefusedFromSystem['code']): RefusedFromSystem {
  return { outcome: 'refused', code };
}

function decoded(base64url: string): Uint8Array {
  return fromBase64url(base64url) ?? new Uint8Array();
}
