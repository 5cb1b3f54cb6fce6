import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Looks for codes in a picture, or unpacks an archive. */
export interface Job {
  kind: 'picture' | 'archive';
  bytes: Uint8Array;
}

export type Done =
  | { outcome: 'codes'; texts: string[] }
  | { outcome: 'files'; files: { name: string; bytes: Uint8Array }[] }
  | {
      outcome: 'refused';
      why: 'picture-damaged' | 'picture-too-large' | 'archive-damaged' | 'archive-too-large' | 'too-many';
    };

/** What takes longer was made to take long. */
const LONGEST_JOB = 30_000;

let worker: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();

/** One thread, one job at a time: however many upload, one core is left for the pages. */
export function inThread(job: Job): Promise<Done> {
  const done = last.then(() => work(job));
  last = done;
  return done;
}

async function work(job: Job): Promise<Done> {
  worker ??= newWorker();
  const working = worker;
  working.postMessage(job);
  const answered = new AbortController();
  const signal = AbortSignal.any([answered.signal, AbortSignal.timeout(LONGEST_JOB)]);
  try {
    const [done] = await Promise.race([
      once(working, 'message', { signal }),
      once(working, 'exit', { signal }).then(() => Promise.reject(new Error('The thread ended.'))),
    ]);
    answered.abort();
    return done as Done;
  } catch {
    // It hangs, or ran out of memory: the next job gets a new one.
    worker = undefined;
    await working.terminate();
    return { outcome: 'refused', why: `${job.kind}-damaged` };
  }
}

function newWorker(): Worker {
  const made = new Worker(new URL('./worker.ts', import.meta.url), {
    // Decoding a picture of the largest size takes far less.
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  // A portal that stops does not wait for it.
  made.unref();
  return made;
}
