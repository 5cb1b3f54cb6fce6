import { deflateRawSync, deflateSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { makeRequest } from '../../core/documents/request.ts';
import { PORTAL, REQUEST } from '../../core/documents/test-cast.ts';
import { type Entry, zipOf } from '../../test/support/archives.ts';
import { chunk, jpeg, jpegFrame, png, pngHeader, pngOf, pngOfChunks } from '../../test/support/pictures.ts';
import { LIMITS } from './limits.ts';
import { openFiles } from './open.ts';

const document = await makeRequest({ ...REQUEST, via: 'file', returnTo: undefined });
const link = `${PORTAL.payload.iss}/r#${document}`;
const READ = { outcome: 'request', document };

async function open(...files: [name: string, bytes: Uint8Array | string, tooLarge?: boolean][]) {
  async function* uploaded() {
    for (const [name, bytes, tooLarge = false] of files)
      yield { name, bytes: typeof bytes === 'string' ? strToU8(bytes) : bytes, tooLarge };
  }
  return openFiles(uploaded());
}

async function whyNot(bytes: Uint8Array | string, tooLarge = false): Promise<string> {
  const [opened] = await open(['a', bytes, tooLarge]);
  return opened?.outcome === 'refused' ? opened.why : 'a request';
}

test('saved requests, pictures and archives of both are opened in their order', async () => {
  const archive = zipSync({
    'round one/a.datestone': strToU8(`${document}\n`),
    '__MACOSX/round one/._a.datestone': strToU8('Mac OS X'),
    'round one/.DS_Store': strToU8('Bud1'),
    'b.png': pngOf(link),
  });
  expect(await open(['1.datestone', `${document}\n`], ['2.png', pngOf(link)], ['3.zip', archive])).toEqual([
    { name: '1.datestone', ...READ, portal: undefined },
    { name: '2.png', ...READ, portal: PORTAL.payload.iss },
    { name: 'round one/a.datestone', ...READ, portal: undefined },
    { name: 'b.png', ...READ, portal: PORTAL.payload.iss },
  ]);
});

describe('what has no request in it is answered by its kind', () => {
  test('texts', async () => {
    expect(await whyNot('')).toBe('not-a-request');
    expect(await whyNot('Dear colleagues')).toBe('not-a-request');
    expect(await whyNot(document.slice(0, 400))).toBe('damaged');
    expect(await whyNot('x'.repeat(200_000))).toBe('too-large');
    expect(await whyNot(document, true)).toBe('too-large');
    expect(await whyNot(new Uint8Array(1000).map((_, at) => (at * 7919) % 256))).toBe('not-a-request');
  });

  test('pictures', async () => {
    expect(await whyNot(png(40, 40, Buffer.alloc(41 * 40)))).toBe('no-code');
    expect(await whyNot(pngOf('https://portal.example/systems/12345678'))).toBe('other-link');
    expect(await whyNot(pngOf('EAN 4012345678901'))).toBe('not-a-request');
    expect(await whyNot(pngOf(link).subarray(0, 60))).toBe('picture-damaged');
    expect(await whyNot(pngOf(link).subarray(0, 9))).toBe('picture-damaged');
    expect(await whyNot(strToU8('\xff\xd8\xff\xe0 and no more', true))).toBe('picture-damaged');
    expect(await whyNot(png(60_000, 60_000, Buffer.alloc(10)))).toBe('picture-too-large');
    expect(await whyNot(pngOf(link), true)).toBe('picture-too-large');
    expect(await whyNot('GIF89a and more')).toBe('other-picture');
    expect(await whyNot('\0\0\0\x18ftypheic\0\0\0\0')).toBe('other-picture');
    expect(await whyNot('%PDF-1.7 and more')).toBe('other-picture');
  });

  test('archives', async () => {
    const many = Object.fromEntries(Array.from({ length: LIMITS.files + 1 }, (_, n) => [`${n}`, strToU8('x')]));
    const bomb = zipSync({ zeros: new Uint8Array(LIMITS.file + 1) });
    const together = zipSync(
      Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`${n}`, new Uint8Array(LIMITS.file)])),
    );
    expect(bomb.length).toBeLessThan(100_000);
    expect(await whyNot(zipSync({}))).toBe('archive-empty');
    expect(await whyNot(zipSync({ 'folder/': new Uint8Array() }))).toBe('archive-empty');
    expect(await whyNot(zipSync({ a: strToU8(document) }).subarray(0, 300))).toBe('archive-damaged');
    expect(await whyNot(zipSync({ a: strToU8(document) }), true)).toBe('archive-too-large');
    expect(await whyNot(zipSync(many))).toBe('too-many');
    expect(await whyNot(bomb)).toBe('archive-too-large');
    expect(await whyNot(together)).toBe('archive-too-large');
    expect(await whyNot(zipSync({ a: zipSync({ b: strToU8(document) }) }))).toBe('archive-in-archive');
  });
});

describe('an archive is refused that', () => {
  const large = new Uint8Array(14 * 1024 * 1024);
  const entry: Entry = { name: 'a.datestone', content: strToU8(document) };
  const shared: Entry = { ...entry, name: 'b.datestone', shares: true };

  test.each<[string, string, Entry[]]>([
    ['says that what it stores is nothing', 'archive-damaged', [{ ...entry, method: 0, originalSize: 0 }]],
    [
      'stores the same again and again',
      'archive-damaged',
      [0, 1, 2, 3, 4, 5].map((n) => ({ name: `${n}`, content: large, method: 0, originalSize: 0, shares: n > 0 })),
    ],
    ['packs one thing under two names', 'archive-damaged', [entry, shared]],
    ['says that a file is smaller than it is', 'archive-damaged', [{ ...entry, originalSize: 10 }]],
    ['says that a file is larger than it is', 'archive-damaged', [{ ...entry, originalSize: document.length + 1 }]],
    ['says that a file is nothing', 'archive-damaged', [{ ...entry, content: large, originalSize: 0 }]],
    ['has another check sum than its file', 'archive-damaged', [{ ...entry, sum: 1 }]],
    ['ends before its file does', 'archive-damaged', [{ ...entry, size: 100_000 }]],
    ['is locked with a password', 'other-archive', [{ ...entry, flags: 1 }]],
    ['is packed in another way', 'other-archive', [{ ...entry, method: 12 }]],
    ['has the sizes of zip64', 'other-archive', [{ ...entry, size: 0xffffffff, originalSize: 0xffffffff }]],
    ['has a name that leads out of it', 'archive-names', [{ ...entry, name: 'a/../../b.datestone' }]],
    ['has one that begins at the root', 'archive-names', [{ ...entry, name: '/etc/b.datestone' }]],
    ['has one that leads to a drive', 'archive-names', [{ ...entry, name: 'C:\\b.datestone' }]],
    ['has a name that no file can have', 'archive-names', [{ ...entry, name: 'b\0.datestone' }]],
  ])('%s', async (_, why, entries) => {
    expect(await open(['a.zip', zipOf(...entries)])).toEqual([{ name: expect.any(String), outcome: 'refused', why }]);
  });

  test('but not the names that JavaScript has for itself, nor one name twice, nor folders in folders', async () => {
    const names = ['__proto__', 'a', 'a', 'b..c/d/e.datestone'];
    const entries = names.map((name) => ({ ...entry, name }));
    const folder = { name: 'b/', content: new Uint8Array(), method: 0 };
    expect((await open(['a.zip', zipOf(...entries, folder)])).map(({ name, outcome }) => [name, outcome])).toEqual(
      names.map((name) => [name, 'request']),
    );
  });
});

test('several archives together hold no more than one may', async () => {
  const whys = async (...archives: Uint8Array[]) =>
    (await open(...archives.map((bytes): [string, Uint8Array] => ['a.zip', bytes]))).map((file) =>
      file.outcome === 'refused' ? file.why : 'a request',
    );
  const sixty = zipSync(Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`${n}`, strToU8(document)])));
  const large = zipSync({ a: new Uint8Array(14_000_000), b: new Uint8Array(14_000_000) });
  expect((await whys(sixty, sixty)).slice(59)).toEqual(['a request', 'too-many']);
  expect((await whys(large, large, large)).slice(2)).toEqual(['too-large', 'too-large', 'archive-too-large']);
});

describe('a picture is refused that', () => {
  const header = pngHeader(40, 40);
  const huge = pngHeader(60_000, 60_000);

  test.each<[string, string, Uint8Array]>([
    ['begins with another chunk', 'picture-damaged', pngOfChunks(chunk('CgBI', Buffer.alloc(4)), header)],
    [
      'hides its size behind another chunk',
      'picture-damaged',
      pngOfChunks(
        chunk('CgBI', Buffer.from('00000001000000010000000000', 'hex')),
        pngHeader(10_000, 10_000),
        chunk('IDAT', deflateRawSync(Buffer.alloc(10_001 * 10_000))),
      ),
    ],
    ['has a second size', 'picture-damaged', pngOfChunks(header, huge, idat(41 * 40))],
    ['has no size', 'picture-damaged', pngOfChunks(pngHeader(0, 40), idat(41 * 40))],
    ['unpacks to far more than its size allows', 'picture-damaged', pngOfChunks(header, idat(300_000_000))],
    ['needs more memory than its size says', 'picture-too-large', pngOfChunks(pngHeader(7000, 7000, 16, 6))],
    ['has a second frame', 'picture-damaged', jpeg(40, 40, [jpegFrame(0xc0, 8, 8)])],
    ['is too large by its frame', 'picture-too-large', jpeg(60_000, 60_000).subarray(0, 1000)],
  ])('%s', async (_, why, picture) => {
    expect(await whyNot(picture)).toBe(why);
  });

  test.each<[string, Uint8Array]>([
    ['a JPEG', jpeg(40, 40)],
    [
      'a PNG with opacity and a text',
      pngOfChunks(pngHeader(40, 40, 8, 6), chunk('tEXt', Buffer.from('a')), idat(161 * 40)),
    ],
    // Seven pictures of 5, 5, 10, 10, 20, 20 and 40 pixels a row.
    [
      'an interlaced one',
      pngOfChunks(pngHeader(40, 40, 8, 0, 1), idat(6 * 5 + 6 * 5 + 11 * 5 + 11 * 10 + 21 * 10 + 21 * 20 + 41 * 20)),
    ],
  ])('but not %s', async (_, picture) => {
    expect(await whyNot(picture)).toBe('no-code');
  });
});

function idat(length: number): Buffer {
  return chunk('IDAT', deflateSync(Buffer.alloc(length)));
}
