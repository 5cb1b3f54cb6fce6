/** What a picture says of its size, so that nobody unpacks one that is too large. */
export interface PictureSize {
  pixels: number;
  /** What a decoder holds of it, in bytes. */
  unpacked: number;
  /** PNG: its packed rows, and how many bytes they are. JPEG is not packed further. */
  rows: { packed: Uint8Array[]; length: number } | undefined;
}

/** Nothing of one whose size can be read in two ways: the decoder might read the other. */
export function sizeOf(picture: Uint8Array): PictureSize | undefined {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  return bytes[0] === 0x89 ? sizeOfPng(bytes) : sizeOfJpeg(bytes);
}

/** By the colour type of a PNG. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;

/** Its first chunk says the size, and no other may. */
function sizeOfPng(bytes: Buffer): PictureSize | undefined {
  const [header, ...others] = chunksOf(bytes);
  if (header?.type !== 'IHDR' || header.data.length !== 13) return undefined;
  if (others.at(-1)?.type !== 'IEND' || others.some(({ type }) => type === 'IHDR')) return undefined;
  const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
  const [bits = 0, colours = 0] = header.data.subarray(8);
  const samples = SAMPLES[colours];
  if (!(width && height && samples && bits)) return undefined;
  return {
    pixels: width * height,
    unpacked: width * height * (colours === PALETTE ? 4 : samples) * (bits > 8 ? 2 : 1),
    rows: {
      packed: others.filter(({ type }) => type === 'IDAT').map(({ data }) => data),
      length: height * (1 + Math.ceil((width * samples * bits) / 8)),
    },
  };
}

function chunksOf(bytes: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at + 12 <= bytes.length && chunks.at(-1)?.type !== 'IEND'; ) {
    const [begins, length] = [at + 8, bytes.readUInt32BE(at)];
    chunks.push({ type: bytes.toString('latin1', at + 4, begins), data: bytes.subarray(begins, begins + length) });
    at = begins + length + 4;
  }
  return chunks;
}

/** Segments, each with its length, until the first scan. The one that begins the frame says the size, and no other may. */
function sizeOfJpeg(bytes: Buffer): PictureSize | undefined {
  const frames: PictureSize[] = [];
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (bytes[at] !== 0xff) return undefined;
    while (bytes[at + 1] === 0xff && at + 10 < bytes.length) at++;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda) break;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const pixels = bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7);
      // A progressive one is kept as coefficients of two bytes until its last scan.
      const held = marker === 0xc2 ? 3 : 1;
      frames.push({ pixels, unpacked: pixels * (bytes[at + 9] ?? 0) * held, rows: undefined });
    }
  }
  const [frame, second] = frames;
  return frame?.pixels && !second ? frame : undefined;
}
