// What the commands on the portal's own machine are given: the operations on keys and on administrators, and the database of
// the portal that the environment names, whether portal processes run or not.

import { existsSync } from 'node:fs';
import type { Config } from './config.ts';
import * as administrators from './operations/administrators.ts';
import * as keys from './operations/keys.ts';
import { type Database, openDatabase } from './store/database.ts';
import { hasOurShape } from './store/migrate.ts';
import { runningPostgres, startEmbeddedPostgres } from './store/postgres.ts';

const operations = { ...keys, ...administrators };
/** All that can be done to a portal on its machine only. */
export type Operations = typeof operations;

export type InDatabase<T> =
  | { outcome: 'done'; result: T }
  /** No portal was ever started with this environment, or not with this version of the program. */
  | { outcome: 'no-portal' };

type Work<T> = (operations: Operations, db: Database) => Promise<T>;

/** Makes no database: a command in the wrong folder must not make keys for a portal that nobody has. */
export async function inPortalDatabase<T>(
  { databaseUrl, data }: Pick<Config, 'databaseUrl' | 'data'>,
  work: Work<T>,
): Promise<InDatabase<T>> {
  if (databaseUrl) return inDatabase(databaseUrl.reveal(), work);
  const folder = `${data}/postgres`;
  if (!existsSync(`${folder}/PG_VERSION`)) return { outcome: 'no-portal' };
  const running = runningPostgres(folder);
  if (running) return inDatabase(running, work);
  const started = await startEmbeddedPostgres(folder);
  try {
    return await inDatabase(started.url, work);
  } finally {
    await started.stop();
  }
}

async function inDatabase<T>(connectionString: string, work: Work<T>): Promise<InDatabase<T>> {
  const db = openDatabase({ connectionString, max: 2 });
  try {
    const isOurs = await hasOurShape(db).catch(isUndefinedTable);
    return isOurs ? { outcome: 'done', result: await work(operations, db) } : { outcome: 'no-portal' };
  } finally {
    await db.close();
  }
}

/** A database that no portal has used yet. Any other error is an outage. */
function isUndefinedTable(error: { code?: string }): false {
  if (error.code === '42P01') return false;
  throw error;
}
