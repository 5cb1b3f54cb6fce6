import { describe, expect, test } from 'vitest';
import { toBase64url } from '../bytes.ts';
import { sign } from './jws.ts';
import { judgeRecord, makeRecord, openRecord, type RecordPayload, type SiteState } from './record.ts';
import { NOW, OTHER_PORTAL, OTHER_SYSTEM, PORTAL, SYSTEM } from './test-cast.ts';

const RECORD: RecordPayload = {
  iss: PORTAL.payload.iss,
  fingerprint: PORTAL.bundle.fingerprint,
  sub: SYSTEM.systemId,
  ed25519: toBase64url(SYSTEM.ed25519Public),
  registration: '00412345',
  revision: 4,
  sequence: 2,
  min_code_key: 2,
  since: '2019-03-14',
  state: 'confirmed',
  site: { name: 'Tower É', company: 'Nordbau', city: 'Bern', country: 'CH' },
  integrator: 'Klima AG',
  end_user: 'Nordbau',
  contact: 'technik@nordbau.example',
  consents: { system: true, personal: false, version: '2026-01' },
  predecessor: OTHER_SYSTEM.systemId,
  request: 7,
  history: { n: 5, hash: toBase64url(new Uint8Array(32).fill(3)) },
};

const document = await makeRecord(RECORD, PORTAL.recordKey);

describe('a record', () => {
  test('is read as it was made', async () => {
    expect(await openRecord(document, PORTAL.bundle, SYSTEM.systemId)).toEqual({ outcome: 'genuine', record: RECORD });
    expect((await openRecord(`\r\n${document}\r\n`, PORTAL.bundle, SYSTEM.systemId)).outcome).toBe('genuine');
  });

  test('is damaged with any one character of payload or signature changed', async () => {
    for (let at = document.indexOf('.') + 1; at < document.length; at++) {
      if (document[at] === '.') continue;
      const changed = document.slice(0, at) + (document[at] === 'A' ? 'B' : 'A') + document.slice(at + 1);
      const reading = await openRecord(changed, PORTAL.bundle, SYSTEM.systemId);
      expect(reading, `at ${at}`).toMatchObject({
        code: expect.stringMatching(/^(record-damaged|record-under-unknown-key|not-a-record)$/),
      });
    }
  });

  test('is refused with any one character of its header changed', async () => {
    for (let at = 0; at < document.indexOf('.'); at++) {
      const changed = document.slice(0, at) + (document[at] === 'A' ? 'B' : 'A') + document.slice(at + 1);
      expect((await openRecord(changed, PORTAL.bundle, SYSTEM.systemId)).outcome).toBe('refused');
    }
  });

  test('for another system, from another portal, and damaged are three things', async () => {
    expect(await openRecord(document, PORTAL.bundle, OTHER_SYSTEM.systemId)).toEqual(
      refused('record-for-another-system'),
    );
    const elsewhere = { ...RECORD, fingerprint: OTHER_PORTAL.bundle.fingerprint };
    expect(
      await openRecord(await makeRecord(elsewhere, OTHER_PORTAL.recordKey), PORTAL.bundle, SYSTEM.systemId),
    ).toEqual(refused('record-from-another-portal'));
    expect(await openRecord(await makeRecord(elsewhere, PORTAL.recordKey), PORTAL.bundle, SYSTEM.systemId)).toEqual(
      refused('record-from-another-portal'),
    );
    const withdrawn = { ...PORTAL.recordKey, kid: 'withdrawn' };
    expect(await openRecord(await makeRecord(RECORD, withdrawn), PORTAL.bundle, SYSTEM.systemId)).toEqual(
      refused('record-under-unknown-key'),
    );
    const disguised = { ...OTHER_PORTAL.recordKey, kid: PORTAL.recordKey.kid };
    expect(await openRecord(await makeRecord(RECORD, disguised), PORTAL.bundle, SYSTEM.systemId)).toEqual(
      refused('record-damaged'),
    );
  });

  test('is told apart from other texts, and from what is too large', async () => {
    expect(await openRecord('', PORTAL.bundle, SYSTEM.systemId)).toEqual(refused('not-a-record'));
    expect(await openRecord('hello.you.there', PORTAL.bundle, SYSTEM.systemId)).toEqual(refused('not-a-record'));
    expect(await openRecord('x'.repeat(9000), PORTAL.bundle, SYSTEM.systemId)).toEqual(refused('record-too-large'));
  });

  test('signed by the system instead of the portal is refused', async () => {
    const forged = await sign('datestone-record+jwt', SYSTEM.systemId, RECORD, SYSTEM.ed25519Secret);
    expect((await openRecord(forged, PORTAL.bundle, SYSTEM.systemId)).outcome).toBe('refused');
  });

  test('leaves out names that people chose to show, where long ones would not fit', async () => {
    const long = '楼'.repeat(120);
    const site = { name: long, company: long, city: '楼'.repeat(80), country: 'CN' };
    const full = { ...RECORD, site, integrator: long, end_user: long };
    const reading = await openRecord(await makeRecord(full, PORTAL.recordKey), PORTAL.bundle, SYSTEM.systemId);
    const { contact, end_user, ...kept } = full;
    expect([contact, end_user]).toEqual([RECORD.contact, long]);
    expect(reading).toEqual({ outcome: 'genuine', record: kept });
  });

  test('that a site would refuse is not made', async () => {
    const wrong = { ...RECORD, revision: 0 };
    await expect(makeRecord(wrong, PORTAL.recordKey)).rejects.toThrow();
    const tooLong = { ...RECORD, site: { ...RECORD.site, name: '楼'.repeat(400), company: '楼'.repeat(400) } };
    await expect(makeRecord(tooLong, PORTAL.recordKey)).rejects.toThrow('too large');
  });
});

describe('a genuine record', () => {
  const HOUR = 60 * 60 * 1000;
  const asked = { n: 7, madeAt: new Date(NOW.getTime() - HOUR) };
  const site = (state: Partial<SiteState>): SiteState => ({ lastSequence: 2, ownRequests: [], now: NOW, ...state });
  const showing = { registration: RECORD.registration, revision: 4 };

  test('that answers a request made here in the last 24 hours is applied', () => {
    expect(judgeRecord(RECORD, site({ ownRequests: [{ n: 6, madeAt: NOW }, asked] }))).toBe('apply');
    const aDayAgo = { ...asked, madeAt: new Date(NOW.getTime() - 24 * HOUR) };
    expect(judgeRecord(RECORD, site({ ownRequests: [aDayAgo] }))).toBe('apply');
  });

  test('that changes which registration is shown is only offered otherwise', () => {
    const earlier = { ...asked, madeAt: new Date(NOW.getTime() - 24 * HOUR - 1) };
    const future = { ...asked, madeAt: new Date(NOW.getTime() + 1) };
    const other = { registration: '00000001', revision: 9 };
    const { request, ...unasked } = RECORD;
    expect(request).toBe(7);
    expect(judgeRecord(RECORD, site({}))).toBe('offer');
    expect(judgeRecord(RECORD, site({ showing: other }))).toBe('offer');
    expect(judgeRecord(RECORD, site({ ownRequests: [{ ...asked, n: 8 }] }))).toBe('offer');
    expect(judgeRecord(RECORD, site({ ownRequests: [earlier] }))).toBe('offer');
    expect(judgeRecord(RECORD, site({ ownRequests: [future] }))).toBe('offer');
    expect(judgeRecord(unasked, site({ ownRequests: [asked] }))).toBe('offer');
  });

  test('of the registration that is shown is applied if it is newer', () => {
    expect(judgeRecord(RECORD, site({ showing: { ...showing, revision: 3 } }))).toBe('apply');
    expect(judgeRecord({ ...RECORD, sequence: 3 }, site({ showing }))).toBe('apply');
    expect(judgeRecord(RECORD, site({ showing }))).toBe('same');
    expect(judgeRecord(RECORD, site({ showing: { ...showing, revision: 5 } }))).toBe('older');
  });

  test('below the last accepted sequence is older, whatever it answers', () => {
    const late = site({ lastSequence: 3, ownRequests: [asked], showing: { ...showing, revision: 1 } });
    expect(judgeRecord(RECORD, late)).toBe('older');
  });
});

function refused(code: string) {
  return { outcome: 'refused', code };
}
