// Code keys of a portal that are kept elsewhere: a file that is encrypted under a passphrase (docs/key-ceremony.md). The format is a
// JWE (RFC 7516) of a kept library, its key made by PBES2 (RFC 7518).

import { CompactEncrypt, compactDecrypt } from 'jose';
import { z } from 'zod';
import { fromBase64url, fromUtf8, toBase64url, utf8 } from './bytes.ts';
import { codeKeyId, fingerprint } from './documents/members.ts';

const TYP = 'datestone-keys+jwe';
const ALG = 'PBES2-HS512+A256KW';
const ENC = 'A256GCM';
// Half a second of one core for each guess.
const ITERATIONS = 1_000_000;
/** Eight keys are far smaller. */
const LARGEST_FILE = 16 * 1024;

/** The fewest characters of a passphrase: the file may be copied, and then guessed at for years. */
export const SHORTEST_PASSPHRASE = 15;

/** The secrets of some code keys, and of which portal they are. */
export interface KeyFile {
  fingerprint: string;
  codeKeys: { id: number; secret: Uint8Array }[];
}

const contentSchema = z.object({
  fingerprint,
  code_keys: z.array(z.object({ id: codeKeyId, secret: z.string() })).min(1),
});

/** The file as text, with a line end. */
export async function sealKeyFile(keys: KeyFile, passphrase: string): Promise<string> {
  const content = {
    fingerprint: keys.fingerprint,
    code_keys: keys.codeKeys.map(({ id, secret }) => ({ id, secret: toBase64url(secret) })),
  };
  const sealed = await new CompactEncrypt(utf8(JSON.stringify(content)))
    .setProtectedHeader({ alg: ALG, enc: ENC, typ: TYP })
    .setKeyManagementParameters({ p2c: ITERATIONS })
    .encrypt(keyFrom(passphrase));
  return `${sealed}\n`;
}

export type KeyFileReading =
  | { outcome: 'opened'; keys: KeyFile }
  /** Another passphrase, or a file that was changed: nobody can tell which. */
  | { outcome: 'wrong-passphrase' }
  | { outcome: 'not-a-key-file' };

/** Opens the file with the passphrase that it was sealed with. */
export async function openKeyFile(file: string, passphrase: string): Promise<KeyFileReading> {
  const text = file.trim();
  if (text.length > LARGEST_FILE || !/^[\w-]+(\.[\w-]+){4}$/.test(text)) return { outcome: 'not-a-key-file' };
  const content = await decrypted(text, passphrase);
  if (content === undefined) return { outcome: 'wrong-passphrase' };
  const read = contentSchema.safeParse(content);
  if (!read.success) return { outcome: 'not-a-key-file' };
  const codeKeys = read.data.code_keys.map(({ id, secret }) => ({
    id,
    secret: fromBase64url(secret) ?? new Uint8Array(),
  }));
  return { outcome: 'opened', keys: { fingerprint: read.data.fingerprint, codeKeys } };
}

async function decrypted(text: string, passphrase: string): Promise<unknown> {
  try {
    const { plaintext } = await compactDecrypt(text, keyFrom(passphrase), {
      keyManagementAlgorithms: [ALG],
      contentEncryptionAlgorithms: [ENC],
      maxPBES2Count: ITERATIONS,
    });
    return JSON.parse(fromUtf8(plaintext) ?? '');
  } catch {
    return undefined;
  }
}

/** The same passphrase from every keyboard: composed letters and decomposed ones are one. */
function keyFrom(passphrase: string): Uint8Array {
  return utf8(passphrase.normalize('NFC'));
}
