import { associate } from './associate.ts';
import { codes } from './codes.ts';

/** `npm run bench -- NAME`: each prints JSON lines with a ratio to a baseline that was measured in the same run. */
const BENCHMARKS: Record<string, () => Promise<void>> = { associate, codes };

const name = process.argv[2] ?? '';
const benchmark = BENCHMARKS[name];
if (!benchmark) {
  process.stderr.write(`There is no benchmark "${name}". There are: ${Object.keys(BENCHMARKS).join(', ')}.\n`);
  process.exit(2);
}
await benchmark();
