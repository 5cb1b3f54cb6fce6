import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../portal/config.ts';

// No container is built and no unit started here: what their files name must exist and be understood.

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const exists = (file: string) => existsSync(path.join(root, file));
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('the container file', () => {
  const lines = read('deploy/Containerfile').split('\n');
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    .flatMap((line) => line.split(' ').slice(1, -1));

  test('copies only what there is, and what .dockerignore lets through', () => {
    const allowed: string[] = read('.dockerignore').match(/(?<=^!).+/gm) ?? [];
    expect(copied.length).toBeGreaterThan(8);
    expect(copied.filter((file) => !exists(file))).toEqual([]);
    expect(copied.filter((file) => !allowed.includes(file.split('/')[0] ?? ''))).toEqual([]);
  });

  test('copies every file that the program imports', () => {
    const files = imported();
    expect(files.length).toBeGreaterThan(400);
    expect(files.filter((file) => !copied.some((one) => file === one || file.startsWith(`${one}/`)))).toEqual([]);
  });

  test('runs as somebody else than root, and asks whether it is alive', () => {
    expect(lines).toContain('USER node');
    const probe = JSON.parse(/HEALTHCHECK .*\n\s+CMD (\[.*\])/.exec(lines.join('\n'))?.[1] ?? '') as string[];
    const { status } = spawnSync(process.execPath, probe.slice(1), { env: { PORT: '1' } });
    expect(probe[0]).toBe('node');
    expect(status).toBe(1);
  });
});

test('the example of an environment is one that the portal takes', () => {
  const env = Object.fromEntries(
    read('deploy/portal.env')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  expect(readConfig(env)).toMatchObject({ url: 'https://portal.example', metrics: { host: '127.0.0.1', port: 9464 } });
  const known = read('docs/configuration.md');
  expect(Object.keys(env).filter((name) => !known.includes(`\`${name}\``))).toEqual([]);
});

test('the unit starts a program that there is', () => {
  const unit = read('deploy/datestone-portal.service');
  const program = /^ExecStart=\/usr\/bin\/node (\S+) portal$/m.exec(unit)?.[1] ?? '';
  expect(exists(program)).toBe(true);
  expect(unit).toMatch(/^User=datestone$/m);
});

test.skipIf(!hasSystemd)('systemd understands the unit, and counts it among the guarded ones', () => {
  const file = path.join(root, 'deploy/datestone-portal.service');
  const { stdout, stderr } = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', file], {
    encoding: 'utf8',
  });
  const verified = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
  expect(stderr + verified.stderr).not.toMatch(/Unknown|Failed to parse|ignoring/);
  expect(Number(/exposure level for .*: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2);
});

/** Every file of ours that cli/main.ts leads to, by imports of any kind. */
function imported(): string[] {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file) || !exists(file)) return;
    seen.add(file);
    for (const [, from] of read(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      visit(path.join(path.dirname(file), from ?? ''));
    }
  };
  visit('cli/datestone.mjs');
  return [...seen];
}
