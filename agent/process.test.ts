// The agent as a process: how it starts, ends, and what is left when it is killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newFolder } from '../test/support/folders.ts';
import { headingOf } from '../test/support/http.ts';
import { type PortalSide, portalSide } from '../test/support/portal-side.ts';
import { siteProcess, Visitor } from '../test/support/site.ts';
import { until } from '../test/support/until.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
let portal: PortalSide;

// Processes start slowly where many tests share a processor; this only ends what hangs.
vi.setConfig({ testTimeout: 240_000 });

beforeAll(async () => {
  portal = await portalSide();
});
beforeEach(() => {
  portal.heard.length = 0;
  portal.requests.length = 0;
  portal.says(async () => ({}));
});
afterAll(() => portal.close());

test('a number of the counter is never used twice, wherever the process is killed', async () => {
  const folder = newFolder();
  const used: number[] = [];
  for (let kill = 0; kill < 6; kill++) {
    const child = spawn(process.execPath, ['test/support/count-forever.ts', folder], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (part) => {
      said += part;
    });
    const wanted = 3 + kill * 7;
    await until(`${wanted} numbers`, () => said.split('\n').length > wanted);
    child.kill('SIGKILL');
    await once(child, 'close');
    used.push(...said.split('\n').filter(Boolean).map(Number));
  }
  expect(used).toEqual([...new Set(used)].sort((a, b) => a - b));
  expect(used.length).toBeGreaterThan(100);
});

test('killed while it waits for an answer, it sends the identical bytes again and then goes on', async () => {
  const folder = newFolder();
  const site = await siteProcess(portal, folder).start();
  const visitor = new Visitor(site);
  await visitor.logOn();
  const systemId = await visitor.systemId();
  portal.says(async () => {
    await site.kill();
    return {};
  });
  await visitor.register();
  await until('the check-in that kills it', () => portal.heard.length > 0);
  await until('its end', () =>
    fetch(`${site.url}/healthz`).then(
      () => false,
      () => true,
    ),
  );

  portal.says(async () => ({ record: await portal.record(systemId, { request: portal.requests[0]?.request.n }) }));
  const again = await siteProcess(portal, folder).start();
  // The click of before is not forgotten: it asks by itself.
  await until('the registration', async () => (await new Visitor(again).registeredTo()).state === 'registered');
  expect(await new Visitor(again).systemId()).toBe(systemId);
  expect(portal.heard[1]?.document).toBe(portal.heard[0]?.document);
  await until('the next check-in', () => portal.heard.length > 2);
  const numbers = new Map(portal.heard.map(({ document, checkIn }) => [document, checkIn.n]));
  expect(new Set(numbers.values()).size).toBe(numbers.size);
  await again.stop();
});

test('killed around the acceptance of a code, it has the whole of it or nothing, and the same code ends the matter', async () => {
  const folder = newFolder();
  let sequence = 0;
  let systemId = '';
  const outcomes = new Set<string>();
  // Before, within and after the write; the last one is killed when it has answered.
  for (const wait of [0, 20, 60, undefined]) {
    const site = await siteProcess(portal, folder).start();
    const visitor = new Visitor(site);
    await visitor.logOn();
    systemId ||= await visitor.systemId();
    expect(await visitor.systemId()).toBe(systemId);
    const page = await visitor.open('/offline');
    sequence += 1;
    const code = portal.code(systemId, { sequence, day: 600 + sequence, keyId: sequence });
    const answer = visitor.press(page, 'Enter code', { code }).catch(() => undefined);
    await (wait === undefined ? answer : new Promise((resolve) => setTimeout(resolve, wait)));
    await site.kill();
    await answer;

    const { code: kept, ...row } = new DatabaseSync(join(folder, 'server.sqlite'))
      .prepare('select code, last_sequence, min_code_key, code_failures from portal')
      .get() as Record<string, unknown>;
    const isWhole = kept === code.replace(/-/g, '');
    outcomes.add(isWhole ? 'whole' : 'nothing');
    const last = isWhole ? sequence : sequence - 1;
    expect(row).toEqual({ last_sequence: last, min_code_key: last, code_failures: 0 });

    const again = await siteProcess(portal, folder).start();
    const after = new Visitor(again);
    await after.logOn();
    const taken = await after.press(await after.open('/offline'), 'Enter code', { code });
    expect(headingOf(taken)).toBe('This system is registered');
    expect(taken.url.includes('note=already')).toBe(isWhole);
    await again.stop();
  }
  expect([...outcomes]).toContain('whole');
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it cleanly', async (signal) => {
  const site = await siteProcess(portal, newFolder()).start();
  const ended = until('its end', () =>
    fetch(`${site.url}/healthz`).then(
      () => false,
      () => true,
    ),
  );
  process.kill(site.pid, signal);
  await ended;
  await site.stop();
  expect(site.log).toBe('');
});

test('it ends with the process that started it', async () => {
  const starter = spawn(
    process.execPath,
    [
      '-e',
      `const { spawn } = require('node:child_process');
       const child = spawn(process.execPath, ['cli/datestone.mjs', 'agent', '--json'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
       setInterval(() => {}, 1000);`,
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], env: { ...environment(), PATH: process.env.PATH } },
  );
  const [line] = await once(starter.stdout, 'data');
  const { listening } = JSON.parse(String(line));
  expect((await fetch(`${listening}/healthz`)).status).toBe(200);
  starter.kill('SIGKILL');
  await until('the end of the agent', () =>
    fetch(`${listening}/healthz`).then(
      () => false,
      () => true,
    ),
  );
});

test('a configuration that is refused ends it with sentences', async () => {
  const child = spawn(process.execPath, ['cli/datestone.mjs', 'agent', '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment(), DATESTONE_SERVER_KIND: 'toaster', PATH: process.env.PATH },
  });
  let said = '';
  child.stderr.on('data', (part) => {
    said += part;
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(JSON.parse(said)).toEqual({
    title:
      'The agent cannot start: DATESTONE_SERVER_KIND is toaster, not one of enterprise-central, enterprise-server, smartx-server.',
  });
});

function environment() {
  return {
    DATESTONE_AGENT_DATA: newFolder(),
    DATESTONE_BUNDLE_FILE: portal.bundleFile,
    DATESTONE_SERVER_NAME: 'HN-A-ES01',
    DATESTONE_SERVER_KIND: 'enterprise-server',
    DATESTONE_SERVER_PRODUCT: 'Enterprise Server',
    DATESTONE_SERVER_VERSION: '3.2.4.1180',
    PORT: '0',
  };
}
