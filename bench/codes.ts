import { createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync, type KeyObject } from 'node:crypto';
import { concat, utf8 } from '../core/bytes.ts';
import { randomBytes, x25519PublicKey } from '../core/crypto.ts';
import { makeRegistrationCode, type RegistrationCodeContent } from '../core/registration-code.ts';
import { percentile } from './support/driver.ts';

/**
 * Registration codes issued on one core, each for another system, beside the bare operations that a code cannot do without:
 * one X25519, one HKDF, one HMAC, by `node:crypto` with the portal's own key at hand. In turns in the same run.
 */
const ROUNDS = 9;
const PER_ROUND = 3000;

export async function codes(): Promise<void> {
  const secret = randomBytes(32);
  const fingerprint = randomBytes(32);
  const codePublic = x25519PublicKey(secret);
  const systems = Array.from({ length: PER_ROUND }, () => x25519PublicKey(randomBytes(32)));
  const content: RegistrationCodeContent = {
    keyId: 0,
    advisory: false,
    asksConfirmation: true,
    sequence: 12,
    day: 692,
  };

  const issue = (systemPublic: Uint8Array) =>
    makeRegistrationCode(content, { secret, peerPublic: systemPublic }, { fingerprint, codePublic, systemPublic });

  const privateKey = x25519Key('private', secret);
  const label = utf8('registration\0');
  const salt = utf8('datestone code v1');
  const head = randomBytes(5);
  const bare = (systemPublic: Uint8Array) => {
    const shared = diffieHellman({ privateKey, publicKey: x25519Key('public', systemPublic) });
    const info = concat(label, fingerprint, codePublic, systemPublic);
    return createHmac('sha256', new Uint8Array(hkdfSync('sha256', shared, salt, info, 32)))
      .update(head)
      .digest();
  };

  const [ours, baseline]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    const [issued, computed] = [perSecond(issue), perSecond(bare)];
    // The first round warms up.
    if (round === 0) continue;
    ours.push(issued);
    baseline.push(computed);
  }
  const [value, base] = [percentile(ours, 0.5), percentile(baseline, 0.5)];
  const ratio = Number((value / base).toFixed(2));
  const line = { name: 'codes', value: Math.round(value), unit: '1/s', baseline: Math.round(base), ratio };
  process.stdout.write(`${JSON.stringify(line)}\n`);

  function perSecond(work: (systemPublic: Uint8Array) => unknown): number {
    const started = performance.now();
    for (const system of systems) work(system);
    return (PER_ROUND * 1000) / (performance.now() - started);
  }
}

const DER = { private: '302e020100300506032b656e04220420', public: '302a300506032b656e032100' };

function x25519Key(kind: keyof typeof DER, bytes: Uint8Array): KeyObject {
  const key = Buffer.concat([Buffer.from(DER[kind], 'hex'), bytes]);
  return kind === 'private'
    ? createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    : createPublicKey({ key, format: 'der', type: 'spki' });
}
