// The code of a printed invitation: twenty symbols, of which 86 bits are random, so that nobody finds one by trying
// (docs/codes.md, "Invitation code"). Who has the paper may take the seat that it names, once.

import { toHex } from './bytes.ts';
import { randomBytes } from './crypto.ts';
import { type CodeReading, codeOf, INVITATION_CODE, readCode } from './typed-code.ts';

/** The twenty symbols of an invitation code whose check symbols hold, upper case, without hyphens. */
export type InvitationCode = string & { readonly __invitationCode: true };

const RANDOM_BITS = 86n;

/** A code that nobody has. */
export function newInvitationCode(): InvitationCode {
  const random = BigInt(`0x${toHex(randomBytes(11))}`) & ((1n << RANDOM_BITS) - 1n);
  return codeOf((BigInt(INVITATION_CODE.type) << RANDOM_BITS) | random, INVITATION_CODE);
}

/** Reads a code as a person typed it. It is never repaired. */
export function readInvitationCode(typed: string): CodeReading<InvitationCode> {
  return readCode(typed, INVITATION_CODE);
}
