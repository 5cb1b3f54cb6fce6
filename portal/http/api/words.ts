import type { z } from 'zod';
import type { WrongPart } from './handler.ts';
import { escaped } from './json.ts';

type Issue = z.core.$ZodIssue;

/** What a schema found, in words and where: a JSON pointer into the body. */
export function wrongInBody(issues: readonly Issue[]): WrongPart[] {
  return eachOf(issues).map(({ path, detail }) => ({
    pointer: path.map((step) => `/${escaped(String(step))}`).join(''),
    detail,
  }));
}

/** The same of the query or the path: the name of the parameter. */
export function wrongInQuery(issues: readonly Issue[]): WrongPart[] {
  return eachOf(issues).map(({ path, detail }) => ({ parameter: String(path[0] ?? ''), detail }));
}

// Who sends thousands of wrong members is not helped by thousands of sentences.
const MOST_ERRORS = 20;

function eachOf(issues: readonly Issue[]): { path: PropertyKey[]; detail: string }[] {
  return issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...issue.path, key], detail: 'This is no member of what is taken here.' }))
        : [{ path: issue.path, detail: inWords(issue) }],
    )
    .slice(0, MOST_ERRORS);
}

function inWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'This is missing.'
        : `This must be ${kinds[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `This must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`;
    case 'too_small':
      if (issue.origin === 'string') return `This has fewer than ${issue.minimum} characters.`;
      if (issue.origin === 'array') return `This has fewer than ${issue.minimum} items.`;
      return `This must be at least ${issue.minimum}.`;
    case 'too_big':
      if (issue.origin === 'string') return `This has more than ${issue.maximum} characters.`;
      if (issue.origin === 'array') return `This has more than ${issue.maximum} items.`;
      return `This must be at most ${issue.maximum}.`;
    case 'invalid_format':
      return formats[issue.format] ?? ours(issue.message, 'This is not written as it must be.');
    case 'custom':
      return ours(issue.message, 'This is not as described.');
    default:
      return 'This is not as described.';
  }
}

/** A sentence that the contract itself gives; the library's own begin otherwise. */
const ours = (message: string, otherwise: string) => (message.startsWith('Invalid') ? otherwise : message);

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

const formats: Record<string, string> = {
  uuid: 'This is not an id as we give them.',
  datetime: 'This is not a time like 2026-11-24T13:05:00Z.',
  date: 'This is not a date like 2026-11-24.',
};
