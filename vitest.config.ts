import { defineConfig } from 'vitest/config';
import { ClosingLine } from './scripts/closing-line.ts';
import { debianPostgres } from './test/support/clusters.ts';

// A limit of time only ends what hangs; nothing asserts how long something took.
const limits = { testTimeout: 240_000, hookTimeout: 120_000, teardownTimeout: 30_000 };
const jsx = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } } as const;

// Projects begin in the order of their names. A file of this one takes a minute, which would leave a core idle at the end.
const rules = { name: 'logic', include: ['{core,api,ui}/**/*.test.{ts,tsx}'] };
const parts = {
  name: 'parts',
  include: ['{portal,agent,cli,bench,scripts,test}/**/*.test.{ts,tsx}'],
  globalSetup: 'test/support/embedded-cluster.ts',
};
const onPostgres15 = {
  name: 'postgres 15',
  include: ['portal/store/**/*.test.ts', 'portal/operations/associate.test.ts'],
  exclude: ['portal/store/postgres.test.ts'],
  globalSetup: 'test/support/debian-cluster.ts',
};
const notRun = debianPostgres() ? [] : ['the store on PostgreSQL 15 (there is no /usr/lib/postgresql/15/bin/postgres)'];

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine(notRun)],
    // Processes, not threads: a PostgreSQL started by a test ends with the process that started it.
    pool: 'forks',
    maxWorkers: 2,
    // One file after the other in the same process: each would load the portal anew, a second of a core.
    isolate: false,
    projects: [rules, parts, ...(debianPostgres() ? [onPostgres15] : [])].map((test) => ({
      ...jsx,
      test: { ...limits, ...test },
    })),
  },
});
