// Bundles what runs in browsers: the islands, and the worker that runs beside a page. The results are committed, so that
// neither portal nor agent needs a bundler; ui/assets.test.ts fails when they are stale. Not minified: they are small, and
// people on site may want to read what they run.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** File in ui/static, where it begins, and how it is loaded. */
export const BUNDLES = [
  { name: 'islands.js', from: 'ui/islands/index.ts', format: 'esm' },
  { name: 'scan-worker.js', from: 'ui/islands/scan-worker.ts', format: 'iife' },
] as const;

/** A bundle as text, for the oldest browsers that know custom elements and modules. */
export async function bundle({ from, format }: (typeof BUNDLES)[number]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path(`../${from}`)],
    absWorkingDir: path('..'),
    bundle: true,
    format,
    target: 'es2020',
    charset: 'utf8',
    banner: { js: '// Made from ui/islands/ by `npm run islands`.' },
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

if (import.meta.main) {
  const { writeFile } = await import('node:fs/promises');
  for (const one of BUNDLES) await writeFile(path(`../ui/static/${one.name}`), await bundle(one));
}
