import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const DEBIAN = '/usr/lib/postgresql';

/** Debian's pgbench, installed where it is missing. */
export function findPgbench(): string {
  return installed() ?? install();
}

function installed(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined;
  return readdirSync(DEBIAN)
    .map((version) => `${DEBIAN}/${version}/bin/pgbench`)
    .filter((path) => existsSync(path))
    .sort()
    .at(-1);
}

function install(): string {
  process.stderr.write('pgbench is missing: installing Debian’s package postgresql.\n');
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const update = 'apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql';
  execFileSync('env', [...asRoot, 'sh', '-c', update], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const found = installed();
  if (!found) throw new Error('pgbench could not be installed. Install Debian’s package postgresql yourself.');
  return found;
}

/** Transactions a second of a script, by as many clients on prepared statements. */
export function pgbench(
  program: string,
  databaseUrl: string,
  script: string,
  { clients, seconds, variables }: { clients: number; seconds: number; variables: Record<string, number> },
): number {
  const defines = Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
  const options = ['-n', '-M', 'prepared', '-c', `${clients}`, '-j', '2', '-T', `${seconds}`, ...defines, '-f', script];
  const run = spawnSync(program, [...options, databaseUrl], { encoding: 'utf8' });
  const tps = /^tps = ([\d.]+)/m.exec(run.stdout)?.[1];
  const failed = /number of failed transactions: ([1-9]\d*)/.exec(run.stdout);
  if (run.status !== 0 || !tps || failed) throw new Error(`pgbench failed:\n${run.stdout}\n${run.stderr}`);
  return Number(tps);
}
