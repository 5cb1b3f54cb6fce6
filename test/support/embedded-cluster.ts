import type { TestProject } from 'vitest/node';
import { embeddedBinaries } from '../../portal/store/postgres-binaries.ts';
import { debianPostgres, startCluster } from './clusters.ts';

/** DATESTONE_TEST_POSTGRES=debian runs everything on Debian's PostgreSQL 15 instead. */
export default function setup(project: TestProject) {
  if (process.env['DATESTONE_TEST_POSTGRES'] !== 'debian') return startCluster(project, embeddedBinaries());
  const binaries = debianPostgres();
  if (!binaries) throw new Error('DATESTONE_TEST_POSTGRES=debian needs: apt-get install postgresql-15');
  return startCluster(project, binaries);
}
