import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');

/**
 * A tree with the project's own settings and the given files, and nothing else: what a check says about it, it says
 * about these files.
 */
export function seededTree(settings: string[], files: Record<string, string>): string {
  const tree = mkdtempSync(path.join(tmpdir(), 'datestone-seeded-'));
  onTestFinished(() => rmSync(tree, { recursive: true, force: true }));
  for (const name of settings) {
    mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
    // The linter reads what is linked, so only what must not be copied is linked.
    if (name === 'node_modules') symlinkSync(path.join(ROOT, name), path.join(tree, name));
    else cpSync(path.join(ROOT, name), path.join(tree, name));
  }
  for (const [name, source] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
    writeFileSync(path.join(tree, name), source);
  }
  return tree;
}
