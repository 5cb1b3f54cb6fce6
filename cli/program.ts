import { Command } from 'commander';
import { administratorsCommand } from './administrators.ts';
import { agentCommand } from './agent.ts';
import { applyCommand } from './apply.ts';
import { associateCommand } from './associate.ts';
import { codeCommand } from './code.ts';
import { completionCommand } from './completion.ts';
import { confirmCommand } from './confirm.ts';
import { demoCommand } from './demo.ts';
import { historyCommand } from './history.ts';
import { inspectCommand } from './inspect.ts';
import { keysCommand } from './keys.ts';
import { loginCommand } from './login.ts';
import { logoutCommand } from './logout.ts';
import { openCommand } from './open.ts';
import { portalCommand } from './portal.ts';
import { prepareCommand } from './prepare.ts';
import { registerCommand } from './register.ts';
import { requestCommand } from './request.ts';
import { showCommand } from './show.ts';
import { systemsCommand } from './systems.ts';
import { undoCommand } from './undo.ts';

/** `datestone`: one program, a file for each subcommand. */
export const program = new Command('datestone').description(
  'Registration of building-management systems: at a portal, and the portal, the agent beside a server, and tools.',
);

program.commandsGroup('At a portal:');
program.addCommand(loginCommand()).addCommand(logoutCommand());
program.addCommand(registerCommand()).addCommand(associateCommand()).addCommand(undoCommand());
program.addCommand(codeCommand()).addCommand(confirmCommand()).addCommand(prepareCommand());
program.addCommand(systemsCommand()).addCommand(showCommand()).addCommand(historyCommand()).addCommand(openCommand());

program.commandsGroup('On a server:');
program.addCommand(requestCommand()).addCommand(applyCommand());

program.commandsGroup('On this machine:');
program.addCommand(demoCommand()).addCommand(portalCommand()).addCommand(keysCommand()).addCommand(agentCommand());
program.addCommand(administratorsCommand());
program.addCommand(inspectCommand()).addCommand(completionCommand(program));

program
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 it failed or was refused, 2 the command was not understood, 3 not logged on, 4 the portal was not reached.',
  )
  .exitOverride();
for (const command of program.commands) for (const each of [command, ...command.commands]) each.exitOverride();
