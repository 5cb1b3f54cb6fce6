import {
  type Answers,
  type FieldProblem,
  FORM,
  type FormField,
  readStep,
  STEPS,
  type Step,
} from './registration-form.ts';

/**
 * A table of registrations, one a row, whose columns are the fields of the form: what is read from a spreadsheet, and
 * what is written to one. A new field of the form is a column by itself.
 */

export interface Column {
  /** Stable: `site_name`, `site_administrator_email`, `warranty_end`. */
  name: string;
  step: Step;
  field: FormField;
}

const PREFIX: Record<Step, string> = {
  installation: '',
  'site-administrator': 'site_administrator_',
  warranty: 'warranty_',
};

export const COLUMNS: readonly Column[] = STEPS.flatMap((step) =>
  FORM[step].map((field) => ({ name: PREFIX[step] + field.name, step, field })),
);

/** What stands between the choices of one cell, as in `office|retail`. */
const BETWEEN_CHOICES = '|';

export type RowProblem = FieldProblem | 'too-many-cells';

export interface SheetRow {
  answers: Answers;
  /** In the order of the form; a row with more cells than columns has no column to blame. */
  problems: { column: string; problem: RowProblem }[];
}

export interface Header {
  /** Of each cell of a row: which column it belongs to, if any. */
  columns: readonly (Column | undefined)[];
  /** As they were typed. */
  unknown: string[];
  twice: string[];
  /** Required columns that no cell names. */
  missing: Column[];
}

/** Columns are known by name or by label, whatever the capitals, spaces and punctuation. */
export function readHeader(cells: readonly string[], labelOf: (column: Column) => string): Header {
  const known = new Map(COLUMNS.flatMap((c) => [c.name, labelOf(c)].map((text) => [plain(text), c] as const)));
  const columns = cells.map((cell) => known.get(plain(cell)));
  return {
    columns,
    unknown: cells.filter((cell, at) => cell.trim() !== '' && !columns[at]),
    twice: cells.filter((_, at) => columns[at] && columns.indexOf(columns[at]) < at),
    missing: COLUMNS.filter((column) => column.field.required && !columns.includes(column)),
  };
}

/** Letters and digits alone, so that "E-mail" is "email" and "Site/building name" is "sitebuildingname". */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * One row, read by the rules of the form. `codeOf` turns the words of a choice or the name of a country into its code;
 * `undefined`: there is no such choice.
 */
export function readRow(
  cells: readonly string[],
  header: Pick<Header, 'columns'>,
  steps: readonly Step[],
  countries: ReadonlySet<string>,
  codeOf: (field: FormField, words: string) => string | undefined,
): SheetRow {
  const answers: Answers = {};
  const problems: SheetRow['problems'] = [];
  if (cells.slice(header.columns.length).some((cell) => cell.trim() !== '')) {
    problems.push({ column: '', problem: 'too-many-cells' });
  }
  for (const step of steps) {
    const typed = Object.fromEntries(
      header.columns.flatMap((column, at) =>
        column?.step === step ? [[column.field.name, valueIn(column.field, cells[at] ?? '', codeOf)]] : [],
      ),
    );
    const reading = readStep(step, typed, countries);
    if (Object.keys(reading.answers).length > 0) answers[step] = reading.answers;
    for (const [field, problem] of Object.entries(reading.problems)) {
      problems.push({ column: PREFIX[step] + field, problem });
    }
  }
  return { answers, problems };
}

function valueIn(
  field: FormField,
  cell: string,
  codeOf: (field: FormField, words: string) => string | undefined,
): string | string[] {
  const text = withoutGuard(cell);
  const code = (words: string) => codeOf(field, words) ?? words.trim();
  if (field.kind === 'several-of') return text.split(/[|;\n]/).map(code);
  return field.kind === 'one-of' || field.kind === 'country' ? code(text) : text;
}

/** The cells of a row, in the order of the columns. */
export function writeRow(answers: Answers): string[] {
  return COLUMNS.map(({ step, field }) => guarded([answers[step]?.[field.name] ?? ''].flat().join(BETWEEN_CHOICES)));
}

// What a spreadsheet would take for a formula, also behind apostrophes of the text's own: those are told apart again.
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/;

/** An apostrophe before what begins like a formula: no spreadsheet calculates it, and reading it gives the text back. */
export function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

export function withoutGuard(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}
