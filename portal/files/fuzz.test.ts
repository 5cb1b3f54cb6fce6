// What anybody may upload, for ten seconds: pictures and archives with damage, archives that lie, anything at all.
// FUZZ_SECONDS=3600 goes on for longer. Whatever comes has an answer in words, and takes no more memory than it may.
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { makeRequest } from '../../core/documents/request.ts';
import { PORTAL, REQUEST } from '../../core/documents/test-cast.ts';
import { zipOf } from '../../test/support/archives.ts';
import { chunk, jpeg, jpegOfManyScans, pngHeader, pngOf, pngOfChunks } from '../../test/support/pictures.ts';
import { uploads } from '../messages/en/uploads.ts';
import { LIMITS } from './limits.ts';
import { openFiles } from './open.ts';

const TARGETS = 4;
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 10) / TARGETS;
const UNTIL_TIME_IS_UP = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: SECONDS * 1000 };
/** The limit of a test ends what hangs, so it lies well behind the time that the search takes. */
const LIMIT = SECONDS * 1000 + 120_000;

const document = await makeRequest({ ...REQUEST, via: 'file', returnTo: undefined });
const code = pngOf(`${PORTAL.payload.iss}/r#${document}`, 2);
const coloured = pngOfChunks(
  pngHeader(60, 40, 16, 6),
  chunk('tEXt', Buffer.from('a')),
  chunk('IDAT', deflateSync(Buffer.alloc(481 * 40, 7))),
);
const bomb = pngOfChunks(pngHeader(40, 40), chunk('IDAT', deflateSync(Buffer.alloc(200_000_000))));
const pictures = [code, bomb, coloured, jpeg(60, 40), jpegOfManyScans(60, 40, 3)];
const archives = [
  Buffer.from(zipSync({ 'a/b.datestone': strToU8(document), 'c.png': code })),
  zipOf({ name: 'a', content: strToU8(document), method: 0 }, { name: 'b', content: jpeg(60, 40) }),
];

const numbers = fc.constantFrom(0, 1, 10, 0x7f, 0xff, 0x1000, 0xffff, 8000, 20_000, 0x7fffffff, 0xffffffff);
const change = fc.record({
  how: fc.constantFrom('replace', 'number', 'drop', 'double', 'insert', 'cut'),
  // Near the beginning and near the end stands what says how large all is.
  at: fc.oneof(
    fc.nat(80),
    fc.nat(80).map((n) => -n - 1),
    fc.nat(100_000),
  ),
  length: fc.nat(40),
  number: numbers,
  byte: fc.nat(255),
});
const changes = fc.array(change, { minLength: 1, maxLength: 5 });
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const size = fc.option(fc.oneof(numbers, fc.nat(2000)), { nil: undefined });
const entry = fc.record(
  {
    name: fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('../a', '/', 'a/', '__proto__', '')),
    content: fc.constantFrom(strToU8(document), ...pictures, ...archives, new Uint8Array(), Buffer.alloc(3_000_000)),
    method: fc.constantFrom(0, 8, 8, 8, 9, 99),
    flags: fc.constantFrom(0, 0, 0, 8, 1, 0x2000),
    size,
    originalSize: size,
    sum: fc.option(numbers, { nil: undefined, freq: 10 }),
    shares: fc.boolean(),
  },
  { requiredKeys: ['name', 'content'] },
);

const beginning = fc.constantFrom('', '89504e470d0a1a0a', 'ffd8ff', '504b0304', '504b0506', '47494638', '25504446');
const rest = fc.oneof(fc.uint8Array({ maxLength: 3000 }), fc.string({ unit: 'binary' }).map(strToU8));

const damaged = (files: Buffer[]) =>
  fc.tuple(fc.constantFrom(...files), changes).map(([bytes, all]) => all.reduce(changed, bytes));

test.each<[string, fc.Arbitrary<Uint8Array>]>([
  ['a picture with any damage', damaged(pictures)],
  ['an archive with any damage', damaged(archives)],
  [
    'an archive that says anything of what it holds',
    fc.array(entry, { maxLength: 4 }).map((entries) => zipOf(...entries)),
  ],
  ['anything at all', fc.tuple(beginning, rest).map(([hex, bytes]) => Buffer.concat([Buffer.from(hex, 'hex'), bytes]))],
])('%s is answered in words', { timeout: LIMIT }, async (_, files) => {
  // A search that was interrupted leaves a picture behind; and one that gets no answer within its time has failed.
  await openFiles(uploaded([code]));
  await fc.assert(
    fc.asyncProperty(fc.array(files, { minLength: 1, maxLength: 3 }), async (all) => {
      const opened = await openFiles(uploaded(all));
      expect(opened.length).toBeGreaterThanOrEqual(all.length);
      for (const file of opened) {
        if (file.outcome === 'refused') expect(uploads).toHaveProperty([`upload.problem.${file.why}`]);
        else expect(file.outcome).toBe('request');
      }
    }),
    UNTIL_TIME_IS_UP,
  );
});

afterAll(() => {
  // The decoder holds a picture twice or a little more; the rest is this process as it is.
  const bound = 3 * LIMITS.unpacked + LIMITS.whole + 512 * 1024 * 1024;
  expect(process.resourceUsage().maxRSS * 1024).toBeLessThan(bound);
});

async function* uploaded(all: readonly Uint8Array[]) {
  for (const [n, bytes] of all.entries()) yield { name: `${n}`, bytes, tooLarge: false };
}

function changed(bytes: Buffer, { how, at, length, number, byte }: Change): Buffer {
  const place = at < 0 ? Math.max(0, bytes.length + at) : at % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  const four = Buffer.alloc(4);
  if (byte % 2) four.writeUInt32BE(number);
  else four.writeUInt32LE(number);
  switch (how) {
    case 'replace':
      return Buffer.concat([before, Buffer.from([byte]), after.subarray(1)]);
    case 'number':
      return Buffer.concat([before, four, after.subarray(4)]);
    case 'drop':
      return Buffer.concat([before, after.subarray(length)]);
    case 'double':
      return Buffer.concat([before, after.subarray(0, length), after]);
    case 'insert':
      return Buffer.concat([before, Buffer.alloc(length, byte), after]);
    default:
      return before;
  }
}
