import type { InDatabase, Operations } from '../portal/by-command.ts';
import { EXIT, Failure } from './problems.ts';

type Database = Parameters<Operations['showKeys']>[0];

/** Does something to the portal that has this environment, whether it runs or not. */
export async function atPortal<T extends { outcome: string }>(
  work: (operations: Operations, db: Database) => Promise<T>,
): Promise<Exclude<T, { outcome: 'no-keys' }>> {
  const { readConfig } = await import('../portal/config.ts');
  const { inPortalDatabase } = await import('../portal/by-command.ts');
  let found: InDatabase<T>;
  try {
    found = await inPortalDatabase(readConfig(process.env), work);
  } catch (error) {
    throw error instanceof Failure ? error : asFailure(error as Error & { code?: string });
  }
  if (found.outcome === 'no-portal' || found.result.outcome === 'no-keys') {
    throw new Failure(
      'There is no portal with keys here. Give the environment of the portal, and start it once.',
      EXIT.usage,
    );
  }
  return found.result as Exclude<T, { outcome: 'no-keys' }>;
}

/** What the environment lacks, and a database that does not answer, are said in a sentence; the rest is a defect. */
function asFailure(error: Error & { code?: string }): Error {
  if (error.constructor.name === 'ConfigError') return new Failure(error.message, EXIT.usage);
  const isOutage = /^(ECONN|ENOTFOUND|ETIMEDOUT|28|3D|57)/.test(error.code ?? '');
  return isOutage
    ? new Failure(`The database of the portal does not answer: ${error.message}`, EXIT.notReached)
    : error;
}
