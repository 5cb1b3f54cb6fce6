import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../portal/store/database.ts';
import { databaseUrl } from '../../portal/store/postgres.ts';
import { asAdmin } from './clusters.ts';

export interface TestDatabase {
  /** For DATABASE_URL of a portal process, for pgbench, for psql. */
  url: string;
  db: Database;
  drop(): Promise<void>;
}

/**
 * A database of its own with every migration applied, copied from the run's template. Take one in `beforeAll` and drop
 * it in `afterAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(inject('postgres'), `create database ${name} template migrated`);
  const url = databaseUrl(inject('postgres'), name);
  const db = openDatabase({ connectionString: url });
  return {
    url,
    db,
    drop: async () => {
      await db.close();
      await asAdmin(inject('postgres'), `drop database ${name} with (force)`);
    },
  };
}
