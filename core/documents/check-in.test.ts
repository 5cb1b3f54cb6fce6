import { describe, expect, test } from 'vitest';
import { toBase64url } from '../bytes.ts';
import { makeAnswer, makeCheckIn, openAnswer, openCheckIn } from './check-in.ts';
import { sign } from './jws.ts';
import { makeRequest } from './request.ts';
import { NOW, OTHER_PORTAL, OTHER_SYSTEM, PORTAL, REQUEST, SYSTEM } from './test-cast.ts';

const ED25519 = toBase64url(SYSTEM.ed25519Public);
const CHECK_IN = { keys: SYSTEM, bundle: PORTAL.bundle, n: 9, now: NOW, sequence: 3, registration: '00412345' };
const ANSWER = { aud: SYSTEM.systemId, n: 9, token: 'next', next_check_in: 3600 };

describe('a check-in', () => {
  test('is read as it was made', async () => {
    const first = await makeCheckIn(CHECK_IN);
    const reading = await openCheckIn(first, PORTAL.forDocuments, undefined);
    expect(reading).toMatchObject({
      outcome: 'accepted',
      systemId: SYSTEM.systemId,
      pins: true,
      checkIn: { n: 9, sequence: 3, registration: '00412345' },
    });
    expect(reading).not.toHaveProperty('checkIn.token');
    const second = await makeCheckIn({ ...CHECK_IN, n: 10, token: 'next' });
    expect(await openCheckIn(second, PORTAL.forDocuments, ED25519)).toMatchObject({
      pins: false,
      checkIn: { token: 'next' },
    });
  });

  test('says what is shared, and nothing of it where nothing is', async () => {
    const server = { kind: 'enterprise-server', product: 'Enterprise Server', version: '3.2.4.1180', name: 'Tower' };
    const shared = {
      servers: [{ ...server, system_id: SYSTEM.systemId, seen_at: 1_790_000_000, revision: 4 }],
      health: { agent: '0.1.0', restored: false },
    };
    const telling = await openCheckIn(await makeCheckIn({ ...CHECK_IN, shared }), PORTAL.forDocuments, undefined);
    expect(telling).toMatchObject({ outcome: 'accepted', checkIn: shared });
    const silent = await openCheckIn(await makeCheckIn(CHECK_IN), PORTAL.forDocuments, undefined);
    expect(silent).not.toHaveProperty('checkIn.servers');
    expect(silent).not.toHaveProperty('checkIn.health');
  });

  test('loses what nobody knows, and is damaged where it says nonsense of a server', async () => {
    const payload = JSON.parse(
      atob(((await makeCheckIn(CHECK_IN)).split('.')[1] as string).replaceAll('-', '+').replaceAll('_', '/')),
    );
    const saying = (more: object) =>
      sign('datestone-checkin+jwt', SYSTEM.systemId, { ...payload, ...more }, SYSTEM.ed25519Secret);
    const telling = await openCheckIn(await saying({ people: ['Anna'] }), PORTAL.forDocuments, ED25519);
    expect(telling.outcome).toBe('accepted');
    expect(JSON.stringify(telling)).not.toMatch(/people|Anna/);
    for (const nonsense of [{ servers: [{ name: 'Tower' }] }, { health: 'good' }]) {
      const reading = await openCheckIn(await saying(nonsense), PORTAL.forDocuments, ED25519);
      expect(reading).toEqual({ outcome: 'refused', code: 'request-damaged' });
    }
  });

  test('bound under a retired code key is refused until the signing key is pinned', async () => {
    const early = await makeCheckIn({ ...CHECK_IN, bundle: { ...PORTAL.bundle, min_code_key: 1 } });
    const reading = await openCheckIn(early, PORTAL.forDocuments, undefined);
    expect(reading).toEqual({ outcome: 'refused', code: 'request-damaged' });
    expect((await openCheckIn(early, PORTAL.forDocuments, ED25519)).outcome).toBe('accepted');
  });

  test('is refused where it is for another portal, or is a request', async () => {
    const elsewhere = await makeCheckIn({ ...CHECK_IN, bundle: OTHER_PORTAL.bundle });
    expect(await openCheckIn(elsewhere, PORTAL.forDocuments, ED25519)).toEqual({
      outcome: 'refused',
      code: 'other-portal',
    });
    expect(await openCheckIn(await makeRequest(REQUEST), PORTAL.forDocuments, ED25519)).toEqual({
      outcome: 'refused',
      code: 'request-damaged',
    });
  });
});

describe('an answer', () => {
  const asked = { systemId: SYSTEM.systemId, n: 9 };

  test('is read by who asked', async () => {
    const document = await makeAnswer({ ...ANSWER, offers: ['a', 'b'], conflict: 'copy' }, PORTAL.recordKey);
    expect(await openAnswer(document, PORTAL.bundle, asked)).toEqual({
      outcome: 'genuine',
      answer: { ...ANSWER, offers: ['a', 'b'], conflict: 'copy', advisories: [], updates: [] },
    });
  });

  test('to another check-in or to another system is refused: it may be an old one, sent again', async () => {
    const document = await makeAnswer(ANSWER, PORTAL.recordKey);
    for (const other of [
      { ...asked, n: 10 },
      { ...asked, systemId: OTHER_SYSTEM.systemId },
    ]) {
      expect(await openAnswer(document, PORTAL.bundle, other)).toEqual({
        outcome: 'refused',
        code: 'answer-to-another-check-in',
      });
    }
  });

  test('of another portal is refused', async () => {
    const document = await makeAnswer(ANSWER, OTHER_PORTAL.recordKey);
    expect(await openAnswer(document, PORTAL.bundle, asked)).toEqual({
      outcome: 'refused',
      code: 'answer-from-another-portal',
    });
    const disguised = await makeAnswer(ANSWER, { ...OTHER_PORTAL.recordKey, kid: PORTAL.recordKey.kid });
    expect(await openAnswer(disguised, PORTAL.bundle, asked)).toEqual({ outcome: 'refused', code: 'answer-damaged' });
  });

  test('with any one character changed is refused', async () => {
    const document = await makeAnswer(ANSWER, PORTAL.recordKey);
    for (let at = 0; at < document.length; at++) {
      const changed = document.slice(0, at) + (document[at] === 'A' ? 'B' : 'A') + document.slice(at + 1);
      expect((await openAnswer(changed, PORTAL.bundle, asked)).outcome).toBe('refused');
    }
  });

  test('of more than five offers, or to come back at once, is not made', async () => {
    await expect(makeAnswer({ ...ANSWER, offers: Array(6).fill('a') }, PORTAL.recordKey)).rejects.toThrow();
    await expect(makeAnswer({ ...ANSWER, next_check_in: 0 }, PORTAL.recordKey)).rejects.toThrow();
  });
});
