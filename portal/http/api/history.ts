import { z } from 'zod';
import type { historyOperations } from '../../../api/contract/history.ts';
import { toBase64url } from '../../../core/bytes.ts';
import { refused } from '../../../core/refusals.ts';
import { registrationOf } from '../../store/facts.ts';
import { historyBefore } from '../../store/reads/history.ts';
import { pageOf, readCursor } from './cursor.ts';
import { type HandlersOf, time } from './handler.ts';

const entryKey = z.tuple([
  z
    .int()
    .min(1)
    .max(2 ** 31 - 1),
]);

export const historyHandlers: HandlersOf<typeof historyOperations> = {
  listHistory: async ({ portal, account, params, query }) => {
    const cursor = readCursor(query.cursor, entryKey);
    if (cursor.outcome === 'refused') return cursor;
    const { limit } = query;
    const wanted = { before: cursor.after?.[0], limit: limit + 1 };
    const [registration, rows] = await Promise.all([
      registrationOf(portal.db, account.id, params.number),
      historyBefore(portal.db, account.id, params.number, wanted),
    ]);
    if (!registration) return refused('not-among-yours');
    const page = pageOf(
      rows,
      limit,
      (row) => [row.n],
      ({ n, at, act, actor, actorName, about, texts, entry, hash }) => ({
        n,
        at: time(at),
        act,
        actor,
        actor_name: actorName,
        about,
        texts,
        entry,
        hash: toBase64url(hash),
      }),
    );
    return { status: 200, body: page };
  },
};
