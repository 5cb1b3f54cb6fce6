import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../portal/store/database.ts';
import { migrate } from '../../portal/store/migrate.ts';
import { databaseUrl, startPostgres } from '../../portal/store/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The database "postgres" of the run's own PostgreSQL. */
    postgres: string;
  }
}

/** The binaries of Debian's PostgreSQL 15, the oldest that Datestone supports, if this machine has them. */
export function debianPostgres(): string | undefined {
  const binaries = '/usr/lib/postgresql/15/bin';
  return existsSync(path.join(binaries, 'postgres')) ? binaries : undefined;
}

/** One PostgreSQL for a whole run, with a migrated template from which each test file takes a copy. */
export async function startCluster(project: TestProject, binaries: string): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'datestone-test-'));
  const postgres = await startPostgres(binaries, path.join(folder, 'data'));
  // What a test kills are processes, and those leave what they have written to the machine.
  await asAdmin(postgres.url, 'alter system set fsync = off');
  await asAdmin(postgres.url, 'select pg_reload_conf()');
  await asAdmin(postgres.url, 'create database migrated');
  const template = openDatabase({ connectionString: databaseUrl(postgres.url, 'migrated') });
  await migrate(template);
  await template.close();

  project.provide('postgres', postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** For what cannot stand inside a transaction. */
export async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
