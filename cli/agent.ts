import { Command } from 'commander';
import { linesOf } from '../core/system-id.ts';
import { Failure } from './problems.ts';
import { serve } from './serve.ts';

export function agentCommand(): Command {
  return new Command('agent')
    .description('Run the agent beside one server. It is configured by its environment: see docs/configuration.md.')
    .option('--json', 'say where it listens as one line of JSON')
    .action(({ json }: { json?: boolean }) =>
      serve('The agent', json, async () => {
        const { readConfig } = await import('../agent/config.ts');
        const { start } = await import('../agent/main.ts');
        return start(await readConfig(process.env));
      }),
    )
    .addCommand(newIdentityCommand());
}

/** The hook for a vendor's tool that has deleted or replaced the server's database. */
function newIdentityCommand(): Command {
  return new Command('new-identity')
    .description(
      'Give the server a new System Identifier, as after its database was deleted. Works while the agent runs.',
    )
    .requiredOption('--data <folder>', 'the data folder of the agent (DATESTONE_AGENT_DATA)')
    .option('--reason <text>', 'why, as the server’s own pages show it', 'a tool asked for it')
    .option('--json', 'answer as one line of JSON')
    .action(async ({ data, reason, json }: { data: string; reason: string; json?: boolean }) => {
      const { newIdentity } = await import('../agent/new-identity.ts');
      const made = newIdentity(data, { reason });
      if (made.outcome === 'no-database') {
        throw new Failure(
          `There is no server database in ${data}. The agent makes one, with a new identity, when it starts.`,
        );
      }
      const { systemId, former } = made;
      if (json) process.stdout.write(`${JSON.stringify({ system_id: systemId, former: former ?? null })}\n`);
      else process.stdout.write(`The new System Identifier is:\n${linesOf(systemId).join('\n')}\n`);
    });
}
