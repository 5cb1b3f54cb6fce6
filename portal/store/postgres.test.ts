import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseUrl, startEmbeddedPostgres } from './postgres.ts';

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'datestone-postgres-'));
  data = path.join(folder, 'deeper/data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what was written is there after stop and start', async () => {
  const first = await startEmbeddedPostgres(data);
  await query(first.url, 'create database kept');
  await query(databaseUrl(first.url, 'kept'), 'create table t as select 42 as n');
  await first.stop();

  const second = await startEmbeddedPostgres(data);
  expect(await query(databaseUrl(second.url, 'kept'), 'select n from t')).toEqual([{ n: 42 }]);
  await second.stop();
});

test('it keeps the durability that PostgreSQL has by default', async () => {
  const postgres = await startEmbeddedPostgres(data);
  const settings = `select name, setting from pg_settings where name in ('fsync','synchronous_commit','full_page_writes') order by 1`;
  expect(await query(postgres.url, settings)).toEqual([
    { name: 'fsync', setting: 'on' },
    { name: 'full_page_writes', setting: 'on' },
    { name: 'synchronous_commit', setting: 'on' },
  ]);
  await postgres.stop();
});

test('it listens on a socket only, and nobody else may enter its folders', async () => {
  const postgres = await startEmbeddedPostgres(data);
  expect(await query(postgres.url, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  const socketFolder = new URL(postgres.url).searchParams.get('host') ?? '';
  expect([statSync(socketFolder).mode & 0o077, statSync(data).mode & 0o077]).toEqual([0, 0]);
  await postgres.stop();
  expect(existsSync(socketFolder)).toBe(false);
});

test('it ends with a parent that was killed, and the next start finds every committed row', async () => {
  const { program, pid, url } = await startInAnotherProcess();
  expect(isRunning(pid)).toBe(true);
  await query(url, 'create table t as select generate_series(1, 1000) as n');
  program.kill('SIGKILL');
  await once(program, 'exit');

  const next = await startEmbeddedPostgres(data);
  expect(isRunning(pid)).toBe(false);
  expect(await query(next.url, 'select count(*)::int as n from t')).toEqual([{ n: 1000 }]);
  await next.stop();
});

test('a database that another running program has started is refused in a sentence', async () => {
  const { program, pid } = await startInAnotherProcess();
  await expect(startEmbeddedPostgres(data)).rejects.toThrow(
    `The database in ${data} is in use by process ${pid}. Stop the program that started it first.`,
  );
  program.kill('SIGKILL');
  await once(program, 'exit');
  await (await startEmbeddedPostgres(data)).stop();
});

test('a lock file whose process number belongs to something else does not keep it from starting', async () => {
  await (await startEmbeddedPostgres(data)).stop();
  writeFileSync(path.join(data, 'postmaster.pid'), `${process.pid}\n${data}\n0\n5432\n/tmp\n\n0 0\nready\n`);
  const postgres = await startEmbeddedPostgres(data);
  expect(Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0])).toBe(postgres.pid);
  await postgres.stop();
});

test('a database whose making was interrupted is made anew', async () => {
  mkdirSync(`${data}.unfinished`, { recursive: true });
  writeFileSync(path.join(`${data}.unfinished`, 'PG_VERSION'), '18\n');
  const postgres = await startEmbeddedPostgres(data);
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await postgres.stop();
});

/** Its parent is a process that a test may kill. */
async function startInAnotherProcess() {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)});
    const { url, pid } = await startEmbeddedPostgres(${JSON.stringify(data)});
    process.send({ url, pid });
    setInterval(() => {}, 1000);`;
  const program = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ url, pid }] = (await once(program, 'message')) as [{ url: string; pid: number }];
  return { program, url, pid };
}

/** A process that nobody waited for has ended too, but keeps its number; only its command line is gone. */
function isRunning(pid: number): boolean {
  const commandLine = `/proc/${pid}/cmdline`;
  return existsSync(commandLine) && readFileSync(commandLine, 'utf8') !== '';
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query(statement)
    .then((result) => result.rows)
    .finally(() => client.end());
}
