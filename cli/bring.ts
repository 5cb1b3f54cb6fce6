import { existsSync, readFileSync, statSync } from 'node:fs';
import { peek } from '../core/documents/jws.ts';
import { readSystemId, shortId } from '../core/system-id.ts';
import type { ActOptions } from './command.ts';
import type { BodyOf, Connection } from './connection.ts';
import { mistakesIn } from './inspect/texts.ts';
import { EXIT, Failure } from './problems.ts';
import { Stopped, sayYes, standardInput } from './terminal/ask.ts';
import { say } from './terminal/table.ts';

/** What is brought to the portal: a System ID that was typed, or a request that the server signed. */
type Brought = { system_id: string } | { document: string };

export type BroughtRequest = BodyOf<'bringRequest'>;

/**
 * The way of a System ID from here: read, proceeded with by somebody who says that they are authorised, and then what `act`
 * does with it. Whoever stops on the way leaves nothing behind.
 */
export async function withBrought<Done>(
  connection: Connection,
  words: readonly string[],
  options: ActOptions,
  act: (request: BroughtRequest) => Promise<Done>,
): Promise<Done> {
  const brought = await broughtBy(words);
  say('Only the integrator and the end user of a system may register or associate it.');
  say('The portal records your name, the time and this act.');
  await sayYes(`Are you authorised for ${nameOf(brought)}?`, options.yes);
  const request = await connection.call('bringRequest', { body: { ...brought, authorised: true } });
  try {
    return await act(request);
  } catch (error) {
    if (error instanceof Stopped) await connection.call('cancelRequest', { params: { id: request.id } });
    throw error;
  }
}

function nameOf(brought: Brought): string {
  return 'document' in brought ? 'the system that made this request' : `System ID ${shortId(brought.system_id)}`;
}

/**
 * Words of the command line: a file that holds one of the two, a System ID with its spaces or without, or nothing where it
 * comes by standard input. A mistyped System ID is explained here, before anything is sent.
 */
async function broughtBy(words: readonly string[]): Promise<Brought> {
  const text = await textOf(words);
  if (peek(text)) return { document: text };
  const reading = readSystemId(text);
  if (reading.outcome === 'read') return { system_id: reading.systemId };
  throw new Failure(['This is no System ID and no request.', ...mistakesIn(reading)].join('\n'), EXIT.usage);
}

async function textOf(words: readonly string[]): Promise<string> {
  const [first = ''] = words;
  if (words.length === 1 && existsSync(first) && statSync(first).isFile()) return readFileSync(first, 'utf8').trim();
  if (words.length > 0 && first !== '-') return words.join(' ');
  if (process.stdin.isTTY && first !== '-') {
    throw new Failure('Give the System ID, or the file of a request. A dash reads from standard input.', EXIT.usage);
  }
  return standardInput();
}
