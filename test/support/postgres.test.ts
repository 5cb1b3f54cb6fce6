import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../portal/store/sql.ts';
import { type TestDatabase, testDatabase } from './postgres.ts';

let one: TestDatabase;
let other: TestDatabase;
beforeAll(async () => {
  [one, other] = await Promise.all([testDatabase(), testDatabase()]);
});
afterAll(() => Promise.all([one.drop(), other.drop()]));

test('a test file has a database of its own with every migration applied', async () => {
  await one.db.rows(sql`insert into migration (name) values ('only here')`);
  const names = async ({ db }: TestDatabase) =>
    (await db.rows(sql<{ name: string }>`select name from migration`)).map((m) => m.name);
  expect(await names(one)).toContain('only here');
  expect(await names(other)).not.toContain('only here');
  expect((await names(other)).length).toBeGreaterThan(0);
});
