// The registration code: 25 symbols that carry "you are registered" to a site without Internet (docs/codes.md). The MAC in
// it can only be made by the portal and checked by the one system that it is for.

import { fromHex, toHex } from './bytes.ts';
import { hmacSha256, sameBytes } from './crypto.ts';
import { type Pair, type Side, sharedKey } from './shared-keys.ts';
import { type CodeReading, codeOf, dataOf, REGISTRATION_CODE, readCode } from './typed-code.ts';

/** The 25 symbols of a registration code whose check symbols hold, upper case, without hyphens. */
export type RegistrationCode = string & { readonly __registrationCode: true };

/** What a registration code says. */
export interface RegistrationCodeContent {
  /** Which of the portal's code keys, 0 to 7. */
  keyId: number;
  /** A security advisory is waiting for this system. */
  advisory: boolean;
  /** The portal asks for a confirmation code: the claim is not proven. */
  asksConfirmation: boolean;
  /** Issue number for this System ID, 1 to 4095; 0 is of no honest code. */
  sequence: number;
  /** Days since 2025-01-01 (UTC), 0 to 16383: for display only. */
  day: number;
}

export type RegistrationCodeReading = CodeReading<RegistrationCode>;

const MAC_BITS = 80n;
const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST_DAY = Date.UTC(2025, 0, 1);
const LAST_DAY = 2 ** 14 - 1;

/** A code, made by the portal (its code key's secret, the System ID's public key). Throws on a number that has no room. */
export function makeRegistrationCode(content: RegistrationCodeContent, side: Side, pair: Pair): RegistrationCode {
  const head = headOf(content);
  return codeOf((head << MAC_BITS) | macOf(head, side, pair), REGISTRATION_CODE);
}

/** Whether the code is for this system and from this portal: its MAC, in constant time. Either side can tell. */
export function codeHolds(code: RegistrationCode, side: Side, pair: Pair): boolean {
  const data = dataOf(code);
  const [given, right] = [data & ((1n << MAC_BITS) - 1n), macOf(data >> MAC_BITS, side, pair)];
  return sameBytes(bytesOf(given, 10), bytesOf(right, 10));
}

/** What the code says; true only if `codeHolds`. */
export function contentOf(code: RegistrationCode): RegistrationCodeContent {
  const head = Number(dataOf(code) >> MAC_BITS);
  const bits = (from: number, count: number) => Math.floor(head / 2 ** from) % 2 ** count;
  const flags = bits(26, 2);
  return {
    keyId: bits(28, 3),
    advisory: (flags & 1) !== 0,
    asksConfirmation: (flags & 2) !== 0,
    sequence: bits(14, 12),
    day: bits(0, 14),
  };
}

/** Reads a code as a person typed it. Its MAC is not looked at. */
export function readRegistrationCode(typed: string): RegistrationCodeReading {
  return readCode(typed, REGISTRATION_CODE);
}

/** The number that a code has for this moment, clamped to what has room: for display only. */
export function dayOf(at: Date): number {
  return Math.min(Math.max(Math.floor((at.getTime() - FIRST_DAY) / DAY_MS), 0), LAST_DAY);
}

/** The day of a code, at its beginning in UTC. */
export function dateOfDay(day: number): Date {
  return new Date(FIRST_DAY + day * DAY_MS);
}

/** The 35 bits before the MAC. */
function headOf({ keyId, advisory, asksConfirmation, sequence, day }: RegistrationCodeContent): bigint {
  const flags = (advisory ? 1 : 0) + (asksConfirmation ? 2 : 0);
  const fields: [value: number, bits: number][] = [
    [REGISTRATION_CODE.type, 4],
    [keyId, 3],
    [flags, 2],
    [sequence, 12],
    [day, 14],
  ];
  return fields.reduce((head, [value, bits]) => {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) throw new Error(`${value} has no room in a code.`);
    return (head << BigInt(bits)) | BigInt(value);
  }, 0n);
}

function macOf(head: bigint, side: Side, pair: Pair): bigint {
  // 35 bits, left-aligned in 5 bytes.
  const mac = hmacSha256(sharedKey('registration', side, pair), bytesOf(head << 5n, 5));
  return BigInt(`0x${toHex(mac.slice(0, 10))}`);
}

function bytesOf(value: bigint, length: number): Uint8Array {
  return fromHex(value.toString(16).padStart(2 * length, '0'));
}
