import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANGUAGES, languageFor } from './languages.ts';

test.each([
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['en-GB, de', 'en'],
  ['da, de;q=0.5, en;q=0.4', 'de'],
  ['de;q=0.3, EN-us ; q=0.7', 'en'],
  ['de;q=0, en;q=0', 'en'],
  ['fr-FR', 'en'],
  ['*', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('who asks for %j is written to in %s', (accepted, language) => {
  expect(languageFor(accepted)).toBe(language);
});

test('whatever a browser says, it is one of ours', () => {
  fc.assert(fc.property(fc.string(), (accepted) => LANGUAGES.includes(languageFor(accepted))));
});
