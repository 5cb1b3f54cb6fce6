import type { ComponentChildren } from 'preact';
import { Links } from '../components/actions.tsx';
import { Section } from '../components/blocks.tsx';
import { helpPages } from '../messages/help/index.ts';
import { useReader, useUiText } from '../reader.ts';
import { formatRich, type PageLocale, type Tag } from '../text.ts';
import { Drawing } from './drawings.tsx';
import { failures, type HelpTopic, helpPath, tasks } from './topics.ts';

export const helpTitle = (topic: HelpTopic, locale: PageLocale) => helpPages[locale][topic].title;

/** All topics. */
export function HelpIndex() {
  const t = useUiText();
  return (
    <>
      <Topics heading={t('help.tasks')} topics={tasks} />
      <Topics heading={t('help.failures')} topics={failures} />
    </>
  );
}

function Topics({ heading, topics }: { heading: string; topics: readonly HelpTopic[] }) {
  const { locale } = useReader();
  return (
    <Section heading={heading}>
      <ul class="topics">
        {topics.map((topic) => (
          <li>
            <a href={helpPath(topic)}>{helpTitle(topic, locale)}</a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** One topic. `portal` is the portal's address as the reader would type it: "https://portal.example". */
export function Help({ topic, portal }: { topic: HelpTopic; portal: string }) {
  const t = useUiText();
  const { locale } = useReader();
  const { hostname, port, protocol } = new URL(portal);
  const values = { portal, host: hostname, port: port || (protocol === 'https:' ? '443' : '80'), ...links };
  const inline = (text: string) => formatRich(withTags(text), locale, values);
  const blocks = helpPages[locale][topic].text.trim().split('\n\n');
  return (
    <>
      {blocks.map((block) => (
        <Block lines={block.split('\n')} inline={inline} />
      ))}
      <Links items={[{ href: '/help', text: t('help.all') }]} />
    </>
  );
}

const links: Record<string, Tag> = Object.fromEntries(
  [...tasks, ...failures].map((topic) => [topic, (children) => <a href={helpPath(topic)}>{children}</a>]),
);

const withTags = (text: string) => text.replace(/\*\*(.+?)\*\*/g, '<b>$1</b>').replace(/\*(.+?)\*/g, '<em>$1</em>');

function Block({ lines, inline }: { lines: string[]; inline: (text: string) => ComponentChildren }) {
  const [first = ''] = lines;
  const [, shows, name] = /^!\[(.+)\]\((.+)\)$/.exec(first) ?? [];
  if (shows && name) return <Drawing name={name} shows={shows} />;
  const items = () => lines.map((line) => <li>{inline(line.replace(/^(\d+\.|-) /, ''))}</li>);
  if (first.startsWith('## ')) return <h2>{inline(first.slice(3))}</h2>;
  if (first.startsWith('1. ')) return <ol>{items()}</ol>;
  if (first.startsWith('- ')) return <ul>{items()}</ul>;
  return <p>{inline(first)}</p>;
}
