import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { leaveSeats } from './operations/end-seat.ts';
import { expireInvitations } from './operations/expire-invitations.ts';
import { forget } from './operations/forget.ts';
import type { Portal } from './portal.ts';

/** Ends and deletes what is past its use, soon after the start and then every hour. */
export interface Housekeeping {
  stop(): Promise<void>;
}

const HOUR_MS = 60 * 60 * 1000;

export function startHousekeeping(portal: Portal, log: Logger): Housekeeping {
  const stopping = new AbortController();
  const done = keepHouse(stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };

  async function keepHouse(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const expired = await expireInvitations(portal);
        if (expired > 0) log.info({ expired }, 'invitations that nobody took have ended');
        const left = await leaveSeats(portal);
        if (left > 0) log.info({ left }, 'integrators have left, as they had said');
        const forgotten = await forget(portal);
        if (forgotten !== 'elsewhere') log.info({ forgotten }, 'what is past its use was deleted');
      } catch (error) {
        log.error({ err: error }, 'what is past its use could not be deleted');
      }
      await pause(HOUR_MS, undefined, { signal }).catch(() => {});
    }
  }
}
