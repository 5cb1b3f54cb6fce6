#!/usr/bin/env node
// Plain JavaScript that an old Node can run as far as the sentence that says that it is too old.
import { tooOld } from '../scripts/node-version.mjs';

const sentence = tooOld();
if (sentence) {
  console.error(sentence);
  process.exit(1);
}
// What process.argv names stays this file: portal/main.ts and agent/main.ts start by themselves only when they are named.
const { register } = await import('tsx/esm/api');
register();
await import('./main.ts');
