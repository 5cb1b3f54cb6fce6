import { Readable } from 'node:stream';
import { type CsvError, type CsvErrorCode, type Options, parse } from 'csv-parse';
import type { Step } from '../../core/registration-form.ts';
import { type Column, type Header, readHeader, readRow, type SheetRow } from '../../core/registration-sheet.ts';
import { COUNTRY_CODES } from '../countries.ts';
import { type DecodeProblem, decode, type Encoding } from './decode.ts';
import { codeOf, columnLabel } from './words.ts';

/** A file of registrations, read row by row: what it says, or the one reason why it cannot be read at all. */
export type FileReading =
  | { outcome: 'read'; rows: FileRow[]; remarks: FileRemarks }
  | { outcome: 'refused'; problem: FileProblem };

export interface FileRow extends SheetRow {
  /** Where the row begins in the file. */
  line: number;
}

/** What is to be known about how the file was read. */
export interface FileRemarks {
  encoding: Encoding;
  /** Columns that are no field, and fields that are not for this person to fill in: neither is read. */
  unknown: string[];
  notYours: string[];
}

export type FileProblem =
  | DecodeProblem
  | { why: 'no-rows' }
  | { why: 'column-missing' | 'column-twice'; columns: string[] }
  | { why: 'quote-not-closed' | 'row-too-long'; line: number }
  | { why: 'too-many-rows'; count: number };

/** More than anybody prepares at once. More rows are counted, so that the answer can name them, and not kept. */
export const MOST_ROWS = 5000;
export const LARGEST_FILE = 32 * 1024 * 1024;
const LONGEST_ROW = 64 * 1024;

export async function readFile(bytes: Buffer, steps: readonly Step[]): Promise<FileReading> {
  const decoded = decode(bytes);
  if (decoded.outcome === 'refused') return decoded;
  const [beginning = ''] = decoded.pieces();
  let line = 1;
  const options: Options = {
    delimiter: delimiterOf(beginning),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
    // Each row is given the line on which it begins as its first cell.
    on_record: (cells) => {
      const began = String(line);
      line += 1 + lineBreaksIn(cells);
      return [began, ...cells];
    },
  };
  const records = Readable.from(decoded.pieces()).pipe(parse(options));
  try {
    return await readRecords(records, steps, decoded.encoding);
  } catch (error) {
    const why = WHY[(error as CsvError).code];
    if (!why) throw error;
    return { outcome: 'refused', problem: { why, line } };
  }
}

const WHY: Partial<Record<CsvErrorCode, 'quote-not-closed' | 'row-too-long'>> = {
  CSV_QUOTE_NOT_CLOSED: 'quote-not-closed',
  CSV_MAX_RECORD_SIZE: 'row-too-long',
};

async function readRecords(
  records: AsyncIterable<string[]>,
  steps: readonly Step[],
  encoding: Encoding,
): Promise<FileReading> {
  let header: Header | undefined;
  const rows: FileRow[] = [];
  let count = 0;
  for await (const [line, ...cells] of records) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (!header) {
      header = readHeader(cells, columnLabel);
      const problem = headerProblem(header);
      if (problem) return { outcome: 'refused', problem };
      continue;
    }
    count += 1;
    if (count <= MOST_ROWS) rows.push({ line: Number(line), ...readRow(cells, header, steps, COUNTRY_CODES, codeOf) });
  }
  if (!header || count === 0) return { outcome: 'refused', problem: { why: 'no-rows' } };
  if (count > MOST_ROWS) return { outcome: 'refused', problem: { why: 'too-many-rows', count } };
  const notYours = header.columns.filter((column) => column && !steps.includes(column.step)) as Column[];
  return { outcome: 'read', rows, remarks: { encoding, unknown: header.unknown, notYours: notYours.map(columnLabel) } };
}

/** Nothing can be made of a file without the columns that every registration needs: said once, not in every row. */
function headerProblem({ missing, twice }: Header): FileProblem | undefined {
  if (missing.length > 0) return { why: 'column-missing', columns: missing.map(columnLabel) };
  return twice.length > 0 ? { why: 'column-twice', columns: twice } : undefined;
}

/** What parts the columns: commas, semicolons where the comma is decimal, or tabs. No name of a column holds one. */
function delimiterOf(beginning: string): string {
  const [header = ''] = beginning.trimStart().split(/[\r\n]/, 1);
  const often = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (often(one) > often(best) ? one : best));
}

/** Within the cells of a row: it goes on over so many more lines. */
function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}
