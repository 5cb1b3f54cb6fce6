import { Command } from 'commander';
import { agentCommand } from './agent.ts';
import { associateCommand } from './associate.ts';
import { completionCommand } from './completion.ts';
import { demoCommand } from './demo.ts';
import { historyCommand } from './history.ts';
import { inspectCommand } from './inspect.ts';
import { loginCommand } from './login.ts';
import { logoutCommand } from './logout.ts';
import { openCommand } from './open.ts';
import { portalCommand } from './portal.ts';
import { EXIT, type Exit, Failure } from './problems.ts';
import { registerCommand } from './register.ts';
import { showCommand } from './show.ts';
import { systemsCommand } from './systems.ts';
import { undoCommand } from './undo.ts';

/** `datestone`: one program, a file for each subcommand. */
const program = new Command('datestone').description(
  'Registration of building-management systems: at a portal, and the portal, the agent beside a server, and tools.',
);

program.commandsGroup('At a portal:');
program.addCommand(loginCommand()).addCommand(logoutCommand());
program.addCommand(registerCommand()).addCommand(associateCommand()).addCommand(undoCommand());
program.addCommand(systemsCommand()).addCommand(showCommand()).addCommand(historyCommand()).addCommand(openCommand());

program.commandsGroup('On this machine:');
program.addCommand(demoCommand()).addCommand(portalCommand()).addCommand(agentCommand());
program.addCommand(inspectCommand()).addCommand(completionCommand(program));

program
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 it failed or was refused, 2 the command was not understood, 3 not logged on, 4 the portal was not reached.',
  )
  .exitOverride();
for (const command of program.commands) for (const each of [command, ...command.commands]) each.exitOverride();

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
