// Node runs TypeScript by itself, but not TSX: pages are transformed as they are loaded, a millisecond each.
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const OPTIONS = { jsx: { runtime: 'automatic', importSource: 'preact' }, sourcemap: true };

// So that errors name the lines of the source.
process.setSourceMapsEnabled(true);
registerHooks({
  load(url, context, next) {
    return url.endsWith('.tsx')
      ? { format: 'module', source: transformed(url), shortCircuit: true }
      : next(url, context);
  },
});

/** @param {string} url */
function transformed(url) {
  // Not before it is needed: most commands have no pages.
  const { transformSync } = require('oxc-transform');
  const path = fileURLToPath(url);
  const { code, map, errors } = transformSync(path, readFileSync(path, 'utf8'), OPTIONS);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0].message}`);
  const mapping = Buffer.from(JSON.stringify(map)).toString('base64');
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${mapping}`;
}
