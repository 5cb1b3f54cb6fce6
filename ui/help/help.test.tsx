import { expect, test } from 'vitest';
import { helpPages } from '../messages/help/index.ts';
import { Page, render } from '../page.tsx';
import { Help, HelpIndex, helpTitle } from './help.tsx';
import { failures, type HelpTopic, isHelpTopic, tasks } from './topics.ts';

const topics = [...tasks, ...failures];

function page(children: preact.ComponentChildren) {
  return render(
    <Page
      reader={{ locale: 'en', timeZone: 'UTC', namesZone: true }}
      product={{ kind: 'portal', name: 'Datestone Registration Portal', carved: 'Datestone' }}
      heading="Help"
      footer={[]}
    >
      {children}
    </Page>,
  );
}

const topicPage = (topic: HelpTopic) => page(<Help topic={topic} portal="https://portal.example:8443" />);

test.each(topics)('%s is written, and its links lead to topics', (topic) => {
  const html = topicPage(topic);
  expect(html).toMatch(/<(p|ol|ul)>/);
  expect(html).not.toMatch(/[{}]|\*\*/);
  for (const [, slug] of html.matchAll(/href="\/help\/([^"]*)"/g)) expect(isHelpTopic(slug as string)).toBe(true);
});

test.each(topics)('%s has sentences of at most 20 words', (topic) => {
  const text = helpPages.en[topic].text.replace(/<[^>]+>|[*]|^(## |\d+\. |- )/gm, '');
  const long = text
    .split(/[.?!:;](?=\s)|\n/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.split(/\s+/).length > 20);
  expect(long).toEqual([]);
});

test.each(topics)('the steps of %s are numbered from 1 without a gap', (topic) => {
  for (const block of helpPages.en[topic].text.trim().split('\n\n')) {
    const numbers = [...block.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  }
});

test('the index leads to every topic', () => {
  const html = page(<HelpIndex />);
  for (const topic of topics) {
    expect(html).toContain(`<a href="/help/${topic}">${helpTitle(topic, 'en')}</a>`);
  }
});

test('the firewall topic names the host and the port of this portal', () => {
  expect(topicPage('configuring-the-firewall')).toContain('to portal.example, port 8443');
});
