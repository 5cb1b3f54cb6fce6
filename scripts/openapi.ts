// Writes docs/openapi.json from the contract. test/api/openapi.test.ts is red while it is stale.
import { writeFileSync } from 'node:fs';
import { openApiDocument } from '../api/openapi.ts';

writeFileSync(new URL('../docs/openapi.json', import.meta.url), `${JSON.stringify(openApiDocument(), null, 2)}\n`);
