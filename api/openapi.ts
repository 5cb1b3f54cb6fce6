import { z } from 'zod';
import { API_PATH, type OperationId, RESOURCES } from './contract/index.ts';
import type { Operation } from './contract/operation.ts';
import { EXAMPLES } from './examples.ts';
import { API_PROBLEMS, type ApiProblemCode } from './problems.ts';

/** The OpenAPI document: what the contract says, in the words of that format. Nothing is said here that is not there. */

export type JsonSchema = { [keyword: string]: unknown };

export interface OpenApiDocument {
  openapi: string;
  info: object;
  servers: object[];
  tags: object[];
  security: object[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: object; headers: object };
}

interface OpenApiOperation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: object[];
  parameters?: Parameter[];
  requestBody?: { required: true; content: Record<string, { schema: JsonSchema; example?: unknown }> };
  responses: Record<string, Described>;
}

interface Described {
  description: string;
  headers?: object;
  content?: Record<string, { schema: JsonSchema }>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

/** What every operation may refuse, whatever it does. */
const ALWAYS = ['token-needed', 'not-acceptable', 'not-as-described', 'too-many-requests', 'unavailable'] as const;
const WITH_BODY = ['not-understood', 'unsupported-media-type', 'too-large'] as const;
const WITH_KEY = ['idempotency-key-reused', 'idempotency-key-in-use'] as const;

/** Every code that an operation may be refused with. */
export function problemsOf(op: Operation): ApiProblemCode[] {
  return [
    ...ALWAYS,
    ...(op.scope ? (['scope-needed'] as const) : []),
    ...(op.params ? (['not-found'] as const) : []),
    ...(op.body ? WITH_BODY : []),
    ...(op.method === 'POST' ? WITH_KEY : []),
    ...(op.secret ? (['idempotency-answer-not-kept'] as const) : []),
    ...(op.ifMatch ? (['precondition-needed'] as const) : []),
    ...op.problems.filter((code) => code !== 'not-found' || !op.params),
  ];
}

let made: OpenApiDocument | undefined;

/** It follows from the contract alone, so it is made once: when somebody asks for it first. */
export function openApiDocument(): OpenApiDocument {
  made ??= newDocument();
  return made;
}

function newDocument(): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const [resource, operations] of Object.entries(RESOURCES)) {
    for (const [id, op] of Object.entries(operations) as [OperationId, Operation][]) {
      paths[op.path] = { ...paths[op.path], [op.method.toLowerCase()]: operation(id, op, resource) };
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Datestone Registration Portal',
      version: '1',
      description:
        'Everything that a person can do on a page. Bearer tokens only. Answers may gain members: ignore those that you do not know.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: API_PATH }],
    tags: Object.keys(RESOURCES).map((name) => ({ name })),
    security: [{ token: [] }],
    paths,
    components: {
      schemas: components(paths),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A personal access token: dst_ and 43 characters.' },
      },
      headers: HEADERS,
    },
  };
}

function operation(id: OperationId, op: Operation, tag: string): OpenApiOperation {
  const { summary, description, scope, body, takes = 'application/json' } = op;
  const parameters = parametersOf(op);
  const example = body && EXAMPLES[id as keyof typeof EXAMPLES];
  return {
    operationId: id,
    summary,
    ...(description && { description }),
    tags: [tag],
    security: [{ token: scope ? [scope] : [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: { [takes]: { schema: refTo(body), ...(example && { example }) } } },
    }),
    responses: { ...answersOf(op), ...refusalsOf(op) },
  };
}

function parametersOf(op: Operation): Parameter[] {
  const header = (name: string, required: boolean, description: string): Parameter => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  });
  return [
    ...membersOf(op.params, 'path'),
    ...membersOf(op.query, 'query'),
    ...(op.ifMatch ? [header('If-Match', true, 'The ETag of the registration that you saw.')] : []),
    ...(op.method === 'POST'
      ? [header('Idempotency-Key', false, 'A random key of yours: the same call with it is done once in 24 hours.')]
      : []),
  ];
}

function membersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): Parameter[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = inline(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(typeof description === 'string' && { description }),
    schema: rest,
  }));
}

function answersOf(op: Operation): Record<string, Described> {
  const answers = Object.entries(op.answers).map(([status, { description, body, etag }]) => {
    const headers = {
      ...LIMITS,
      ...(etag && { ETag: headerRef('ETag') }),
      ...(isList(op) && { Link: headerRef('Link') }),
    };
    const content = body && {
      'application/json': { schema: refTo(body) },
      ...(op.file && { [op.file]: { schema: { type: 'string' } } }),
    };
    return [status, { description, headers, ...(content && { content }) }];
  });
  return Object.fromEntries(answers);
}

function refusalsOf(op: Operation): Record<string, Described> {
  const byStatus: Record<string, string[]> = {};
  for (const code of new Set(problemsOf(op))) (byStatus[API_PROBLEMS[code].status] ??= []).push(code);
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const refusals = Object.entries(byStatus).map(([status, codes]) => [
    status,
    { description: codes.join(', '), content },
  ]);
  return Object.fromEntries(refusals);
}

const isList = ({ query }: Operation): boolean => query !== undefined && 'cursor' in query.shape;

const headerRef = (name: string) => ({ $ref: `#/components/headers/${name}` });
const text = (description: string) => ({ description, schema: { type: 'string' } });
const count = (description: string) => ({ description, schema: { type: 'integer' } });
const HEADERS = {
  ETag: text('Send it as If-Match.'),
  Link: text('The next page, as rel="next".'),
  'RateLimit-Limit': count('Calls a minute.'),
  'RateLimit-Remaining': count('Calls that are left.'),
  'RateLimit-Reset': count('Seconds until all are there again.'),
};
const LIMITS = Object.fromEntries(
  Object.keys(HEADERS)
    .filter((name) => name.startsWith('RateLimit'))
    .map((name) => [name, headerRef(name)]),
);

const COMPONENTS = '#/components/schemas/';

z.strictObject({
  type: z.url().describe('A page that explains it.'),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(API_PROBLEMS) as [ApiProblemCode, ...ApiProblemCode[]]).describe('Stays the same for ever.'),
  detail: z.string(),
  errors: z
    .array(z.strictObject({ pointer: z.string().optional(), parameter: z.string().optional(), detail: z.string() }))
    .optional()
    .describe('Where and what: a JSON pointer into the body, or the name of a parameter.'),
})
  .loose()
  .meta({ id: 'Problem', description: 'RFC 9457. Further members depend on the code.' });

/** A named schema by its name, any other as it is. */
function refTo(schema: z.ZodType): JsonSchema {
  const id = schema.meta()?.id;
  return id ? { $ref: COMPONENTS + id } : inline(schema);
}

const inline = (schema: z.ZodType): JsonSchema => tidy(z.toJSONSchema(schema, { io: 'input' })) as JsonSchema;

/** Every named schema that is referred to, and what these refer to. */
function components(paths: unknown): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { io: 'input', uri: (id) => COMPONENTS + id });
  const known = tidy(schemas) as Record<string, JsonSchema>;
  const found = new Set<string>();
  const look = (where: unknown) => {
    for (const [, name = ''] of JSON.stringify(where).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      look(known[name]);
    }
  };
  look(paths);
  return Object.fromEntries([...found].sort().map((name) => [name, known[name] ?? {}]));
}

/** Without what OpenAPI says elsewhere, and without the patterns that a format says already. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, member]) =>
      !(
        name === '$schema' ||
        name === '$id' ||
        (name === 'id' && typeof member === 'string') ||
        (name === 'pattern' && 'format' in value)
      ),
  );
  return Object.fromEntries(entries.map(([name, member]) => [name, tidy(member)]));
}
