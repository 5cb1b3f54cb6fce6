// Bundles the islands into ui/static/islands.js. The result is committed, so that neither portal nor agent needs a bundler;
// ui/islands.test.ts fails when it is stale. Not minified: it is small, and people on site may want to read what they run.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The bundle as text, for the oldest browsers that know custom elements and modules. */
export async function bundleIslands(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path('../ui/islands/index.ts')],
    absWorkingDir: path('..'),
    bundle: true,
    format: 'esm',
    target: 'es2020',
    charset: 'utf8',
    banner: { js: '// Made from ui/islands/ by `npm run islands`.' },
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

if (import.meta.main) {
  const { writeFile } = await import('node:fs/promises');
  await writeFile(path('../ui/static/islands.js'), await bundleIslands());
}
