import { expect, test } from 'vitest';
import { texts } from '../../ui/text.ts';
import { mail as de } from './de/mail.ts';
import { mail as en } from './en/mail.ts';

// That no text is missing is held by the compiler.
test.each(Object.keys(en) as (keyof typeof en)[])('%s says in German what it says in English', (key) => {
  expect(namesIn(de[key])).toEqual(namesIn(en[key]));
  expect(de[key]).not.toBe(en[key]);
});

// One that cannot be read would hold up all mails behind it.
test.each(Object.entries({ en, de }))('every mail in %s can be read', (language, catalogue) => {
  const t = texts(catalogue, language as 'en' | 'de') as (key: string, values: Record<string, number>) => string;
  for (const [key, message] of Object.entries(catalogue)) {
    const values = Object.fromEntries(namesIn(message).map((name) => [name, 1]));
    expect(() => t(key, values), key).not.toThrow();
  }
});

/** What is put in: sites, dates, names. */
function namesIn(message: string): string[] {
  return [...new Set(message.match(/(?<=\{)\w+(?=[,}])/g))].sort();
}
