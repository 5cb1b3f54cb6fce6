import { expect, test } from 'vitest';
import { comesFromAnotherSite } from './origin.ts';
import { ownPage } from './where-to.ts';

test.each(['/registration/back?record=a.b.c', '/database', '/'])('log on leads on to %s', (then) => {
  expect(ownPage(then)).toBe(then);
});

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/',
  'database',
  '',
  undefined,
  ['/a'],
  '/\t/evil.example',
])('log on never leads to %j as another site', (then) => {
  expect(new URL(ownPage(then) ?? '/', 'http://this.server').host).toBe('this.server');
  expect(ownPage(then) ?? '').not.toMatch(/^\/[/\\]/);
});

const post = (headers: Record<string, string>) => ({ method: 'POST', host: 'server:4080', headers });

test.each([
  ['a post of the same origin', post({ 'sec-fetch-site': 'same-origin', origin: 'http://server:4080' }), false],
  ['a post of another port', post({ 'sec-fetch-site': 'same-site', origin: 'http://server:8080' }), true],
  ['a post of another site', post({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }), true],
  ['a post of another site by an old browser', post({ origin: 'https://evil.example' }), true],
  ['a post that hides where it is from', post({ origin: 'null' }), true],
  ['a post of the same origin by an old browser', post({ origin: 'http://server:4080' }), false],
  ['a link of another site', { ...post({ 'sec-fetch-site': 'cross-site' }), method: 'GET' }, false],
])('%s: foreign?', (_what, request, expected) => {
  expect(comesFromAnotherSite(request)).toBe(expected);
});
