import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** An authenticator and its browser, that say what a test wants. The keys and signatures are real. */

export interface Said {
  origin?: string;
  rpId?: string;
  type?: string;
  crossOrigin?: boolean;
  /** Present and verified, if nothing else is said. */
  flags?: number;
  counter?: number;
  userHandle?: string;
  credentialId?: Buffer;
  /** What is signed with, in place of the passkey's own key. */
  key?: KeyObject;
  /** What is shown as the public key. */
  publicKey?: Buffer;
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();
const text = (data: Buffer | string) => Buffer.from(data).toString('base64url');

export class Authenticator {
  readonly credentialId = randomBytes(32);
  readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  counter = 0;
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** The answer to *make one*, as the browser's page would send it. */
  make(challenge: string, said: Said = {}): string {
    const { credentialId = this.credentialId } = said;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const made = Buffer.concat([Buffer.alloc(16), length, this.credentialId]);
    const publicKey = said.publicKey ?? this.keys.publicKey.export({ format: 'der', type: 'spki' });
    return this.#answer(credentialId, {
      clientDataJSON: text(this.#client('webauthn.create', challenge, said)),
      authenticatorData: text(Buffer.concat([this.#data({ flags: 0x45, ...said }), made])),
      publicKey: text(publicKey),
    });
  }

  /** The answer to *who are you*, for this account. */
  sign(challenge: string, account: string, said: Said = {}): string {
    const client = this.#client('webauthn.get', challenge, said);
    const data = this.#data(said);
    const signed = Buffer.concat([data, sha256(client)]);
    return this.#answer(said.credentialId ?? this.credentialId, {
      clientDataJSON: text(client),
      authenticatorData: text(data),
      signature: text(sign('sha256', signed, said.key ?? this.keys.privateKey)),
      userHandle: text(said.userHandle ?? account),
    });
  }

  #client(type: string, challenge: string, said: Said): Buffer {
    const { origin = this.#origin, crossOrigin = false } = said;
    return Buffer.from(JSON.stringify({ type: said.type ?? type, challenge, origin, crossOrigin }));
  }

  #data({ rpId = new URL(this.#origin).hostname, flags = 0x05, counter = ++this.counter }: Said): Buffer {
    const rest = Buffer.alloc(5);
    rest.writeUInt8(flags, 0);
    rest.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId), rest]);
  }

  #answer(credentialId: Buffer, response: Record<string, string>): string {
    const id = text(credentialId);
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  }
}
