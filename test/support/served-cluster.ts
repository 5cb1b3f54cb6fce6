import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cast } from '../../portal/seed.ts';
import { Cluster } from './cluster.ts';
import { providersFile } from './exchange.ts';
import { type TestPortal, testCast, testPortal } from './portal.ts';
import { type TestDatabase, testDatabase } from './postgres.ts';
import { Mailbox } from './smtp.ts';

/** Two portal processes behind one address, with what stands around them. The clock is everybody's. Start them. */
export interface ServedCluster {
  url: string;
  /** The same database, for a test to look into and to prepare. */
  portal: TestPortal;
  cast: Cast;
  cluster: Cluster;
  database: TestDatabase;
  mailbox: Mailbox;
  close(): Promise<void>;
}

interface ClusterSettings {
  /** Where Buildings Exchange will be. */
  exchangePort?: number;
  env?: Record<string, string>;
}

export async function serveCluster({ exchangePort, env }: ClusterSettings = {}): Promise<ServedCluster> {
  const [database, mailbox] = await Promise.all([testDatabase(), new Mailbox().start()]);
  const folder = mkdtempSync(join(tmpdir(), 'datestone-cluster-'));
  const providers = join(folder, 'providers.json');
  if (exchangePort) writeFileSync(providers, providersFile(exchangePort));
  const cluster = await Cluster.of({
    databaseUrl: database.url,
    data: folder,
    smtpUrl: mailbox.url,
    env: {
      DATESTONE_PORTAL_NAME: 'Test portal',
      DATESTONE_MAIL_GATHER_SECONDS: '0',
      DATESTONE_API_CALLS_PER_MINUTE: '100000',
      DATESTONE_CLAIM_LIMIT: '1000',
      ...(exchangePort && { DATESTONE_OIDC_PROVIDERS: providers }),
      ...env,
    },
  });
  const portal = await testPortal(database.db, cluster.url);
  portal.now = () => new Date();
  const cast = await testCast(portal);
  const close = async () => {
    await cluster.kill();
    await mailbox.stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: cluster.url, portal, cast, cluster, database, mailbox, close };
}
