import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../api/client.ts';
import type { OpenApiDocument, Parameter } from '../../api/openapi.ts';
import { CONSENT_VERSION } from '../../core/consents.ts';
import { openCase } from '../../portal/operations/cases.ts';
import { invite } from '../../portal/operations/invite.ts';
import { inviteColleague } from '../../portal/operations/invite-colleague.ts';
import { makeOrganisation } from '../../portal/operations/make-organisation.ts';
import { takeSeat } from '../../portal/operations/take-seat.ts';
import { sql } from '../../portal/store/sql.ts';
import { answered, apiAs, registerAs, tokenFor } from '../support/api.ts';
import { member, odd, type Schema, valid, type World } from '../support/from-json-schema.ts';
import { type ServedPortal, servePortal } from '../support/pages.ts';
import { colleagueSecretOf, rebuilt, registered, requestOf, type TestServer, testServer } from '../support/portal.ts';

/**
 * Every operation of the committed OpenAPI document, with what its schemas describe and with what they do not. Whatever is
 * sent, the portal answers, never with 5xx, and every answer is one that the document describes. The same calls each time;
 * another SEED, others.
 */
const SEED = Number(process.env['SEED'] ?? 20261124);
const RUNS = 30;
// Only ends what hangs.
const LONGEST_ANSWER_MS = 60_000;

const document: OpenApiDocument = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
);
type Described = (typeof operations)[number];

const ajv = new Ajv2020({ strict: false, allErrors: true });
// The package is CommonJS: its default is the function itself or holds it, as the loader likes.
(('default' in addFormats ? addFormats.default : addFormats) as unknown as (ajv: Ajv2020) => void)(ajv);
ajv.addSchema({ $id: 'api', ...document });

let served: ServedPortal;
let tokens: Record<'integrator' | 'endUser' | 'stranger', string>;
let api: Client;
/** The tokens that the test itself calls with. */
let own: string[];
beforeAll(async () => {
  process.stdout.write(`generated calls of the API: SEED=${SEED}\n`);
  served = await servePortal({ claimLimit: 100_000 });
  const { portal, cast } = served;
  const [integrator, endUser, stranger] = await Promise.all([
    tokenFor(portal, cast.integrator),
    tokenFor(portal, cast.endUser),
    tokenFor(portal, cast.stranger),
  ]);
  tokens = { integrator, endUser, stranger };
  api = await apiAs(served, cast.integrator);
  own = (await portal.db.rows(sql<{ id: string }>`select id from access_token`)).map(({ id }) => id);
});
afterAll(() => served.close());

/** Who calls these; the others are called by the integrator. */
const CALLERS: Partial<Record<string, 'endUser' | 'stranger'>> = {
  confirm: 'endUser',
  changeConsent: 'endUser',
  // Made an organisation.
  showOrganisation: 'stranger',
};

/** Things that there are: two registrations, one of them associated anew, requests that wait, drafts, tokens. */
async function newWorld({ operationId }: Described): Promise<World> {
  const { portal, cast } = served;
  // An account has only so many tokens at once, and each world brings new ones; the first ones call here.
  await portal.db.rows(sql`
    delete from access_token
    where account = ${cast.integrator.id} and id not in (select unnest(${own}::uuid[]))`);
  const bring = async (server: TestServer) => {
    const document = await requestOf(portal, server);
    return answered(await api.bringRequest({ body: { document, authorised: true } }), 201).body;
  };
  const [first, second] = [testServer('FIRST'), testServer('SECOND')];
  const { number, current } = await registerAs(api, await requestOf(portal, first));
  const kept = await registerAs(api, await requestOf(portal, second));
  const seen = kept.current?.association;
  const request = (await bring(rebuilt(second))).id;
  const associated = answered(await api.associate({ body: { request, registration: kept.number, seen } }), 201).body;
  const { number: fresh } = await registerAs(api, await requestOf(portal, testServer('AS-NEW')));
  const coded = { number: kept.number, association: associated.id };
  answered(await api.handOutCode({ params: coded, body: {} }), 201);
  const waiting = await Promise.all([1, 2, 3, 4].map(() => bring(testServer())));
  const draft = { params: { subject: number }, body: { installation: { site_name: 'Begun' } } };
  answered(await api.saveDraft(draft), 200);
  const makeToken = { body: { name: 'spare', scopes: ['systems:read' as const], expires_in_days: 1 } };
  const spare = answered(await api.makeAccessToken(makeToken), 201).body.id;
  await takeSeat(portal, cast.endUser, number);
  const cases = await Promise.all(
    [cast.integrator, cast.endUser].map(async (account) => {
      const words = { cause: 'party-gone', statement: 'They are gone.', evidence: '' } as const;
      const opened = await openCase(portal, { account, about: { registration: number }, ...words });
      return 'case' in opened ? opened.case : '';
    }),
  );
  const requests = waiting.map(({ id }) => id);
  const ofAnother = await registered(portal, cast.endUser, testServer());
  const printed = { account: cast.endUser, registration: ofAnother, invite: { how: 'printed' } } as const;
  const invited = await invite(portal, printed);
  await makeOrganisation(portal, { account: cast.stranger, name: 'Quay Automation', bring: false });
  await inviteColleague(portal, { account: cast.stranger, address: cast.integrator.email });
  const colleague = await colleagueSecretOf(portal, cast.integrator.email);
  // What chance would not find together.
  const together: Record<string, World['members']> = {
    move: {
      request: [request],
      registration: [number],
      seen: [current?.association],
      from: [{ registration: kept.number, association: associated.id }],
    },
    merge: { fresh: [fresh], kept: [number] },
    openCase: { registration: [number], request: [undefined], wants: [undefined] },
  };
  return {
    resolve: (ref) => document.components.schemas[ref.split('/').at(-1) ?? ''] ?? {},
    ids: [...requests, associated.id, spare, ...cases],
    numbers: [number, kept.number],
    members: {
      country: ['DK', 'SE'],
      email: ['ida@northfield.example'],
      start: ['2026-01-01'],
      end: ['2028-01-01'],
      system_id: [testServer().keys.systemId],
      document: [await requestOf(portal, testServer())],
      request: requests,
      association: [associated.id],
      seen: [associated.id],
      case: cases,
      subject: [number],
      secret: [invited.outcome === 'invited' ? invited.code : undefined, colleague],
      address: ['ida@northfield.example'],
      invite: ['ida@northfield.example'],
      version: [CONSENT_VERSION],
      ...together[operationId],
    },
  };
}

interface Values {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  header: Record<string, unknown>;
  body: unknown;
}

function callOf(op: Described, world: World, make: typeof valid): fc.Arbitrary<Values> {
  const { schema, example, type } = bodyOf(op);
  // What a file is to be, its schema cannot say: the example, and any text.
  const file =
    make === valid
      ? fc.constant(example)
      : fc.oneof(
          fc.string(),
          fc.string().map((text) => example + text),
        );
  return fc.record({
    path: membersOf(op, 'path', world, valid),
    query: membersOf(op, 'query', world, make),
    header: membersOf(op, 'header', world, () => fc.constantFrom('"1"', '"2"', '"x"', 'W/"1"')),
    body: type === 'text/csv' ? file : schema ? make(schema, world) : fc.constant(undefined),
  });
}

function membersOf(
  op: Described,
  place: Parameter['in'],
  world: World,
  make: typeof valid,
): fc.Arbitrary<Record<string, unknown>> {
  const parameters = (op.parameters ?? []).filter(
    (parameter) => parameter.in === place && parameter.name !== 'Idempotency-Key',
  );
  const requiredKeys = parameters.filter(({ required }) => required).map(({ name }) => name);
  const values = parameters.map(({ name, schema }) => [
    name,
    make === valid ? member(name, schema, world) : make(schema, world),
  ]);
  return fc.record(Object.fromEntries(values), { requiredKeys });
}

function bodyOf(op: Described): { type?: string; schema?: Schema; example?: string } {
  const [[type, described] = []] = Object.entries(op.requestBody?.content ?? {});
  return described ? { type, schema: described.schema, example: String(described.example) } : {};
}

async function send(
  op: Described,
  { path, query, header, body }: Values,
): Promise<{ status: number; type: string; text: string }> {
  const address = op.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const url = new URL(
    `${document.servers.map((server) => (server as { url: string }).url).join()}${address}`,
    served.url,
  );
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const { type: sent = 'application/json' } = bodyOf(op);
  const response = await fetch(url, {
    method: op.method,
    headers: {
      authorization: `Bearer ${tokens[CALLERS[op.operationId] ?? 'integrator']}`,
      ...(header as Record<string, string>),
      ...(body !== undefined && { 'content-type': sent }),
    },
    ...(body !== undefined && { body: typeof body === 'string' && sent === 'text/csv' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
  });
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  return { status: response.status, type, text: await response.text() };
}

/** What is not as the document says. */
function wrongWith(op: Described, answer: Awaited<ReturnType<typeof send>>): unknown {
  if (answer.status >= 500) return `${answer.status} ${answer.text}`;
  const described = op.responses[answer.status];
  if (!described) return `the status ${answer.status} is not described: ${answer.text}`;
  if (!described.content) return answer.text === '' ? undefined : 'a body where none is described';
  const schema = described.content[answer.type]?.schema;
  if (!schema) return `the type ${answer.type} is not described`;
  const inDocument = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/'));
  const check = ajv.compile(inDocument);
  return check(JSON.parse(answer.text)) ? undefined : [check.errors, answer.text];
}

/** Who calls them is a member of an organisation already. It is done elsewhere. */
const RARELY_DONE = new Set(['acceptColleagueInvitation']);

describe.each(operations.map((op) => [`${op.method} ${op.path}`, op] as const))('%s', (_, op) => {
  const answersTo = async (make: typeof valid): Promise<number[]> => {
    const statuses: number[] = [];
    const world = await newWorld(op);
    await fc.assert(
      fc.asyncProperty(callOf(op, world, make), async (values) => {
        const answer = await send(op, values);
        statuses.push(answer.status);
        expect(wrongWith(op, answer)).toBeUndefined();
      }),
      { seed: SEED, numRuns: RUNS },
    );
    return statuses;
  };

  test('what is described is answered as the document says, and is done', async () => {
    const statuses = await answersTo(valid);
    expect(statuses.some((status) => status < 300) || RARELY_DONE.has(op.operationId)).toBe(true);
  });

  test('what is not described is answered as the document says', async () => {
    expect(await answersTo(odd)).toHaveLength(RUNS);
  });
});

test('an answer that is not as the document says is found', () => {
  const op = operations.find(({ operationId }) => operationId === 'showAccount');
  if (!op) throw new Error('There is no such operation.');
  const json = (status: number, body: unknown) => ({ status, type: 'application/json', text: JSON.stringify(body) });
  expect(wrongWith(op, json(200, { name: 7 }))).toBeDefined();
  expect(wrongWith(op, json(201, {}))).toBeDefined();
  expect(wrongWith(op, json(503, {}))).toBeDefined();
});
