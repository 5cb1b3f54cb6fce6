import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { FormClient, textOf } from './form-client.ts';
import type { Places } from './places.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'datestone-demo-'));
const data = path.join(folder, 'demo');
// Five ports in a row, below those that the system gives away, and others in a run beside this one.
const base = 20_000 + (process.pid % 1000) * 10;
let demo: ChildProcess;
let places: Places;

beforeAll(async () => {
  [demo, places] = await startDemo();
});
afterAll(() => {
  demo.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('both servers show their sites before anybody logs on', async () => {
  const browser = new FormClient();
  expect(textOf((await browser.get(places.enterpriseServer)).html)).toContain('Hospital North, Building A');
  expect(textOf((await browser.get(places.smartxServer)).html)).toContain('Harbour Library');
});

test('the integrator logs on with what the demonstration prints, and has twenty sites', async () => {
  const browser = new FormClient();
  const logOn = await browser.get(places.portal);
  await browser.press(logOn, 'Log on', { email: places.integrator, password: places.password });
  const systems = textOf((await browser.get(`${places.portal}/systems`)).html);
  expect(systems).toContain('Hospital North, Building A');
  expect(systems).toMatch(/\b20\b/);
});

test('the integrator comes in through Buildings Exchange too, to the same sites', async () => {
  const browser = new FormClient();
  const logOn = await browser.get(`${places.portal}/log-on`);
  const choose = await browser.follow(logOn, 'Log on with Buildings Exchange');
  const systems = textOf((await browser.press(choose, 'Select Lena Brandt')).html);
  expect(systems).toContain('Hospital North, Building A');
  expect(textOf((await browser.get(`${places.portal}/account`)).html)).toContain('Buildings Exchange: linked');
});

test('ports that are taken are named, with what to do', async () => {
  const other = run('--data', path.join(folder, 'other'), '--port-base', `${base}`);
  let said = '';
  other.stderr?.on('data', (text) => {
    said += text;
  });
  const [code] = await once(other, 'exit');
  expect(code).toBe(1);
  expect(said).toMatch(/another program uses port \d+\. Choose another port/);
});

test('after a kill nothing of it runs on, and the next start finds everything as it was', async () => {
  demo.kill('SIGKILL');
  await once(demo, 'exit');
  await until('the servers to end with the demonstration', async () => {
    const answers = await Promise.allSettled([fetch(places.enterpriseServer), fetch(places.smartxServer)]);
    return answers.every(({ status }) => status === 'rejected');
  });
  [demo, places] = await startDemo();
  const plate = textOf((await new FormClient().get(places.enterpriseServer)).html);
  expect(plate).toContain('Hospital North, Building A');
});

test('Ctrl-C stops it in order', async () => {
  const lock = path.join(data, 'portal/postgres/postmaster.pid');
  expect(existsSync(lock)).toBe(true);
  const pid = readFileSync(lock, 'utf8').split('\n')[0];
  demo.kill('SIGINT');
  expect(await once(demo, 'exit')).toEqual([0, null]);
  expect(existsSync(lock)).toBe(false);
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});

async function startDemo(): Promise<[ChildProcess, Places]> {
  const child = run('--json', '--data', data, '--port-base', `${base}`);
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  if (!child.stdout) throw new Error('The demonstration has no output.');
  for await (const line of createInterface({ input: child.stdout })) return [child, JSON.parse(line) as Places];
  throw new Error(`The demonstration ended:\n${said}`);
}

function run(...args: string[]): ChildProcess {
  const program = path.join(import.meta.dirname, '../datestone.mjs');
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  return spawn(process.execPath, [program, 'demo', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
}
