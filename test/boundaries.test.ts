// Who may import whom, as ARCHITECTURE.md says it. The rules stand in .oxlintrc.json and core/tsconfig.json; here each of
// them is fed something forbidden, in the ways of writing it that such rules have been seen to miss.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runCheck } from '../scripts/check.ts';
import { seededTree } from './support/seeded.ts';

const ROOT = path.join(import.meta.dirname, '..');

const forbidden = [
  // file, what it must not import
  ['core/a.ts', '../api/contract.ts'],
  ['core/a.ts', '../portal/store/sql.ts'],
  ['core/documents/a.ts', '../../agent/plate.ts'],
  ['core/a.ts', 'node:fs'],
  ['core/a.ts', 'fs'],
  ['core/a.ts', 'pg'],
  ['core/a.ts', 'node:crypto'],
  ['core/documents/a.ts', 'node:crypto'],
  ['core/crypto.ts', 'node:fs'],
  ['core/a.test.ts', '../portal/store/sql.ts'],
  ['api/a.ts', '../portal/store/sql.ts'],
  ['ui/a.tsx', '../core/system-id.ts'],
  ['ui/components/a.tsx', '../../portal/pages/x.tsx'],
  ['ui/islands/a.ts', '../../agent/plate.ts'],
  ['ui/islands/a.ts', '../../core/claims.ts'],
  ['portal/a.ts', '../agent/plate.ts'],
  ['portal/a.ts', '../test/support/http.ts'],
  ['portal/http/a.ts', '../../cli/main.ts'],
  ['portal/store/a.ts', '../operations/associate.ts'],
  ['portal/operations/a.ts', '../pages/x.tsx'],
  ['portal/operations/a.ts', '../http/x.ts'],
  ['portal/pages/a.tsx', '../../agent/plate.ts'],
  ['portal/pages/a.tsx', 'pg'],
  ['agent/a.ts', '../portal/store/sql.ts'],
  ['agent/pages/a.tsx', '../../portal/pages/x.tsx'],
  ['cli/a.ts', '../portal/store/sql.ts'],
  ['cli/demo/a.ts', '../../agent/store/x.ts'],
  ['cli/a.ts', '../test/support/http.ts'],
] as const;

const allowed = [
  ['core/documents/a.ts', '../bytes.ts'],
  ['core/a.ts', './bytes.ts'],
  ['core/a.ts', 'zod'],
  ['core/crypto.ts', 'node:crypto'],
  ['core/a.test.ts', 'node:fs'],
  ['api/a.ts', '../core/system-id.ts'],
  ['ui/islands/a.ts', '../../core/crockford.ts'],
  ['portal/pages/a.tsx', '../../ui/page.tsx'],
  ['portal/store/a.ts', '../../core/history.ts'],
  ['portal/a.test.ts', '../test/support/postgres.ts'],
  ['agent/a.ts', '../ui/page.tsx'],
  ['cli/a.ts', '../portal/main.ts'],
  ['cli/a.ts', '../agent/config.ts'],
] as const;

const waysToImport = {
  static: (from: string) => `import { x } from '${from}';\nexport const y = x;\n`,
  type: (from: string) => `import type { X } from '${from}';\nexport type Y = X;\n`,
  're-export': (from: string) => `export { x } from '${from}';\n`,
  dynamic: (from: string) => `export const y = await import('${from}');\n`,
};
type Way = keyof typeof waysToImport;

test.each(Object.keys(waysToImport) as Way[])('no folder imports what lies above or beside it (%s import)', (way) => {
  const found = lint(forbidden.map(([file, from]) => [file, waysToImport[way](from)]));
  expect(forbidden.filter((_, n) => found[n]?.length === 0)).toEqual([]);
});

test('what a folder may import is not red', () => {
  const found = lint(allowed.map(([file, from]) => [file, waysToImport.static(from)]));
  expect(allowed.filter((_, n) => found[n]?.length !== 0)).toEqual([]);
});

test('every rule about imports has found something here', () => {
  const found = lint(forbidden.map(([file, from]) => [file, waysToImport.static(from)])).flat();
  const rules = JSON.stringify(settings().overrides).matchAll(/"message":"([^"]*imports?[^"]*|[^"]*know[^"]*)"/g);
  const messages = [...rules].map(([, message]) => message);
  expect(messages.length).toBeGreaterThan(5);
  expect(messages.filter((message) => !found.includes(message ?? ''))).toEqual([]);
});

const outside = {
  disk: "import { readFileSync } from 'node:fs';\nexport const text = readFileSync('x');\n",
  network: "export const page = fetch('http://localhost');\n",
  process: 'export const home = process.env;\n',
  timer: 'export const t = setTimeout(() => {}, 1);\n',
  console: "console.log('x');\n",
  'clock of the machine': 'export const t = performance.now();\n',
};

test('core does not compile with a disk, a network, a process, a timer or a console', () => {
  const settings = ['tsconfig.json', 'core/tsconfig.json', 'core/environment.d.ts'];
  const files = Object.entries(outside).map(([name, source]) => [`core/${name.replaceAll(' ', '-')}.ts`, source]);
  const { output } = runCheck(['tsc', '-p', 'core'], seededTree(settings, Object.fromEntries(files)));
  const compiled = files.filter(([file]) => !output.includes(`${file}(`)).map(([file]) => file);
  expect(compiled).toEqual([]);
});

const readsTheClock = (source: string) => /new Date\(\s*\)|\bDate\(\s*\)/.test(source);

test('core is given the time: nothing in it asks for the present', () => {
  expect(
    lint([
      ['core/a.ts', 'export const t = Date.now();\n'],
      ['core/a.ts', 'const { now } = Date;\nexport const t = now;\n'],
      ['core/a.ts', 'export const t = Math.random();\n'],
    ]),
  ).toEqual([['core is given the time.'], ['core is given the time.'], ['core/crypto.ts has randomBytes.']]);
  expect(readsTheClock('const t = new Date();')).toBe(true);

  const sources = globSync('core/**/*.ts', { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts'));
  expect(sources.length).toBeGreaterThan(10);
  expect(sources.filter((file) => readsTheClock(readFileSync(path.join(ROOT, file), 'utf8')))).toEqual([]);
});

/** What the rules about boundaries say of each file: their messages. */
function lint(sources: (readonly [file: string, source: string])[]): string[][] {
  const files = sources.map(([file, source], n) => [file.replace('/a.', `/a${n}.`), source] as const);
  const { output } = runCheck(['oxlint', '--format=json'], seededTree(['.oxlintrc.json'], Object.fromEntries(files)));
  const { diagnostics }: { diagnostics: { code: string; filename: string; help: string }[] } = JSON.parse(output);
  const ofBoundaries = diagnostics.filter(({ code }) => code.includes('no-restricted-'));
  return files.map(([file]) => [...new Set(ofBoundaries.filter((d) => d.filename === file).map((d) => d.help))]);
}

function settings(): { overrides: unknown[] } {
  return JSON.parse(readFileSync(path.join(ROOT, '.oxlintrc.json'), 'utf8').replace(/^\s*\/\/.*$/gm, ''));
}
