import { expect, test } from 'vitest';
import type { Step } from '../../core/registration-form.ts';
import { type FileReading, MOST_ROWS, readFile } from './read.ts';
import { template } from './write.ts';

const ALL: readonly Step[] = ['installation', 'site-administrator', 'warranty'];
const HEADER = [
  'Site/building name',
  'company',
  'address',
  'City',
  'country',
  'segments',
  'site_administrator_name',
  'Site administrator: E-mail',
];
const ROW = [
  'Sygehus Nørre',
  'Northfield',
  'Palle Allé 10',
  'Aarhus',
  'Denmark',
  'healthcare',
  'Jonas Berg',
  'jonas@northfield.example',
];

const table = (rows: readonly (readonly string[])[], delimiter = ',', end = '\r\n') =>
  rows.map((row) => row.join(delimiter)).join(end);
const read = (text: string | Buffer, steps = ALL) => readFile(Buffer.from(text as string), steps);

function rowsOf(reading: FileReading) {
  if (reading.outcome === 'refused') throw new Error(`refused: ${JSON.stringify(reading.problem)}`);
  return reading.rows;
}
async function problemOf(bytes: string | Buffer) {
  const reading = await read(bytes);
  return reading.outcome === 'refused' ? reading.problem : undefined;
}
const siteOf = (reading: FileReading) => rowsOf(reading)[0]?.answers.installation?.site_name;

test.each([
  ['commas', table([HEADER, ROW])],
  ['semicolons', table([HEADER, ROW], ';')],
  ['tabs', table([HEADER, ROW], '\t')],
  ['line feeds', table([HEADER, ROW], ',', '\n')],
  ['old Macintosh line ends', table([HEADER, ROW], ';', '\r')],
  ['a line end after the last row', `${table([HEADER, ROW])}\r\n`],
  [
    'everything in quotation marks',
    table(
      [HEADER, ROW].map((row) => row.map((cell) => `"${cell}"`)),
      ';',
    ),
  ],
  ['empty lines and rows of empty cells', `\r\n${table([HEADER, [], ROW, ['', '', ''], []])}\r\n\r\n`],
])('%s are read', async (_, text) => {
  const reading = await read(text);
  expect(rowsOf(reading)).toHaveLength(1);
  expect(rowsOf(reading)[0]?.problems).toEqual([]);
  expect(siteOf(reading)).toBe('Sygehus Nørre');
});

const text = table([HEADER, ROW]);
test.each([
  ['utf-8', Buffer.from(text)],
  ['utf-8', Buffer.from(`\uFEFF${text}`)],
  ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['utf-16be', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['windows-1252', Buffer.from(text, 'latin1')],
] as const)('%s is recognised, and said', async (encoding, bytes) => {
  const reading = await read(bytes);
  expect(siteOf(reading)).toBe('Sygehus Nørre');
  expect(reading).toMatchObject({ remarks: { encoding } });
});

test('a letter that lies across two pieces of a large file is one letter', async () => {
  const rows = Array.from({ length: 3000 }, () => ROW);
  const sites = rowsOf(await read(table([HEADER, ...rows]))).map((row) => row.answers.installation?.site_name);
  expect(new Set(sites)).toEqual(new Set(['Sygehus Nørre']));
});

test('UTF-8 that is broken in one place is refused by its line, not read as another encoding', async () => {
  const broken = Buffer.concat([Buffer.from(`${text}\r\n`), Buffer.from([0x53, 0xf8, 0x2c, 0x78])]);
  expect(await problemOf(broken)).toEqual({ why: 'damaged', line: 3 });
  expect(await problemOf(Buffer.concat([Buffer.from('\uFEFFa,b\n'), Buffer.from([0xf8])]))).toEqual({
    why: 'damaged',
    line: 2,
  });
});

test('what is no CSV file is told so', async () => {
  expect(await problemOf('')).toEqual({ why: 'empty' });
  expect(await problemOf(' \r\n ;;\r\n')).toEqual({ why: 'no-rows' });
  expect(await problemOf(table([HEADER]))).toEqual({ why: 'no-rows' });
  expect(await problemOf(Buffer.from('504b030414000600', 'hex'))).toEqual({ why: 'spreadsheet' });
  expect(await problemOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toEqual({ why: 'spreadsheet' });
  expect(await problemOf(Buffer.from('89504e470d0a1a0a00', 'hex'))).toEqual({ why: 'not-text' });
});

test('a required column that is missing and one that stands twice are named once, not in every row', async () => {
  const without = (rows: string[][]) => table(rows.map((row) => row.filter((_, at) => at !== 3 && at !== 7)));
  expect(await problemOf(without([HEADER, ROW]))).toEqual({
    why: 'column-missing',
    columns: ['City', 'Site administrator: E-mail'],
  });
  expect(
    await problemOf(
      table([
        [...HEADER, 'CITY'],
        [...ROW, 'Odense'],
      ]),
    ),
  ).toEqual({ why: 'column-twice', columns: ['CITY'] });
  expect(await problemOf('hello\nworld')).toMatchObject({ why: 'column-missing' });
});

test('columns that are no field, and those of the other party, are left out and named', async () => {
  const file = table([
    [...HEADER, 'Colour', 'warranty_end'],
    [...ROW, 'red', 'whenever'],
  ]);
  const reading = await read(file, ['installation', 'site-administrator']);
  expect(reading).toMatchObject({ remarks: { unknown: ['Colour'], notYours: ['Warranty: End'] } });
  expect(rowsOf(reading)[0]?.problems).toEqual([]);
});

test('a row is named by the line on which it begins, also after lines that a cell breaks', async () => {
  const notes = [...HEADER, 'site_administrator_notes'];
  const file = table([
    notes,
    [...ROW, '"First\r\nSecond\nThird"'],
    [...ROW, '"One ""quoted"" word"'],
    ['', ...ROW.slice(1), ''],
  ]);
  const rows = rowsOf(await read(file));
  expect(rows.map((row) => row.line)).toEqual([2, 5, 6]);
  expect(rows[0]?.answers['site-administrator']?.notes).toBe('First\nSecond\nThird');
  expect(rows[1]?.answers['site-administrator']?.notes).toBe('One "quoted" word');
  expect(rows[2]?.problems).toEqual([{ column: 'site_name', problem: 'required' }]);
});

test('a quotation mark within a cell that has none around it is a letter like others', async () => {
  const reading = await read(table([HEADER, ['Pipes of 12" and 14"', ...ROW.slice(1)]]));
  expect(siteOf(reading)).toBe('Pipes of 12" and 14"');
});

test('a quotation mark that is not closed is named by the line of its row', async () => {
  expect(await problemOf(`${table([HEADER, ROW])}\r\n"Open,x\r\ny\r\n`)).toEqual({ why: 'quote-not-closed', line: 3 });
  const rest = table(Array.from({ length: 2000 }, () => ROW));
  expect(await problemOf(`${table([HEADER, ROW])}\r\n"Open,x\r\n${rest}`)).toEqual({ why: 'row-too-long', line: 3 });
});

test('too few cells are empty ones, too many are wrong', async () => {
  const rows = rowsOf(await read(table([HEADER, ROW.slice(0, 6), [...ROW, 'more']])));
  expect(rows.map((row) => row.problems.map(({ column, problem }) => `${column} ${problem}`))).toEqual([
    ['site_administrator_name required', 'site_administrator_email required'],
    [' too-many-cells'],
  ]);
});

test(`${MOST_ROWS} rows are read; of 100,000 it is said how many they are`, async () => {
  const file = (count: number) => table([HEADER, ...Array.from({ length: count }, () => ROW)]);
  expect(rowsOf(await read(file(MOST_ROWS)))).toHaveLength(MOST_ROWS);
  expect(await problemOf(file(100_000))).toEqual({ why: 'too-many-rows', count: 100_000 });
});

test('the template is a file that is right', async () => {
  const reading = await read(template(ALL));
  expect(reading).toMatchObject({ remarks: { encoding: 'utf-8', unknown: [], notYours: [] } });
  expect(rowsOf(reading).map((row) => [row.line, row.problems])).toEqual([[2, []]]);
  expect(rowsOf(reading)[0]?.answers['site-administrator']?.phone).toBe('+45 8612 0000');
});
