import type { Answers } from '../../core/registration-form.ts';
import { COLUMNS, type Column, type RowProblem, type SheetRow } from '../../core/registration-sheet.ts';
import { type FileProblem, LARGEST_FILE, MOST_ROWS } from '../csv/read.ts';
import type { Visitor } from '../http/visitor.ts';
import { optionText, problemText } from './form-texts.ts';

/** What is wrong with a file of registrations, in words: on the pages and for programs. */

export type UploadProblem = FileProblem | { why: 'none' | 'gone' | 'too-large' };

/** Why a file cannot be read at all. */
export function fileSentence(problem: UploadProblem, t: Visitor['t']): string {
  switch (problem.why) {
    case 'damaged':
    case 'quote-not-closed':
    case 'row-too-long':
      return t(`import.problem.${problem.why}`, { line: problem.line });
    case 'column-missing':
    case 'column-twice':
      return t(`import.problem.${problem.why}`, { columns: problem.columns.join(', '), count: problem.columns.length });
    case 'too-many-rows':
      return t('import.problem.too-many-rows', { count: problem.count, most: MOST_ROWS });
    case 'too-large':
      return t('import.problem.too-large', { size: LARGEST_FILE / 1024 / 1024 });
    default:
      return t(`import.problem.${problem.why}`);
  }
}

/** What is wrong with a row. Without a column it is the row itself. */
export function wrongCells(row: SheetRow, visitor: Visitor): { column: Column | undefined; detail: string }[] {
  return row.problems.map(({ column: name, problem }) => {
    const column = COLUMNS.find((one) => one.name === name);
    return column && problem !== 'too-many-cells'
      ? { column, detail: cellSentence(column, problem, row.answers, visitor) }
      : { column: undefined, detail: visitor.t('import.row.too-many-cells') };
  });
}

/** As the form says it; where the form has a list to choose from, a row needs to be told what is on it. */
function cellSentence(
  { step, field }: Column,
  problem: Exclude<RowProblem, 'too-many-cells'>,
  answers: Answers,
  visitor: Visitor,
): string {
  const { t } = visitor;
  const given = [answers[step]?.[field.name] ?? []].flat();
  switch (problem) {
    case 'not-an-option': {
      const options = field.options ?? [];
      const value = given.filter((one) => !options.includes(one)).join(', ');
      const choices = options.map((option) => optionText(visitor, field.name, option)).join(', ');
      return t('import.row.not-an-option', { value, choices });
    }
    case 'not-a-country':
      return t('import.row.not-a-country', { value: given.join(', ') });
    default:
      return problemText(visitor, step, field, problem);
  }
}
