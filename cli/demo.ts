import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { Failure, startFailure } from './problems.ts';
import { untilToldToStop } from './serve.ts';

interface DemoOptions {
  data: string;
  portBase: number;
  json?: boolean;
}

export function demoCommand(): Command {
  return new Command('demo')
    .description('Run everything on this machine: a portal, a mailbox, two servers with their agents, and a cast.')
    .option('--data <folder>', 'where it keeps its data; delete the folder to start anew', 'data/demo')
    .option(
      '--port-base <port>',
      'the portal’s port; the servers, the mailbox and the provider take those after it',
      port,
      8080,
    )
    .option('--json', 'say where everything is as one line of JSON')
    .action(async ({ data, portBase, json }: DemoOptions) => {
      const { startDemo } = await import('./demo/start.ts');
      const { inWords } = await import('./demo/words.ts');
      const progress = (sentence: string) => process.stderr.write(`${sentence}\n`);
      const demo = await startDemo(resolve(data), portBase, progress).catch((error: unknown) => {
        throw startFailure('The demonstration', error);
      });
      process.stdout.write(json ? `${JSON.stringify(demo.places)}\n` : inWords(demo.places));
      const failed = await untilToldToStop(demo.failed);
      await demo.stop();
      if (failed) throw new Failure(`The demonstration ends: ${failed}`);
    });
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1024 || value > 65000) {
    throw new InvalidArgumentError('It must be a whole number from 1024 to 65000.');
  }
  return value;
}
