import { Command } from 'commander';
import { agentCommand } from './agent.ts';
import { demoCommand } from './demo.ts';
import { inspectCommand } from './inspect.ts';
import { portalCommand } from './portal.ts';
import { Failure } from './problems.ts';

/** `datestone`: one program, a file for each subcommand. Exit codes: 0 done, 1 it failed or was refused, 2 wrong usage. */
const program = new Command('datestone')
  .description('Registration of building-management systems: the portal, the agent beside a server, and tools.')
  .addCommand(demoCommand())
  .addCommand(portalCommand())
  .addCommand(agentCommand())
  .addCommand(inspectCommand())
  .addHelpText('after', '\nExit codes: 0 done, 1 it failed or was refused, 2 the command was not understood.')
  .exitOverride();
for (const command of program.commands) for (const each of [command, ...command.commands]) each.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  // At once: what a service had to leave unfinished would keep it running.
  process.exit(exitCodeOf(error));
}

/** Commander has printed what it did not understand; a failure of ours is a sentence; anything else is a defect. */
function exitCodeOf(error: unknown): number {
  if (error instanceof Failure) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (code?.startsWith('commander.')) return exitCode === 0 ? 0 : 2;
  throw error;
}
