import { expect, test } from 'vitest';
import { toBase64url, utf8 } from './bytes.ts';
import { ed25519Sign } from './crypto.ts';
import { instanceProof, newInstanceKey, verifyInstanceProof } from './instance-key.ts';
import { systemKeysFrom } from './system-keys.ts';

const key = newInstanceKey();
const instance = toBase64url(key.publicKey);
const { systemId } = systemKeysFrom(new Uint8Array(32).fill(1));
const other = systemKeysFrom(new Uint8Array(32).fill(2)).systemId;
const statement = { aud: 'fingerprint', systemId, n: 7 };
const proof = instanceProof(key, statement);

test('the proof is a signature over the text that docs/documents.md names', () => {
  expect(proof).toBe(toBase64url(ed25519Sign(key.secretKey, utf8(`datestone-instance.fingerprint.${systemId}.7`))));
  expect(verifyInstanceProof(instance, proof, statement)).toBe(true);
});

test('a proof holds for one portal, one System ID, one document and one key', () => {
  for (const changed of [{ aud: 'another' }, { systemId: other }, { n: 8 }]) {
    expect(verifyInstanceProof(instance, proof, { ...statement, ...changed })).toBe(false);
  }
  expect(verifyInstanceProof(toBase64url(newInstanceKey().publicKey), proof, statement)).toBe(false);
});

test('what is no key or no signature proves nothing, and is not thrown', () => {
  const neutral = toBase64url(new Uint8Array(32).fill(1, 0, 1));
  const universal = toBase64url(new Uint8Array(64).fill(1, 0, 1));
  expect(verifyInstanceProof(neutral, universal, statement)).toBe(false);
  for (const text of ['', 'x', '####', toBase64url(new Uint8Array(31)), toBase64url(new Uint8Array(32).fill(2))]) {
    expect(verifyInstanceProof(text, proof, statement)).toBe(false);
    expect(verifyInstanceProof(instance, text, statement)).toBe(false);
  }
});
