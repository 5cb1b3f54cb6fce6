import { Option } from 'commander';
import { registrationOperations } from '../api/contract/registrations.ts';
import { shortId } from '../core/system-id.ts';
import type { PortalOptions } from './command.ts';
import { portalCommand } from './command.ts';
import { connect } from './connection.ts';
import { printJson, say, Table } from './terminal/table.ts';
import { dayOf, inTwo, stateOf } from './words.ts';

const STATES = registrationOperations.listRegistrations.query.shape.state.unwrap().options;

interface SystemsOptions extends PortalOptions {
  state?: (typeof STATES)[number];
}

export function systemsCommand() {
  return portalCommand('systems', 'List the registrations that you have a seat on.')
    .argument('[search...]', 'words of site, company, city, server name or number, or a piece of a System ID')
    .addOption(new Option('--state <state>', 'only those in this state').choices(STATES))
    .action(async (words: string[], { state, ...options }: SystemsOptions) => {
      const connection = connect(options);
      const query = { search: words.join(' ') || undefined, state, limit: 100 };
      const table = new Table([
        { heading: 'Number' },
        { heading: 'State' },
        { heading: 'Site', cuts: true },
        { heading: 'City', cuts: true },
        { heading: 'System ID' },
        { heading: 'Server', cuts: true },
        { heading: 'Last heard' },
      ]);
      let count = 0;
      for await (const items of connection.parts('listRegistrations', { query })) {
        count += items.length;
        if (options.json) items.forEach(printJson);
        else if (items.length > 0) {
          table.write(
            items.map((item) => [
              inTwo(item.number),
              stateOf(item),
              item.site,
              item.city,
              item.system_id ? shortId(item.system_id) : '',
              item.server ?? '',
              dayOf(item.last_heard_at),
            ]),
          );
        }
      }
      if (count === 0)
        say(words.length > 0 || state ? 'None of your systems fits.' : 'You have no registered systems.');
    });
}
