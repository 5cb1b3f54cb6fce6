import { fromBase64url, toBase64url } from '../../core/bytes.ts';
import { ed25519PublicKey, randomBytes, x25519PublicKey } from '../../core/crypto.ts';
import { type Bundle, type BundlePayload, openBundle, recordKeyId, signBundle } from '../../core/documents/bundle.ts';
import type { PortalForDocuments } from '../../core/documents/request.ts';
import type { Database, Queries, Transaction } from './database.ts';
import { sql } from './sql.ts';

/** The portal's keys: the root that it is known by, the record key that signs, and the code keys whose secrets are here. */
export interface PortalKeys {
  bundle: Bundle;
  /** As it is given to sites. */
  bundleDocument: string;
  forDocuments: PortalForDocuments;
  record: { kid: string; secret: Uint8Array };
}

const CODE_KEYS = 8;
// Any number but the migration's: two portals that start on an empty database make one set of keys.
const LOCK = 7246002;

/** A secret as it lies in the database. Those of code keys that were exported are not there. */
export interface KeyRow {
  purpose: 'root' | 'record' | 'code';
  /** `root`: 0 for the first, then on; `record`: its `kid`; `code`: 0 to 7. */
  id: string;
  secret: Buffer;
  /** Of a record key: since when it signs; null while it is only announced. */
  signs_since: Date | null;
}

/** What a bundle says without its version, in the order in which it was written. */
export type BundleContent = Omit<BundlePayload, 'version'>;

/** Everything about the keys, read under a lock: whoever changes them at the same time waits. */
export interface KeysAtHand {
  rows: KeyRow[];
  stored: { version: number; document: string; content: BundleContent } | undefined;
}

/** Reads the keys, and makes them at the very first start. A changed address or name is signed into a newer bundle. */
export function loadKeys(db: Database, portal: { url: string; name: string; now: Date }): Promise<PortalKeys> {
  return db.transaction(async (tx) => {
    const { rows, stored } = await keysAtHand(tx);
    const keys = stored ? rows : await makeKeys(tx, portal.now);
    const content = { ...(stored?.content ?? firstContent(keys)), iss: portal.url, name: portal.name };
    const isAsWanted = stored && stored.content.iss === content.iss && stored.content.name === content.name;
    const document = isAsWanted ? stored.document : await writeBundle(tx, content, { rows: keys, stored }, portal.now);
    return portalKeys(keys, document);
  });
}

/** What is stored, if it is newer than this version: keys are changed by one process and used by all. */
export async function newerKeys(db: Database, version: number): Promise<PortalKeys | undefined> {
  const newest = await db.row(sql<{ version: number }>`select version from bundle order by version desc limit 1`);
  if (!newest || newest.version <= version) return undefined;
  return db.transaction(async (tx) => {
    const { rows, stored } = await keysAtHand(tx);
    return stored && portalKeys(rows, stored.document);
  });
}

export async function keysAtHand(tx: Transaction): Promise<KeysAtHand> {
  await tx.rows(sql`select pg_advisory_xact_lock(${LOCK})`);
  const [rows, stored] = await Promise.all([
    keyRows(tx),
    tx.row(sql<NonNullable<KeysAtHand['stored']>>`
      select version, document, content from bundle order by version desc limit 1`),
  ]);
  return { rows, stored };
}

function keyRows(q: Queries): Promise<KeyRow[]> {
  return q.rows(sql<KeyRow>`
    select purpose, id, secret, signs_since from portal_key order by purpose, created_at, id`);
}

/** Signs the next bundle and keeps it. From then on every portal process follows it. */
export async function writeBundle(
  tx: Transaction,
  content: BundleContent,
  { rows, stored }: KeysAtHand,
  now: Date,
): Promise<string> {
  const payload = { ...content, version: (stored?.version ?? 0) + 1 };
  const document = await signBundle(payload, rootIn(rows));
  await tx.rows(sql`
    insert into bundle (version, document, content, created_at)
    values (${payload.version}, ${document}, ${JSON.stringify(content)}, ${now})`);
  return document;
}

async function makeKeys(tx: Transaction, now: Date): Promise<KeyRow[]> {
  const code = Array.from({ length: CODE_KEYS }, (_, id) => ({ purpose: 'code' as const, id: String(id) }));
  const record = randomBytes(32);
  await insertKey(tx, { purpose: 'root', id: '0', secret: randomBytes(32) }, now);
  await insertKey(tx, { purpose: 'record', id: recordKidOf(record), secret: record, signsSince: now }, now);
  for (const key of code) await insertKey(tx, { ...key, secret: randomBytes(32) }, now);
  return keyRows(tx);
}

export interface NewKey {
  purpose: KeyRow['purpose'];
  id: string;
  secret: Uint8Array;
  signsSince?: Date;
}

export async function insertKey(tx: Transaction, key: NewKey, now: Date): Promise<void> {
  await tx.rows(sql`
    insert into portal_key (purpose, id, secret, created_at, signs_since)
    values (${key.purpose}, ${key.id}, ${Buffer.from(key.secret)}, ${now}, ${key.signsSince ?? null})`);
}

export const recordKidOf = (secret: Uint8Array): string => recordKeyId(ed25519PublicKey(secret));

/** The secret of the present root: the latest. */
export function rootIn(rows: readonly KeyRow[]): Uint8Array {
  const roots = rows.filter((row) => row.purpose === 'root').toSorted((a, b) => Number(a.id) - Number(b.id));
  return secretIn(roots.at(-1), 'root key');
}

/** The record keys as the bundle names them, in the order in which they were made. */
export function recordKeysIn(rows: readonly KeyRow[]): BundleContent['record_keys'] {
  return rows
    .filter((row) => row.purpose === 'record')
    .map(({ id, secret }) => ({ kid: id, x: toBase64url(ed25519PublicKey(new Uint8Array(secret))) }));
}

/** The record key that signs: of those that do, the one that began last. */
export function signingKeyIn(rows: readonly KeyRow[]): KeyRow | undefined {
  return rows
    .filter((row) => row.purpose === 'record' && row.signs_since !== null)
    .toSorted((a, b) => Number(a.signs_since) - Number(b.signs_since))
    .at(-1);
}

function firstContent(rows: readonly KeyRow[]): Omit<BundleContent, 'iss' | 'name'> {
  const codeSecret = (id: number) =>
    secretIn(
      rows.find((row) => row.purpose === 'code' && row.id === String(id)),
      `code key ${id}`,
    );
  return {
    root: toBase64url(ed25519PublicKey(rootIn(rows))),
    record_keys: recordKeysIn(rows),
    code_keys: Array.from({ length: CODE_KEYS }, (_, id) => toBase64url(x25519PublicKey(codeSecret(id)))),
    min_code_key: 0,
  };
}

async function portalKeys(rows: readonly KeyRow[], document: string): Promise<PortalKeys> {
  const reading = await openBundle(document);
  if (reading.outcome === 'refused') throw new Error(`The portal's own bundle is refused: ${reading.code}.`);
  const { bundle } = reading;
  const signing = signingKeyIn(rows);
  const codeKeys = bundle.code_keys.flatMap((x, id) => {
    const secret = rows.find((row) => row.purpose === 'code' && row.id === String(id))?.secret;
    return secret ? [{ id, secret: new Uint8Array(secret), public: fromBase64url(x) ?? new Uint8Array() }] : [];
  });
  if (!codeKeys.some(({ id }) => id === bundle.min_code_key)) {
    throw new Error(`The secret of code key ${bundle.min_code_key}, the current one, is missing in the database.`);
  }
  return {
    bundle,
    bundleDocument: document,
    forDocuments: { fingerprint: bundle.fingerprint, codeKeys, minCodeKey: bundle.min_code_key },
    record: { kid: signing?.id ?? '', secret: secretIn(signing, 'record key') },
  };
}

function secretIn(row: KeyRow | undefined, what: string): Uint8Array {
  if (!row) throw new Error(`The portal's ${what} is missing in the database.`);
  return new Uint8Array(row.secret);
}
