import { apiClient, type Client } from '../../api/client.ts';
import { API_PATH, OPERATIONS } from '../../api/contract/index.ts';
import { type Operation, SCOPES, type Scope } from '../../api/contract/operation.ts';
import { EXAMPLES } from '../../api/examples.ts';
import { API_PROBLEMS } from '../../api/problems.ts';
import { makeAccessToken } from '../../portal/operations/access-tokens.ts';
import type { Account, Portal } from '../../portal/portal.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export async function tokenFor(
  portal: Portal,
  account: Account,
  scopes: readonly Scope[] = SCOPES,
  days = 30,
): Promise<string> {
  const expiresAt = new Date(portal.now().getTime() + days * DAY_MS);
  const result = await makeAccessToken(portal, account, { name: 'a test', scopes, expiresAt });
  if (result.outcome === 'refused') throw new Error(`refused: ${result.code}`);
  return result.token;
}

/** The typed client as an account; every answer that it gets is held against the contract. */
export async function apiAs(
  { url, portal }: { url: string; portal: Portal },
  account: Account,
  scopes: readonly Scope[] = SCOPES,
): Promise<Client> {
  return apiWith(url, await tokenFor(portal, account, scopes));
}

export function apiWith(url: string, token: string): Client {
  return apiClient({ portal: url, token, fetch: checkedFetch, retries: 6 });
}

/** A fetch that fails the test where an answer is not what the contract says. */
export const checkedFetch: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const { method, url } = request;
  const response = await fetch(request);
  const text = await response.clone().text();
  const wrong = wrongIn(method, new URL(url).pathname, response, text);
  if (wrong) throw new Error(`${method} ${url} → ${response.status} ${text}\n${wrong}`);
  return response;
};

function wrongIn(method: string, path: string, response: Response, text: string): string | undefined {
  const op = OPERATIONS.map(([, known]) => known).find((known) => known.method === method && matches(known, path));
  if (!op) return undefined;
  if (response.ok) return wrongAnswer(op, response, text);
  const problem = JSON.parse(text);
  const known = API_PROBLEMS[problem.code as keyof typeof API_PROBLEMS];
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return 'no problem document';
  if (!known || known.status !== response.status || problem.status !== response.status) return 'not in the table';
  const always = ['token-needed', 'scope-needed', 'not-as-described', 'too-many-requests'];
  const keyed = ['idempotency-key-reused', 'idempotency-key-in-use', 'idempotency-answer-not-kept'];
  const others = ['not-found', 'not-understood', 'too-large', 'unsupported-media-type', 'not-acceptable'];
  const declared = [...op.problems, ...always, ...keyed, ...others, ...(op.ifMatch ? ['precondition-needed'] : [])];
  return declared.includes(problem.code) ? undefined : `${problem.code} is not among its problems`;
}

function wrongAnswer(op: Operation, response: Response, text: string): string | undefined {
  const described = op.answers[response.status];
  if (!described) return 'a status that it does not have';
  if (described.etag && !response.headers.has('etag')) return 'no ETag';
  if (!described.body) return text === '' ? undefined : 'a body where there is none';
  if (!response.headers.get('content-type')?.startsWith('application/json')) return undefined;
  const reading = described.body.safeParse(JSON.parse(text));
  return reading.success ? undefined : JSON.stringify(reading.error.issues, null, 1);
}

function matches({ path }: Operation, pathname: string): boolean {
  return new RegExp(`^${API_PATH}${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname);
}

/** The body of an answer with this status; anything else fails the test. */
export function answered<Answer extends { outcome: string }, Status extends number>(
  outcome: Answer,
  status: Status,
): Extract<Answer, { outcome: 'answered'; status: Status }> {
  if (outcome.outcome === 'answered' && (outcome as { status?: number }).status === status) {
    return outcome as Extract<Answer, { outcome: 'answered'; status: Status }>;
  }
  throw new Error(`not answered ${status}: ${JSON.stringify(outcome)}`);
}

export function problemOf(outcome: { outcome: string }): Record<string, unknown> & { code: string } {
  const { problem } = outcome as { problem?: Record<string, unknown> & { code: string } };
  if (!problem) throw new Error(`not refused: ${JSON.stringify(outcome)}`);
  return problem;
}

export const ANSWERS = EXAMPLES.register.answers;

/** Brings a request as a server signed it, and registers it as new. */
export async function registerAs(api: Client, document: string) {
  const request = answered(await api.bringRequest({ body: { document, authorised: true } }), 201).body;
  return answered(await api.register({ body: { request: request.id, answers: ANSWERS } }), 201).body;
}
