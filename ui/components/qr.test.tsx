import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { QrCode } from './qr.tsx';

// The code is read back as a scanner does it, from the drawn squares alone: format, mask, codewords, blocks, bytes
// (ISO/IEC 18004). Errors are not corrected: there are none.

const QUIET = 4;
/** Of versions 2 to 6 at level Q: how many data codewords each block has. */
const BLOCKS: Record<number, number[]> = {
  2: [22],
  3: [17, 17],
  4: [24, 24],
  5: [15, 15, 16, 16],
  6: [19, 19, 19, 19],
};
const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

interface Drawn {
  size: number;
  dark: (x: number, y: number) => boolean;
}

function drawn(text: string): Drawn {
  const svg = render(<QrCode text={text} label={`QR code of ${text}`} />);
  const whole = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const squares = new Set(darkIn(svg).map(([x, y]) => `${x} ${y}`));
  return { size: whole - 2 * QUIET, dark: (x, y) => squares.has(`${x + QUIET} ${y + QUIET}`) };
}

/** Every dark module, by walking the path: lines through the middles of rows. */
function darkIn(svg: string): [x: number, y: number][] {
  const modules: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, to, at, row, by, length] of svg.matchAll(/(?:(M)(\d+) (\d+)\.5|m(\d+) 0)h(\d+)/g)) {
    [x, y] = to ? [Number(at), Number(row)] : [x + Number(by), y];
    for (let n = 0; n < Number(length); n++) modules.push([x++, y]);
  }
  return modules;
}

/** Finder patterns with their separators, timing, the alignment pattern, format: not data. */
function isFunction(size: number, x: number, y: number): boolean {
  const [far, align] = [size - 8, size - 7];
  const inFinder = (x <= 8 && y <= 8) || (x >= far && y <= 8) || (x <= 8 && y >= far);
  const inAlignment = Math.abs(x - align) <= 2 && Math.abs(y - align) <= 2;
  return inFinder || inAlignment || x === 6 || y === 6;
}

function read({ size, dark }: Drawn): { level: number; text: string } {
  // The first five bits of the format, which stands in row 8: level and mask, themselves masked by 10101.
  const format = [0, 1, 2, 3, 4].reduce((bits, x) => bits * 2 + Number(dark(x, 8)), 0) ^ 0b10101;
  const mask = MASKS[format & 7] as (typeof MASKS)[number];
  const bits: number[] = [];
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let n = 0; n < size; n++) {
      const y = up ? size - 1 - n : n;
      for (const x of [right, right - 1]) {
        if (!isFunction(size, x, y)) bits.push(Number(dark(x, y) !== mask(x, y)));
      }
    }
  }
  const codewords = Array.from({ length: Math.floor(bits.length / 8) }, (_, n) => number(bits, n * 8, 8));
  const lengths = BLOCKS[(size - 17) / 4] ?? [];
  const blocks: number[][] = lengths.map(() => []);
  let next = 0;
  for (let n = 0; n < Math.max(...lengths); n++) {
    blocks.forEach((block, at) => {
      if (n < (lengths[at] ?? 0)) block.push(codewords[next++] ?? 0);
    });
  }
  const data = blocks.flat().flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((shift) => (byte >> shift) & 1));
  expect(number(data, 0, 4)).toBe(4); // bytes
  const bytes = Array.from({ length: number(data, 4, 8) }, (_, n) => number(data, 12 + n * 8, 8));
  return { level: format >> 3, text: Buffer.from(bytes).toString() };
}

const number = (bits: number[], from: number, count: number) =>
  bits.slice(from, from + count).reduce((sum, bit) => sum * 2 + bit, 0);

test.each([
  'http://localhost/systems/0',
  'http://localhost:8080/systems/48172065',
  'https://portal.example/systems/00000001',
  'https://registration.buildings.example.com/systems/48172065',
])('%s is what a scanner reads', (text) => {
  const code = drawn(text);
  expect(read(code)).toEqual({ level: 0b11, text }); // Q: a quarter of it may be damaged
});

test('it stands in four modules of nothing, dark on white whatever the page', () => {
  const svg = render(<QrCode text="https://portal.example/systems/48172065" label="QR code" />);
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const at = darkIn(svg).flat();
  expect([Math.min(...at), Math.max(...at)]).toEqual([QUIET, size - QUIET - 1]);
  expect(svg).toContain(`<rect width="${size}" height="${size}" fill="#fff"`);
  expect(svg).toContain('stroke="#000"');
  expect(svg).toContain('role="img" aria-label="QR code"');
  expect(svg).not.toContain('style=');
});
