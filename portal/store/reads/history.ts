import type { Act } from '../../../core/history-entries.ts';
import type { Queries } from '../database.ts';
import { seatFreeAt } from '../facts.ts';
import { type Part, sql } from '../sql.ts';

export const HISTORY_PAGE_SIZE = 50;

export interface PastEntry {
  n: number;
  at: Date;
  act: Act;
  /** `system`: nobody, the system itself spoke. */
  actor: 'system' | 'account';
  /** Of a party; somebody who is none (any more) has no name here. */
  actorName: string | null;
  /** For which organisation, as long as that is a party. */
  organisationName: string | null;
  /** What the entry says in the clear. */
  about: Record<string, string | number | boolean>;
  /** Names, reasons and notes, as far as they were not erased, since nobody else had the reader's seat. */
  texts: Record<string, string>;
}

export interface HistoryRow {
  n: number;
  at: Date;
  entry: { act: Act; actor: string } & PastEntry['about'];
  actorName: string | null;
  organisationName: string | null;
  texts: Record<string, string> | null;
}

/** The history of a registration for one of its parties, newest first; a stranger gets none. `page` undefined: all of it. */
export async function historyOf(
  q: Queries,
  account: string,
  number: string,
  page: number | undefined,
): Promise<PastEntry[]> {
  const rows = await q.rows(sql<HistoryRow>`
    ${historyFor(account, number)}
    order by h.n desc
    limit ${page === undefined ? null : HISTORY_PAGE_SIZE} offset ${((page ?? 1) - 1) * HISTORY_PAGE_SIZE}`);
  return rows.map(entryFrom);
}

/** The same with the links of the chain, so that its reader can verify it; from an entry on, the newest first. */
export async function historyBefore(
  q: Queries,
  account: string,
  number: string,
  wanted: { before: number | undefined; limit: number },
): Promise<(PastEntry & { entry: string; hash: Buffer })[]> {
  const rows = await q.rows(sql<HistoryRow & { canonical: string; hash: Buffer }>`
    ${historyFor(account, number)} and (${wanted.before ?? null}::int is null or h.n < ${wanted.before ?? null}::int)
    order by h.n desc
    limit ${wanted.limit}`);
  return rows.map((row) => ({ ...entryFrom(row), entry: row.canonical, hash: row.hash }));
}

const historyFor = (account: string, number: string): Part => sql.part`
    select h.n, h.at, h.entry::jsonb as entry, h.entry as canonical, h.hash, actor.name as "actorName",
      (select o.name from party its join organisation o on o.id = its.organisation
        where its.registration = h.registration and o.id::text = h.entry::jsonb ->> 'organisation') as "organisationName",
      (select json_object_agg(t.field, t.text) from history_text t where t.registration = h.registration and t.n = h.n
        and t.n > ${seatFreeAt}) as texts
    from history h
    join acting mine on mine.registration = h.registration and mine.account = ${account}
    left join (acting p join account actor on actor.id = p.account)
      on p.registration = h.registration and p.account::text = h.entry::jsonb ->> 'actor'
    where h.registration = ${number}`;

export function entryFrom({ n, at, entry, actorName, organisationName, texts }: HistoryRow): PastEntry {
  // What stands beside it already is not said twice.
  const { act, actor, n: _n, at: _at, registration: _registration, ...about } = entry;
  const who = { actor: actor === 'system' ? ('system' as const) : ('account' as const), actorName, organisationName };
  return { n, at, act, ...who, about, texts: texts ?? {} };
}
