import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { makeRequest } from '../../core/documents/request.ts';
import { PORTAL, REQUEST } from '../../core/documents/test-cast.ts';
import { png, pngOf } from '../../test/support/pictures.ts';
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

  test('an archive that says its files are smaller than they are gives no more than it says', async () => {
    const lying = zipSync({ a: new Uint8Array(1_000_000) });
    const directory = lying.findIndex((_, at) => Buffer.from(lying.buffer, at).readUInt32LE() === 0x02014b50);
    new DataView(lying.buffer).setUint32(directory + 24, 10, true);
    expect(await whyNot(lying)).toBe('not-a-request');
  });
});
