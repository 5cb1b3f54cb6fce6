// The checks that read the sources without running them. "npm run check" runs them one after another;
// "npm test" runs each as a test (test/checks.test.ts), so that a red check is a red run.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

export const checks: { rule: string; command: string[] }[] = [
  { rule: 'every source compiles', command: ['tsc', '-p', '.'] },
  { rule: 'core compiles without a clock, a disk or a network', command: ['tsc', '-p', 'core'] },
  { rule: 'what runs in a browser compiles without Node', command: ['tsc', '-p', 'ui/islands'] },
  { rule: 'every file is formatted', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { rule: 'the linter finds nothing', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { rule: 'nothing is unused and nothing undeclared', command: ['knip', '--no-progress'] },
];

/** Runs a program of node_modules/.bin. */
export function runCheck([program, ...args]: string[], cwd = root): { passed: boolean; output: string } {
  const result = spawnSync(path.join(root, 'node_modules/.bin', program ?? ''), args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env['PATH']}` },
  });
  return { passed: result.status === 0, output: `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}` };
}

if (import.meta.filename === process.argv[1]) {
  let failed = 0;
  for (const { rule, command } of checks) {
    const { passed, output } = runCheck(command);
    console.log(`${passed ? 'ok  ' : 'FAIL'} ${rule} (${command.join(' ')})`);
    if (!passed) {
      failed += 1;
      console.log(output);
    }
  }
  process.exitCode = failed > 0 ? 1 : 0;
}
