import type { Act } from '../../../core/history-entries.ts';
import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

export const HISTORY_PAGE_SIZE = 50;

export interface PastEntry {
  n: number;
  at: Date;
  act: Act;
  /** `system`: nobody, the system itself spoke. */
  actor: 'system' | 'account';
  /** Of a party; somebody who is none (any more) has no name here. */
  actorName: string | null;
  /** What the entry says in the clear. */
  about: Record<string, string | number | boolean>;
  /** Names, reasons and notes, as far as they were not erased. */
  texts: Record<string, string>;
}

interface HistoryRow {
  n: number;
  at: Date;
  entry: { act: Act; actor: string } & PastEntry['about'];
  actorName: string | null;
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
    select h.n, h.at, h.entry::jsonb as entry, actor.name as "actorName",
      (select json_object_agg(t.field, t.text) from history_text t where t.registration = h.registration and t.n = h.n)
        as texts
    from history h
    join party mine on mine.registration = h.registration and mine.account = ${account}
    left join (party p join account actor on actor.id = p.account)
      on p.registration = h.registration and p.account::text = h.entry::jsonb ->> 'actor'
    where h.registration = ${number}
    order by h.n desc
    limit ${page === undefined ? null : HISTORY_PAGE_SIZE} offset ${((page ?? 1) - 1) * HISTORY_PAGE_SIZE}`);
  return rows.map(({ n, at, entry, actorName, texts }) => {
    const { act, actor, ...about } = entry;
    return { n, at, act, actor: actor === 'system' ? 'system' : 'account', actorName, about, texts: texts ?? {} };
  });
}
