// All that core may use of the world outside the language. Nothing here reads a clock, a disk or a network.

declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class URL {
  constructor(url: string);
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

/** Only crypto.ts may import it: a lint rule says so. */
declare module 'node:crypto' {
  type Bytes = Uint8Array;
  interface KeyObject {
    readonly asymmetricKeyType?: string;
    readonly asymmetricKeyDetails?: { namedCurve?: string; modulusLength?: number };
    export(options: { format: 'der'; type: 'spki' }): Bytes;
  }
  function createHash(algorithm: 'sha256'): { update(data: Bytes): { digest(): Bytes } };
  function createHmac(algorithm: 'sha256', key: Bytes): { update(data: Bytes): { digest(): Bytes } };
  function hkdfSync(digest: 'sha256', key: Bytes, salt: Bytes, info: Bytes, length: number): ArrayBuffer;
  function createPrivateKey(options: { key: string; encoding: 'hex'; format: 'der'; type: 'pkcs8' }): KeyObject;
  function createPublicKey(
    options: { key: string; encoding: 'hex'; format: 'der'; type: 'spki' } | KeyObject,
  ): KeyObject;
  function diffieHellman(keys: { privateKey: KeyObject; publicKey: KeyObject }): Bytes;
  function sign(algorithm: null, data: Bytes, key: KeyObject): Bytes;
  function verify(algorithm: null | 'sha256', data: Bytes, key: KeyObject, signature: Bytes): boolean;
  function randomBytes(size: number): Bytes;
  function randomInt(max: number): number;
  function timingSafeEqual(a: Bytes, b: Bytes): boolean;
}
