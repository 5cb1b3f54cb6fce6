import type { z } from 'zod';
import { type NotDone, notDone } from './handler.ts';
import { unkeepable } from './json.ts';

/** Where a page of a list ended: the sort key of its last item, so that what is added meanwhile moves nothing. */

function cursorOf(key: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

export type CursorReading<Key> = { outcome: 'read'; after: Key | undefined } | NotDone;

/** One that we never gave is refused: the page that it asks for is none. */
export function readCursor<Key>(cursor: string | undefined, key: z.ZodType<Key>): CursorReading<Key> {
  if (cursor === undefined) return { outcome: 'read', after: undefined };
  const reading = key.safeParse(parsed(cursor));
  if (reading.success && !unkeepable(reading.data)) return { outcome: 'read', after: reading.data };
  return notDone('not-as-described', { errors: [{ parameter: 'cursor', detail: 'This is no cursor of this list.' }] });
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** A page from one item more than it holds. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly unknown[],
  itemOf: (row: Row) => Item,
): { items: Item[]; next?: string } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), ...(rows.length > limit && last && { next: cursorOf(keyOf(last)) }) };
}
