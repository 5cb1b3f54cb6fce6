import { encode } from 'uqr';
import { Failure } from '../problems.ts';

/** What scanners need around a code to find it. */
const QUIET_ZONE = 4;

/**
 * A QR code in half blocks, two rows in a line. On a terminal it is black on white whatever the colours of the terminal are:
 * they are the code. In a file, and where NO_COLOR is set, blocks are dark or, on such a terminal, light.
 */
export function drawQrCode(text: string, output: NodeJS.WriteStream = process.stdout): string {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const { isTTY: onTerminal, columns } = output;
  if (onTerminal && columns < size) {
    throw new Failure(
      `The QR code is ${size} columns wide, and this terminal has ${columns}. Make it wider or its letters smaller, or take the file.`,
    );
  }
  const coloured = onTerminal && !process.env.NO_COLOR;
  // Blocks take the colour of letters, which on a terminal is the light one.
  const drawn = onTerminal && !coloured ? data.map((row) => row.map((isDark) => !isDark)) : data;
  const lines = Array.from({ length: Math.ceil(size / 2) }, (_, n) =>
    lineOf(drawn[2 * n] ?? [], drawn[2 * n + 1] ?? []),
  );
  return lines.map((line) => (coloured ? `\u001b[38;5;16;48;5;231m${line}\u001b[0m` : line)).join('\n');
}

function lineOf(upper: readonly boolean[], lower: readonly boolean[]): string {
  return upper.map((isDark, at) => (isDark ? (lower[at] ? '█' : '▀') : lower[at] ? '▄' : ' ')).join('');
}
