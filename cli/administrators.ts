import { userInfo } from 'node:os';
import { Command } from 'commander';
import { atPortal } from './at-portal-here.ts';
import { EXIT, Failure } from './problems.ts';
import { sayYes } from './terminal/ask.ts';
import { print, printJson, Table } from './terminal/table.ts';

interface Options {
  yes?: boolean;
  json?: boolean;
}

/** Who administers a portal: said on its machine, and never on a page. Who typed it is kept. */
export function administratorsCommand(): Command {
  return new Command('administrators')
    .description(
      'See and say which accounts administer a portal. Needs its environment, and a portal that was started.',
    )
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(changeCommand('add', 'Make an account a portal administrator. It is told by mail.'))
    .addCommand(changeCommand('remove', 'Make an administrator an account like any other. It is told by mail.'));
}

const jsonOption = (command: Command) => command.option('--json', 'answer as one line of JSON');

function listCommand(): Command {
  const command = new Command('list').description('Say who administers the portal, and who did.');
  return jsonOption(command).action(async ({ json }: Options) => {
    const { all } = await atPortal(async ({ administrators }, db) => ({
      outcome: 'listed',
      all: await administrators(db),
    }));
    if (json) {
      return printJson(
        all.map(({ email, name, since, madeBy, until, endedBy }) => ({
          email,
          name,
          since,
          made_by: madeBy,
          until,
          ended_by: endedBy,
        })),
      );
    }
    if (all.length === 0) return print('Nobody administers this portal. Type: datestone administrators add ADDRESS\n');
    const day = (at: Date | null) => at?.toISOString().slice(0, 10) ?? '';
    new Table([
      { heading: 'Account', cuts: true },
      { heading: 'Since' },
      { heading: 'Made by', cuts: true },
      { heading: 'Until' },
      { heading: 'Ended by', cuts: true },
    ]).write(all.map((one) => [one.email, day(one.since), one.madeBy, day(one.until), one.endedBy ?? '']));
  });
}

const SAYS = {
  add: { asks: 'An administrator sees every registration. Make', done: 'administers the portal now.' },
  remove: { asks: 'Take the administration from', done: 'administers the portal no more.' },
} as const;

function changeCommand(name: keyof typeof SAYS, description: string): Command {
  const command = new Command(name)
    .description(description)
    .argument('<address>', 'the e-mail address of an account')
    .option('--yes', 'do not ask: you have read what will happen');
  return jsonOption(command).action(async (address: string, { yes, json }: Options) => {
    const { asks, done } = SAYS[name];
    await sayYes(name === 'add' ? `${asks} ${address} one?` : `${asks} ${address}?`, yes);
    const { outcome } = await atPortal(({ addAdministrator, removeAdministrator }, db) => {
      const change = name === 'add' ? addAdministrator : removeAdministrator;
      return change({ db, now: () => new Date() }, address, userInfo().username);
    });
    if (outcome === 'no-account') {
      throw new Failure(
        `No account has the address ${address}. Its person creates one at the portal first.`,
        EXIT.refused,
      );
    }
    if (json) return printJson({ outcome, address });
    print(outcome === 'already' ? 'It was so already.\n' : `${address} ${done}\n`);
  });
}
