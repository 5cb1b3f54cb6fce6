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
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
