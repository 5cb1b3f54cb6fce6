import { styleText } from 'node:util';
import { cut, harmless, padded, widthOf } from './width.ts';

export interface Column {
  heading: string;
  /** It may be cut where the terminal is narrow: numbers, codes and dates may not. */
  cuts?: true;
}

type Terminal = NodeJS.WriteStream & { columns?: number };

const GAP = 2;
const LEAST = 10;

/**
 * Rows as a table, as wide as the terminal allows, part by part as they come: the first part decides how wide the columns
 * are. Where not even cut columns fit, each row becomes a few lines of its own. Nothing is cut that goes to a file or to
 * another program.
 */
export class Table {
  readonly #columns: readonly Column[];
  readonly #output: Terminal;
  readonly #width: number | undefined;
  #widths: readonly number[] | 'stacked' | undefined;

  constructor(columns: readonly Column[], output: Terminal = process.stdout) {
    this.#columns = columns;
    this.#output = output;
    this.#width = output.isTTY ? output.columns : undefined;
  }

  write(rows: readonly (readonly string[])[]): void {
    const cells = rows.map((row) => this.#columns.map((_, n) => harmless(row[n] ?? '')));
    const headings = this.#columns.map((column) => column.heading);
    if (!this.#widths) {
      this.#widths = this.#fit(cells);
      if (this.#widths !== 'stacked') this.#output.write(`${bold(this.#line(headings, this.#widths), this.#output)}\n`);
    }
    const widths = this.#widths;
    for (const row of cells) {
      const pairs = () => headings.map((heading, n) => [heading, row[n] || undefined] as const);
      this.#output.write(`${widths === 'stacked' ? facts(pairs()) : this.#line(row, widths)}\n`);
    }
  }

  #line(row: readonly string[], widths: readonly number[]): string {
    return row
      .map((cell, n) => {
        const width = widths[n] ?? 0;
        return padded(this.#width === undefined ? cell : cut(cell, width), width);
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  }

  /** Takes from the widest of the columns that may be cut, until all fit. */
  #fit(cells: readonly (readonly string[])[]): readonly number[] | 'stacked' {
    const widths = this.#columns.map(({ heading }, n) =>
      Math.max(widthOf(heading), ...cells.map((row) => widthOf(row[n] ?? ''))),
    );
    const available = this.#width === undefined ? Number.POSITIVE_INFINITY : this.#width - GAP * (widths.length - 1);
    while (sum(widths) > available) {
      const cuttable = widths.map((width, n) => (this.#columns[n]?.cuts ? width : 0));
      const widest = Math.max(...cuttable);
      if (widest <= LEAST) return 'stacked';
      widths[cuttable.indexOf(widest)] = widest - 1;
    }
    return widths;
  }
}

/** Terms and their values, one a line; those without a value are left out. */
export function facts(pairs: readonly (readonly [term: string, value: string | undefined])[]): string {
  const known = pairs.filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...known.map(([term]) => widthOf(term)));
  return known
    .map(([term, value = '']) => {
      const [first = '', ...others] = value.split('\n').map(harmless);
      return [`${padded(term, width)}  ${first}`, ...others.map((line) => ' '.repeat(width + GAP) + line), ''].join(
        '\n',
      );
    })
    .join('');
}

/** A few rows as they are, column under column. */
export function sideBySide(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => widthOf(harmless(row[n] ?? '')))));
  return rows
    .map((row) =>
      row
        .map((cell, n) => padded(harmless(cell), widths[n] ?? 0))
        .join(' '.repeat(GAP))
        .trimEnd(),
    )
    .join('\n');
}

/** On a terminal that shows it; files and NO_COLOR get the plain words. */
export const bold = (words: string, stream: Terminal = process.stdout) => styleText('bold', words, { stream });

export function print(text: string): void {
  process.stdout.write(text);
}

/** For programs: one document a line. */
export const printJson = (document: unknown) => print(`${JSON.stringify(document)}\n`);

/** What is said beside the answer. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
