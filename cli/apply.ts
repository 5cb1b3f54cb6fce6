import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import type { Applied } from '../agent/by-command.ts';
import { peek } from '../core/documents/jws.ts';
import { writtenCode } from '../core/typed-code.ts';
import { EXIT, Failure } from './problems.ts';
import { serverHere } from './server-here.ts';
import { ask, canAsk, sayYes, standardInput } from './terminal/ask.ts';
import { print, printJson, say } from './terminal/table.ts';
import { isFile, isMissingFile, readTextFile } from './text-file.ts';
import { inTwo } from './words.ts';

interface ApplyOptions {
  yes?: boolean;
  json?: boolean;
}

export function applyCommand(): Command {
  return new Command('apply')
    .description('Give this server the code or the file that the portal made. Needs the environment of the agent.')
    .argument('[code-or-file...]', 'the registration code, a record or a bundle; - for standard input')
    .option('--yes', 'do not ask: you have read which registration the server will show')
    .option('--json', 'answer as one line of JSON')
    .action(async (words: string[], { yes, json }: ApplyOptions) => {
      const agent = await serverHere();
      const { applyFile, applyOffer } = await import('../agent/by-command.ts');
      const text = await textOf(words);
      const first = peek(text) || isFile(words[0] ?? '') ? await applyFile(agent, text) : await typed(agent, text);
      if (first.outcome !== 'offered') return report(first, json);
      const { registration, site } = first;
      say(`The portal says that this system is registered: ${inTwo(registration)}, ${site.name}, ${site.company}.`);
      await sayYes('Show it on this server?', yes);
      report(await applyOffer(agent, registration), json);
    });
}

async function textOf(words: readonly string[]): Promise<string> {
  const [first] = words;
  if (first === undefined && canAsk()) return ask('Registration code: ');
  if (first === undefined || first === '-') {
    const text = await standardInput();
    if (text) return text;
    throw new Failure('Standard input is empty. Give the code or the file.', EXIT.usage);
  }
  if (words.length === 1 && isMissingFile(first)) {
    throw new Failure(`There is no file ${first}. Nothing was changed.`, EXIT.usage);
  }
  if (words.length > 1 || !isFile(first)) return words.join(' ');
  const reading = readTextFile(first);
  if (reading.outcome === 'read') return reading.text;
  throw new Failure(`${reading.sentence} Nothing was changed.`, EXIT.usage);
}

/** After ten wrong codes each try waits, here as on the page: how long is kept, since when is not. */
async function typed(agent: Awaited<ReturnType<typeof serverHere>>, text: string): Promise<Applied> {
  const { applyCode } = await import('../agent/by-command.ts');
  const first = await applyCode(agent, text);
  if (first.outcome !== 'wait') return first;
  say(`${first.says} Waiting …`);
  await pause(first.seconds * 1000);
  return applyCode(agent, text);
}

function report(applied: Applied, json: boolean | undefined): void {
  switch (applied.outcome) {
    case 'refused':
      throw new Failure(applied.says, EXIT.refused, { title: applied.says, code: applied.code });
    case 'wait':
      throw new Failure(applied.says, EXIT.notReached, { title: applied.says, seconds: applied.seconds });
    case 'offered':
      throw new Error('An offer that was accepted is offered again.');
    case 'accepted':
    case 'already': {
      const { outcome, says, confirmation, state } = applied;
      const { code, isAsked } = confirmation;
      if (json) return printJson({ outcome, state, confirmation_code: code, asks_for_confirmation: isAsked });
      print(`${says.join('\n')}\n`);
      if (state === 'details-not-loaded')
        print('Details are not loaded on this server: load the file, or type them on its page.\n');
      if (!isAsked)
        return print(`The portal knows this system already. Its confirmation code is ${writtenCode(code)}\n`);
      print(`Confirmation code: ${writtenCode(code)}\n`);
      return print('Type it at the portal, or there: datestone confirm. Nothing ends if you skip this.\n');
    }
    default: {
      const { outcome, says, state } = applied;
      if (json) printJson({ outcome, state });
      else print(`${says.join('\n')}\n`);
    }
  }
}
