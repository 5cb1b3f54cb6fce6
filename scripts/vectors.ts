// npm run vectors -- FILE: 0 if all that could be compared is as the file says, 1 on any difference, 2 if it cannot be read.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkVectors, linesOfReport } from './check-vectors.ts';

process.exitCode = main(process.argv.slice(2));

function main([path, ...more]: string[]): 0 | 1 | 2 {
  if (path === undefined || more.length > 0) return unreadable('Name one file of vectors: npm run vectors -- FILE');
  let text: string;
  try {
    // npm runs programs in the project's folder; the path is meant from where npm was called.
    text = readFileSync(resolve(process.env['INIT_CWD'] ?? '.', path), 'utf8');
  } catch (error) {
    return unreadable(`${path} cannot be read: ${(error as Error).message}`);
  }
  const result = checkVectors(text);
  if (result.outcome === 'unreadable') return unreadable(`${path} is no file of vectors: ${result.why}.`);
  console.log(linesOfReport(path, result.report).join('\n'));
  return result.report.differences.length > 0 ? 1 : 0;
}

function unreadable(sentence: string): 2 {
  console.error(sentence);
  return 2;
}
