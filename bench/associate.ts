import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openBundle } from '../core/documents/bundle.ts';
import { makeRequest } from '../core/documents/request.ts';
import { newInstanceKey } from '../core/instance-key.ts';
import { newSeed, systemKeysFrom } from '../core/system-keys.ts';
import { startEmbeddedPostgres } from '../portal/store/postgres.ts';
import { Driver, percentile } from './support/driver.ts';
import { findPgbench, pgbench } from './support/pgbench.ts';
import { startPortalProcess } from './support/portal-process.ts';

/**
 * *Associate* through the real portal over HTTP, beside the bare limit: the same reads and writes as one conversation of
 * statements by pgbench, on the same PostgreSQL with its default durability, in turns in the same run. And through two
 * portal processes beside one, over as many connections.
 */
const CONNECTIONS = 16;
const ROUNDS = 4;
const PER_ROUND = 1100;
const BASELINE_SECONDS = 4;
const WARM_UP = 400;

interface Prepared {
  request: string;
  registration: string;
  seen: string;
}

export async function associate(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'datestone-bench-'));
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
  const port = 18080;
  const url = `http://localhost:${port}`;
  const env = {
    DATABASE_URL: postgres.url,
    DATESTONE_DATA: folder,
    PORT: `${port}`,
    DATESTONE_PORTAL_URL: url,
    SMTP_URL: '',
    DATESTONE_REQUESTS_PER_MINUTE: '1000000',
    DATESTONE_LOG_LEVEL: 'warn',
  };
  try {
    // The first start makes the database; the second is the warm one that is measured.
    await (await startPortalProcess(env)).stop();
    const portal = await startPortalProcess(env);
    const second = await startPortalProcess({ ...env, PORT: `${port + 1}` });
    const restingMb = portal.residentMb();
    await fillDatabase(postgres.url);

    const driver = new Driver([portal.url], CONNECTIONS);
    const driverOfTwo = new Driver([portal.url, second.url], CONNECTIONS);
    const cookieOf = (connection: number) => `datestone-portal-${port}-session=session-${connection}`;
    const prepared = await prepare(driver, cookieOf, join(folder, 'portal.bundle'));
    const pressing = (by: Driver) => async (item: Prepared, connection: number) => {
      const path = `/requests/${item.request}/registrations/${item.registration}`;
      const reply = await by.post({ path, cookie: cookieOf(connection), form: { seen: item.seen } }, connection);
      if (reply.status !== 303 || !reply.location.includes('/associations/')) {
        throw new Error(`Associate answered ${reply.status} ${reply.location}\n${reply.body.slice(0, 2000)}`);
      }
    };
    const round = async (by: Driver) => {
      const started = performance.now();
      const durations = await by.drive(prepared.splice(0, PER_ROUND), pressing(by));
      return { durations, perSecond: (PER_ROUND * 1000) / (performance.now() - started) };
    };

    const program = findPgbench();
    await driver.drive(prepared.splice(0, WARM_UP / 2), pressing(driver));
    await driverOfTwo.drive(prepared.splice(0, WARM_UP / 2), pressing(driverOfTwo));
    const ours: number[] = [];
    const two: number[] = [];
    const bare: number[] = [];
    const durations: number[] = [];
    for (let n = 0; n < ROUNDS; n++) {
      const one = await round(driver);
      ours.push(one.perSecond);
      durations.push(...one.durations);
      bare.push(
        pgbench(program, postgres.url, 'bench/associate.pgbench', {
          clients: CONNECTIONS,
          seconds: BASELINE_SECONDS,
          variables: { i: n * 2500 },
        }),
      );
      two.push((await round(driverOfTwo)).perSecond);
    }
    const loadedMb = portal.residentMb();
    driver.close();
    driverOfTwo.close();
    await Promise.all([portal.stop(), second.stop()]);

    const value = percentile(ours, 0.5);
    const baseline = percentile(bare, 0.5);
    print({
      name: 'associate',
      value: tenths(value),
      unit: '1/s',
      baseline: tenths(baseline),
      ratio: Number((value / baseline).toFixed(2)),
      p50_ms: tenths(percentile(durations, 0.5)),
      p99_ms: tenths(percentile(durations, 0.99)),
    });
    const throughTwo = percentile(two, 0.5);
    print({
      name: 'associate, two processes',
      value: tenths(throughTwo),
      unit: '1/s',
      baseline: tenths(value),
      ratio: Number((throughTwo / value).toFixed(2)),
    });
    print({ name: 'first page after a warm start', value: Math.round(portal.firstPageMs), unit: 'ms', goal: 2000 });
    print({ name: 'portal, resident, at rest', value: Math.round(restingMb), unit: 'MB', goal: 150 });
    print({ name: 'portal, resident, after the load', value: Math.round(loadedMb), unit: 'MB' });
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fillDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(readFileSync(new URL('associate.sql', import.meta.url), 'utf8'));
  await client.query('vacuum analyze');
  await client.query('checkpoint');
  await client.end();
}

/** Posts a fresh System ID's proven request for each association to come, and *Proceed*: neither is timed. */
async function prepare(
  driver: Driver,
  cookieOf: (connection: number) => string,
  bundleFile: string,
): Promise<Prepared[]> {
  const bundle = await openBundle(readFileSync(bundleFile, 'utf8'));
  if (bundle.outcome === 'refused') throw new Error(`The portal's bundle was refused: ${bundle.code}.`);
  const prepared: Prepared[] = [];
  const numbers = Array.from({ length: WARM_UP + 2 * ROUNDS * PER_ROUND }, (_, i) => i);
  await driver.drive(numbers, async (i, connection) => {
    const document = await makeRequest({
      keys: systemKeysFrom(newSeed()),
      bundle: bundle.bundle,
      n: 1,
      now: new Date(),
      via: 'browser',
      server: { kind: 'enterprise-server', product: 'Enterprise Server', version: '3.2.4.1180', name: `ES-${i}` },
      sequence: 0,
      instance: newInstanceKey(),
      shadows: 0,
    });
    const cookie = cookieOf(connection);
    const posted = await driver.post({ path: '/requests', cookie, form: { request: document } }, connection);
    const request = /\/requests\/([0-9a-f-]{36})/.exec(posted.location)?.[1];
    if (!request) throw new Error(`The request was answered ${posted.status}: ${posted.body.slice(0, 2000)}`);
    await driver.post({ path: `/requests/${request}/proceed`, cookie, form: {} }, connection);
    prepared.push({ request, registration: `${10000000 + i}`, seen: uuidOfMd5(`association-${i}`) });
  });
  return prepared;
}

function uuidOfMd5(text: string): string {
  return createHash('md5')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function tenths(value: number): number {
  return Number(value.toFixed(1));
}
