import { toBase64url } from '../../core/bytes.ts';
import { ed25519PublicKey, randomBytes, x25519PublicKey } from '../../core/crypto.ts';
import {
  type Bundle,
  type BundlePayload,
  fingerprintOf,
  recordKeyId,
  signBundle,
} from '../../core/documents/bundle.ts';
import type { PortalForDocuments } from '../../core/documents/request.ts';
import type { Database, Transaction } from './database.ts';
import { sql } from './sql.ts';

/** The portal's keys: the root that it is known by, the record key that signs, eight code keys. */
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

interface KeyRow {
  purpose: 'root' | 'record' | 'code';
  id: string;
  secret: Buffer;
}

/** Reads the keys, and makes them at the very first start. A changed address or name is signed into a newer bundle. */
export function loadKeys(db: Database, portal: { url: string; name: string; now: Date }): Promise<PortalKeys> {
  return db.transaction(async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(${LOCK})`);
    const keys = await keysIn(tx, portal.now);
    const root = secretOf(keys, 'root', '0');
    const record = { kid: recordKid(keys), secret: secretOf(keys, 'record', recordKid(keys)) };
    const codeKeys = Array.from({ length: CODE_KEYS }, (_, id) => {
      const secret = secretOf(keys, 'code', String(id));
      return { id, secret, public: x25519PublicKey(secret) };
    });
    const wanted = {
      iss: portal.url,
      name: portal.name,
      root: toBase64url(ed25519PublicKey(root)),
      record_keys: [{ kid: record.kid, x: toBase64url(ed25519PublicKey(record.secret)) }],
      code_keys: codeKeys.map((key) => toBase64url(key.public)),
      min_code_key: 0,
    };
    const { bundle, document } = await newestBundle(tx, wanted, root, portal.now);
    const forDocuments = { fingerprint: bundle.fingerprint, codeKeys, minCodeKey: bundle.min_code_key };
    return { bundle, bundleDocument: document, forDocuments, record };
  });
}

async function keysIn(tx: Transaction, now: Date): Promise<KeyRow[]> {
  const keys = await tx.rows(sql<KeyRow>`select purpose, id, secret from portal_key`);
  if (keys.length > 0) return keys;
  const recordSecret = randomBytes(32);
  const made: KeyRow[] = [
    { purpose: 'root', id: '0', secret: Buffer.from(randomBytes(32)) },
    { purpose: 'record', id: recordKeyId(ed25519PublicKey(recordSecret)), secret: Buffer.from(recordSecret) },
    ...Array.from({ length: CODE_KEYS }, (_, id) => ({
      purpose: 'code' as const,
      id: String(id),
      secret: Buffer.from(randomBytes(32)),
    })),
  ];
  for (const { purpose, id, secret } of made) {
    await tx.rows(sql`
      insert into portal_key (purpose, id, secret, created_at) values (${purpose}, ${id}, ${secret}, ${now})`);
  }
  return made;
}

/** The stored bundle, or a newer one where the address or the name in the configuration has changed. */
async function newestBundle(
  tx: Transaction,
  wanted: Omit<BundlePayload, 'version'>,
  root: Uint8Array,
  now: Date,
): Promise<{ bundle: Bundle; document: string }> {
  const fingerprint = fingerprintOf(ed25519PublicKey(root));
  const stored = await tx.row(sql<{ version: number; document: string; content: Omit<BundlePayload, 'version'> }>`
    select version, document, content from bundle order by version desc limit 1`);
  if (stored && JSON.stringify(stored.content) === JSON.stringify(wanted)) {
    return { bundle: { ...wanted, version: stored.version, fingerprint }, document: stored.document };
  }
  const payload = { ...wanted, version: (stored?.version ?? 0) + 1 };
  const document = await signBundle(payload, root);
  await tx.rows(sql`
    insert into bundle (version, document, content, created_at)
    values (${payload.version}, ${document}, ${JSON.stringify(wanted)}, ${now})`);
  return { bundle: { ...payload, fingerprint }, document };
}

function recordKid(keys: readonly KeyRow[]): string {
  return keys.find((key) => key.purpose === 'record')?.id ?? '';
}

function secretOf(keys: readonly KeyRow[], purpose: KeyRow['purpose'], id: string): Uint8Array {
  const key = keys.find((k) => k.purpose === purpose && k.id === id);
  if (!key) throw new Error(`The portal's ${purpose} key ${id} is missing in the database.`);
  return new Uint8Array(key.secret);
}
