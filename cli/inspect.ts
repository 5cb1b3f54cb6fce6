import { existsSync, readFileSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { type Inspection, inspectText } from './inspect/texts.ts';
import { Failure } from './problems.ts';

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('Say what a System ID or a signed document is and whether it is well, without any connection.')
    .argument('<text-or-file...>', 'a System ID, a document, or the name of a file with one')
    .option('--bundle <file>', 'the bundle of the portal whose records and answers are to be verified')
    .option('--json', 'answer as one line of JSON')
    .action(async (words: string[], options: { bundle?: string; json?: boolean }) => {
      const bundle = options.bundle === undefined ? undefined : readText(options.bundle);
      const inspection = await inspectText(textIn(words), bundle);
      process.stdout.write(options.json ? `${JSON.stringify(inspection)}\n` : inWords(inspection));
      if (inspection.problems.length > 0) process.exitCode = 1;
    });
}

/** One word that names a file is that file; several words are a System ID typed with spaces. */
function textIn(words: readonly string[]): string {
  const [first = ''] = words;
  return words.length === 1 && existsSync(first) && statSync(first).isFile() ? readText(first) : words.join(' ');
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new Failure(`The file ${file} cannot be read.`);
  }
}

function inWords({ type, facts, problems, remarks }: Inspection): string {
  const lines = [`${type}: ${problems.length === 0 ? 'well' : 'not well'}`];
  for (const [name, value] of Object.entries(facts)) {
    lines.push(`  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
  lines.push(...problems, ...remarks);
  return `${lines.join('\n')}\n`;
}
