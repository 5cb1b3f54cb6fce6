import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newLog } from '../ui/log.ts';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { followKeys } from './follow-keys.ts';
import { startHousekeeping } from './housekeeping.ts';
import { startMailing } from './mail/sender.ts';
import { serveMetrics } from './metrics.ts';
import type { Portal } from './portal.ts';
import type { Secret } from './secret.ts';
import { openDatabase } from './store/database.ts';
import { loadKeys } from './store/keys.ts';
import { migrate } from './store/migrate.ts';
import { startEmbeddedPostgres } from './store/postgres.ts';

export interface RunningPortal {
  url: string;
  /** For programs that work beside the pages in the same process: seeding, tests. */
  portal: Portal;
  /** Comes when the PostgreSQL of its own has ended by itself, and says so. */
  failed: Promise<string> | undefined;
  /** Takes no more requests, answers those that it has, lets the mail that is on its way arrive, and deletes to its end. */
  close(): Promise<void>;
}

/** Starts in the order in which things need one another, and stops in the opposite one. */
export async function start(config: Config): Promise<RunningPortal> {
  const log = newLog('portal', config.logLevel);
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(`${config.data}/postgres`);
  const connectionString = config.databaseUrl?.reveal() ?? embedded?.url;
  const db = openDatabase({ connectionString }, (error) => log.warn({ err: error }, 'a database connection ended'));
  await migrate(db);
  const keys = await loadKeys(db, { url: config.url, name: config.name, now: new Date() });
  await writeWhole(config.bundleFile, keys.bundleDocument);

  const { url, name, timeZone, providers } = config;
  const { checkInSeconds, claimLimit, resignationDays, keepMailsDays, keepClosedDays } = config;
  const { requestsPerMinute, apiCallsPerMinute } = config;
  const days = { resignationDays, keepMailsDays, keepClosedDays };
  const numbers = { checkInSeconds, claimLimit, ...days, requestsPerMinute, apiCallsPerMinute };
  const portal: Portal = {
    db,
    keys,
    settings: { url, name, timeZone, providers, ...numbers },
    now: () => new Date(),
  };
  const app = await buildApp(portal, log);
  const following = followKeys(portal, log, ({ keys }) => writeWhole(config.bundleFile, keys.bundleDocument));
  const mailing = config.smtpUrl ? startMailing(portal, mailSettings(config, config.smtpUrl), log) : undefined;
  if (!mailing) log.warn('SMTP_URL is not set: mails stay in the outbox');
  const metrics = config.metrics ? await serveMetrics(db, portal.now, config.metrics) : undefined;
  if (metrics) log.info(`Metrics are at ${metrics.url}`);
  await app.listen({ host: config.host, port: config.port });
  const housekeeping = startHousekeeping(portal, log);
  return {
    url,
    portal,
    failed: embedded?.ended,
    close: async () => {
      following.stop();
      await Promise.all([app.close(), mailing?.stop(), housekeeping.stop()]);
      await metrics?.close();
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
  const temporary = `${file}.${randomBytes(6).toString('hex')}.new`;
  await writeFile(temporary, content, { mode: 0o644 });
  await rename(temporary, file);
}
