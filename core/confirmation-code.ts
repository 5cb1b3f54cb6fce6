// The confirmation code: ten symbols that the site shows once it has accepted a registration code. Typed at the portal,
// they prove that the code arrived at the system that owns the System ID (docs/codes.md).

import { fromHex, toHex, utf8 } from './bytes.ts';
import { hmacSha256, sameBytes } from './crypto.ts';
import type { RegistrationCode } from './registration-code.ts';
import { type Pair, type Side, sharedKey } from './shared-keys.ts';
import { CONFIRMATION_CODE, type CodeReading, codeOf, dataOf, readCode } from './typed-code.ts';

/** The ten symbols of a confirmation code whose check symbols hold, upper case, without hyphens. */
export type ConfirmationCode = string & { readonly __confirmationCode: true };

export type ConfirmationCodeReading = CodeReading<ConfirmationCode>;

/** The one answer to a registration code. Either side can make it: the portal with its code key, the site with its own. */
export function confirmationOf(code: RegistrationCode, side: Side, pair: Pair): ConfirmationCode {
  return answerUnder(sharedKey('confirmation', side, pair), code);
}

/** Whether a typed code is the answer to a registration code, in constant time. The key is computed once for many of them. */
export function confirmer(side: Side, pair: Pair): (typed: ConfirmationCode, code: RegistrationCode) => boolean {
  const key = sharedKey('confirmation', side, pair);
  return (typed, code) => sameBytes(utf8(typed), utf8(answerUnder(key, code)));
}

function answerUnder(key: Uint8Array, code: RegistrationCode): ConfirmationCode {
  // 115 bits, left-aligned in 15 bytes.
  const data = fromHex((dataOf(code) << 5n).toString(16).padStart(30, '0'));
  const first36Bits = BigInt(`0x${toHex(hmacSha256(key, data).slice(0, 5))}`) >> 4n;
  return codeOf((BigInt(CONFIRMATION_CODE.type) << 36n) | first36Bits, CONFIRMATION_CODE);
}

/** Reads a code as a person typed it. It is never repaired. */
export function readConfirmationCode(typed: string): ConfirmationCodeReading {
  return readCode(typed, CONFIRMATION_CODE);
}
