import type { z } from 'zod';
import type { ApiProblemCode } from '../problems.ts';

/** What a token may be given for. */
export const SCOPES = ['systems:read', 'systems:write', 'account'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * One operation of the API as data: the server takes its routes from it, the client its methods, and the OpenAPI document
 * and the reference page say what it says. Its id is its name in the contract.
 */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under `/api/v1`; `{name}` is a member of `params`. */
  path: `/${string}`;
  summary: string;
  /** What is to be known beyond the summary, in sentences. */
  description?: string;
  /** `undefined`: every token may. */
  scope: Scope | undefined;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** What the body is, if not JSON: then `body` describes it as text, and the server is given its bytes. */
  takes?: 'text/csv';
  /** With `Accept` of this type alone the answer is a file, whole: no page of a list. */
  file?: 'text/csv';
  /** Changes only the state that the caller saw: `If-Match` is required. */
  ifMatch?: true;
  /** The answer holds a secret, so it is not kept for a repeated call. */
  secret?: true;
  answers: Record<number, Answer>;
  /** What it may refuse beside what every operation may: no token, no scope, not as described, too many calls. */
  problems: readonly ApiProblemCode[];
}

interface Answer {
  description: string;
  /** `undefined`: nothing. */
  body?: z.ZodType;
  /** The answer has an `ETag` for `If-Match`. */
  etag?: true;
}

export type Contract = Record<string, Operation>;

type Of<Part> = Part extends z.ZodType ? z.output<Part> : undefined;
type SentAs<Part> = Part extends z.ZodType ? z.input<Part> : undefined;

/** What a handler is given, after it was checked. */
export interface Checked<Op extends Operation> {
  params: Of<Op['params']>;
  query: Of<Op['query']>;
  body: Of<Op['body']>;
  /** The state that the caller saw. */
  ifMatch: Op extends { ifMatch: true } ? string : undefined;
}

/** What a caller gives: only what the operation takes. */
export type Input<Op extends Operation> = Given<'params', SentAs<Op['params']>> &
  Given<'query', SentAs<Op['query']>> &
  Given<'body', SentAs<Op['body']>> &
  (Op extends { ifMatch: true } ? { ifMatch: string } : unknown);

type Given<Name extends string, Value> = Value extends undefined
  ? unknown
  : Record<never, never> extends Value
    ? { [name in Name]?: Value }
    : { [name in Name]: Value };

/** An answer of an operation, told apart by its status. */
export type AnswerOf<Op extends Operation> = {
  [Status in keyof Op['answers']]: {
    status: Status;
    body: Op['answers'][Status] extends { body: infer Body } ? SentAs<Body> : undefined;
  };
}[keyof Op['answers']];
