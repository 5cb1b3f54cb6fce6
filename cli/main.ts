import { EXIT, type Exit, Failure } from './problems.ts';
import { program } from './program.ts';

// Whoever reads has read enough, as "head" does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode);
  });
}

try {
  await program.parseAsync();
} catch (error) {
  // At once: what a service had to leave unfinished would keep it running.
  process.exit(exitCodeOf(error));
}

/** Commander has printed what it did not understand; a failure of ours is a sentence; anything else is a defect. */
function exitCodeOf(error: unknown): Exit {
  if (error instanceof Failure) {
    const { message, exit, document = { title: message } } = error;
    process.stderr.write(`${process.argv.includes('--json') ? JSON.stringify(document) : message}\n`);
    return exit;
  }
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (code?.startsWith('commander.')) return exitCode === 0 ? EXIT.done : EXIT.usage;
  throw error;
}
