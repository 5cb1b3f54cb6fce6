import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { Authenticator, type Said } from '../test/support/authenticator.ts';
import { judgeMade, judgeSigned, type PasskeyFlaw, readPasskeyAnswer, relyingPartyAt, wentBack } from './passkeys.ts';

const ORIGIN = 'https://portal.example:8443';
const RP = { id: 'portal.example', origin: ORIGIN };
const CHALLENGE = 'Y2hhbGxlbmdl';
const ACCOUNT = '11111111-1111-4111-8111-111111111111';

const spki = (pair: ReturnType<typeof generateKeyPairSync>) => pair.publicKey.export({ format: 'der', type: 'spki' });
const other = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

function made(said: Said, authenticator = new Authenticator(ORIGIN)) {
  const answer = readPasskeyAnswer(authenticator.make(CHALLENGE, said));
  return answer && judgeMade(answer, RP);
}

function signed(said: Said, authenticator = new Authenticator(ORIGIN)) {
  const answer = readPasskeyAnswer(authenticator.sign(CHALLENGE, ACCOUNT, said));
  return answer && judgeSigned(answer, RP, { publicKey: spki(authenticator.keys), account: ACCOUNT });
}

test('the portal is known by its host name, and has no passkeys where it has none', () => {
  expect(relyingPartyAt(ORIGIN)).toEqual(RP);
  expect(relyingPartyAt('https://portal.example')).toEqual({ id: 'portal.example', origin: 'https://portal.example' });
  expect(relyingPartyAt('https://192.168.1.5')).toBeUndefined();
  expect(relyingPartyAt('https://[::1]:8443')).toBeUndefined();
});

test('what was made here by a verified person is taken, with its key and where it counts from', () => {
  const authenticator = new Authenticator(ORIGIN);
  expect(made({ counter: 7 }, authenticator)).toEqual({
    outcome: 'made',
    credentialId: new Uint8Array(authenticator.credentialId),
    publicKey: new Uint8Array(spki(authenticator.keys)),
    counter: 7,
  });
});

test('what was signed here by a verified person is taken, with the counter', () => {
  expect(signed({ counter: 2 ** 32 - 1 })).toEqual({ outcome: 'signed', counter: 2 ** 32 - 1 });
});

const FLAWS: [PasskeyFlaw, Said][] = [
  ['of another kind', { type: 'payment.get' }],
  ['from another origin', { origin: 'https://portal.example' }],
  ['from another origin', { origin: `${ORIGIN}.evil.example` }],
  ['from a page in a page', { crossOrigin: true }],
  ['for another host', { rpId: 'example' }],
  ['nobody was there', { flags: 0x44 }],
  ['nobody was verified', { flags: 0x41 }],
];
test.each(FLAWS)('%s: refused, whether made or signed (%j)', (why, said) => {
  expect(made(said)).toEqual({ outcome: 'flawed', why });
  expect(signed(said)).toEqual({ outcome: 'flawed', why });
});

test('one made as an answer to a log-on counts for nothing, nor the other way round', () => {
  const authenticator = new Authenticator(ORIGIN);
  const known = { publicKey: spki(authenticator.keys), account: ACCOUNT };
  const [make, sign] = [authenticator.make(CHALLENGE), authenticator.sign(CHALLENGE, ACCOUNT)].map(readPasskeyAnswer);
  expect(make && judgeSigned(make, RP, known)).toEqual({ outcome: 'flawed', why: 'of another kind' });
  expect(sign && judgeMade(sign, RP)).toEqual({ outcome: 'flawed', why: 'of another kind' });
});

test('what was made is refused without a key, with a weak one, and under another name', () => {
  const weak = spki(generateKeyPairSync('rsa', { modulusLength: 1024 }));
  const otherCurve = spki(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }));
  expect(made({ flags: 0x05 })).toMatchObject({ why: 'without a key' });
  for (const publicKey of [weak, otherCurve, Buffer.from('no key')]) {
    expect(made({ publicKey })).toMatchObject({ why: 'a key that is not taken' });
  }
  expect(made({ credentialId: Buffer.alloc(32) })).toMatchObject({ why: 'another credential' });
});

test('what was signed is refused with another key, and for another account', () => {
  expect(signed({ key: other().privateKey })).toMatchObject({ why: 'not signed' });
  expect(signed({ userHandle: ACCOUNT.replace('1', '2') })).toMatchObject({ why: 'another account' });
});

test('RSA keys sign as well', () => {
  const authenticator = new Authenticator(ORIGIN);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const answer = readPasskeyAnswer(authenticator.sign(CHALLENGE, ACCOUNT, { key: privateKey }));
  const known = { publicKey: publicKey.export({ format: 'der', type: 'spki' }), account: ACCOUNT };
  expect(answer && judgeSigned(answer, RP, known)).toMatchObject({ outcome: 'signed' });
});

test('a changed bit of the answer is refused', () => {
  const authenticator = new Authenticator(ORIGIN);
  const known = { publicKey: spki(authenticator.keys), account: ACCOUNT };
  const text = authenticator.sign(CHALLENGE, ACCOUNT);
  for (const member of ['authenticatorData', 'signature', 'clientDataJSON']) {
    const changed = JSON.parse(text);
    const bytes = Buffer.from(changed.response[member], 'base64url');
    // In the client's words the last letter of the challenge, in the others the last byte.
    const at = member === 'clientDataJSON' ? bytes.indexOf(CHALLENGE) : bytes.length - 1;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    changed.response[member] = bytes.toString('base64url');
    const answer = readPasskeyAnswer(JSON.stringify(changed));
    expect([member, answer && judgeSigned(answer, RP, known)]).toEqual([
      member,
      { outcome: 'flawed', why: 'not signed' },
    ]);
  }
});

test.each(['', '{}', 'null', '[]', '{"rawId":"é"}', '{"rawId":"AA","type":"public-key","response":{}}'])(
  'what is no answer is not read: %s',
  (text) => {
    expect(readPasskeyAnswer(text)).toBeUndefined();
  },
);

test('authenticator data that end early are refused', () => {
  const authenticator = new Authenticator(ORIGIN);
  const whole = JSON.parse(authenticator.make(CHALLENGE));
  const data = Buffer.from(whole.response.authenticatorData, 'base64url');
  for (let length = 0; length < data.length; length++) {
    whole.response.authenticatorData = data.subarray(0, length).toString('base64url');
    const answer = readPasskeyAnswer(JSON.stringify(whole));
    expect(answer && judgeMade(answer, RP).outcome).toBe('flawed');
  }
});

test('a counter has to grow, but for authenticators that do not count', () => {
  expect([wentBack(0, 0), wentBack(0, 1), wentBack(5, 6), wentBack(5, 500)]).toEqual([false, false, false, false]);
  expect([wentBack(5, 5), wentBack(5, 4), wentBack(5, 0)]).toEqual([true, true, true]);
});
