import countries from 'i18n-iso-countries/index.js';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import type { PageLocale } from '../ui/text.ts';

// Only the languages that the pages speak: the package's own entry loads all seventy.
countries.registerLocale(english);

/** ISO 3166-1 alpha-2: what a form may send. */
export const COUNTRY_CODES: ReadonlySet<string> = new Set(Object.keys(countries.getAlpha2Codes()));

export function countryName(code: string, locale: PageLocale): string {
  return countries.getName(code, locale, { select: 'official' }) ?? code;
}

/** The country that somebody wrote, by its code or its name. */
export function countryCode(words: string): string | undefined {
  const code = words.trim().toUpperCase();
  return COUNTRY_CODES.has(code) ? code : countries.getAlpha2Code(words.trim(), 'en');
}

const lists = new Map<PageLocale, readonly { value: string; text: string }[]>();

/** All countries by name, in the order of the reader's language. */
export function countryOptions(locale: PageLocale): readonly { value: string; text: string }[] {
  const known = lists.get(locale);
  if (known) return known;
  const byName = new Intl.Collator(locale);
  const made = Array.from(COUNTRY_CODES, (value) => ({ value, text: countryName(value, locale) })).sort((a, b) =>
    byName.compare(a.text, b.text),
  );
  lists.set(locale, made);
  return made;
}
