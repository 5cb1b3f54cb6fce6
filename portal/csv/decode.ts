import { isAscii, isUtf8 } from 'node:buffer';

/** Bytes of a file to text. Nothing is guessed in silence: what was assumed is said, and what is damaged is refused. */
export type Decoded =
  /** In pieces, so that a large file is not in memory twice. */
  | { outcome: 'text'; encoding: Encoding; pieces: () => Iterable<string> }
  | { outcome: 'refused'; problem: DecodeProblem };

export type DecodeProblem = { why: 'empty' | 'spreadsheet' | 'not-text' } | { why: 'damaged'; line: number };

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export function decode(bytes: Buffer): Decoded {
  if (bytes.length === 0) return refused({ why: 'empty' });
  if (isSpreadsheet(bytes)) return refused({ why: 'spreadsheet' });
  const mark = markOf(bytes);
  if (mark) {
    const line = mark === 'utf-8' ? damagedLine(bytes) : undefined;
    return line ? refused({ why: 'damaged', line }) : as(mark, bytes);
  }
  if (bytes.includes(0)) return refused({ why: 'not-text' });
  if (isUtf8(bytes)) return as('utf-8', bytes);
  // Broken UTF-8 read as Windows-1252 would turn every other ø into Ã¸: a file of both kinds is nobody's.
  return hasUtf8Letters(bytes) ? refused({ why: 'damaged', line: damagedLine(bytes) ?? 1 }) : as('windows-1252', bytes);
}

function as(encoding: Encoding, bytes: Buffer): Decoded {
  return { outcome: 'text', encoding, pieces: () => piecesOf(encoding, bytes) };
}

const refused = (problem: DecodeProblem): Decoded => ({ outcome: 'refused', problem });

const PIECE = 64 * 1024;

function* piecesOf(encoding: Encoding, bytes: Buffer): Iterable<string> {
  const decoder = new TextDecoder(encoding);
  for (let at = 0; at < bytes.length; at += PIECE)
    yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
  yield decoder.decode();
}

/** What a text editor writes first, so that others know how to read the rest. */
function markOf(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/** A workbook (.xlsx, .ods are archives) or one of before 2007 (.xls), not saved as CSV. */
function isSpreadsheet(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 4).toString('hex');
  return start === '504b0304' || start === 'd0cf11e0';
}

function hasUtf8Letters(bytes: Buffer): boolean {
  return /[^\p{ASCII}�]/u.test(new TextDecoder('utf-8').decode(bytes));
}

/** The first line that is no UTF-8. */
function damagedLine(bytes: Buffer): number | undefined {
  for (let line = 1, from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(10, from);
    const next = end === -1 ? bytes.length : end + 1;
    const piece = bytes.subarray(from, next);
    if (!isAscii(piece) && !isUtf8(piece)) return line;
    from = next;
  }
  return undefined;
}
