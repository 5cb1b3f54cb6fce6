import { type Posted, text } from './context.tsx';

const MOST_PAGES = 1_000_000;

/** Which page of a list is asked for; what is no number is the first. */
export function pageIn(query: Posted): number {
  const page = Number(text(query['page']));
  return Number.isSafeInteger(page) ? Math.min(Math.max(page, 1), MOST_PAGES) : 1;
}
