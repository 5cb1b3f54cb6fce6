import { fromBase64url } from '../../core/bytes.ts';
import type { RegistrationCode } from '../../core/registration-code.ts';
import type { Pair, Side } from '../../core/shared-keys.ts';
import { publicKeyOf, type SystemId } from '../../core/system-id.ts';
import type { PortalKeys } from './keys.ts';

/** A registration code as it is kept: one row of each that was ever handed out. */
export interface KeptCode {
  code: RegistrationCode;
  sequence: number;
  keyId: number;
  answersRevision: number;
  issuedAt: Date;
  replacedAt: Date | null;
  tries: number;
}

/** What the portal computes a system's codes with; `undefined` where the secret of this code key is kept elsewhere. */
export function sideOf(keys: PortalKeys, keyId: number, systemId: SystemId): { side: Side; pair: Pair } | undefined {
  const { fingerprint, codeKeys } = keys.forDocuments;
  const codeKey = codeKeys.find(({ id }) => id === keyId);
  if (!codeKey) return undefined;
  const systemPublic = publicKeyOf(systemId);
  return {
    side: { secret: codeKey.secret, peerPublic: systemPublic },
    pair: { fingerprint: fromBase64url(fingerprint) ?? new Uint8Array(), codePublic: codeKey.public, systemPublic },
  };
}
