import { kindName } from '../../core/catalogue.ts';
import { shortId } from '../../core/system-id.ts';
import type { BroughtRequest } from '../bring.ts';
import { sideBySide } from '../terminal/table.ts';
import { inTwo, timeOf } from '../words.ts';
import type { Choice } from './choose.ts';

/** Old and new side by side, what will happen, and what speaks against it: as the review page of the portal says it. */
export function review(request: BroughtRequest, chosen: Choice): string {
  const { server, proven } = request;
  const before = chosen.server ? `${chosen.server}${chosen.kind ? `, ${kindName(chosen.kind)}` : ''}` : 'not known';
  const after = server ? `${server.name}, ${kindName(server.kind)} ${server.version}` : 'not known yet';
  const rows = [
    ['', 'Now', 'After'],
    ['System ID', chosen.system_id ? shortId(chosen.system_id) : 'none', shortId(request.system_id)],
    ['Server', before, after],
    ['Last heard', chosen.last_heard_at ? timeOf(chosen.last_heard_at) : 'never', proven ? 'a moment ago' : 'not yet'],
  ] as const;
  const old = chosen.system_id
    ? 'The old System ID is retired. Nobody else can use it.'
    : 'It is the first System ID here.';
  return [
    `${chosen.site}, ${chosen.city}, registration ${inTwo(chosen.number)}`,
    sideBySide(rows),
    'Registration number, site, contacts, warranty and history stay as they are.',
    proven ? old : 'Once the system confirms, the old System ID is retired. Until then it stays current.',
    'Both parties and the site administrator get a mail.',
    ...warnings(request, chosen),
  ].join('\n');
}

function warnings({ server, proven }: BroughtRequest, chosen: Choice): string[] {
  const differs = server && chosen.server && server.name.toLowerCase() !== chosen.server.toLowerCase();
  return [
    ...(differs && chosen.reason !== 'instance'
      ? [`! This looks like another site. The names of the servers do not match: ${chosen.server} / ${server.name}.`]
      : []),
    ...(proven
      ? []
      : ['! The system has not spoken yet. Until it does, a claim proved by the system itself goes first.']),
  ];
}
