import type { PortalOptions } from './command.ts';
import { portalCommand } from './command.ts';
import { portalOf } from './connection.ts';
import { numberIn } from './number.ts';
import { openBrowser } from './open-browser.ts';
import { print, printJson } from './terminal/table.ts';

export function openCommand() {
  return portalCommand('open', 'Open the System information page of a registration, or all systems, in the browser.')
    .argument('[number...]', 'the registration number')
    .action(async (words: string[], options: PortalOptions) => {
      const portal = portalOf(options);
      const address = words.length > 0 ? `${portal}/systems/${numberIn(words)}` : `${portal}/systems`;
      const opened = await openBrowser(address);
      if (options.json) printJson({ address, opened });
      else
        print(opened ? `A browser opens ${address}\n` : `There is no browser here. Open this address:\n${address}\n`);
    });
}
