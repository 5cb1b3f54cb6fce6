// What stays when the database is deleted: `instance.json` beside it, for the agent alone. It holds the instance key,
// what this machine is recognised by, and which systems this installation was. It is in no backup. A lost or spoilt one is
// never an error: a new key is made, and the portal no longer says "we know this server".

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fromBase64url, toBase64url } from '../../core/bytes.ts';
import { ed25519PublicKey } from '../../core/crypto.ts';
import { type InstanceKey, newInstanceKey } from '../../core/instance-key.ts';
import { writeWholeFile } from './whole-file.ts';

/** A system that this installation is or was, with the record that it showed last. */
export interface KnownSystem {
  systemId: string;
  record?: string;
  /** When that record came, in Unix seconds. */
  recordAt?: number;
}

export interface InstanceFile {
  key: InstanceKey;
  machine: string[];
  system?: KnownSystem;
  /** Newest first. */
  former: (KnownSystem & { until: number })[];
}

const known = { systemId: z.string(), record: z.string().optional(), recordAt: z.number().optional() };
const schema = z.object({
  instance_key: z.string(),
  machine: z.array(z.string()),
  system: z.object(known).optional(),
  former: z.array(z.object({ ...known, until: z.number() })),
});

const FORMER = 20;

export function newInstanceFile(machine: string[]): InstanceFile {
  return { key: newInstanceKey(), machine, former: [] };
}

export function readInstanceFile(folder: string): InstanceFile | undefined {
  try {
    const { instance_key, ...rest } = schema.parse(JSON.parse(readFileSync(pathIn(folder), 'utf8')));
    const secretKey = fromBase64url(instance_key);
    return secretKey?.length === 32
      ? { key: { secretKey, publicKey: ed25519PublicKey(secretKey) }, ...rest }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The whole file or the one before, also when the power fails. */
export function writeInstanceFile(folder: string, { key, former, ...rest }: InstanceFile): void {
  const text = JSON.stringify(
    { instance_key: toBase64url(key.secretKey), ...rest, former: former.slice(0, FORMER) },
    null,
    2,
  );
  writeWholeFile(pathIn(folder), `${text}\n`);
}

export function removeInstanceFile(folder: string): void {
  rmSync(pathIn(folder), { force: true });
}

/** Which system lies beside the file now; the one before becomes a former one. Undefined if it already says so. */
export function withSystem(file: InstanceFile, systemId: string, now: number): InstanceFile | undefined {
  if (file.system?.systemId === systemId) return undefined;
  const before = file.system ? [{ ...file.system, until: now }] : [];
  // A backup may bring back a system of before: then it keeps what was known of it.
  const back = file.former.find((one) => one.systemId === systemId);
  return {
    ...file,
    system: { systemId, record: back?.record, recordAt: back?.recordAt },
    former: [...before, ...file.former].filter((one) => one.systemId !== systemId),
  };
}

function pathIn(folder: string): string {
  return join(folder, 'instance.json');
}
