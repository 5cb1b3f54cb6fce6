import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTRACT } from '../../api/contract/index.ts';
import type { Operation } from '../../api/contract/operation.ts';
import { EXAMPLES } from '../../api/examples.ts';
import { openApiDocument } from '../../api/openapi.ts';
import { type ServedPortal, servePortal } from '../support/pages.ts';

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal();
});
afterAll(() => served.close());

const committed = () => readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');

test('docs/openapi.json is what the contract says: after a change, npm run openapi', () => {
  expect(committed()).toBe(`${JSON.stringify(openApiDocument(), null, 2)}\n`);
});

test('it is an OpenAPI 3.1 document, and one with a mistake would not be', async () => {
  expect(await new Validator().validate(JSON.parse(committed()))).toMatchObject({ valid: true });
  const mistaken = JSON.parse(committed());
  mistaken.paths['/account'].get.responses = 'none';
  expect(await new Validator().validate(mistaken)).toMatchObject({ valid: false });
});

test('the portal serves it to everybody', async () => {
  const answer = await fetch(`${served.url}/api/v1/openapi.json`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual(JSON.parse(committed()));
});

test.each(Object.entries(EXAMPLES))('the example of %s is what it takes', (id, body) => {
  const op: Operation = CONTRACT[id as keyof typeof EXAMPLES];
  expect(op.body?.safeParse(body)).toMatchObject({ success: true });
});
