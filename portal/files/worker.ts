// Runs in a thread of its own: reading a picture takes up to seconds, and a portal answers others meanwhile.
// What it throws ends it, and the next picture gets a new one.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { parentPort } from 'node:worker_threads';
import { createInflate } from 'node:zlib';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { LIMITS } from './limits.ts';
import { type PictureSize, sizeOf } from './picture-size.ts';
import type { Answer } from './thread.ts';

const decoder = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({
  overrides: { wasmBinary: decoder.buffer.slice(decoder.byteOffset, decoder.byteOffset + decoder.length) },
});

/** More codes than stand on a sheet of labels. */
const MOST_CODES = 30;

/** WebAssembly gives no memory back: a thread that needed more than this for a picture has done its work. */
const MOST_KEPT = 64_000_000;

async function codesIn(picture: Uint8Array): Promise<Answer> {
  const size = sizeOf(picture);
  if (!size) return { outcome: 'refused', why: 'picture-damaged' };
  if (size.pixels > LIMITS.pixels || size.unpacked > LIMITS.unpacked) {
    return { outcome: 'refused', why: 'picture-too-large' };
  }
  if (!(await holdsWhatItSays(size))) return { outcome: 'refused', why: 'picture-damaged' };
  const codes = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: MOST_CODES });
  const isSpent = size.unpacked > MOST_KEPT;
  if (codes.some(({ isValid }) => !isValid)) return { outcome: 'refused', why: 'picture-damaged', isSpent };
  return { outcome: 'codes', texts: codes.map((code) => code.text), isSpent };
}

/** The decoder would unpack rows without end. Interlaced ones are a little longer than others, never twice. */
async function holdsWhatItSays({ rows }: PictureSize): Promise<boolean> {
  if (!rows) return true;
  let length = 0;
  try {
    for await (const piece of Readable.from(rows.packed).pipe(createInflate({ chunkSize: 1024 * 1024 }))) {
      length += (piece as Buffer).length;
      if (length > 2 * rows.length + 64) return false;
    }
    return true;
  } catch {
    return false;
  }
}

parentPort?.on('message', async (picture: Uint8Array) => parentPort?.postMessage(await codesIn(picture)));
