// Who plays in the tests of documents: a portal, another portal, and systems, all from fixed seeds.

import { toBase64url, utf8 } from '../bytes.ts';
import { ed25519PublicKey, sha256, x25519PublicKey } from '../crypto.ts';
import { type SystemKeys, systemKeysFrom } from '../system-keys.ts';
import { type BundlePayload, fingerprintOf, recordKeyId } from './bundle.ts';
import type { PortalForDocuments } from './from-system.ts';
import type { NewRequest } from './request.ts';

export const NOW = new Date('2026-11-24T14:05:00Z');

function portalNamed(name: string) {
  const [rootSecret, recordSecret] = [secretOf(`${name} root`), secretOf(`${name} record`)];
  const recordPublic = ed25519PublicKey(recordSecret);
  const codeKeys = [0, 1, 2, 3, 4, 5, 6, 7].map((id) => {
    const secret = secretOf(`${name} code ${id}`);
    return { id, secret, public: x25519PublicKey(secret) };
  });
  const fingerprint = fingerprintOf(ed25519PublicKey(rootSecret));
  const payload: BundlePayload = {
    iss: 'https://portal.example',
    name,
    root: toBase64url(ed25519PublicKey(rootSecret)),
    record_keys: [{ kid: recordKeyId(recordPublic), x: toBase64url(recordPublic) }],
    code_keys: codeKeys.map((key) => toBase64url(key.public)),
    min_code_key: 2,
    version: 1,
  };
  const forDocuments: PortalForDocuments = { fingerprint, codeKeys, minCodeKey: payload.min_code_key };
  const recordKey = { kid: recordKeyId(recordPublic), secret: recordSecret };
  return { rootSecret, payload, bundle: { ...payload, fingerprint, roots: [payload.root] }, recordKey, forDocuments };
}

function systemNamed(name: string): SystemKeys {
  return systemKeysFrom(secretOf(name));
}

export const PORTAL = portalNamed('Datestone');
export const OTHER_PORTAL = portalNamed('Elsewhere');
export const SYSTEM = systemNamed('Enterprise Server');
export const OTHER_SYSTEM = systemNamed('Enterprise Server, rebuilt');

/** What SYSTEM asks when an administrator clicks *Register now*. */
export const REQUEST: NewRequest = {
  keys: SYSTEM,
  bundle: PORTAL.bundle,
  n: 7,
  now: NOW,
  via: 'browser',
  server: { kind: 'enterprise-server', product: 'EBO', version: '7.0.2.348', name: 'Tower É' },
  sequence: 0,
  shadows: 0,
  returnTo: 'http://10.1.2.3:8081/registration/back',
};

function secretOf(name: string): Uint8Array {
  return sha256(utf8(name));
}
