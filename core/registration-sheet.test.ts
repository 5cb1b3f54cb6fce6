import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Step } from './registration-form.ts';
import { COLUMNS, type Column, guarded, readHeader, readRow, withoutGuard, writeRow } from './registration-sheet.ts';

const ALL: readonly Step[] = ['installation', 'site-administrator', 'warranty'];
const DENMARK = new Set(['DK']);
const label = (column: Column) => (column.name === 'site_name' ? 'Site/building name' : `Label of ${column.name}`);
const codes = (_: unknown, words: string) => ({ denmark: 'DK', offices: 'office' })[words.trim().toLowerCase()];

const RIGHT = {
  site_name: 'Harbour Library',
  company: 'City of Aarhus',
  address: 'Havnegade 1',
  city: 'Aarhus',
  country: 'DK',
  segments: 'office',
  site_administrator_name: 'Jonas Berg',
  site_administrator_email: 'jonas@library.example',
};

function rowOf(changes: Record<string, string>, steps = ALL) {
  const cells = { ...RIGHT, ...changes };
  return readRow(Object.values(cells), readHeader(Object.keys(cells), label), steps, DENMARK, codes);
}

test('every field of the form is a column with a name of its own', () => {
  const names = COLUMNS.map((column) => column.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['site_name', 'site_administrator_email', 'warranty_end']));
});

test('a column is known by its name or its label, in any order, whatever the capitals and spaces', () => {
  const header = readHeader([' SITE / building NAME', 'Warranty_End', 'Site administrator E-mail', 'site-type'], (c) =>
    c.name === 'site_administrator_email' ? 'Site administrator: E-mail' : label(c),
  );
  expect(header.columns.map((column) => column?.name)).toEqual([
    'site_name',
    'warranty_end',
    'site_administrator_email',
    'site_type',
  ]);
  expect(header.unknown).toEqual([]);
});

test('an unknown column, one that stands twice and a required one that is missing are named', () => {
  const header = readHeader(['Site/building name', 'site_name', 'Colour', ''], label);
  expect(header.unknown).toEqual(['Colour']);
  expect(header.twice).toEqual(['site_name']);
  expect(header.missing.map((column) => column.name)).toEqual([
    'company',
    'address',
    'city',
    'country',
    'segments',
    'site_administrator_name',
    'site_administrator_email',
  ]);
});

test('a right row has the answers that the form would have', () => {
  expect(rowOf({ warranty_start: '2026-01-01', warranty_end: '2028-01-01' })).toEqual({
    answers: {
      installation: {
        site_name: 'Harbour Library',
        company: 'City of Aarhus',
        address: 'Havnegade 1',
        city: 'Aarhus',
        country: 'DK',
        segments: ['office'],
      },
      'site-administrator': { name: 'Jonas Berg', email: 'jonas@library.example' },
      warranty: { start: '2026-01-01', end: '2028-01-01' },
    },
    problems: [],
  });
});

test('a choice is taken by its code or by its words; several stand between bars or semicolons', () => {
  expect(rowOf({ country: ' Denmark ', segments: 'Offices | retail;hotel' }).answers.installation).toMatchObject({
    country: 'DK',
    segments: ['office', 'retail', 'hotel'],
  });
});

test('what is wrong is named by its column, in the order of the form, and kept as it was typed', () => {
  const { answers, problems } = rowOf({
    site_name: ' ',
    country: 'Atlantis',
    segments: 'office|moon',
    warranty_end: 'x',
  });
  expect(problems).toEqual([
    { column: 'site_name', problem: 'required' },
    { column: 'country', problem: 'not-a-country' },
    { column: 'segments', problem: 'not-an-option' },
    { column: 'warranty_end', problem: 'not-a-date' },
  ]);
  expect(answers.installation).toMatchObject({ country: 'ATLANTIS', segments: ['office', 'moon'] });
});

test('a row with more cells than columns is wrong, unless they are empty', () => {
  const header = readHeader(Object.keys(RIGHT), label);
  const read = (...more: string[]) => readRow([...Object.values(RIGHT), ...more], header, ALL, DENMARK, codes).problems;
  expect(read('', ' ')).toEqual([]);
  expect(read('', 'x')).toEqual([{ column: '', problem: 'too-many-cells' }]);
});

test('a step that is not the reader’s is not read', () => {
  const { answers, problems } = rowOf({ warranty_end: 'x' }, ['installation', 'site-administrator']);
  expect([answers.warranty, problems]).toEqual([undefined, []]);
});

test.each(['=1+1', '+45 86 12', '-1', '@SUM(A1)', '\tx', "'=1", '＝1'])('%j is no formula any more', (text) => {
  expect(guarded(text)).toBe(`'${text}`);
});

test('what no spreadsheet takes for a formula stays as it is', () => {
  for (const text of ['', 'Hospital', "'s-Hertogenbosch", "'", '1 = 1']) expect(guarded(text)).toBe(text);
});

test('a guarded text is read back as it was, whatever it is', () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^'{0,3}[=+@-]?.*$/));
  fc.assert(fc.property(text, (one) => withoutGuard(guarded(one)) === one));
});

test('what is written is read back as it was', () => {
  const { answers } = rowOf({
    site_type: 'single',
    site_administrator_phone: '+45 86 12',
    segments: 'office|retail',
    site_administrator_notes: 'Line 1\nLine 2',
  });
  const header = readHeader(
    COLUMNS.map((column) => column.name),
    label,
  );
  expect(readRow(writeRow(answers), header, ALL, DENMARK, codes)).toEqual({ answers, problems: [] });
});
