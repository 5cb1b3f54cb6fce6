import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { buildApp } from './app.ts';
import { type Config, ConfigError, readConfig, type Secret } from './config.ts';
import { startMailing } from './mail/sender.ts';
import type { Portal } from './portal.ts';
import { openDatabase } from './store/database.ts';
import { loadKeys } from './store/keys.ts';
import { migrate } from './store/migrate.ts';
import { startEmbeddedPostgres } from './store/postgres.ts';

export interface RunningPortal {
  url: string;
  /** For programs that work beside the pages in the same process: seeding, tests. */
  portal: Portal;
  close(): Promise<void>;
}

/** Starts in the order in which things need one another, and stops in the opposite one. */
export async function start(config: Config): Promise<RunningPortal> {
  const log = pino({ level: 'info', base: { program: 'portal' } }, pino.destination(2));
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(`${config.data}/postgres`);
  const connectionString = config.databaseUrl?.reveal() ?? embedded?.url;
  const db = openDatabase({ connectionString }, (error) =>
    log.warn({ error: error.message }, 'a database connection ended'),
  );
  await migrate(db);
  const keys = await loadKeys(db, { url: config.url, name: config.name, now: new Date() });
  await writeWhole(config.bundleFile, keys.bundleDocument);

  const { url, name, checkInSeconds, claimLimit, requestsPerMinute, timeZone } = config;
  const portal: Portal = {
    db,
    keys,
    settings: { url, name, checkInSeconds, claimLimit, requestsPerMinute, timeZone },
    now: () => new Date(),
  };
  const app = await buildApp(portal, log);
  const mailing = config.smtpUrl ? startMailing(portal, mailSettings(config, config.smtpUrl), log) : undefined;
  if (!mailing) log.warn('SMTP_URL is not set: mails stay in the outbox');
  await app.listen({ host: config.host, port: config.port });
  return {
    url,
    portal,
    close: async () => {
      await app.close();
      await mailing?.stop();
      await db.close();
      await embedded?.stop();
    },
  };
}

function mailSettings(config: Config, smtpUrl: Secret) {
  return { smtpUrl, from: config.mailFrom, gatherSeconds: config.mailGatherSeconds };
}

/** A reader sees the old file or the new one, never half of it. */
async function writeWhole(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.new`;
  await writeFile(temporary, content, { mode: 0o644 });
  await rename(temporary, file);
}

async function run(): Promise<void> {
  try {
    const running = await start(readConfig(process.env));
    process.stdout.write(`${JSON.stringify({ listening: running.url })}\n`);
    let stopping = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (stopping) return;
        stopping = true;
        running.close().then(
          () => process.exit(0),
          () => process.exit(1),
        );
      });
    }
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : startProblem(error)}\n`);
    process.exit(1);
  }
}

function startProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return 'The portal cannot start: another program uses its port. Choose another with PORT.';
  return `The portal cannot start: ${message}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await run();
