/** How the program ends. Scripts rely on these: see docs/command-line.md. */
export const EXIT = { done: 0, refused: 1, usage: 2, notLoggedOn: 3, notReached: 4, interrupted: 130 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** Something that went wrong in a way that its message explains: what, and what to do. */
export class Failure extends Error {
  readonly exit: Exit;
  /** The problem document of the portal, if it came from there: for programs. */
  readonly document: object | undefined;

  constructor(message: string, exit: Exit = EXIT.refused, document?: object) {
    super(message);
    this.exit = exit;
    this.document = document;
  }
}

/** A start that failed, in words. */
export function startFailure(what: string, error: unknown): Failure {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return new Failure(`${what} cannot start: another program uses port ${port ?? '?'}. Choose another port.`);
  }
  return new Failure(`${what} cannot start: ${message}`);
}
