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
  // 115 bits, left-aligned in 15 bytes.
  const data = fromHex((dataOf(code) << 5n).toString(16).padStart(30, '0'));
  const mac = hmacSha256(sharedKey('confirmation', side, pair), data);
  const first36Bits = BigInt(`0x${toHex(mac.slice(0, 5))}`) >> 4n;
  return codeOf((BigInt(CONFIRMATION_CODE.type) << 36n) | first36Bits, CONFIRMATION_CODE);
}

/** Whether the typed code is the answer to this registration code, in constant time. */
export function confirms(typed: ConfirmationCode, code: RegistrationCode, side: Side, pair: Pair): boolean {
  return sameBytes(utf8(typed), utf8(confirmationOf(code, side, pair)));
}

/** Reads a code as a person typed it. It is never repaired. */
export function readConfirmationCode(typed: string): ConfirmationCodeReading {
  return readCode(typed, CONFIRMATION_CODE);
}
