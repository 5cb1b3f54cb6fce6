import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { EXIT, Failure } from '../problems.ts';

/** Questions stand on standard error: standard output is for what comes of it. */

export const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** Somebody said no, or pressed Ctrl-C or Ctrl-D at a question. */
export class Stopped extends Failure {
  constructor(exit: typeof EXIT.refused | typeof EXIT.interrupted) {
    super('Stopped. Nothing was changed.', exit);
  }
}

export function ask(question: string): Promise<string> {
  return answerTo(question, process.stderr);
}

/** Goes on only where the person types yes, or said so beforehand with --yes. */
export async function sayYes(question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return;
  if (!canAsk()) throw new Failure(`${question} Nobody can be asked here: say --yes.`, EXIT.usage);
  const answer = await ask(`${question} Type yes to go on: `);
  if (answer.toLowerCase() !== 'yes') throw new Stopped(EXIT.refused);
}

/** One of several, by its number. An empty answer is none of them. */
export async function askWhich(question: string, count: number): Promise<number | undefined> {
  for (;;) {
    const answer = await ask(question);
    if (answer === '') return undefined;
    const n = Number(answer);
    if (Number.isInteger(n) && n >= 1 && n <= count) return n - 1;
    process.stderr.write(`Type a number from 1 to ${count}, or nothing.\n`);
  }
}

/** For secrets: what is typed does not show. */
export async function askUnseen(question: string): Promise<string> {
  process.stderr.write(question);
  const answer = await answerTo('', new Writable({ write: (_chunk, _encoding, done) => done() }));
  process.stderr.write('\n');
  return answer;
}

async function answerTo(question: string, output: NodeJS.WritableStream): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await new Promise<string>((answered, stopped) => {
      lines.once('SIGINT', () => stopped(new Stopped(EXIT.interrupted)));
      lines.once('close', () => stopped(new Stopped(EXIT.interrupted)));
      lines.question(question).then((answer) => answered(answer.trim()), stopped);
    });
  } finally {
    lines.close();
  }
}

/** Everything that comes in by standard input, as from a file or another program. */
export async function standardInput(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
  return text.trim();
}
