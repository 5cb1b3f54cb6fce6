import type { Logger } from 'pino';
import type { Portal } from './portal.ts';
import { newerKeys } from './store/keys.ts';

/** As long as a process may go on with keys that another has changed: sites take codes under the key before meanwhile. */
const LOOKS_EVERY_MS = 5000;

/**
 * Keys are changed by the command line, or by another portal process. Each that runs looks for a newer bundle, by one row of
 * an index, and goes on with the keys that it names. `then` is told of them.
 */
export function followKeys(portal: Portal, log: Logger, then: (portal: Portal) => Promise<void>): { stop(): void } {
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error) => log.warn({ err: error }, 'the keys could not be looked at'))
      .finally(() => {
        looking = false;
      });
  }, LOOKS_EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };

  async function look(): Promise<void> {
    const newer = await newerKeys(portal.db, portal.keys.bundle.version);
    if (!newer) return;
    portal.keys = newer;
    const { version, min_code_key } = newer.bundle;
    log.info({ version, codeKey: min_code_key }, 'the keys were changed: going on with the newer bundle');
    await then(portal);
  }
}
