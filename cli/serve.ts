import { setTimeout as pause } from 'node:timers/promises';
import { Failure, startFailure } from './problems.ts';

interface Service {
  url: string;
  /** Comes if something without which it cannot go on is lost, and says what. */
  failed?: Promise<string> | undefined;
  /** Finishes what it has begun. */
  close(): Promise<void>;
}

/** Whoever stops services for good waits half a minute: systemd, Kubernetes, and a container with that grace period. */
const LONGEST_STOP_SECONDS = 25;

/** Starts a service, says where it listens, and stops it when it is told to. */
export async function serve(what: string, json: boolean | undefined, start: () => Promise<Service>): Promise<void> {
  const running = await start().catch((error: unknown) => {
    throw startFailure(what, error);
  });
  const { url } = running;
  process.stdout.write(json ? `${JSON.stringify({ listening: url })}\n` : `${what} listens at ${url}\n`);
  const failed = await untilToldToStop(running.failed);
  // Without it nothing can be finished.
  if (failed) throw new Failure(`${what} ends: ${failed}`);
  const finished = await Promise.race([
    running.close().then(() => true),
    pause(LONGEST_STOP_SECONDS * 1000, false, { ref: false }),
  ]);
  if (!finished) {
    throw new Failure(`${what} was stopped before all that it had begun was finished in ${LONGEST_STOP_SECONDS} s.`);
  }
}

/**
 * By a signal, because the program of ours that started it is gone, or because it has failed, which is returned. Only once:
 * after it a signal has its usual effect, so that a second one ends the process in the middle of what it still finishes.
 */
export function untilToldToStop(failed?: Promise<string>): Promise<string | undefined> {
  const ways = ['SIGINT', 'SIGTERM', 'disconnect'];
  return new Promise((resolve) => {
    const stop = (why?: string) => {
      for (const way of ways) process.off(way, told);
      resolve(why);
    };
    const told = () => stop();
    for (const way of ways) process.on(way, told);
    void failed?.then(stop);
  });
}
