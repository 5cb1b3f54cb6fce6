import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Inspection, inspectText, unknown } from './inspect/texts.ts';
import { Failure } from './problems.ts';
import { harmless } from './terminal/width.ts';
import { isFile, isMissingFile, readTextFile, type TextFile, textIn } from './text-file.ts';

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('Say what a System ID, a code or a file is and whether it is well, without any connection.')
    .argument('<text-or-file...>', 'a System ID, a code, a link, a document, or a file with one; - for standard input')
    .option('--bundle <file>', 'the bundle of the portal that it should be of or for')
    .option('--json', 'answer as one line of JSON')
    .action(async (words: string[], options: { bundle?: string; json?: boolean }) => {
      const bundle = options.bundle === undefined ? undefined : bundleIn(options.bundle);
      const reading = given(words);
      const inspection =
        reading.outcome === 'read' ? await inspectText(reading.text, bundle) : unknown(reading.sentence);
      process.stdout.write(options.json ? `${JSON.stringify(inspection)}\n` : inWords(inspection));
      if (inspection.problems.length > 0) process.exitCode = 1;
    });
}

/** One word that names a file is that file, a dash is standard input; several words are what was typed, with its spaces. */
function given(words: readonly string[]): TextFile {
  const [first = ''] = words;
  if (words.length > 1) return { outcome: 'read', text: words.join(' ') };
  if (first === '-') return textIn(readFileSync(0), 'Standard input');
  if (isFile(first)) return readTextFile(first);
  if (existsSync(first)) return { outcome: 'no-text', sentence: `${first} is a folder. Give the files in it.` };
  if (isMissingFile(first)) return { outcome: 'no-text', sentence: `There is no file ${first}.` };
  return { outcome: 'read', text: first };
}

function bundleIn(file: string): string {
  const reading = readTextFile(file);
  if (reading.outcome === 'read') return reading.text;
  throw new Failure(reading.sentence);
}

/** What strangers wrote must not move the cursor or turn the direction of the line. */
function inWords({ type, facts, problems, remarks }: Inspection): string {
  const lines = [`${type}: ${problems.length === 0 ? 'well' : 'not well'}`];
  for (const [name, value] of Object.entries(facts)) {
    lines.push(`  ${harmless(name)}: ${harmless(typeof value === 'string' ? value : JSON.stringify(value))}`);
  }
  lines.push(...[...problems, ...remarks].map(harmless));
  return `${lines.join('\n')}\n`;
}
