import { toBase64url } from '../../core/bytes.ts';
import { ed25519PublicKey, randomBytes, x25519PublicKey } from '../../core/crypto.ts';
import { signLink } from '../../core/documents/bundle.ts';
import { MAX_BYTES, peek } from '../../core/documents/jws.ts';
import { openKeyFile, SHORTEST_PASSPHRASE, sealKeyFile } from '../../core/key-file.ts';
import type { Database, Transaction } from '../store/database.ts';
import {
  type BundleContent,
  insertKey,
  type KeyRow,
  type KeysAtHand,
  keysAtHand,
  recordKeysIn,
  recordKidOf,
  rootIn,
  signingKeyIn,
  writeBundle,
} from '../store/keys.ts';
import { sql } from '../store/sql.ts';

/**
 * The ceremonies of a portal's keys (docs/key-ceremony.md). Each changes what is stored and, where sites must know, signs a newer
 * bundle; the portal processes that run follow it by themselves.
 */

/** The portal has never been started, so it has no keys. */
type NoKeys = { outcome: 'no-keys' };

export interface KeysShown {
  outcome: 'shown';
  url: string;
  name: string;
  /** Of the first root, for life. */
  fingerprint: string;
  bundleVersion: number;
  /** How often the root was changed. */
  rootChanges: number;
  recordKeys: { kid: string; signs: boolean }[];
  /** The number of the code key under which codes are made. */
  currentCodeKey: number;
  codeKeys: { id: number; state: 'retired' | 'current' | 'to-come'; secret: 'in-the-database' | 'elsewhere' }[];
}

/** What there is and where the secrets are. */
export async function showKeys(db: Database): Promise<KeysShown | NoKeys> {
  return db.transaction(async (tx): Promise<KeysShown | NoKeys> => {
    const keys = await keysAtHand(tx);
    if (!keys.stored) return { outcome: 'no-keys' };
    const { version, content } = keys.stored;
    const { min_code_key: current } = content;
    const signing = signingKeyIn(keys.rows)?.id;
    return {
      outcome: 'shown',
      url: content.iss,
      name: content.name,
      fingerprint: fingerprintIn(keys),
      bundleVersion: version,
      rootChanges: content.chain?.length ?? 0,
      recordKeys: content.record_keys.map(({ kid }) => ({ kid, signs: kid === signing })),
      currentCodeKey: current,
      codeKeys: content.code_keys.map((_, id) => ({
        id,
        state: id < current ? 'retired' : id === current ? 'current' : 'to-come',
        secret: codeSecretIn(keys.rows, id) ? 'in-the-database' : 'elsewhere',
      })),
    };
  });
}

export type ExportResult =
  /** To be written down and read back; then `dropExportedKeys` takes the secrets out of the database. */
  | { outcome: 'sealed'; file: string; codeKeys: number[] }
  | { outcome: 'passphrase-too-short'; least: number }
  /** Those above the current one are elsewhere already, or there are none above it. */
  | { outcome: 'nothing-to-export' }
  | NoKeys;

/** The secrets of the code keys above the current one, encrypted under a passphrase. Nothing is changed yet. */
export async function exportKeys(db: Database, passphrase: string): Promise<ExportResult> {
  if (passphrase.length < SHORTEST_PASSPHRASE) return { outcome: 'passphrase-too-short', least: SHORTEST_PASSPHRASE };
  const keys = await db.transaction(keysAtHand);
  if (!keys.stored) return { outcome: 'no-keys' };
  const codeKeys = toCome(keys).flatMap((id) => {
    const secret = codeSecretIn(keys.rows, id);
    return secret ? [{ id, secret }] : [];
  });
  if (codeKeys.length === 0) return { outcome: 'nothing-to-export' };
  const fingerprint = fingerprintIn(keys);
  return {
    outcome: 'sealed',
    file: await sealKeyFile({ fingerprint, codeKeys }, passphrase),
    codeKeys: codeKeys.map(({ id }) => id),
  };
}

type FileFault =
  | { outcome: 'wrong-passphrase' }
  | { outcome: 'not-a-key-file' }
  | { outcome: 'key-file-of-another-portal' }
  /** The file has secrets that are not the ones of these public keys. */
  | { outcome: 'keys-differ'; codeKeys: number[] };

export type TestResult = { outcome: 'right'; codeKeys: number[] } | FileFault | NoKeys;

/** Opens a key file and compares it with the public keys of the bundle. Nothing is changed. */
export async function testKeys(db: Database, file: string, passphrase: string): Promise<TestResult> {
  const keys = await db.transaction(keysAtHand);
  if (!keys.stored) return { outcome: 'no-keys' };
  const opened = await secretsIn(file, passphrase, keys);
  return opened.outcome === 'right' ? { outcome: 'right', codeKeys: opened.codeKeys.map(({ id }) => id) } : opened;
}

export type DropResult = { outcome: 'dropped'; codeKeys: number[] } | FileFault | NoKeys;

/**
 * Takes out of the database the secrets that this file holds. The file, as it was read back, is opened once more before: what
 * cannot be opened is no safe-keeping. The current key and the retired ones stay.
 */
export async function dropExportedKeys(db: Database, file: string, passphrase: string): Promise<DropResult> {
  return db.transaction(async (tx): Promise<DropResult> => {
    const keys = await keysAtHand(tx);
    if (!keys.stored) return { outcome: 'no-keys' };
    const opened = await secretsIn(file, passphrase, keys);
    if (opened.outcome !== 'right') return opened;
    const ids = opened.codeKeys.map(({ id }) => id).filter((id) => toCome(keys).includes(id));
    const dropped = await tx.rows(sql<{ id: string }>`
      delete from portal_key where purpose = 'code' and id = any(${ids.map(String)}::text[]) returning id`);
    return { outcome: 'dropped', codeKeys: dropped.map(({ id }) => Number(id)).toSorted((a, b) => a - b) };
  });
}

export type AdvanceResult =
  | { outcome: 'advanced'; currentCodeKey: number; bundleVersion: number }
  /** The secret of the next key is elsewhere: bring the file that it was exported to. */
  | { outcome: 'file-needed'; codeKey: number }
  /** The file has other keys, but not the next one. */
  | { outcome: 'not-in-file'; codeKey: number }
  /** Eight have been used. */
  | { outcome: 'last-key' }
  | FileFault
  | NoKeys;

/**
 * Goes on to the next code key: codes are made under it from now on, and sites that hear of it take none under an older one.
 * `file`: where the next key's secret is, if it is not in the database.
 */
export async function advanceKeys(
  db: Database,
  now: Date,
  from?: { file: string; passphrase: string },
): Promise<AdvanceResult> {
  return db.transaction(async (tx): Promise<AdvanceResult> => {
    const keys = await keysAtHand(tx);
    if (!keys.stored) return { outcome: 'no-keys' };
    const [next] = toCome(keys);
    if (next === undefined) return { outcome: 'last-key' };
    if (!codeSecretIn(keys.rows, next)) {
      if (!from) return { outcome: 'file-needed', codeKey: next };
      const opened = await secretsIn(from.file, from.passphrase, keys);
      if (opened.outcome !== 'right') return opened;
      const secret = opened.codeKeys.find(({ id }) => id === next)?.secret;
      if (!secret) return { outcome: 'not-in-file', codeKey: next };
      await insertKey(tx, { purpose: 'code', id: String(next), secret }, now);
    }
    await change(tx, keys, { min_code_key: next }, now);
    return { outcome: 'advanced', currentCodeKey: next, bundleVersion: keys.stored.version + 1 };
  });
}

export type RecordKeyStep = 'announce' | 'sign' | 'drop';

export type RecordKeyResult =
  | { outcome: 'announced' | 'signs' | 'dropped'; kid: string; bundleVersion: number }
  /** There is one already that does not sign yet, or an old one that was not dropped. */
  | { outcome: 'unfinished'; kid: string }
  /** No other key was announced, or there is no old one: nothing to go on to. */
  | { outcome: 'nothing-to-do' }
  | NoKeys;

/**
 * A new record key, in three steps with time between them: *announce* names it in the bundle, so that sites learn it; *sign*
 * lets it sign; *drop* takes the old one out of the bundle, and sites believe it no more.
 */
export async function newRecordKey(db: Database, step: RecordKeyStep, now: Date): Promise<RecordKeyResult> {
  return db.transaction(async (tx): Promise<RecordKeyResult> => {
    const keys = await keysAtHand(tx);
    if (!keys.stored) return { outcome: 'no-keys' };
    const signing = signingKeyIn(keys.rows);
    const others = keys.rows.filter((row) => row.purpose === 'record' && row.id !== signing?.id);
    const announced = others.find((row) => row.signs_since === null);
    const bundleVersion = keys.stored.version + 1;
    switch (step) {
      case 'announce': {
        const [unfinished] = others;
        if (unfinished) return { outcome: 'unfinished', kid: unfinished.id };
        const secret = randomBytes(32);
        const kid = recordKidOf(secret);
        await insertKey(tx, { purpose: 'record', id: kid, secret }, now);
        await changeRecordKeys(tx, keys, now);
        return { outcome: 'announced', kid, bundleVersion };
      }
      case 'sign': {
        if (!announced) return { outcome: 'nothing-to-do' };
        // Of two that were to begin in the same moment the later one signs.
        const since = new Date(Math.max(now.getTime(), Number(signing?.signs_since ?? 0) + 1));
        await tx.rows(sql`
          update portal_key set signs_since = ${since} where purpose = 'record' and id = ${announced.id}`);
        // The bundle says the same; its version is what makes the processes look.
        await changeRecordKeys(tx, keys, now);
        return { outcome: 'signs', kid: announced.id, bundleVersion };
      }
      case 'drop': {
        const [old] = others.filter((row) => row.signs_since !== null);
        if (!old) return { outcome: 'nothing-to-do' };
        await tx.rows(sql`delete from portal_key where purpose = 'record' and id = ${old.id}`);
        await changeRecordKeys(tx, keys, now);
        return { outcome: 'dropped', kid: old.id, bundleVersion };
      }
    }
  });
}

export type RootResult =
  | { outcome: 'changed'; rootChanges: number; bundleVersion: number }
  /** One more link would make the bundle larger than any site reads. */
  | { outcome: 'chain-full' }
  | NoKeys;

/**
 * A new root key. The old one signs which one comes after it, and its secret is forgotten. The fingerprint stays that of the
 * first, and sites that trust it believe the new one through the chain.
 */
export async function newRoot(db: Database, now: Date): Promise<RootResult> {
  return db.transaction(async (tx): Promise<RootResult> => {
    const keys = await keysAtHand(tx);
    if (!keys.stored) return { outcome: 'no-keys' };
    const { content, version } = keys.stored;
    const secret = randomBytes(32);
    const root = toBase64url(ed25519PublicKey(secret));
    const link = await signLink({ ...content, version: version + 1 }, root, rootIn(keys.rows));
    const chain = [...(content.chain ?? []), link];
    const next = { ...content, root, chain };
    if (JSON.stringify(next).length > MAX_BYTES['datestone-bundle+jwt'] - ROOM_TO_GROW)
      return { outcome: 'chain-full' };
    await tx.rows(sql`delete from portal_key where purpose = 'root'`);
    await insertKey(tx, { purpose: 'root', id: String(chain.length), secret }, now);
    // The link has the version before it: versions grow along a chain.
    const stored = { ...keys.stored, version: version + 1 };
    await writeBundle(tx, next, { rows: (await keysAtHand(tx)).rows, stored }, now);
    return { outcome: 'changed', rootChanges: chain.length, bundleVersion: version + 2 };
  });
}

/** For a name or address that becomes longer, and a record key that is announced. */
const ROOM_TO_GROW = 600;

/** Of the portal's first root: whose bundles they are. */
function fingerprintIn({ stored }: KeysAtHand): string {
  return (stored && peek(stored.document)?.kid) ?? '';
}

/** The code keys above the current one. */
function toCome({ stored }: KeysAtHand): number[] {
  if (!stored) return [];
  return stored.content.code_keys.map((_, id) => id).filter((id) => id > stored.content.min_code_key);
}

function codeSecretIn(rows: readonly KeyRow[], id: number): Uint8Array | undefined {
  const row = rows.find((one) => one.purpose === 'code' && one.id === String(id));
  return row && new Uint8Array(row.secret);
}

async function secretsIn(
  file: string,
  passphrase: string,
  keys: KeysAtHand,
): Promise<{ outcome: 'right'; codeKeys: { id: number; secret: Uint8Array }[] } | FileFault> {
  const reading = await openKeyFile(file, passphrase);
  if (reading.outcome !== 'opened') return reading;
  const { fingerprint, codeKeys } = reading.keys;
  if (fingerprint !== fingerprintIn(keys)) return { outcome: 'key-file-of-another-portal' };
  const differ = codeKeys.filter(({ id, secret }) => {
    const isKey = secret.length === 32;
    return !isKey || toBase64url(x25519PublicKey(secret)) !== keys.stored?.content.code_keys[id];
  });
  return differ.length > 0
    ? { outcome: 'keys-differ', codeKeys: differ.map(({ id }) => id) }
    : { outcome: 'right', codeKeys };
}

async function change(tx: Transaction, keys: KeysAtHand, changed: Partial<BundleContent>, now: Date): Promise<void> {
  if (!keys.stored) return;
  await writeBundle(tx, { ...keys.stored.content, ...changed }, keys, now);
}

async function changeRecordKeys(tx: Transaction, keys: KeysAtHand, now: Date): Promise<void> {
  await change(tx, keys, { record_keys: recordKeysIn((await keysAtHand(tx)).rows) }, now);
}
