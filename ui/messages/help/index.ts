import type { HelpTopic } from '../../help/topics.ts';
import type { PageLocale } from '../../text.ts';
import { enFailures } from './en-failures.ts';
import { enTasks } from './en-tasks.ts';

/**
 * One topic. Blocks are parted by an empty line: `## ` a heading, `1. ` steps, `- ` points, all
 * else a paragraph; `![what it shows](name)` alone: a drawing of `help/drawings.tsx`. Within: **bold**, *slanted*, {portal}, {host}, {port}, and <slug>links</slug> to other topics.
 */
export interface HelpPage {
  title: string;
  text: string;
}

/** Another language has every topic, or it does not compile. */
export const helpPages: Record<PageLocale, Record<HelpTopic, HelpPage>> = { en: { ...enTasks, ...enFailures } };
