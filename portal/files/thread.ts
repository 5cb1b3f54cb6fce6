import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Left, LIMITS } from './limits.ts';

export type Codes =
  | { outcome: 'codes'; texts: string[] }
  | { outcome: 'refused'; why: 'picture-damaged' | 'picture-too-large' | 'too-long' };

/** What the thread says: also, whether it holds too much memory to look at another picture. */
export type Answer = Codes & { isSpent?: boolean };

let worker: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * One at a time: however many upload, one core is left for the pages. An upload asks for its next turn when it had the one
 * before, so uploads take turns, and who comes with one file waits for one file of each of the others.
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = last.then(work);
  last = done.catch(() => undefined);
  return done;
}

/** Looks for codes in a picture. */
export function codesIn(picture: Uint8Array, left: Left): Promise<Codes> {
  return inTurn(async () => {
    if (left.milliseconds <= 0) return { outcome: 'refused', why: 'too-long' };
    const began = performance.now();
    const codes = await look(picture);
    left.milliseconds -= performance.now() - began;
    return codes;
  });
}

async function look(picture: Uint8Array): Promise<Codes> {
  worker ??= newWorker();
  const working = worker;
  let isLate = false;
  const clock = setTimeout(() => {
    isLate = true;
    void working.terminate();
  }, LIMITS.picture);
  const answered = new AbortController();
  working.postMessage(picture);
  try {
    const [{ isSpent = false, ...codes }]: [Answer] = await Promise.race([
      once(working, 'message', answered) as Promise<[Answer]>,
      once(working, 'exit', answered).then(() => Promise.reject(new Error('The thread ended.'))),
    ]);
    if (isSpent) await working.terminate();
    return codes;
  } catch {
    // It was ended, or ended by itself.
    await working.terminate();
    return { outcome: 'refused', why: isLate ? 'too-long' : 'picture-damaged' };
  } finally {
    clearTimeout(clock);
    answered.abort();
  }
}

function newWorker(): Worker {
  const made = new Worker(new URL('./worker.ts', import.meta.url), {
    // What it holds beside WebAssembly, whose memory follows from the size of the picture.
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  // However it ends, the next picture gets a new one; what it says of its end, the picture that it was looking at has told.
  const forget = () => {
    if (worker === made) worker = undefined;
  };
  made.on('error', forget).once('exit', forget);
  // A portal that stops does not wait for it.
  made.unref();
  return made;
}
