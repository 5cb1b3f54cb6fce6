import { fromBase64url } from '../core/bytes.ts';
import { verifyChain } from '../core/history.ts';
import { type PortalOptions, portalCommand } from './command.ts';
import { type BodyOf, connect } from './connection.ts';
import { numberIn } from './number.ts';
import { Failure } from './problems.ts';
import { print, printJson, say, Table } from './terminal/table.ts';
import { dayOf } from './words.ts';

type Entry = BodyOf<'listHistory'>['items'][number];

export function historyCommand() {
  return portalCommand('history', 'Show the history of a registration, the newest entry first.')
    .argument('<number...>', 'the registration number')
    .option('--verify', 'check here that no entry was changed, left out or put in')
    .action(async (words: string[], { verify, ...options }: PortalOptions & { verify?: boolean }) => {
      const connection = connect(options);
      const params = { number: numberIn(words) };
      const table = new Table([
        { heading: 'No.' },
        { heading: 'Date' },
        { heading: 'What' },
        { heading: 'Who', cuts: true },
        { heading: 'More', cuts: true },
      ]);
      const entries: Entry[] = [];
      for await (const part of connection.parts('listHistory', { params, query: { limit: 100 } })) {
        if (verify) entries.push(...part);
        if (options.json) part.forEach(printJson);
        else table.write(part.map(row));
      }
      if (verify) sayWhetherIntact(entries, options.json);
    });
}

function row({ n, at, act, actor, actor_name, about, texts }: Entry): string[] {
  const more = Object.entries({ ...about, ...texts }).map(([name, value]) => `${name}: ${valueOf(value)}`);
  const who = actor === 'system' ? 'the system' : (actor_name ?? 'somebody who has no seat any more');
  return [`${n}`, dayOf(at), act.replaceAll('-', ' '), who, more.join(', ')];
}

/** A System ID is known by its beginning. */
const valueOf = (value: unknown) =>
  typeof value === 'string' ? value.replace(/^(\w{5})(\w{5})\w{50}$/, '$1-$2') : JSON.stringify(value);

/** By nothing but the entries themselves: each hash covers the entry and the hash before. */
function sayWhetherIntact(newestFirst: readonly Entry[], json: boolean | undefined): void {
  const chain = newestFirst.toReversed();
  const entries = chain.map(({ entry, hash }) => ({ canonical: entry, hash: fromBase64url(hash) ?? new Uint8Array() }));
  const verified = verifyChain(entries);
  const misnumbered = chain.findIndex(({ n, entry }, at) => n !== at + 1 || JSON.parse(entry).n !== n);
  const broken = verified.outcome === 'broken' ? verified.n : misnumbered + 1;
  if (broken > 0) {
    throw new Failure(
      `The history is broken at entry ${broken}: what it says there is not what was written. Tell who runs the portal.`,
    );
  }
  const head = chain.at(-1)?.hash ?? '';
  if (json) say(JSON.stringify({ intact: true, entries: chain.length, hash: head }));
  else print(`The history is intact: ${chain.length} entries. Its last hash is ${head}\n`);
}
