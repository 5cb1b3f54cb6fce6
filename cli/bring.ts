import { documentIn } from '../core/documents/brought-text.ts';
import { peek } from '../core/documents/jws.ts';
import { readSystemId, shortId } from '../core/system-id.ts';
import type { ActOptions } from './command.ts';
import type { BodyOf, Connection } from './connection.ts';
import { mistakesIn } from './inspect/texts.ts';
import { EXIT, Failure } from './problems.ts';
import { Stopped, sayYes, standardInput } from './terminal/ask.ts';
import { say } from './terminal/table.ts';
import { isFile, readTextFile } from './text-file.ts';

/** What is brought to the portal: a System ID that was typed, or a request that the server signed. */
type Brought = { system_id: string } | { document: string };

export type BroughtRequest = BodyOf<'bringRequest'>;

/**
 * The way of a System ID from here: read, proceeded with by somebody who says that they are authorised, and then what `act`
 * does with it. Whoever stops on the way leaves nothing behind. Of several files each goes its way by itself: what is refused
 * of one is said, and the next one follows.
 */
export async function withBrought(
  connection: Connection,
  words: readonly string[],
  options: ActOptions,
  act: (request: BroughtRequest) => Promise<void>,
): Promise<void> {
  if (words.length > 1 && words.every(isFile)) return withFiles(connection, words, options, act);
  const brought = await broughtBy(words);
  await sayAuthorised(nameOf(brought), options);
  const request = await connection.call('bringRequest', { body: { ...brought, authorised: true } });
  await orNothing(connection, request, act);
}

async function withFiles(
  connection: Connection,
  files: readonly string[],
  options: ActOptions,
  act: (request: BroughtRequest) => Promise<void>,
): Promise<void> {
  const documents = files.map(requestIn);
  await sayAuthorised(`the ${files.length} systems that made these requests`, options);
  const { results } = await connection.call('bringFiles', { body: { documents, authorised: true } });
  let failed = 0;
  for (const [at, { request, problem }] of results.entries()) {
    say(`\n${files[at]}${request ? `: ${request.server?.name ?? ''} ${request.short_id}` : ''}`);
    try {
      if (!request) throw new Failure(`${problem?.title}. ${problem?.detail}`, EXIT.refused, problem ?? undefined);
      await orNothing(connection, request, act);
    } catch (error) {
      // Whoever stops, stops all that is left.
      if (!(error instanceof Failure) || error instanceof Stopped) throw error;
      failed += 1;
      say(
        options.json
          ? JSON.stringify({ file: files[at], ...(error.document ?? { title: error.message }) })
          : error.message,
      );
    }
  }
  if (failed > 0) throw new Failure(`Of ${files.length} files ${failed} could not be done.`);
}

async function sayAuthorised(forWhat: string, { yes }: ActOptions): Promise<void> {
  say('Only the integrator and the end user of a system may register or associate it.');
  say('The portal records your name, the time and this act.');
  await sayYes(`Are you authorised for ${forWhat}?`, yes);
}

async function orNothing(
  connection: Connection,
  request: BroughtRequest,
  act: (request: BroughtRequest) => Promise<void>,
): Promise<void> {
  try {
    await act(request);
  } catch (error) {
    if (error instanceof Stopped) await connection.call('cancelRequest', { params: { id: request.id } });
    throw error;
  }
}

function nameOf(brought: Brought): string {
  return 'document' in brought ? 'the system that made this request' : `System ID ${shortId(brought.system_id)}`;
}

/**
 * Words of the command line: a file that holds one of the two, the link of a QR code, a System ID with its spaces or without,
 * or nothing where it comes by standard input. A mistyped System ID is explained here, before anything is sent.
 */
async function broughtBy(words: readonly string[]): Promise<Brought> {
  const text = await textOf(words);
  const { document } = documentIn(text);
  if (peek(document)) return { document };
  const reading = readSystemId(text);
  if (reading.outcome === 'read') return { system_id: reading.systemId };
  throw new Failure(['This is no System ID and no request.', ...mistakesIn(reading)].join('\n'), EXIT.usage);
}

function requestIn(file: string): string {
  const { document } = documentIn(textOfFile(file));
  if (peek(document)) return document;
  throw new Failure(`${file} holds no request of a server. Nothing was sent.`, EXIT.usage);
}

async function textOf(words: readonly string[]): Promise<string> {
  const [first = ''] = words;
  if (words.length === 1 && isFile(first)) return textOfFile(first);
  if (words.length > 0 && first !== '-') return words.join(' ');
  if (process.stdin.isTTY && first !== '-') {
    throw new Failure('Give the System ID, or the file of a request. A dash reads from standard input.', EXIT.usage);
  }
  return standardInput();
}

function textOfFile(file: string): string {
  const reading = readTextFile(file);
  if (reading.outcome === 'read') return reading.text;
  throw new Failure(`${reading.sentence} Nothing was sent.`, EXIT.usage);
}
