// A check that has stopped looking passes too. So each check runs twice: on the project, where it must find nothing,
// and on a tree with one thing forbidden, where it must find that.
import { describe, expect, test } from 'vitest';
import { checks, runCheck } from '../scripts/check.ts';
import { seededTree } from './support/seeded.ts';

describe('on this project', () => {
  test.each(checks)('$rule', ({ command }) => {
    const { passed, output } = runCheck(command);
    expect(passed, output).toBe(true);
  });
});

const seeds = {
  'every source compiles': {
    settings: ['tsconfig.json', 'node_modules'],
    files: { 'cli/seeded.ts': 'export const n: number = [1][0];\n' },
    finds: /cli\/seeded\.ts.*TS2322/,
  },
  'core compiles without a clock, a disk or a network': {
    settings: ['tsconfig.json', 'core/tsconfig.json', 'core/environment.d.ts'],
    files: { 'core/seeded.ts': "import { readFileSync } from 'node:fs';\nexport const text = readFileSync('x');\n" },
    finds: /core\/seeded\.ts.*TS2\d+/,
  },
  'what runs in a browser compiles without Node': {
    settings: ['tsconfig.json', 'ui/islands/tsconfig.json'],
    files: { 'ui/islands/seeded.ts': 'export const home = process.env;\n' },
    finds: /ui\/islands\/seeded\.ts.*TS2\d+/,
  },
  'every file is formatted': {
    settings: ['biome.json', '.gitignore'],
    files: { 'cli/seeded.ts': 'export const a = "double";\n' },
    finds: /cli\/seeded\.ts/,
  },
  'the linter finds nothing': {
    settings: ['.oxlintrc.json', 'tsconfig.json', 'core/tsconfig.json', 'core/environment.d.ts'],
    files: { 'core/seeded.ts': 'async function late() {}\nlate();\n' },
    finds: /no-floating-promises/,
  },
  'nothing is unused and nothing undeclared': {
    settings: ['knip.json', 'package.json', 'tsconfig.json'],
    files: { 'cli/seeded.ts': 'export const unused = 1;\n' },
    finds: /cli\/seeded\.ts/,
  },
};

describe('on a tree with something forbidden', () => {
  test('every check has a seed', () => {
    expect(Object.keys(seeds)).toEqual(checks.map((check) => check.rule));
  });

  test.each(checks)('red: $rule', ({ rule, command }) => {
    const { settings, files, finds } = seeds[rule as keyof typeof seeds];
    const { passed, output } = runCheck(command, seededTree(settings, files));
    expect(passed).toBe(false);
    expect(output).toMatch(finds);
  });
});
