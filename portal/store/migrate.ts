import { readdirSync, readFileSync } from 'node:fs';
import type { Database, Queries } from './database.ts';
import { sql } from './sql.ts';

const FOLDER = new URL('./migrations/', import.meta.url);
// Any number; the same for all portals, so that two that start together do not migrate at once.
const LOCK = 7246001;

/**
 * Brings the database to the present shape: files in the order of their names, each once, never backwards. All of them
 * stand in one transaction, so that a failed start leaves the database as it was.
 */
export async function migrate(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(${LOCK})`);
    await tx.rows(sql`
      create table if not exists migration (name text primary key, applied_at timestamptz not null default now())`);
    const applied = new Set((await tx.rows(sql<{ name: string }>`select name from migration`)).map((m) => m.name));
    for (const file of migrationFiles()) {
      if (applied.has(file)) continue;
      await tx.script(readFileSync(new URL(file, FOLDER), 'utf8'));
      await tx.rows(sql`insert into migration (name) values (${file})`);
    }
  });
}

/** Does the database answer, and has it the shape that this program expects? */
export async function hasOurShape(db: Queries): Promise<boolean> {
  const files = migrationFiles();
  const row = await db.row(sql<{ applied: number }>`
    select count(*)::int as applied from migration where name = any(${files}::text[])`);
  return row?.applied === files.length;
}

function migrationFiles(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort();
}
