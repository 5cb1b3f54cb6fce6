import type { FastifyInstance } from 'fastify';
import { type NotDone, notDone } from './handler.ts';

/** JSON as RFC 8259 has it, read without mending anything: a body that is half understood would be half done. */

// Deeper than anything that the contract describes; a pointer into it can still be read.
const DEEPEST = 32;

export class NotReadable extends Error {
  readonly why: NotDone;
  constructor(detail: string) {
    super(detail);
    this.why = notDone('not-understood', { more: { detail } });
  }
}

/** The only body that is taken in this scope, but for files. */
export function takeJson(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => {
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** Files are taken as they are: which letters their bytes stand for is told by them, not by us. */
export function takeFiles(scope: FastifyInstance): void {
  scope.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
}

/** A file, byte by byte as characters: so it can be checked as the text that the contract says it is. */
export const fileAsText = (bytes: Buffer): string => bytes.toString('latin1');
export const fileFromText = (text: string): Buffer => Buffer.from(text, 'latin1');

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new NotReadable('The body is not UTF-8. Nothing was changed.');
  }
}

function parseJson(body: Buffer): unknown {
  const text = textOf(body);
  try {
    return JSON.parse(text);
  } catch (error) {
    // Where it is, but not what: the body may hold what belongs in no log.
    const at = /position (\d+)/.exec((error as Error).message)?.[1];
    throw new NotReadable(`The body is not JSON${at ? `, from character ${at} on` : ''}. Nothing was changed.`);
  }
}

/**
 * What no schema says and no database keeps: too deep, a NUL, half of a surrogate pair. Without recursion, so that depth
 * costs no stack.
 */
export function unkeepable(value: unknown): { pointer: string; detail: string } | undefined {
  const waiting: { value: unknown; pointer: string; depth: number }[] = [{ value, pointer: '', depth: 0 }];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { pointer, depth } = one;
    if (typeof one.value === 'string') {
      const detail = unkeepableText(one.value);
      if (detail) return { pointer, detail };
    } else if (typeof one.value === 'object' && one.value !== null) {
      if (depth === DEEPEST) return { pointer, detail: `This is nested more than ${DEEPEST} deep.` };
      for (const [name, member] of Object.entries(one.value)) {
        if (unkeepableText(name))
          return { pointer, detail: 'The name of a member holds a character that no text has.' };
        waiting.push({ value: member, pointer: `${pointer}/${escaped(name)}`, depth: depth + 1 });
      }
    }
  }
  return undefined;
}

function unkeepableText(text: string): string | undefined {
  if (text.includes('\0')) return 'This holds a NUL, which no text has.';
  return text.isWellFormed() ? undefined : 'This holds half of a surrogate pair, which no text has.';
}

/** RFC 6901. */
export const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
