#!/usr/bin/env node
// Plain JavaScript that an old Node can run as far as the sentence that says that it is too old.
import { tooOld } from '../scripts/node-version.mjs';

const sentence = tooOld();
if (sentence) {
  console.error(sentence);
  process.exit(1);
}
await import('../scripts/load-tsx.mjs');
await import('./main.ts');
