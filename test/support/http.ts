/** A browser without script, for journeys that need no picture. The demonstration walks with the same one. */
import { type Page, textOf } from '../../cli/demo/form-client.ts';

export * from '../../cli/demo/form-client.ts';

/** What a page is about, without what stands around every page. */
export const mainOf = (page: Page): string => /<main\b.*?<\/main>/s.exec(page.html)?.[0] ?? '';

/** The same in words. */
export const says = (page: Page): string => textOf(mainOf(page));
