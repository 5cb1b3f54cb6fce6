import { kindName } from '../core/catalogue.ts';
import { linesOf } from '../core/system-id.ts';
import { type PortalOptions, portalCommand } from './command.ts';
import { type BodyOf, connect } from './connection.ts';
import { formOf } from './form/form.ts';
import { inWords as answersInWords } from './form/in-words.ts';
import { numberIn } from './number.ts';
import { bold, facts, print, printJson } from './terminal/table.ts';
import { dayOf, inTwo, stateOf, timeOf } from './words.ts';

type Registration = BodyOf<'showRegistration'>;
type System = Registration['retired'][number];

export function showCommand() {
  return portalCommand('show', 'Show a registration: what it says, its System IDs, and what you may do.')
    .argument('<number...>', 'the registration number')
    .action(async (words: string[], options: PortalOptions) => {
      const connection = connect(options);
      const number = numberIn(words);
      const registration = await connection.call('showRegistration', { params: { number } });
      if (options.json) printJson(registration);
      else print(`${inWords(registration)}\n${answersInWords(await formOf(connection), registration.answers)}`);
    });
}

function inWords(r: Registration): string {
  const { current, claims, retired, conflicts, parties, actions } = r;
  const waits = claims.length > 0;
  const party = (seat: 'integrator' | 'end-user') => {
    const [found] = parties.filter((one) => one.seat === seat);
    return found ? `${found.name}, ${found.organisation}${seat === r.seat ? ' (you)' : ''}` : 'nobody yet';
  };
  const may = Object.entries(actions).flatMap(([action, allowed]) =>
    allowed === 'yes' ? [action.replace('_', ' ')] : [],
  );
  return [
    `${bold(`${r.site}, registration ${inTwo(r.number)}`)}\n`,
    facts([
      ['State', stateOf({ state: r.state, waits, in_conflict: conflicts.length > 0 })],
      ['Integrator', party('integrator')],
      ['End user', party('end-user')],
      ['Registered', timeOf(r.registered_at)],
      [
        'Confirmed',
        r.confirmed_at ? `${timeOf(r.confirmed_at)}${r.confirmed_by ? `, ${r.confirmed_by}` : ''}` : undefined,
      ],
      ['Closed', r.closed_at ? timeOf(r.closed_at) : undefined],
      ['Merged into', r.merged_into ? inTwo(r.merged_into) : undefined],
      ['System ID', current ? linesOf(current.system_id).join('\n') : 'none'],
      ['Server', current ? serverOf(current) : undefined],
      ['Last heard', current ? dayOf(current.last_heard_at) : undefined],
      ['Shown on site', current?.shown_since ? `since ${timeOf(current.shown_since)}` : undefined],
      ['Waiting', claims.map(systemLine).join('\n') || undefined],
      ['Former', retired.map(systemLine).join('\n') || undefined],
      ['Conflicts', conflicts.map((one) => `${one.kind}, since ${dayOf(one.opened_at)}`).join('\n') || undefined],
      ['You may', may.join(', ') || 'only look'],
    ]),
  ].join('');
}

const serverOf = ({ server }: System) =>
  server.name ? `${server.name}, ${server.kind ? kindName(server.kind) : ''} ${server.version ?? ''}` : 'not known yet';

const systemLine = (system: System) =>
  `${system.short_id}, ${dayOf(system.made_at)}${system.ended_at ? ` to ${dayOf(system.ended_at)}` : ''}`;
