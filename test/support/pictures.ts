import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** A QR code as squares: dark ones are `true`. */
export function squaresOf(text: string): boolean[][] {
  return encode(text, { ecc: 'M', border: 4 }).data;
}

/** A QR code as a PNG, each square so many pixels wide. */
export function pngOf(text: string, scale = 3): Buffer {
  const squares = squaresOf(text);
  const size = squares.length * scale;
  const rows = squares.flatMap((row) => {
    const line = Buffer.from([0, ...row.flatMap((dark) => Array<number>(scale).fill(dark ? 0 : 255))]);
    return Array<Buffer>(scale).fill(line);
  });
  return png(size, size, Buffer.concat(rows));
}

/** A grey PNG of these rows, each behind its filter byte; the size is what its header claims. */
export function png(width: number, height: number, rows: Buffer): Buffer {
  return pngOfChunks(pngHeader(width, height), chunk('IDAT', deflateSync(rows)));
}

export function pngOfChunks(...chunks: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks, chunk('IEND', Buffer.alloc(0))]);
}

/** Grey with 8 bits, row by row, unless it says otherwise. */
export function pngHeader(width: number, height: number, bits = 8, colours = 0, interlaced = 0): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, colours, 0, 0, interlaced], 8);
  return chunk('IHDR', header);
}

export function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** An evenly grey JPEG. Its codes are single zero bits, so that nothing has to be encoded. */
export function jpeg(width: number, height: number, between: Buffer[] = []): Buffer {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  return jpegOfSegments(
    ...between,
    jpegFrame(0xc0, width, height),
    ...JPEG_TABLES,
    jpegScan([0, 63, 0], Buffer.alloc(Math.ceil(blocks / 4))),
  );
}

/** Each scan says that nothing is added to any block: two bytes for 16,384 blocks, whose every value a decoder looks at. */
export function jpegOfManyScans(width: number, height: number, scans: number): Buffer {
  const runs = Math.ceil((Math.ceil(width / 8) * Math.ceil(height / 8)) / 16_384);
  const scan = jpegScan([1, 63, 0x10], Buffer.alloc(runs * 2));
  return jpegOfSegments(
    jpegFrame(0xc2, width, height),
    JPEG_TABLES[0],
    jpegSegment(0xc4, [0x10, 1, ...Array<number>(15).fill(0), 0xe0]),
    ...Array<Buffer>(scans).fill(scan),
  );
}

export function jpegFrame(marker: number, width: number, height: number): Buffer {
  return jpegSegment(marker, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
}

/** Quantisation by one, and tables of codes with one code each: zero for a difference of nothing, zero for an empty block. */
const JPEG_TABLES = [
  jpegSegment(0xdb, [0, ...Array<number>(64).fill(1)]),
  jpegSegment(0xc4, [0x00, 1, ...Array<number>(15).fill(0), 0]),
  jpegSegment(0xc4, [0x10, 1, ...Array<number>(15).fill(0), 0]),
] as const;

function jpegScan(which: [from: number, to: number, successive: number], data: Buffer): Buffer {
  return Buffer.concat([jpegSegment(0xda, [1, 1, 0, ...which]), data]);
}

function jpegSegment(marker: number, data: number[]): Buffer {
  const length = data.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...data]);
}

function jpegOfSegments(...segments: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, Buffer.from([0xff, 0xd9])]);
}
