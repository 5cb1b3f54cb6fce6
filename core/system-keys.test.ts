// The expected bytes were computed by another program, in Python, without this code or OpenSSL.
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from './bytes.ts';
import { bindHolds, bindOf } from './shared-keys.ts';
import { newSeed, systemKeysFrom } from './system-keys.ts';

const EXAMPLES = [
  {
    seed: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    x25519Secret: 'b694dc43e3f0ee363d65e8f55c4dc5f4328a32fa7e7a72eb6aaafb98ff5bef50',
    ed25519Secret: '63d32f986e439477ec2565900731a746649dfd0f30f8b2f2daa3ca2b8336dee1',
    x25519Public: 'ce7f139173626dcd090880514c38d0b7eae34ea124691918bcdc0f0b55cd5d16',
    ed25519Public: '889126b39a0b2434f87d74167e91b501c0090aaac931c2d7712285fccc81aa7b',
    systemId: '3KKZ2E8Q6RKDS6VM4GH02H9GWD1D3BZAWD7A293934CE3BSQ0F1DAWTQ8P2E',
    bind: '2be7f8cf6e6d89b91720a55816f8514c',
  },
  {
    seed: 'a5'.repeat(32),
    x25519Secret: '91b70896adfc459c1bbf80e50f307e3a5d49dedddb9f47b2585f92e1f96c1b82',
    ed25519Secret: 'b9ae1ee8fe013738df1a8bf5404e583ffa2200e49a3c4a4f9163360814ad5a17',
    x25519Public: '97ea6ef2b6c64b6dce05f7b841e96c87c9e22f488fe804fdf96f87fffb9bdb38',
    ed25519Public: 'd4ea5c21ae18ca7e0f864c9561a9061146936da0fd40237fd1fc050b06a1d600',
    systemId: '35ZADVSBDHJBDY0Q70BXXR87MPS19XY9W8QMH3Z80KYW4ZJVW7ZZXSQPSRHH',
    bind: 'd682c671722c4cdcdf1c0aea19e3b246',
  },
  {
    seed: 'fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0efeeedecebeae9e8e7e6e5e4e3e2e1e0',
    x25519Secret: 'f091d73d91ac8531cf4ea52e6ae8756eb83f47d54ccf9d50e0b4be09fa84fb75',
    ed25519Secret: 'ebd370b51e0b79af74299ddeea362ab20cef6d4d55aace75623d5aee1e830cbe',
    x25519Public: '78da1cc5d54f9c31d9e97eb62b95ed755ab74b6889851a51d9ccd6b9242db679',
    ed25519Public: '858d31e92e00c9ef64d2058ef98e1d82c7f696e29e00b65ab7e1548eae31d8ac',
    systemId: '2Y6T3K2XAKWW6KC7CYJZNP5EAYTX8PATPX5PH2C5398FFXKK6PQ4J2VDKSPZ',
    bind: '40572f3bc9bbd661080cd287bc20c81d',
  },
];

const FINGERPRINT = fromHex('52dbd9ad90fc949eb796c5b421936cb4b7fb548f9b8804c3b3f9ca1e24f4723f');
const CODE_SECRET = fromHex('5694d08a2e53ffcae0c3103e5ad6f6076abd960eb1f8a56577040bc1028f702b');
const CODE_PUBLIC = fromHex('c279ab68d2f46267e5d15e74b0f74ab7f362eda2b24bf5abdd2614c565810a49');

describe.each(EXAMPLES)('the keys of seed $seed', (example) => {
  const keys = systemKeysFrom(fromHex(example.seed));
  const pair = { fingerprint: FINGERPRINT, codePublic: CODE_PUBLIC, systemPublic: keys.x25519Public };

  test('are the ones that docs/codes.md defines', () => {
    expect({
      x25519Secret: toHex(keys.x25519Secret),
      ed25519Secret: toHex(keys.ed25519Secret),
      x25519Public: toHex(keys.x25519Public),
      ed25519Public: toHex(keys.ed25519Public),
      systemId: keys.systemId,
    }).toEqual({
      x25519Secret: example.x25519Secret,
      ed25519Secret: example.ed25519Secret,
      x25519Public: example.x25519Public,
      ed25519Public: example.ed25519Public,
      systemId: example.systemId,
    });
  });

  test('give the same bind at the system and at the portal', () => {
    const atSystem = bindOf(keys.ed25519Public, { secret: keys.x25519Secret, peerPublic: CODE_PUBLIC }, pair);
    const atPortal = bindOf(keys.ed25519Public, { secret: CODE_SECRET, peerPublic: keys.x25519Public }, pair);
    expect([toHex(atSystem), toHex(atPortal)]).toEqual([example.bind, example.bind]);
  });

  test('do not bind another signing key, another portal, or a shortened bind', () => {
    const bind = fromHex(example.bind);
    const side = { secret: CODE_SECRET, peerPublic: keys.x25519Public };
    expect(bindHolds(bind, keys.ed25519Public, side, pair)).toBe(true);
    expect(bindHolds(bind, keys.x25519Public, side, pair)).toBe(false);
    expect(bindHolds(bind, keys.ed25519Public, side, { ...pair, fingerprint: CODE_PUBLIC })).toBe(false);
    expect(bindHolds(bind.slice(0, 15), keys.ed25519Public, side, pair)).toBe(false);
    expect(bindHolds(new Uint8Array(), keys.ed25519Public, side, pair)).toBe(false);
  });
});

test('a new seed is 32 bytes and never the one before', () => {
  const [one, other] = [newSeed(), newSeed()];
  expect(one).toHaveLength(32);
  expect(toHex(one)).not.toBe(toHex(other));
});

test('a seed of another length is refused', () => {
  expect(() => systemKeysFrom(new Uint8Array(31))).toThrow('A seed has 32 bytes, not 31.');
});
