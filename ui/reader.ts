import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { uiTexts } from './messages/index.ts';
import type { Reader } from './text.ts';

/** What went wrong with a form: the sentence, and the id of the field it stands at (none: it concerns the whole page). */
export interface Problem {
  field?: string;
  text: preact.ComponentChildren;
}

/** What Page knows and its parts need, so that it is given once: who reads, and what went wrong. */
export const PageContext = createContext<{ reader: Reader; problems: Problem[] }>({
  reader: { locale: 'en', timeZone: 'UTC', namesZone: true },
  problems: [],
});

export const useReader = () => useContext(PageContext).reader;
export const useUiText = () => uiTexts(useReader().locale);
/** The first problem of a field; the summary shows them all. */
export const useProblem = (field: string) =>
  useContext(PageContext).problems.find((problem) => problem.field === field);
