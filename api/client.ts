import { API_PATH, CONTRACT, OPERATIONS, type OperationId } from './contract/index.ts';
import type { AnswerOf, Input, Operation } from './contract/operation.ts';
import type { ApiProblemCode } from './problems.ts';

/** A client of the API, made from its contract. It needs `fetch` and nothing else. */

export interface ClientSettings {
  /** The portal's address: https://portal.example. */
  portal: string;
  token: string;
  fetch?: typeof fetch;
  /** How often a call that failed on the way is tried again. */
  retries?: number;
}

/** RFC 9457. Members beyond these depend on the code. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: ApiProblemCode;
  detail: string;
  errors?: { pointer?: string; parameter?: string; detail: string }[];
  [member: string]: unknown;
}

type AnyOperation<Id extends OperationId> = (typeof CONTRACT)[Id];

/** What came of a call. Nothing else is thrown than what is a mistake in the program. */
export type Outcome<Id extends OperationId> =
  | (AnswerOf<AnyOperation<Id>> & { outcome: 'answered'; etag: string | undefined; replayed: boolean })
  | { outcome: 'refused'; status: number; problem: ProblemDocument }
  /** No answer of the portal's: it may or may not have done it. The same Idempotency-Key tells. */
  | { outcome: 'unreachable'; detail: string };

export interface CallOptions {
  /** For POST. Without one the client makes one for each call, so that its own tries do a thing once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

type Method<Id extends OperationId> =
  Record<never, never> extends Input<AnyOperation<Id>>
    ? (input?: Input<AnyOperation<Id>>, options?: CallOptions) => Promise<Outcome<Id>>
    : (input: Input<AnyOperation<Id>>, options?: CallOptions) => Promise<Outcome<Id>>;

export type Client = { [Id in OperationId]: Method<Id> };

export function apiClient(settings: ClientSettings): Client {
  const methods = OPERATIONS.map(([id, op]) => [
    id,
    (input: AnyInput = {}, options: CallOptions = {}) => call(settings, op, input, options),
  ]);
  return Object.fromEntries(methods) as Client;
}

/** The operations that answer page by page. */
type ListId = {
  [Id in OperationId]: AnyOperation<Id> extends { query: infer Query }
    ? Query extends { shape: { cursor: unknown } }
      ? Id
      : never
    : never;
}[OperationId];

type ItemOf<Id extends OperationId> =
  Extract<Outcome<Id>, { outcome: 'answered' }> extends { body: { items: (infer Item)[] } } ? Item : never;

/** A list could not be read to its end. */
export class ListBroken extends Error {
  readonly why: Exclude<Outcome<OperationId>, { outcome: 'answered' }>;
  constructor(why: ListBroken['why']) {
    super(why.outcome === 'refused' ? why.problem.title : why.detail);
    this.why = why;
  }
}

/** Every item of a list, page after page as they are needed. Throws `ListBroken` where a page is not answered. */
export async function* items<Id extends ListId>(
  client: Client,
  id: Id,
  input?: Input<AnyOperation<Id>>,
): AsyncGenerator<ItemOf<Id>, void> {
  const given = (input ?? {}) as AnyInput;
  const page = client[id] as unknown as (input: AnyInput) => Promise<Outcome<'listRegistrations'>>;
  let cursor: string | undefined;
  do {
    const answer = await page({ ...given, query: { ...given.query, ...(cursor && { cursor }) } });
    if (answer.outcome !== 'answered') throw new ListBroken(answer);
    yield* answer.body.items as ItemOf<Id>[];
    cursor = answer.body.next;
  } while (cursor);
}

interface AnyInput {
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  ifMatch?: string;
}

const MOST_RETRIES = 4;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;

async function call(settings: ClientSettings, op: Operation, input: AnyInput, options: CallOptions) {
  const { retries = MOST_RETRIES } = settings;
  const key = op.method === 'POST' ? (options.idempotencyKey ?? crypto.randomUUID()) : undefined;
  // A PATCH whose first try arrived would find its own ETag stale; a PUT or DELETE ends the same however often.
  const safe = op.method !== 'PATCH';
  for (let tries = 0; ; tries++) {
    const answer = await send(settings, op, input, key, options.signal);
    const again = safe && tries < retries && !options.signal?.aborted ? waitFor(answer, tries) : undefined;
    if (again === undefined) return outcomeOf(answer);
    await new Promise((resolve) => setTimeout(resolve, again));
  }
}

type Sent = Response | Error;

async function send(
  { portal, token, fetch: send = fetch }: ClientSettings,
  op: Operation,
  { params = {}, query = {}, body, ifMatch }: AnyInput,
  key: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Sent> {
  const path = op.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const url = new URL(API_PATH + path, portal);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const text = op.takes ? String(body) : JSON.stringify(body);
  try {
    const response = await send(url, {
      method: op.method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json, application/problem+json',
        ...(body !== undefined && { 'content-type': op.takes ?? 'application/json' }),
        ...(key && { 'idempotency-key': key }),
        ...(ifMatch && { 'if-match': ifMatch }),
      },
      ...(body !== undefined && { body: text }),
      redirect: 'error',
      ...(signal && { signal }),
    });
    // The answer may break off while it is read: that is a failure on the way too.
    return new Response([204, 304].includes(response.status) ? null : await response.arrayBuffer(), response);
  } catch (error) {
    return error as Error;
  }
}

/** How long to wait before the same is sent again; `undefined`: it is answered. */
function waitFor(sent: Sent, tries: number): number | undefined {
  const backOff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (0.5 + Math.random() / 2);
  if (sent instanceof Error) return backOff;
  const isBusy = sent.status === 429 || sent.status === 502 || sent.status === 503 || sent.status === 504;
  // 409 with Retry-After: the first call with this key still runs.
  if (!isBusy && !(sent.status === 409 && sent.headers.has('retry-after'))) return undefined;
  const asked = Number(sent.headers.get('retry-after')) * 1000;
  return asked > 0 ? Math.max(asked, backOff) : backOff;
}

async function outcomeOf(sent: Sent) {
  if (sent instanceof Error) {
    const cause = sent.cause as Error | undefined;
    return { outcome: 'unreachable', detail: cause?.message || sent.message };
  }
  const { status, headers } = sent;
  const type = headers.get('content-type') ?? '';
  if (sent.ok) {
    const body = type.startsWith('application/json') ? await sent.json() : (await sent.text()) || undefined;
    const replayed = headers.get('idempotent-replayed') === 'true';
    return { outcome: 'answered', status, body, etag: headers.get('etag') ?? undefined, replayed };
  }
  if (type.startsWith('application/problem+json')) return { outcome: 'refused', status, problem: await sent.json() };
  return { outcome: 'unreachable', detail: `Status ${status}, and not from the portal's API.` };
}
