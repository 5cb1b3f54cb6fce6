import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { agoOf } from './components/when.tsx';
import { en } from './messages/en.ts';
import { uiTexts } from './messages/index.ts';
import { dateOf, dateTimeOf, type Reader, registrationNumber, texts, timeOf } from './text.ts';

const catalogue = {
  plain: "The server's page",
  named: 'Hello {name}',
  servers: '{n, plural, one {# server follows} other {# servers follow}}',
  rich: 'Read <b>{what}</b> at <a>the portal</a>, group <code>{group}</code>.',
} as const;
const t = texts(catalogue, 'en');
const html = (children: preact.ComponentChildren) => renderToString(h('p', null, children));

test('a text takes values, and plurals follow the number', () => {
  expect(t('plain')).toBe("The server's page");
  expect(t('servers', { n: 1 })).toBe('1 server follows');
  expect(t('servers', { n: 1200 })).toBe('1,200 servers follow');
});

test('a key that the catalogue does not have does not compile', () => {
  // @ts-expect-error: no such key
  expect(() => t('plainer')).toThrow();
});

test('a value that a message misses is thrown, never shown as a hole', () => {
  expect(() => t('named')).toThrow(/name/);
});

test('a rich text has its elements, and values in it are escaped', () => {
  const children = t.rich('rich', { what: '<i>x</i>', group: 'QKFFS', a: (text) => h('a', { href: '/' }, text) });
  expect(html(children)).toBe(
    '<p>Read <b>&lt;i>x&lt;/i></b> at <a href="/">the portal</a>, group <code>QKFFS</code>.</p>',
  );
});

test('a tag that nobody gave a function for is thrown', () => {
  expect(() => t.rich('rich', { what: 'x', group: 'y' })).toThrow(/"a"/);
});

const values = {
  ...{ line: 1, count: 3, character: '!', place: 2, page: 4 },
  ...{ group: 2, other: 3, text: '5FY1Z', symbols: 25, typed: 'AB', swapped: 'BA' },
};
test.each(Object.keys(en) as (keyof typeof en)[])('the shared text %s formats', (key) => {
  expect(uiTexts('en')(key, values)).not.toMatch(/^$|[{}<>]/);
});

const portal: Reader = { locale: 'en', timeZone: 'Europe/Copenhagen', namesZone: true };
const winter = new Date('2026-11-24T13:05:00Z');
const summer = new Date('2025-09-01T08:12:00Z');

test('dates are written out, with the zone on the portal', () => {
  expect(dateOf(winter, portal)).toBe('24 November 2026');
  expect(dateTimeOf(winter, portal)).toBe('24 November 2026, 14:05 CET');
  expect(dateTimeOf(summer, portal)).toBe('1 September 2025, 10:12 CEST');
});

test('a site has one clock, and does not name its zone', () => {
  expect(timeOf(winter, { ...portal, namesZone: false })).toBe('14:05');
});

test.each([
  [10, 'a moment ago'],
  [61, '1 minute ago'],
  [3 * 3600 + 5, '3 hours ago'],
  [12 * 86_400, '12 days ago'],
  [174 * 86_400, '174 days ago'],
  [-30, 'a moment ago'],
])('%i seconds are "%s"', (seconds, words) => {
  expect(agoOf(winter, new Date(winter.getTime() + seconds * 1000), 'en')).toBe(words);
});

test('a registration number stands in two groups of four', () => {
  expect(registrationNumber('48172065')).toBe('4817 2065');
  expect(registrationNumber(48172065)).toBe('4817 2065');
});
