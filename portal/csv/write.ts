import { stringify } from 'csv-stringify/sync';
import type { Answers } from '../../core/registration-form.ts';
import { COLUMNS, type Column, writeRow } from '../../core/registration-sheet.ts';

/** Without it, a spreadsheet takes the letters for those of an older encoding. */
export const BYTE_ORDER_MARK = '\uFEFF';

export const csvLines = (rows: readonly (readonly string[])[]): string =>
  stringify(rows as string[][], { record_delimiter: 'windows' });

/** A table with the columns of the form and one row that shows how each is filled in. */
export function template(steps: readonly Column['step'][]): string {
  const ours = COLUMNS.flatMap((column, at) => (steps.includes(column.step) ? [at] : []));
  const pick = (cells: readonly string[]) => ours.map((at) => cells[at] ?? '');
  return BYTE_ORDER_MARK + csvLines([pick(COLUMNS.map((column) => column.name)), pick(writeRow(EXAMPLE))]);
}

const EXAMPLE: Answers = {
  installation: {
    site_type: 'single',
    site_name: 'Harbour Library',
    company: 'City of Aarhus',
    address: 'Havnegade 1',
    city: 'Aarhus',
    zip: '8000',
    country: 'DK',
    applications: ['hvac', 'lighting'],
    segments: ['public', 'education'],
    planned_server: 'HL-ES01',
  },
  'site-administrator': { name: 'Jonas Berg', phone: '+45 8612 0000', email: 'jonas.berg@example.com' },
  warranty: { start: '2026-12-01', end: '2028-12-01', project: 'P-1042' },
};
