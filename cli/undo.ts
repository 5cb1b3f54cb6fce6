import { shortId } from '../core/system-id.ts';
import { type ActOptions, actCommand } from './command.ts';
import { connect } from './connection.ts';
import { numberIn } from './number.ts';
import { Failure } from './problems.ts';
import { sayYes } from './terminal/ask.ts';
import { print, printJson, say } from './terminal/table.ts';
import { inTwo, timeOf } from './words.ts';

export function undoCommand() {
  return actCommand('undo', 'Take the latest association of a registration back, or withdraw one that waits.')
    .argument('<number...>', 'the registration number')
    .action(async (words: string[], options: ActOptions) => {
      const connection = connect(options);
      const number = numberIn(words);
      const { current, claims, site } = await connection.call('showRegistration', { params: { number } });
      const [latest] = [...claims, ...(current ? [current] : [])].sort((a, b) => b.made_at.localeCompare(a.made_at));
      if (!latest) throw new Failure(`${site} has no System ID, so there is nothing to undo.`);
      const id = shortId(latest.system_id);
      say(
        `${id} was associated with ${site} on ${timeOf(latest.made_at)}${latest.made_by ? ` by ${latest.made_by}` : ''}.`,
      );
      await sayYes('Take this back?', options.yes);
      const done = await connection.call('undo', { body: { registration: number, association: latest.association } });
      if (options.json) return printJson(done);
      const what = done.outcome === 'withdrawn' ? `no longer waits for ${id}` : `no longer has ${id}`;
      print(`${site}, registration ${inTwo(number)}, ${what}.\nSee how it stands: datestone show ${number}\n`);
    });
}
