import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkVectors } from './check-vectors.ts';

const ROOT = resolve(import.meta.dirname, '..');
const EXAMPLES = readFileSync(join(ROOT, 'docs/codes-examples.json'), 'utf8');
const ACCEPTED = JSON.parse(EXAMPLES).valid[0].system_id as string;

interface File {
  valid: Record<string, unknown>[];
  invalid: Record<string, unknown>[];
  [more: string]: unknown;
}

describe('the examples of docs/codes.md', () => {
  test('are what this project computes', () => {
    expect(reportOf(EXAMPLES)).toMatchObject({ valid: 2, invalid: 58, passed: 84, differences: [] });
    expect([...reportOf(EXAMPLES).notCovered]).toEqual([]);
  });

  test.each(Object.keys(example().valid[0] as object))('with another %s are a difference', (member) => {
    const file = example();
    const entry = file.valid[0] as Record<string, string | number>;
    const value = entry[member] as string | number;
    entry[member] = typeof value === 'number' ? value + 1 : otherEnd(value);
    expect(reportOf(file).differences).not.toEqual([]);
  });

  test('with a text that is accepted are a difference', () => {
    for (const [index, { of, kind }] of example().invalid.entries()) {
      const file = example();
      const accepted = file.valid[of as number]?.[kind as string];
      (file.invalid[index] as Record<string, unknown>)['text'] = accepted;
      expect(reportOf(file).differences).toEqual([expect.stringMatching(/is accepted$/)]);
    }
  });

  // A missing line and another kind of code are lengths too; an exchange may be explained by one wrong symbol as well.
  const ALSO_TRUE: Record<string, string> = {
    'a line is missing': 'another length',
    'this is a registration code': 'another length',
    'this is a confirmation code': 'another length',
    'this is a System ID': 'another length',
    'two neighbours exchanged': 'one wrong symbol',
  };

  test('with the reason of another text are a difference', () => {
    const reasons = new Set(example().invalid.map((entry) => reasonOf(entry)));
    for (const [index, entry] of example().invalid.entries()) {
      const why = reasonOf(entry);
      for (const other of reasons) {
        if (other === why || other === ALSO_TRUE[why]) continue;
        const file = example();
        file.invalid[index] = { ...entry, why: other };
        expect(reportOf(file).differences, `${why} as ${other}`).toHaveLength(1);
      }
    }
  });

  test('with another place are a difference', () => {
    for (const [index, entry] of example().invalid.entries()) {
      for (const member of ['line', 'group'].filter((one) => entry[one] !== undefined)) {
        const file = example();
        (file.invalid[index] as Record<string, unknown>)[member] = ((entry[member] as number) % 3) + 1;
        expect(reportOf(file).differences).toEqual([expect.stringContaining('is not named')]);
      }
    }
  });

  test('with an "of" that names nothing are a difference', () => {
    const file = example();
    (file.invalid[0] as Record<string, unknown>)['of'] = 2;
    expect(reportOf(file).differences).toEqual([expect.stringContaining('no such valid entry')]);
  });
});

describe('what is not compared is counted aloud', () => {
  test.each([
    ['unknown kind "attach_code"', { kind: 'attach_code', why: 'another length', text: '' }],
    ['unknown reason "odd" (refused all the same: empty)', { kind: 'system_id', why: 'odd', text: '' }],
  ])('%s', (what, entry) => {
    const file = example();
    file.invalid.push(entry);
    expect([...reportOf(file).notCovered]).toEqual([[what, 1]]);
    expect(reportOf(file)).toMatchObject({ passed: 84, differences: [] });
  });

  test.each([
    ['unknown member "colour"', { colour: 'red' }],
    ['"bind", which the entry does not have', { bind: undefined }],
  ])('%s', (what, members) => {
    const file = example();
    file.valid[0] = { ...file.valid[0], ...members };
    expect([...reportOf(file).notCovered]).toEqual([[what, 1]]);
  });

  test('unknown member of the file', () => {
    expect([...reportOf({ ...example(), comment: 'x' }).notCovered]).toEqual([
      ['unknown member "comment" of the file', 1],
    ]);
  });

  test('but an unknown reason excuses nothing that is accepted', () => {
    const file = example();
    file.invalid.push({ kind: 'system_id', why: 'odd', text: ACCEPTED });
    expect(reportOf(file).differences).toHaveLength(1);
  });
});

describe('npm run vectors', () => {
  test.each([
    [
      '0 where all is as the file says',
      EXAMPLES,
      0,
      'codes.json: 2 valid entries, 58 invalid texts\n84 as expected, 0',
    ],
    ['1 on a difference', EXAMPLES.replace('one wrong symbol', 'a line is missing'), 1, 'difference: invalid[0]'],
    ['2 where it is no JSON', 'hello', 2, 'is no file of vectors'],
    [
      '2 where a seed is none',
      EXAMPLES.replace(/"seed": "../, '"seed": "'),
      2,
      'valid.0.seed: must be 32 bytes in hex',
    ],
    ['2 where nothing can be compared', '{"valid":[],"invalid":[]}', 2, 'nothing in it can be compared'],
  ])('exits with %s', (_rule, content, code, said) => {
    const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
    writeFileSync(join(folder, 'codes.json'), content);
    const result = runVectors(join(folder, 'codes.json'));
    expect(result.output).toContain(said);
    expect(result.code).toBe(code);
  });

  test('exits with 2 where the file is not there, or none is named', () => {
    expect(runVectors('/nowhere/codes.json')).toMatchObject({
      code: 2,
      output: expect.stringContaining('cannot be read'),
    });
    expect(runVectors()).toMatchObject({ code: 2, output: expect.stringContaining('Name one file') });
  });
});

// A file made elsewhere, where there is one: $DATESTONE_VECTORS, or shared/vectors/codes.json beside the project.
const OTHERS = process.env['DATESTONE_VECTORS'] ?? join(ROOT, '../shared/vectors/codes.json');
const there = existsSync(OTHERS);
if (!there) console.log(`There are no vectors of others at ${OTHERS}: that test is skipped.`);

test.skipIf(!there)('the vectors of an independent implementation are what this project computes', () => {
  const report = reportOf(readFileSync(OTHERS, 'utf8'));
  expect(report.differences).toEqual([]);
  expect([...report.notCovered]).toEqual([]);
  expect(report.passed).toBeGreaterThan(0);
});

function example(): File {
  return JSON.parse(EXAMPLES);
}

/** Without the detail after the colon: `not canonical: …` is one outcome. */
function reasonOf(entry: Record<string, unknown>): string {
  return String(entry['why']).split(':')[0] as string;
}

function reportOf(file: string | File) {
  const result = checkVectors(typeof file === 'string' ? file : JSON.stringify(file));
  if (result.outcome === 'unreadable') throw new Error(result.why);
  return result.report;
}

/** Another value of the same shape: its last character replaced. */
function otherEnd(value: string): string {
  return value.slice(0, -1) + (value.endsWith('1') ? '2' : '1');
}

function runVectors(...args: string[]): { code: number | null; output: string } {
  const command = ['scripts/vectors.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  return { code: status, output: stdout + stderr };
}
