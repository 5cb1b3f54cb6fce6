/** Something that went wrong in a way that its message explains: what, and what to do. */
export class Failure extends Error {}

/** A start that failed, in words. */
export function startFailure(what: string, error: unknown): Failure {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return new Failure(`${what} cannot start: another program uses port ${port ?? '?'}. Choose another port.`);
  }
  return new Failure(`${what} cannot start: ${message}`);
}
