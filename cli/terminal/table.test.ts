import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { facts, Table } from './table.ts';
import { cut, harmless, widthOf } from './width.ts';

/** A terminal of so many columns, or a file. */
function written(columns: number | undefined, rows: string[][][]): string[] {
  let text = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const terminal = Object.assign(output, { isTTY: columns !== undefined, columns }) as unknown as NodeJS.WriteStream;
  const table = new Table(
    [{ heading: 'Number' }, { heading: 'Site', cuts: true }, { heading: 'City', cuts: true }],
    terminal,
  );
  for (const part of rows) table.write(part);
  return stripVTControlCharacters(text).split('\n').slice(0, -1);
}

const LONG = ['4817 2065', 'Northfield General Hospital, Department of Rehabilitation', 'Aarhus'];
const WIDE = ['1020 3040', '東京タワー', 'Tōkyō'];

describe('a table', () => {
  test('is no wider than the terminal, and cuts what may be cut', () => {
    const lines = written(50, [[LONG, WIDE]]);
    expect(lines).toEqual([
      'Number     Site                             City',
      '4817 2065  Northfield General Hospital, D…  Aarhus',
      '1020 3040  東京タワー                       Tōkyō',
    ]);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(50);
  });

  test('cuts nothing that goes to a file', () => {
    expect(written(undefined, [[LONG]])[1]).toBe(`4817 2065  ${LONG[1]}  Aarhus`);
  });

  test('becomes lines of their own where the terminal is too narrow', () => {
    expect(written(24, [[WIDE]])).toEqual(['Number  1020 3040', 'Site    東京タワー', 'City    Tōkyō', '']);
  });

  test('keeps the columns of its first part for what comes later, and says the headings once', () => {
    const [headings, first, later, ...others] = written(40, [[WIDE], [LONG]]);
    expect(headings).toBe('Number     Site        City');
    expect(first).toBe('1020 3040  東京タワー  Tōkyō');
    expect(later).toBe('4817 2065  Northfiel…  Aarh…');
    expect(others).toEqual([]);
  });
});

describe('the width of a text', () => {
  test.each([
    ['Aarhus', 6],
    ['東京', 4],
    ['서울', 4],
    ['e\u0301', 1],
    ['👩‍🔧', 2],
    ['❄️', 2],
    ['ﾀﾜｰ', 3],
  ])('%s takes %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  test('a cut never divides a sign', () => {
    expect(cut('東京タワー', 4)).toBe('東…');
    expect(cut('東京', 4)).toBe('東京');
  });
});

test('what others wrote cannot steer the terminal', () => {
  expect(harmless('Tower\u001b[2J\u0007 \u202eA\r\nB')).toBe('Tower [2J A B');
});

test('facts stand under one another, and what is unknown is left out', () => {
  expect(
    facts([
      ['Site', 'Tower'],
      ['State', undefined],
      ['System ID', 'one\ntwo'],
    ]),
  ).toBe('Site       Tower\nSystem ID  one\n           two\n');
});
