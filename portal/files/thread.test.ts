import type { Worker } from 'node:worker_threads';
import { deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { chunk, jpegOfManyScans, pngHeader, pngOf, pngOfChunks } from '../../test/support/pictures.ts';
import { type OpenedFile, openFiles } from './open.ts';
import { codesIn } from './thread.ts';

const picture = new Uint8Array(pngOf('EAN 4012345678901'));
/** 135 kB that keep a decoder busy for minutes. */
const endless = new Uint8Array(jpegOfManyScans(8000, 8000, 1000));

/** Every thread that was started here. */
const threads: Worker[] = [];
beforeAll(() => void process.on('worker', (worker) => threads.push(worker)));

async function whys(...files: Uint8Array[]): Promise<string[]> {
  async function* uploaded() {
    for (const [n, bytes] of files.entries()) yield { name: `${n}`, bytes, tooLarge: false };
  }
  return (await openFiles(uploaded())).map((file: OpenedFile) =>
    file.outcome === 'refused' ? file.why : file.outcome,
  );
}

describe('uploads take turns: whoever comes with one file is answered before one with many', () => {
  const many = Array<Uint8Array>(12).fill(picture);

  test.each<[string, Uint8Array[]]>([
    ['pictures', many],
    ['pictures in an archive', [zipSync(Object.fromEntries(many.map((bytes, n) => [`${n}`, bytes])))]],
  ])('%s', async (_, large) => {
    const answered: string[] = [];
    const uploads = { large, 'another large': large, small: [picture], 'small archive': [zipSync({ picture })] };
    await Promise.all(
      Object.entries(uploads).map(async ([name, files]) => {
        await whys(...files);
        answered.push(name);
      }),
    );
    expect(answered).toEqual(['small', 'small archive', 'large', 'another large']);
  });
});

test('a picture that takes too long ends the thread; the others of the upload and other uploads go on', async () => {
  const [one, other] = await Promise.all([whys(endless, picture, picture), whys(picture)]);
  expect([one, other]).toEqual([['too-long', 'not-a-request', 'not-a-request'], ['not-a-request']]);
});

test('a thread that dies at a picture costs that picture', async () => {
  const opened = whys(picture, endless, picture);
  const other = whys(picture);
  // The other upload's picture is looked at after the first, so now it is the turn of the one that takes long.
  await other;
  await threads.at(-1)?.terminate();
  expect(await opened).toEqual(['not-a-request', 'picture-damaged', 'not-a-request']);
});

test('one that dies between two pictures costs none', async () => {
  await whys(picture);
  await threads.at(-1)?.terminate();
  expect(await whys(picture)).toEqual(['not-a-request']);
});

test('a large picture is looked at, and the memory that it took is given back', async () => {
  const rows = deflateSync(Buffer.alloc(5000 * (1 + 4 * 5000)));
  const large = pngOfChunks(pngHeader(5000, 5000, 8, 6), chunk('IDAT', rows));
  expect(await whys(large)).toEqual(['no-code']);
  // A thread that has ended has no number.
  expect(threads.at(-1)?.threadId).toBe(-1);
  expect(await whys(picture)).toEqual(['not-a-request']);
});

test('an upload has so much time for its pictures, and no more', async () => {
  const left = { files: 0, bytes: 0, milliseconds: 0.001 };
  expect((await codesIn(picture, left)).outcome).toBe('codes');
  expect(await codesIn(picture, left)).toEqual({ outcome: 'refused', why: 'too-long' });
});
