import { withBrought } from './bring.ts';
import { carryInWords, type SaveOptions, toCarry } from './code/hand-out.ts';
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
    .argument('[system-id-or-file...]', 'the System ID, or files of requests; from standard input without it')
    .option('--answers <file>', 'the answers of the form, as JSON')
    .option('--save <folder>', 'save the record there, as a file for a server without a line')
    .option('--set <field=value>', 'one answer, as city=Aarhus or segments=office,retail; may be repeated', collect)
    .action(async (words: string[], options: ActOptions & GivenOptions & SaveOptions) => {
      const connection = connect(options);
      const form = await formOf(connection);
      const given = givenAnswers(form, options);
      await withBrought(connection, words, options, async (request) => {
        if (request.installation_of) {
          say(`This installation is known: it was ${request.installation_of}. Was its database new?`);
          say('Then stop here, and type: datestone associate');
        }
        const answers = canAsk() && !options.yes ? await fillIn(form, given) : given;
        say(`\n${inWords(form, answers)}`);
        await sayYes(`Register ${request.server?.name ?? request.short_id} as new?`, options.yes);
        // The portal says what is wrong with them, field by field.
        const body = { request: request.id, answers: answers as NewAnswers };
        const { status, body: done } = await connection.answer('register', { body });
        const { number, site, current, claims } = done;
        const [claim] = claims;
        const carried = claim && (await toCarry(connection, { number, association: claim.association }, options));
        if (options.json) return printJson({ ...done, ...carried });
        if (status === 200) {
          print(`You registered it before: ${site}, registration ${inTwo(number)}. Nothing was changed.\n`);
        } else print(`${site} is registered. Its number is ${inTwo(number)}.\n`);
        if (current && status === 201) print('The server fetches the registration by itself.\n');
        if (carried) {
          print('It waits for the word of the system itself: choose Register now or Check now at the server.\n');
          print(`No Internet there? Carry this.\n${carryInWords(number, carried)}`);
        }
        print(`See it with: datestone show ${number}\n`);
      });
    });
}

const collect = (one: string, before: string[] = []) => [...before, one];
