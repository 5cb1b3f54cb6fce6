import { describe, expect, test } from 'vitest';
import { toBase64url } from '../bytes.ts';
import { ed25519PublicKey } from '../crypto.ts';
import { newInstanceKey } from '../instance-key.ts';
import { systemKeysFrom } from '../system-keys.ts';
import { makeCheckIn } from './check-in.ts';
import { sign } from './jws.ts';
import { acceptableReturnTo, makeRequest, openRequest, systemIdIn } from './request.ts';
import { NOW, OTHER_PORTAL, OTHER_SYSTEM, PORTAL, REQUEST, SYSTEM } from './test-cast.ts';

const portal = PORTAL.forDocuments;
const ED25519 = toBase64url(SYSTEM.ed25519Public);
const document = await makeRequest(REQUEST);

describe('a request', () => {
  test('is read as it was made, and its first bind pins the signing key', async () => {
    expect(systemIdIn(document)).toBe(SYSTEM.systemId);
    expect(await openRequest(document, portal, undefined)).toEqual({
      outcome: 'accepted',
      systemId: SYSTEM.systemId,
      pins: true,
      signerKnown: true,
      instanceProven: false,
      request: {
        aud: PORTAL.bundle.fingerprint,
        n: 7,
        iat: NOW.getTime() / 1000,
        ed25519: ED25519,
        code_key_id: 2,
        bind: expect.stringMatching(/^[\w-]{22}$/),
        sequence: 0,
        via: 'browser',
        server: REQUEST.server,
        shadows: 0,
        return_to: REQUEST.returnTo,
      },
    });
  });

  test('carries the registration that the site shows', async () => {
    const shown = await makeRequest({ ...REQUEST, registration: '00412345', sequence: 12, returnTo: undefined });
    const reading = await openRequest(shown, portal, undefined);
    expect(reading).toMatchObject({ request: { registration: '00412345', sequence: 12 } });
    expect(reading).not.toHaveProperty('request.return_to');
  });

  test('is refused with any one character changed, and never accepted under another key', async () => {
    const [header, payload, signature] = document.split('.') as [string, string, string];
    for (const at of Array.from({ length: document.length }, (_, index) => index)) {
      const letter = document[at] === 'A' ? 'B' : 'A';
      const changed = document.slice(0, at) + letter + document.slice(at + 1);
      for (const pinned of [undefined, ED25519]) {
        expect((await openRequest(changed, portal, pinned)).outcome, `at ${at}`).toBe('refused');
      }
    }
    expect((await openRequest(`${header}.${payload}.${signature.slice(0, -1)}`, portal, ED25519)).outcome).toBe(
      'refused',
    );
  });

  test('for another portal is told apart from a damaged one', async () => {
    const elsewhere = await makeRequest({ ...REQUEST, bundle: OTHER_PORTAL.bundle });
    expect(await openRequest(elsewhere, portal, undefined)).toEqual({ outcome: 'refused', code: 'other-portal' });
    expect(await openRequest(elsewhere, portal, ED25519)).toEqual({ outcome: 'refused', code: 'other-portal' });
  });

  test('is not a check-in, though both are signed by the same system', async () => {
    const checkIn = await makeCheckIn({ keys: SYSTEM, bundle: PORTAL.bundle, n: 8, now: NOW, sequence: 0 });
    expect(await openRequest(checkIn, portal, ED25519)).toEqual({ outcome: 'refused', code: 'request-damaged' });
  });

  test('in the name of another system is refused', async () => {
    const payload = payloadOf(document);
    const stolen = await sign('datestone-request+jwt', OTHER_SYSTEM.systemId, payload, SYSTEM.ed25519Secret);
    expect(await openRequest(stolen, portal, undefined)).toEqual({ outcome: 'refused', code: 'request-damaged' });
  });

  test.each(['', 'k', SYSTEM.systemId.toLowerCase(), `${SYSTEM.systemId} `, SYSTEM.systemId.replace('0', 'O')])(
    'under a key id that is no System ID is refused: %j',
    async (kid) => {
      const named = await sign('datestone-request+jwt', kid, payloadOf(document), SYSTEM.ed25519Secret);
      expect(systemIdIn(named)).toBeUndefined();
      expect(await openRequest(named, portal, undefined)).toEqual({ outcome: 'refused', code: 'request-damaged' });
    },
  );

  test.each([
    ['n', 0],
    ['n', -1],
    ['n', 1.5],
    ['n', 2 ** 53],
    ['n', '7'],
    ['via', 'qr'],
    ['ed25519', toBase64url(new Uint8Array(32))],
    ['ed25519', undefined],
    ['code_key_id', 8],
    ['bind', 'AAAA'],
    ['sequence', 4096],
    ['registration', '123'],
    ['server', {}],
    ['server', { ...REQUEST.server, name: 'x'.repeat(201) }],
    ['shadows', -1],
    ['return_to', 'https://example.com/elsewhere'],
  ])('with %s %j is refused, though signed', async (member, value) => {
    const signed = await resigned({ [member]: value });
    expect(await openRequest(signed, portal, ED25519)).toEqual({ outcome: 'refused', code: 'request-damaged' });
  });

  test('with members that nobody knows is read without them', async () => {
    const reading = await openRequest(
      await resigned({ later: 1, server: { ...REQUEST.server, later: 1 } }),
      portal,
      ED25519,
    );
    expect(reading).toMatchObject({ outcome: 'accepted', request: { server: REQUEST.server } });
    expect(JSON.stringify(reading)).not.toContain('later');
  });
});

describe('the signing key of a System ID', () => {
  // Somebody who knows a portal's code key can bind any key to the System ID: here the key of OTHER_SYSTEM.
  const otherKey = { ...SYSTEM, ed25519Secret: OTHER_SYSTEM.ed25519Secret, ed25519Public: OTHER_SYSTEM.ed25519Public };
  const retired = { ...PORTAL.bundle, min_code_key: 1 };

  test('once pinned, is all that counts: not the bind, whose code keys may have changed', async () => {
    const replaced = { ...portal, codeKeys: OTHER_PORTAL.forDocuments.codeKeys };
    expect(await openRequest(document, replaced, ED25519)).toMatchObject({
      outcome: 'accepted',
      pins: false,
      signerKnown: true,
    });
    expect(await openRequest(document, replaced, undefined)).toEqual({ outcome: 'refused', code: 'request-damaged' });
  });

  test('is never another one, even with a valid bind', async () => {
    const bound = await makeRequest({ ...REQUEST, keys: otherKey });
    expect(await openRequest(bound, portal, ED25519)).toEqual({ outcome: 'refused', code: 'signing-key-differs' });
  });

  test('is not pinned by a bind that is not valid', async () => {
    const unbound = await sign(
      'datestone-request+jwt',
      SYSTEM.systemId,
      { ...payloadOf(document), ed25519: toBase64url(otherKey.ed25519Public) },
      otherKey.ed25519Secret,
    );
    for (const pinned of [undefined, ED25519]) {
      expect(await openRequest(unbound, portal, pinned)).toEqual({ outcome: 'refused', code: 'request-damaged' });
    }
  });

  test('is not pinned, and its owner not known, by a bind under a retired code key', async () => {
    const early = await makeRequest({ ...REQUEST, bundle: retired });
    expect(await openRequest(early, portal, undefined)).toMatchObject({
      outcome: 'accepted',
      pins: false,
      signerKnown: false,
    });
    expect(await openRequest(early, portal, ED25519)).toMatchObject({ pins: false, signerKnown: true });
  });

  test('another one under a retired code key opens no conflict: the bind proves nothing', async () => {
    const forged = await makeRequest({ ...REQUEST, keys: otherKey, bundle: retired });
    expect(await openRequest(forged, portal, ED25519)).toEqual({ outcome: 'refused', code: 'request-damaged' });
  });

  test('under a code key that the portal does not have is not known', async () => {
    const without = { ...portal, codeKeys: portal.codeKeys.filter(({ id }) => id !== 2) };
    expect(await openRequest(document, without, undefined)).toEqual({ outcome: 'refused', code: 'request-damaged' });
  });
});

describe('the instance key', () => {
  const instance = newInstanceKey();

  test('is proven by its signature over this very request', async () => {
    const known = await makeRequest({ ...REQUEST, instance });
    expect(await openRequest(known, portal, undefined)).toMatchObject({
      instanceProven: true,
      request: { instance: toBase64url(instance.publicKey) },
    });
  });

  test('is not proven by the proof of another request, another system, or none; and that is no error', async () => {
    const [earlier, other] = [
      payloadOf(await makeRequest({ ...REQUEST, instance, n: 6 })),
      payloadOf(await makeRequest({ ...REQUEST, instance, keys: OTHER_SYSTEM })),
    ];
    const key = { instance: toBase64url(instance.publicKey) };
    for (const instance_proof of [earlier['instance_proof'], other['instance_proof'], undefined]) {
      const copied = await resigned({ ...key, instance_proof });
      expect(await openRequest(copied, portal, undefined)).toMatchObject({
        outcome: 'accepted',
        instanceProven: false,
      });
    }
  });
});

describe('return_to', () => {
  test.each([
    'http://10.1.2.3:8081/registration/back',
    'https://bms.example/registration/back',
    'http://[fd00::1]:8081/registration/back',
    `http://${'a'.repeat(63)}.example/registration/back`,
  ])('may be %s', (text) => {
    expect(acceptableReturnTo(text)).toBe(true);
  });

  test.each([
    'javascript:alert(1)//registration/back',
    'ftp://bms.example/registration/back',
    '/registration/back',
    '//bms.example/registration/back',
    'http://bms.example/registration/back/',
    'http://bms.example/registration/back?x=1',
    'http://bms.example/registration/back?',
    'http://bms.example/registration/back#x',
    'http://bms.example/registration/back#',
    'http://user@bms.example/registration/back',
    'http://user:password@bms.example/registration/back',
    'http://@bms.example/registration/back',
    'http:\\\\bms.example\\registration\\back',
    'http://bms.example/registration/back\n',
    'http://bms. example/registration/back',
    'http://bms.example/other/registration/back',
    'http://bms.example/registration%2Fback',
    'http:///registration/back',
    `http://${'a'.repeat(200)}/registration/back`,
    '',
  ])('may not be %j', (text) => {
    expect(acceptableReturnTo(text)).toBe(false);
  });
});

test('a request that the portal would refuse is not made', async () => {
  await expect(makeRequest({ ...REQUEST, n: 0 })).rejects.toThrow();
  await expect(makeRequest({ ...REQUEST, returnTo: 'http://bms.example/' })).rejects.toThrow();
  const halfNamed = { ...REQUEST, server: { ...REQUEST.server, name: '' } };
  await expect(makeRequest(halfNamed)).rejects.toThrow();
});

test('two systems sign under two keys', () => {
  const keys = [SYSTEM, OTHER_SYSTEM, systemKeysFrom(new Uint8Array(32))].map((one) => toBase64url(one.ed25519Public));
  expect(new Set(keys).size).toBe(3);
  expect(toBase64url(ed25519PublicKey(SYSTEM.ed25519Secret))).toBe(keys[0]);
});

function payloadOf(text: string): Record<string, unknown> {
  return JSON.parse(atob((text.split('.')[1] as string).replaceAll('-', '+').replaceAll('_', '/')));
}

/** `document` with other members, signed by the system itself. */
async function resigned(members: Record<string, unknown>): Promise<string> {
  return sign('datestone-request+jwt', SYSTEM.systemId, { ...payloadOf(document), ...members }, SYSTEM.ed25519Secret);
}
