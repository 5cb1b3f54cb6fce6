import { withBrought } from './bring.ts';
import { type ActOptions, actCommand } from './command.ts';
import { connect } from './connection.ts';
import { fillIn } from './form/fill-in.ts';
import { formOf, type NewAnswers } from './form/form.ts';
import { type GivenOptions, givenAnswers } from './form/given.ts';
import { inWords } from './form/in-words.ts';
import { canAsk, sayYes } from './terminal/ask.ts';
import { print, printJson, say } from './terminal/table.ts';
import { inTwo } from './words.ts';

export function registerCommand() {
  return actCommand('register', 'Register a system as new. What is not answered by options is asked.')
    .argument('[system-id-or-file...]', 'the System ID, or the file of a request; from standard input without it')
    .option('--answers <file>', 'the answers of the form, as JSON')
    .option('--set <field=value>', 'one answer, as city=Aarhus or segments=office,retail; may be repeated', collect)
    .action(async (words: string[], options: ActOptions & GivenOptions) => {
      const connection = connect(options);
      const form = await formOf(connection);
      const given = givenAnswers(form, options);
      const done = await withBrought(connection, words, options, async (request) => {
        if (request.installation_of) {
          say(`This installation is known: it was ${request.installation_of}. Was its database new?`);
          say('Then stop here, and type: datestone associate');
        }
        const answers = canAsk() && !options.yes ? await fillIn(form, given) : given;
        say(`\n${inWords(form, answers)}`);
        await sayYes(`Register ${request.server?.name ?? request.short_id} as new?`, options.yes);
        // The portal says what is wrong with them, field by field.
        return connection.answer('register', { body: { request: request.id, answers: answers as NewAnswers } });
      });
      const { number, site, current, claims } = done.body;
      if (options.json) printJson(done.body);
      else if (done.status === 200)
        print(`You registered it before: ${site}, registration ${inTwo(number)}. Nothing was changed.\n`);
      else {
        print(`${site} is registered. Its number is ${inTwo(number)}.\n`);
        if (current) print('The server fetches the registration by itself.\n');
        else if (claims.length > 0)
          print('It waits for the word of the system itself: choose Register now or Check now at the server.\n');
        print(`See it with: datestone show ${number}\n`);
      }
    });
}

const collect = (one: string, before: string[] = []) => [...before, one];
