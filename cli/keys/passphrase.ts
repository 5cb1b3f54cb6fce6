import { readFileSync } from 'node:fs';
import { EXIT, Failure } from '../problems.ts';
import { askUnseen, canAsk } from '../terminal/ask.ts';
import { say } from '../terminal/table.ts';

export interface PassphraseOptions {
  passphraseFile?: string;
}

/**
 * The passphrase of a key file: typed unseen, or for scripts from a file or the environment. Never a word of the command line,
 * which other users of the machine can read. `anew`: it is made now, so it is typed twice.
 */
export async function passphrase({ passphraseFile }: PassphraseOptions, anew?: 'anew'): Promise<string> {
  if (passphraseFile !== undefined) return firstLineOf(passphraseFile);
  const given = process.env['DATESTONE_KEYS_PASSPHRASE'];
  if (given) return given;
  if (!canAsk()) {
    throw new Failure('The passphrase is asked on a terminal, or read with --passphrase-file.', EXIT.usage);
  }
  const typed = await askUnseen('Passphrase: ');
  if (anew && (await askUnseen('The same once more: ')) !== typed) {
    say('The two were not the same.');
    return passphrase({}, anew);
  }
  return typed;
}

function firstLineOf(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Failure(`The file ${file} cannot be read.`, EXIT.usage);
  }
  const [line = ''] = text.split(/\r?\n/);
  if (line === '') throw new Failure(`The first line of ${file} is empty. It should hold the passphrase.`, EXIT.usage);
  return line;
}
