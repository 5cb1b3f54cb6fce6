import { shortId } from '../../core/system-id.ts';
import type { BroughtRequest } from '../bring.ts';
import type { BodyOf, Connection } from '../connection.ts';
import { EXIT, Failure } from '../problems.ts';
import { ask, canAsk, Stopped } from '../terminal/ask.ts';
import { say, Table } from '../terminal/table.ts';
import { dayOf, inTwo } from '../words.ts';

export type Choice = BodyOf<'listChoices'>['items'][number];

const REASONS: Record<NonNullable<Choice['reason']>, string> = {
  instance: 'same installation',
  prepared: 'prepared for this server',
  waits: 'waits for it',
  'same-server': 'same server',
};

const ROWS = 10;

/** The registration with this number as it can be chosen now. */
export async function choiceOf(connection: Connection, request: BroughtRequest, number: string): Promise<Choice> {
  const query = { search: number, limit: 100 };
  const { items } = await connection.call('listChoices', { params: { id: request.id }, query });
  const found = items.find((item) => item.number === number);
  if (found) return found;
  // Says whether it is none of theirs, which the list does not.
  await connection.call('showRegistration', { params: { number } });
  throw new Failure(`Registration ${inTwo(number)} cannot be chosen. See it with: datestone show ${number}`);
}

/** Shows the list, the probable ones on top, and lets the person choose one, look at more, or search. */
export async function pick(
  connection: Connection,
  request: BroughtRequest,
  words: string | undefined,
): Promise<Choice> {
  if (!canAsk()) throw new Failure('Say with which registration: --registration NUMBER', EXIT.usage);
  let search = words;
  let cursor: string | undefined;
  for (;;) {
    const query = { search, cursor, limit: ROWS };
    const { items, next } = await connection.call('listChoices', { params: { id: request.id }, query });
    list(items, search);
    const more = next === undefined ? '' : ' Nothing: show more.';
    const answer = await ask(`Which? Type its number in the list, or words to search for.${more} `);
    if (answer === '' && next === undefined) throw new Stopped(EXIT.refused);
    const chosen = /^\d{1,2}$/.test(answer) ? items[Number(answer) - 1] : undefined;
    if (chosen) return chosen;
    if (answer === '') cursor = next;
    else {
      search = answer;
      cursor = undefined;
    }
  }
}

function list(items: readonly Choice[], search: string | undefined): void {
  if (items.length === 0) say(search ? `Nothing of yours has "${search}".` : 'You have no registered systems.');
  else {
    const table = new Table(
      [
        { heading: '' },
        { heading: 'Probably' },
        { heading: 'Site', cuts: true },
        { heading: 'City', cuts: true },
        { heading: 'Number' },
        { heading: 'Old System ID' },
        { heading: 'Server', cuts: true },
        { heading: 'Last heard' },
      ],
      process.stderr,
    );
    table.write(
      items.map((item, n) => [
        `${n + 1}`,
        item.reason ? REASONS[item.reason] : '',
        item.site,
        item.city,
        inTwo(item.number),
        item.system_id ? shortId(item.system_id) : '',
        item.closed_at ? `closed ${dayOf(item.closed_at)}` : (item.server ?? ''),
        dayOf(item.last_heard_at),
      ]),
    );
  }
}
