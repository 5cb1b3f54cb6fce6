import { randomUUID } from 'node:crypto';
import type { Answers } from '../../core/registration-form.ts';
import type { SheetRow } from '../../core/registration-sheet.ts';
import type { Queries } from './database.ts';
import { sql } from './sql.ts';

/** Files that were checked and wait for the word to make registrations of their rows. They belong to one account. */

/** How long a file is kept. */
export const IMPORT_HOURS = 24;
export const WRONG_ROWS_PAGE_SIZE = 25;
const SAMPLE_SIZE = 2;

export interface CheckedFile<Remarks> {
  id: string;
  fileName: string;
  remarks: Remarks;
  uploadedAt: Date;
  madeAt: Date | null;
  right: number;
  wrong: number;
}

export type CheckedRow = SheetRow & { line: number };

/** Keeps a file for a day. */
export async function keepFile(
  q: Queries,
  account: string,
  file: { name: string; remarks: object; rows: readonly CheckedRow[]; at: Date },
): Promise<string> {
  const id = randomUUID();
  const { rows } = file;
  await q.rows(sql`
    with import_ as (
      insert into import (id, account, file_name, remarks, uploaded_at)
      values (${id}, ${account}, ${file.name}, ${JSON.stringify(file.remarks)}, ${file.at})
      returning id
    )
    insert into import_row (import, line, answers, problems)
    select id, line, answers, problems
    from import_, unnest(${rows.map((row) => row.line)}::int[], ${rows.map((row) => JSON.stringify(row.answers))}::jsonb[],
      ${rows.map((row) => JSON.stringify(row.problems))}::jsonb[]) as r (line, answers, problems)`);
  return id;
}

/** `undefined`: unknown, another account's, or older than a day. */
export function fileOf<Remarks>(
  q: Queries,
  account: string,
  id: string,
  now: Date,
): Promise<CheckedFile<Remarks> | undefined> {
  return q.row(sql<CheckedFile<Remarks>>`
    select i.id, file_name as "fileName", remarks, uploaded_at as "uploadedAt", made_at as "madeAt",
      count(r.line) filter (where problems = '[]')::int as right,
      count(r.line) filter (where problems <> '[]')::int as wrong
    from import i left join import_row r on r.import = i.id
    where i.id = ${id} and i.account = ${account} and i.uploaded_at > ${oldest(now)}
    group by i.id`);
}

/** The same, to make registrations of: others who come for it wait. */
export async function lockFile(
  q: Queries,
  account: string,
  id: string,
  now: Date,
): Promise<{ madeAt: Date | null } | undefined> {
  return q.row(sql<{ madeAt: Date | null }>`
    select made_at as "madeAt" from import
    where id = ${id} and account = ${account} and uploaded_at > ${oldest(now)} for update`);
}

export function wrongRows(q: Queries, file: string, page: number): Promise<CheckedRow[]> {
  return q.rows(sql<CheckedRow>`
    select line, answers, problems from import_row where import = ${file} and problems <> '[]'
    order by line limit ${WRONG_ROWS_PAGE_SIZE} offset ${(page - 1) * WRONG_ROWS_PAGE_SIZE}`);
}

/** The first that are right, to look at: letters, columns and choices. */
export function sampleRows(q: Queries, file: string): Promise<CheckedRow[]> {
  return q.rows(sql<CheckedRow>`
    select line, answers, problems from import_row where import = ${file} and problems = '[]'
    order by line limit ${SAMPLE_SIZE}`);
}

export function rightRows(q: Queries, file: string): Promise<{ line: number; answers: Answers }[]> {
  return q.rows(sql<{ line: number; answers: Answers }>`
    select line, answers from import_row where import = ${file} and problems = '[]' order by line`);
}

/** Registrations were made of it: what the rows said stands there now, and is kept here no longer. */
export async function settleFile(q: Queries, file: string, at: Date): Promise<void> {
  await q.rows(sql`
    with rows_ as (delete from import_row where import = ${file})
    update import set made_at = ${at} where id = ${file}`);
}

function oldest(now: Date): Date {
  return new Date(now.getTime() - IMPORT_HOURS * 60 * 60 * 1000);
}
