import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBundle } from '../core/documents/bundle.ts';
import { advanceKeys, newRoot } from '../portal/operations/keys.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { freePort, type Program, portalProgram } from './support/processes.ts';
import { until } from './support/until.ts';

/** Keys are changed beside the processes that run: each of them goes on with the newer bundle, without being started anew. */

let database: TestDatabase;
let folder: string;
const programs: Program[] = [];
const ports: number[] = [];

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'datestone-keys-'));
  // One portal at one address, as behind a proxy.
  const url = 'https://portal.example';
  for (const name of ['one', 'two']) {
    const data = join(folder, name);
    const port = await freePort();
    ports.push(port);
    const env = { DATESTONE_PORTAL_URL: url };
    programs.push(await portalProgram({ databaseUrl: database.url, data, port, env }));
  }
  await Promise.all(programs.map((program) => program.start()));
});
afterAll(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const servedAt = async (port: number) => (await fetch(`http://127.0.0.1:${port}/bundle`)).text();
const fileOf = (name: string) => readFileSync(join(folder, name, 'portal.bundle'), 'utf8');

test('both processes go on with the newer bundle after the code key went on and the root was changed', async () => {
  const before = await openBundle(await servedAt(ports[0] ?? 0));
  if (before.outcome !== 'genuine') throw new Error(before.code);
  expect(await advanceKeys(database.db, new Date())).toMatchObject({ outcome: 'advanced' });
  const changed = await newRoot(database.db, new Date());
  if (changed.outcome !== 'changed') throw new Error(changed.outcome);

  for (const [i, name] of ['one', 'two'].entries()) {
    const served = await until('the newer bundle', async () => {
      const document = await servedAt(ports[i] ?? 0);
      const reading = await openBundle(document, before.bundle.fingerprint);
      return reading.outcome === 'genuine' && reading.bundle.version === changed.bundleVersion && document;
    });
    // The file that installers take is the same.
    await until('the file', () => fileOf(name) === served);
  }
});
