import { startFailure } from './problems.ts';

/** Starts a service, says where it listens, and stops it when it is told to. */
export async function serve(
  what: string,
  json: boolean | undefined,
  start: () => Promise<{ url: string; close(): Promise<void> }>,
): Promise<void> {
  const running = await start().catch((error: unknown) => {
    throw startFailure(what, error);
  });
  const { url } = running;
  process.stdout.write(json ? `${JSON.stringify({ listening: url })}\n` : `${what} listens at ${url}\n`);
  await untilToldToStop();
  await running.close();
}

export function untilToldToStop(): Promise<void> {
  return new Promise((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
  });
}
