// What a stranger may send to a reader, for a minute: texts, codes, documents, keys. FUZZ_SECONDS=3600 goes on for longer.
// Whatever comes, a reader answers with one of its outcomes and never throws; and nothing is taken that nobody signed.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64url, toBase64url, utf8 } from './bytes.ts';
import { decideCode } from './code-at-site.ts';
import { readConfirmationCode } from './confirmation-code.ts';
import { ALPHABET } from './crockford.ts';
import { ed25519Sign, ed25519Verify, x25519 } from './crypto.ts';
import { readBroughtText } from './documents/brought-text.ts';
import { openBundle, signBundle } from './documents/bundle.ts';
import { makeAnswer, makeCheckIn, openAnswer, openCheckIn } from './documents/check-in.ts';
import { type DocumentType, peek, sign } from './documents/jws.ts';
import { makeRecord, openRecord, type RecordPayload } from './documents/record.ts';
import { makeRequest, openRequest } from './documents/request.ts';
import { NOW, PORTAL, REQUEST, SYSTEM } from './documents/test-cast.ts';
import { acceptableEd25519, acceptableX25519 } from './key-checks.ts';
import { readRegistrationCode } from './registration-code.ts';
import { isSystemId, readSystemId } from './system-id.ts';

const TARGETS = 8;
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 60) / TARGETS;
const UNTIL_TIME_IS_UP = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: SECONDS * 1000 };
/** The limit of a test ends what hangs, so it lies well behind the time that the search takes. */
const LIMIT = SECONDS * 1000 + 120_000;

const letters = fc.constantFrom(...ALPHABET, 'o', 'I', 'l', 'u', '-', '–', ' ', '\n', '\u200B', 'É', '😀', '#', '\0');
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(letters, { maxLength: 80 }).map((all) => all.join('')),
  fc.array(letters, { minLength: 10, maxLength: 10 }).map((all) => all.join('')),
  fc.array(fc.constantFrom(...ALPHABET), { minLength: 25, maxLength: 25 }).map((all) => all.join('')),
  fc.array(fc.constantFrom(...ALPHABET), { minLength: 60, maxLength: 60 }).map((all) => all.join('')),
  fc.nat(59).map((at) => SYSTEM.systemId.slice(at) + SYSTEM.systemId.slice(0, at)),
);

describe('a text that somebody types', () => {
  test('is read as a System ID only if it is one', { timeout: LIMIT }, () => {
    fc.assert(
      fc.property(typed, (text) => {
        const reading = readSystemId(text);
        if (reading.outcome === 'read') expect(isSystemId(reading.systemId)).toBe(true);
        if (reading.outcome === 'mistyped') expect(reading.places.length).toBeGreaterThan(0);
      }),
      UNTIL_TIME_IS_UP,
    );
  });

  test('is a code only with the right length, and is accepted by no site', { timeout: LIMIT }, () => {
    const bundle = PORTAL.bundle;
    const nothing = { lastSequence: 0, lastCode: undefined, lastRecordAt: undefined, secondsToWait: 0 };
    fc.assert(
      fc.property(typed, (text) => {
        const [code, confirmation] = [readRegistrationCode(text), readConfirmationCode(text)];
        if (code.outcome === 'read') expect(code.code).toHaveLength(25);
        if (confirmation.outcome === 'read') expect(confirmation.code).toHaveLength(10);
        const { answer } = decideCode(text, { keys: SYSTEM, bundle, minCodeKey: 0, ...nothing });
        expect(['accepted', 'already', 'older', 'retired-key']).not.toContain(answer.outcome);
      }),
      UNTIL_TIME_IS_UP,
    );
  });
});

const record: RecordPayload = {
  iss: 'https://portal.example',
  fingerprint: PORTAL.bundle.fingerprint,
  sub: SYSTEM.systemId,
  registration: '00412345',
  revision: 3,
  sequence: 12,
  min_code_key: 2,
  since: '2026-11-24',
  state: 'registered',
  site: { name: 'Hospital North', company: 'Region North', city: 'Oulu', country: 'FI' },
  history: { n: 3, hash: toBase64url(new Uint8Array(32)) },
};
const checkIn = { keys: SYSTEM, bundle: PORTAL.bundle, n: 8, now: NOW, sequence: 0, token: 'token' };
const answer = { aud: SYSTEM.systemId, n: 8, token: 'token', advisories: [], updates: [], next_check_in: 60 };

/** Each kind of document: an honest one, who signs it, and its reader, which says whether it took it. */
const DOCUMENTS: {
  typ: DocumentType;
  honest: string;
  kid: string;
  secret: Uint8Array;
  takes: (text: string) => Promise<boolean>;
}[] = [
  {
    typ: 'datestone-bundle+jwt',
    honest: await signBundle(PORTAL.payload, PORTAL.rootSecret),
    kid: PORTAL.bundle.fingerprint,
    secret: PORTAL.rootSecret,
    takes: async (text) => (await openBundle(text, PORTAL.bundle.fingerprint)).outcome === 'genuine',
  },
  {
    typ: 'datestone-request+jwt',
    honest: await makeRequest(REQUEST),
    kid: SYSTEM.systemId,
    secret: SYSTEM.ed25519Secret,
    takes: async (text) => (await openRequest(text, PORTAL.forDocuments, undefined)).outcome === 'accepted',
  },
  {
    typ: 'datestone-checkin+jwt',
    honest: await makeCheckIn(checkIn),
    kid: SYSTEM.systemId,
    secret: SYSTEM.ed25519Secret,
    takes: async (text) => (await openCheckIn(text, PORTAL.forDocuments, undefined)).outcome === 'accepted',
  },
  {
    typ: 'datestone-answer+jwt',
    honest: await makeAnswer(answer, PORTAL.recordKey),
    kid: PORTAL.recordKey.kid,
    secret: PORTAL.recordKey.secret,
    takes: async (text) =>
      (await openAnswer(text, PORTAL.bundle, { systemId: SYSTEM.systemId, n: 8 })).outcome === 'genuine',
  },
  {
    typ: 'datestone-record+jwt',
    honest: await makeRecord(record, PORTAL.recordKey),
    kid: PORTAL.recordKey.kid,
    secret: PORTAL.recordKey.secret,
    takes: async (text) => (await openRecord(text, PORTAL.bundle, SYSTEM.systemId)).outcome === 'genuine',
  },
];

/** Small damage: characters changed, dropped, doubled, parts exchanged between documents. */
const damage = fc.array(
  fc.record({
    how: fc.constantFrom('replace', 'drop', 'double', 'part'),
    at: fc.nat(4000),
    by: fc.constantFrom(...'ABCXYZabcxyz019-_.={} \n\0é'),
    other: fc.nat(DOCUMENTS.length - 1),
    part: fc.nat(2),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('a document', () => {
  test('with any damage is taken by no reader', { timeout: LIMIT }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...DOCUMENTS), damage, async ({ honest, takes }, changes) => {
        const text = changes.reduce(damaged, honest);
        if (text.trim() !== honest) expect(await takes(text)).toBe(false);
      }),
      UNTIL_TIME_IS_UP,
    );
  });

  test('that is anything at all is taken by no reader', { timeout: LIMIT }, async () => {
    const part = fc.oneof(
      fc.json({ maxDepth: 6 }).map((text) => toBase64url(utf8(text))),
      fc.uint8Array({ maxLength: 200 }).map(toBase64url),
      fc.string({ unit: 'binary', maxLength: 60 }),
      ...DOCUMENTS.map(({ honest }) => fc.constantFrom(...honest.split('.'))),
    );
    const texts = fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.'));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        peek(text);
        for (const brought of [text, `https://portal.example/r#${text}`]) {
          expect(['request', 'refused']).toContain(readBroughtText(brought).outcome);
        }
        const isHonest = DOCUMENTS.some(({ honest }) => honest === text.trim());
        if (isHonest) return;
        for (const { takes } of DOCUMENTS) expect(await takes(text)).toBe(false);
      }),
      UNTIL_TIME_IS_UP,
    );
  });

  test('that is honestly signed but says anything at all ends in an outcome', { timeout: LIMIT }, async () => {
    const members = fc.record({ member: fc.nat(40), value: fc.jsonValue({ maxDepth: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...DOCUMENTS), fc.array(members, { maxLength: 3 }), async (kind, changes) => {
        const payload = payloadOf(kind.honest);
        const names = Object.keys(payload);
        for (const { member, value } of changes) payload[names[member % names.length] as string] = value;
        const text = await sign(kind.typ, kind.kid, payload, kind.secret);
        expect([true, false]).toContain(await kind.takes(text));
      }),
      UNTIL_TIME_IS_UP,
    );
  });
});

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
/** Near the edges: all zeros or ones but for a few bytes, and near the field prime. */
const edgy = fc
  .tuple(fc.constantFrom(0x00, 0xff), fc.nat(31), fc.nat(255), fc.nat(255), fc.constantFrom(0x00, 0x7f, 0x80, 0xff))
  .map(([fill, at, value, low, high]) => {
    const key = new Uint8Array(32).fill(fill);
    key[at] = value;
    key[0] = low;
    key[31] = high;
    return key;
  });
const keys = fc.oneof(bytes32, edgy);

describe('a key of 32 bytes', () => {
  test('that may be used for X25519 gives a shared secret with any other', { timeout: LIMIT }, () => {
    fc.assert(
      fc.property(keys, bytes32, (key, secret) => {
        if (acceptableX25519(key)) expect(x25519(secret, key)).toHaveLength(32);
      }),
      UNTIL_TIME_IS_UP,
    );
  });

  test('that may be used for Ed25519 verifies no signature of nobody', { timeout: LIMIT }, () => {
    // Under a key of small order, one signature is good for any message: R = 1 or the key itself, S = 0.
    const signature = fc.constantFrom(
      Uint8Array.from({ length: 64 }, (_, at) => (at === 0 ? 1 : 0)),
      new Uint8Array(64),
      ed25519Sign(SYSTEM.ed25519Secret, utf8('something else')),
    );
    fc.assert(
      fc.property(keys, fc.uint8Array({ maxLength: 20 }), signature, (key, message, forged) => {
        if (!acceptableEd25519(key)) return;
        expect(ed25519Verify(key, message, forged)).toBe(false);
        expect(ed25519Verify(key, message, Uint8Array.from([...key, ...forged.slice(32)]))).toBe(false);
      }),
      UNTIL_TIME_IS_UP,
    );
  });

  test('is read from base64url in one writing only', { timeout: LIMIT }, () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), bytes32.map(toBase64url)), (text) => {
        const bytes = fromBase64url(text);
        if (bytes) expect(toBase64url(bytes)).toBe(text);
      }),
      UNTIL_TIME_IS_UP,
    );
  });
});

interface Damage {
  how: string;
  at: number;
  by: string;
  other: number;
  part: number;
}

function damaged(text: string, { how, at, by, other, part }: Damage): string {
  const place = at % (text.length + 1);
  if (how === 'replace') return text.slice(0, place) + by + text.slice(place + 1);
  if (how === 'drop') return text.slice(0, place) + text.slice(place + 1 + (at % 7));
  if (how === 'double') return text.slice(0, place) + text.slice(Math.max(0, place - 9));
  const parts = text.split('.');
  parts[part] = DOCUMENTS[other]?.honest.split('.')[part] ?? '';
  return parts.join('.');
}

function payloadOf(text: string): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(fromBase64url(text.split('.')[1] ?? '')));
}
