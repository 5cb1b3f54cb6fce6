import type { TestProject } from 'vitest/node';
import { debianPostgres, startCluster } from './clusters.ts';

/** Only in the list of projects where Debian's PostgreSQL 15 is installed (vitest.config.ts). */
export default function setup(project: TestProject) {
  return startCluster(project, debianPostgres() ?? '');
}
