// Runs in a thread of its own: reading a picture takes up to seconds, and a portal answers others meanwhile.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { pixelsOf } from './kinds.ts';
import { LIMITS } from './limits.ts';
import type { Done, Job } from './thread.ts';

const decoder = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({
  overrides: { wasmBinary: decoder.buffer.slice(decoder.byteOffset, decoder.byteOffset + decoder.length) },
});

/** More codes than stand on a sheet of labels. */
const MOST_CODES = 30;

async function codesIn(picture: Uint8Array): Promise<Done> {
  const pixels = pixelsOf(picture);
  if (pixels === undefined) return { outcome: 'refused', why: 'picture-damaged' };
  if (pixels > LIMITS.pixels) return { outcome: 'refused', why: 'picture-too-large' };
  const codes = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: MOST_CODES });
  if (codes.some(({ isValid }) => !isValid)) return { outcome: 'refused', why: 'picture-damaged' };
  return { outcome: 'codes', texts: codes.map((code) => code.text) };
}

/** What computers put into an archive by themselves. */
const NO_FILE = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)|\/$/i;

/** The size that an archive says a file has is the most that is unpacked of it. */
function filesIn(archive: Uint8Array): Done {
  let [count, whole] = [0, 0];
  const isWanted = ({ name, originalSize }: UnzipFileInfo) => {
    if (NO_FILE.test(name)) return false;
    count += 1;
    whole += originalSize;
    return count <= LIMITS.files && whole <= LIMITS.whole && originalSize <= LIMITS.file;
  };
  const unpacked = unzipSync(archive, { filter: isWanted });
  if (count > LIMITS.files) return { outcome: 'refused', why: 'too-many' };
  const files = Object.entries(unpacked).map(([name, bytes]) => ({ name, bytes }));
  return files.length < count ? { outcome: 'refused', why: 'archive-too-large' } : { outcome: 'files', files };
}

async function work({ kind, bytes }: Job): Promise<Done> {
  try {
    return kind === 'picture' ? await codesIn(bytes) : filesIn(bytes);
  } catch {
    return { outcome: 'refused', why: `${kind}-damaged` };
  }
}

parentPort?.on('message', async (job: Job) => parentPort?.postMessage(await work(job)));
