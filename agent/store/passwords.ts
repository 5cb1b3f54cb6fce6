// Passwords as argon2id hashes in the usual text form, computed by node:crypto off the event loop.

import { argon2 } from 'node:crypto';
import { promisify } from 'node:util';
import { fromBase64url, toBase64url, utf8 } from '../../core/bytes.ts';
import { randomBytes, sameBytes } from '../../core/crypto.ts';

// OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
const MEMORY = 19_456;
const PASSES = 2;
const PARAMETERS = `m=${MEMORY},t=${PASSES},p=1`;

const derive = promisify(argon2);

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `$argon2id$v=19$${PARAMETERS}$${toBase64url(salt)}$${toBase64url(await argon2id(password, salt))}`;
}

/** Takes as long for a user who does not exist (no hash) as for one who does. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, , , parameters, salt, expected] = (hash ?? `$argon2id$v=19$${PARAMETERS}$AAAAAAAAAAAAAAAAAAAAAA$`).split(
    '$',
  );
  if (parameters !== PARAMETERS) return false;
  const derived = await argon2id(password, fromBase64url(salt ?? '') ?? new Uint8Array(16));
  return sameBytes(derived, fromBase64url(expected ?? '') ?? new Uint8Array());
}

async function argon2id(password: string, salt: Uint8Array): Promise<Uint8Array> {
  const message = utf8(password.normalize('NFKC'));
  const options = { message, nonce: salt, parallelism: 1, tagLength: 32, memory: MEMORY, passes: PASSES };
  return new Uint8Array(await derive('argon2id', options));
}
