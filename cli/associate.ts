import { Option } from 'commander';
import { REASONS, type Reason } from '../core/association.ts';
import { choiceOf, pick } from './associate/choose.ts';
import { review } from './associate/review.ts';
import { withBrought } from './bring.ts';
import { carryInWords, type SaveOptions, toCarry } from './code/hand-out.ts';
import { type ActOptions, actCommand } from './command.ts';
import { type Connection, connect, PortalRefusal } from './connection.ts';
import { numberIn } from './number.ts';
import { ask, askWhich, canAsk, sayYes } from './terminal/ask.ts';
import { print, printJson, say } from './terminal/table.ts';
import { inTwo, timeOf } from './words.ts';

interface AssociateOptions extends ActOptions, SaveOptions {
  registration?: string;
  search?: string;
  reason?: Reason;
  reasonText?: string;
}

export function associateCommand() {
  return actCommand('associate', 'Associate a new System ID with a registration that exists already.')
    .argument('[system-id-or-file...]', 'the new System ID, or files of requests; from standard input without it')
    .option('--registration <number>', 'with which; without it you choose from a list')
    .option('--search <words>', 'list only what has these words of site, city, server name or number')
    .addOption(new Option('--reason <reason>', 'why, while the old System ID is still heard from').choices(REASONS))
    .option('--save <folder>', 'save the record there, as a file for a server without a line')
    .option('--reason-text <text>', 'the reason in your own words: with --reason other')
    .action(async (words: string[], options: AssociateOptions) => {
      const connection = connect(options);
      await withBrought(connection, words, options, async (request) => {
        const chosen = options.registration
          ? await choiceOf(connection, request, numberIn([options.registration]))
          : await pick(connection, request, options.search);
        say(review(request, chosen));
        await sayYes(`Associate it with ${chosen.site}?`, options.yes);
        const done = await associate(connection, options, {
          request: request.id,
          registration: chosen.number,
          ...(chosen.association && { seen: chosen.association }),
        });
        const { registration: number, id: association, state } = done.body;
        const carried = state === 'claimed' ? await toCarry(connection, { number, association }, options) : undefined;
        if (options.json) printJson({ ...done.body, ...carried });
        else print(whatHappened(done) + (carried ? carryInWords(number, carried) : ''));
      });
    });
}

interface Wanted {
  request: string;
  registration: string;
  seen?: string;
}

/** Where the portal wants a reason that was not given, and somebody is there, they are asked. */
async function associate(connection: Connection, { reason, reasonText }: AssociateOptions, wanted: Wanted) {
  const why = { ...(reason && { reason }), ...(reasonText && { reason_text: reasonText }) };
  try {
    return await connection.answer('associate', { body: { ...wanted, ...why } });
  } catch (error) {
    if (!(error instanceof PortalRefusal) || error.code !== 'reason-needed' || !canAsk()) throw error;
    return connection.answer('associate', { body: { ...wanted, ...(await askWhy()) } });
  }
}

const WHY: Record<Reason, string> = {
  'database-deleted': 'The database was deleted',
  'server-replaced': 'The server was replaced',
  'wrong-registration': 'Wrong registration chosen before',
  other: 'Other',
};

async function askWhy(): Promise<{ reason: Reason; reason_text?: string }> {
  say('The old system is still alive: it was heard from recently. If both run, they are two systems.');
  say('Then stop here, and register the new one as new. If it is really the same, say why:');
  REASONS.forEach((reason, n) => {
    say(`  ${n + 1}  ${WHY[reason]}`);
  });
  const n = await askWhich('Which? ', REASONS.length);
  const reason = REASONS[n ?? -1];
  if (!reason) return askWhy();
  return reason === 'other' ? { reason, reason_text: await ask('In your own words: ') } : { reason };
}

function whatHappened({ status, body }: Awaited<ReturnType<typeof associate>>): string {
  const { site, short_id, state, undo, registration } = body;
  if (status === 200) {
    const stands = state === 'claimed' ? 'waits for' : 'has';
    return `${site}, registration ${inTwo(registration)}, ${stands} ${short_id} already. Nothing was changed.\n`;
  }
  if (state === 'claimed') {
    return [
      `${site} waits for the System ID ${short_id}.`,
      'Until the system itself confirms it, the old System ID stays current.',
      `Next: at the server, choose Register now or Check now. No Internet there? Carry what follows.`,
      `See it with: datestone show ${registration}\n`,
    ].join('\n');
  }
  return [
    `${site}, registration ${inTwo(registration)}, has the System ID ${short_id}.`,
    'The server fetches the registration by itself.',
    ...(undo.allowed === 'yes' && undo.until
      ? [`Wrong? Until ${timeOf(undo.until)} you can take it back: datestone undo ${registration}`]
      : []),
    '',
  ].join('\n');
}
