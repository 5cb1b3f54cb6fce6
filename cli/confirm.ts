import { readConfirmationCode } from '../core/confirmation-code.ts';
import { latestOf } from './code/latest.ts';
import { type PortalOptions, portalCommand } from './command.ts';
import { connect } from './connection.ts';
import { mistakesInCode } from './inspect/codes.ts';
import { numberIn } from './number.ts';
import { EXIT, Failure } from './problems.ts';
import { ask, canAsk } from './terminal/ask.ts';
import { print, printJson } from './terminal/table.ts';
import { inTwo } from './words.ts';

export function confirmCommand() {
  return portalCommand('confirm', 'Tell the portal the confirmation code that the server shows: the code has arrived.')
    .argument('<number>', 'the registration number')
    .argument('[code...]', 'the ten characters on the server; asked for without them')
    .action(async (number: string, words: string[], options: PortalOptions) => {
      const connection = connect(options);
      const registration = numberIn([number]);
      const typed = words.length > 0 || !canAsk() ? words.join(' ') : await ask('Confirmation code: ');
      const reading = readConfirmationCode(typed);
      // A mistake that can be seen from here costs no try.
      if (reading.outcome !== 'read') {
        throw new Failure(mistakesInCode(reading, 'Confirmation code').join('\n'), EXIT.usage);
      }
      const { association, short_id, site } = await latestOf(connection, registration);
      const params = { number: registration, association };
      const done = await connection.call('confirmWithCode', { params, body: { code: reading.code } });
      if (options.json) return printJson(done);
      const what = `${site}, registration ${inTwo(registration)}`;
      if (done.outcome === 'already') print(`${what}, was confirmed by ${short_id} before. Nothing was changed.\n`);
      else print(`${what}, is confirmed by its system: ${short_id} is its System ID.\n`);
    });
}
