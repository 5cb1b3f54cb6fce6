// A PostgreSQL of one's own, for whoever has none: the portal starts it, owns it, and it ends with the portal.
// It listens on a socket only, in a folder that nobody else can enter, and keeps PostgreSQL's default durability.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { embeddedBinaries } from './postgres-binaries.ts';

export interface RunningPostgres {
  /** A connection string for the database "postgres"; of another database: `databaseUrl(url, name)`. */
  url: string;
  pid: number;
  /** Comes when it has ended without having been stopped, and says so. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

const USER = 'datestone';

/**
 * Starts the PostgreSQL that npm installed, on the database in `dataDir`, which is made if it is not there.
 * Throws an Error whose message is a sentence for the operator.
 */
export function startEmbeddedPostgres(dataDir: string): Promise<RunningPostgres> {
  return startPostgres(embeddedBinaries(), dataDir);
}

/** The same with the binaries of another folder: the tests run on Debian's PostgreSQL too. */
export async function startPostgres(binaries: string, dataDir: string): Promise<RunningPostgres> {
  const data = path.resolve(dataDir);
  if (!existsSync(path.join(data, 'PG_VERSION'))) await makeDatabase(binaries, data);
  await waitForAnother(data);

  const socketFolder = privateSocketFolder(data);
  const settings = { listen_addresses: '', unix_socket_directories: socketFolder, unix_socket_permissions: '0700' };
  const [command, ...args] = await unprivileged([
    // Dies with its parent, even a parent that was killed: nobody is left who could stop it.
    ...['setpriv', '--pdeathsig', 'INT'],
    ...[path.join(binaries, 'postgres'), '-D', data],
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  // A group of its own: Ctrl-C reaches the portal, which stops it when its own work is done.
  const postgres = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true, env: environment() });
  await untilReady(postgres);

  const url = urlAt(socketFolder);
  let stopping = false;
  const ended = new Promise<string>((say) => {
    postgres.once('exit', (code, signal) => {
      if (!stopping)
        say(`its PostgreSQL in ${data} has ended by itself (${signal ?? `code ${code}`}). Start it again.`);
    });
  });
  return {
    url,
    pid: postgres.pid ?? 0,
    ended,
    stop: () => {
      stopping = true;
      return stop(postgres, socketFolder);
    },
  };
}

/** The connection string of the PostgreSQL that another program of ours runs on the database in `dataDir`, if one does. */
export function runningPostgres(dataDir: string): string | undefined {
  const data = path.resolve(dataDir);
  const lines = textOf(path.join(data, 'postmaster.pid'))?.split('\n') ?? [];
  const isReady = lines[7]?.trim() === 'ready' && runsOn(Number(lines[0]), data);
  return isReady && lines[4] ? urlAt(lines[4]) : undefined;
}

function urlAt(socketFolder: string): string {
  return `postgresql://${USER}@localhost/postgres?host=${encodeURIComponent(socketFolder)}`;
}

/** The connection string of another database on the same server. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

async function makeDatabase(binaries: string, data: string): Promise<void> {
  // Made beside its place and then moved there, so that a kill in the middle leaves no half database.
  const unfinished = `${data}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(path.dirname(data), { recursive: true });
  const [command, ...args] = await unprivileged([
    ...[path.join(binaries, 'initdb'), '-D', unfinished, '-U', USER, '--auth=trust', '--encoding=UTF8'],
    ...['--no-locale', '--no-instructions', '--data-checksums'],
  ]);
  await promisify(execFile)(command, args, { env: environment() });
  renameSync(unfinished, data);
}

/** PostgreSQL refuses to run as root. In a user namespace root is an ordinary user who still owns its files. */
async function unprivileged(command: string[]): Promise<[string, ...string[]]> {
  const namespace = ['--user', '--map-user=1000', '--map-group=1000'];
  if (process.getuid?.() !== 0) return command as [string, ...string[]];
  try {
    await promisify(execFile)('unshare', [...namespace, 'true']);
  } catch (cause) {
    throw new Error(
      'PostgreSQL does not run as root, and this machine does not let root make a user namespace for it. ' +
        'Start the portal as another user, or name a PostgreSQL in DATABASE_URL.',
      { cause },
    );
  }
  return ['unshare', ...namespace, ...command];
}

/**
 * After a kill of its parent a PostgreSQL needs a moment to shut down; one that stays ready belongs to a program that
 * still runs. A process number in the lock file that now belongs to something else (the machine was switched off)
 * would keep PostgreSQL from starting for ever.
 */
async function waitForAnother(data: string): Promise<void> {
  const lock = path.join(data, 'postmaster.pid');
  for (let readyFor = 0; ; await pause(100)) {
    // Read at once, not looked for first: the other one may take it away in between.
    const lines = textOf(lock)?.split('\n');
    if (!lines) return;
    const pid = Number(lines[0]);
    if (!runsOn(pid, data)) return rmSync(lock, { force: true });
    readyFor = lines[7]?.trim() === 'ready' ? readyFor + 1 : 0;
    if (readyFor > 20) {
      throw new Error(`The database in ${data} is in use by process ${pid}. Stop the program that started it first.`);
    }
  }
}

function runsOn(pid: number, data: string): boolean {
  return textOf(`/proc/${pid}/cmdline`)?.split('\0').includes(data) ?? false;
}

/** What a file holds; `undefined` if it is not there. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // ESRCH: the process ended while its file was read.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

/** A socket's path may have 107 bytes, a data folder's more: so the socket has a short folder elsewhere. */
function privateSocketFolder(data: string): string {
  const name = createHash('sha256').update(data).digest('hex').slice(0, 12);
  const folder = path.join(tmpdir(), `datestone-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new Error(`${folder} belongs to somebody else or can be entered by others. Remove it and start again.`);
  }
  return folder;
}

/** What is set for the operator's own psql (PGDATA, PGPORT, a locale) is not meant for this server. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

async function untilReady(postgres: ChildProcess): Promise<void> {
  let log = '';
  await new Promise<void>((ready, failed) => {
    postgres.once('error', failed);
    postgres.once('exit', () => failed(new Error(`PostgreSQL did not start. Its last words:\n${log}`)));
    postgres.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4000);
      if (log.includes('ready to accept connections')) ready();
    });
  });
}

async function stop(postgres: ChildProcess, socketFolder: string): Promise<void> {
  if (postgres.exitCode === null && postgres.signalCode === null) {
    const exit = once(postgres, 'exit');
    postgres.kill('SIGINT');
    await exit;
  }
  rmSync(socketFolder, { recursive: true, force: true });
}
