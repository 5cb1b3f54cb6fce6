import { carryInWords, type SaveOptions, saveRecord, type ToCarry } from './code/hand-out.ts';
import { latestOf } from './code/latest.ts';
import { type ActOptions, actCommand } from './command.ts';
import { connect } from './connection.ts';
import { numberIn } from './number.ts';
import { sayYes } from './terminal/ask.ts';
import { print, printJson } from './terminal/table.ts';

interface CodeOptions extends ActOptions, SaveOptions {
  new?: boolean;
  mail?: boolean;
}

export function codeCommand() {
  return actCommand('code', 'Print the registration code of a system, for a server without a line.')
    .argument('<number...>', 'the registration number')
    .option('--new', 'another code: the confirmation code of the one before counts no more')
    .option('--save <folder>', 'save the record there too, as a file for the server')
    .option('--mail', 'send the code to yourself instead')
    .action(async (words: string[], options: CodeOptions) => {
      const connection = connect(options);
      const number = numberIn(words);
      const { association } = await latestOf(connection, number);
      const params = { number, association };
      if (options.mail) {
        const mail = await connection.call('mailCode', { params });
        if (options.json) return printJson(mail);
        return print(
          mail.outcome === 'sent' ? `The code goes to ${mail.to}.\n` : `It went to ${mail.to} a moment ago.\n`,
        );
      }
      if (options.new) await sayYes('Make another code? One that is on its way loses its confirmation.', options.yes);
      const registration_code = await connection.call('handOutCode', { params, body: { anew: options.new === true } });
      const record_file = options.save === undefined ? null : await saveRecord(connection, params, options.save);
      const carried: ToCarry = { registration_code, record_file };
      if (options.json) printJson(carried);
      else print(carryInWords(number, carried));
    });
}
