import { expect, test } from 'vitest';
import { mail as de } from './de/mail.ts';
import { mail as en } from './en/mail.ts';

// That no text is missing is held by the compiler.
test.each(Object.keys(en) as (keyof typeof en)[])('%s says in German what it says in English', (key) => {
  expect(namesIn(de[key])).toEqual(namesIn(en[key]));
  expect(de[key]).not.toBe(en[key]);
});

/** What is put in: sites, dates, names. */
function namesIn(message: string): string[] {
  return [...new Set(message.match(/(?<=\{)\w+(?=[,}])/g))].sort();
}
