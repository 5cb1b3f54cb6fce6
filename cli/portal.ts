import { Command } from 'commander';
import { serve } from './serve.ts';

export function portalCommand(): Command {
  return new Command('portal')
    .description('Run the registration portal. It is configured by its environment: see docs/configuration.md.')
    .option('--json', 'say where it listens as one line of JSON')
    .action(({ json }: { json?: boolean }) =>
      serve('The portal', json, async () => {
        const { readConfig } = await import('../portal/config.ts');
        const { start } = await import('../portal/main.ts');
        return start(readConfig(process.env));
      }),
    );
}
