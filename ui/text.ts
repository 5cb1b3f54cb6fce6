import { IntlMessageFormat } from 'intl-messageformat';
import { type ComponentChildren, h } from 'preact';

/** The languages that pages are in. */
export type PageLocale = 'en';
/** The languages that anything is in: people are written to in more than there are pages in. */
export type Locale = PageLocale | 'de';

/** Who reads: the language, the time zone, and whether times name it (the portal does; a site has one clock). */
export interface Reader<L extends Locale = PageLocale> {
  locale: L;
  timeZone: string;
  namesZone: boolean;
}

type Catalogue = Readonly<Record<string, string>>;
type Value = string | number;
export type Tag = (children: ComponentChildren) => ComponentChildren;

type RichValues = Record<string, ComponentChildren | Tag>;

export interface Texts<Key extends string> {
  (key: Key, values?: Record<string, Value>): string;
  /** The same with elements: `<b>`, `<code>` and `<em>` are known, others (`<a>`) are given as functions. */
  rich(key: Key, values?: RichValues): ComponentChildren;
}

const knownTags: Record<string, Tag> = {
  b: (children) => h('b', null, children),
  code: (children) => h('code', null, children),
  em: (children) => h('em', null, children),
};

// Parsing a message costs more than formatting it. Bounded by the catalogues, so nothing is ever dropped.
const formats = new Map<string, IntlMessageFormat>();

function formatOf(message: string, locale: Locale): IntlMessageFormat {
  const known = formats.get(locale + message);
  if (known) return known;
  const made = new IntlMessageFormat(message, locale);
  formats.set(locale + message, made);
  return made;
}

/** A message with elements in it, as children. */
export const formatRich = (message: string, locale: Locale, values?: RichValues): ComponentChildren =>
  formatOf(message, locale).format<ComponentChildren>({ ...knownTags, ...values });

/** The texts of one catalogue. A key it does not have does not compile; a value that a message misses is thrown. */
export function texts<C extends Catalogue>(catalogue: C, locale: Locale): Texts<keyof C & string> {
  const messageOf = (key: string) => catalogue[key] as string;
  const t = (key: string, values?: Record<string, Value>) => String(formatOf(messageOf(key), locale).format(values));
  const rich = (key: string, values?: RichValues) => formatRich(messageOf(key), locale, values);
  return Object.assign(t, { rich });
}

// "en" alone would mean the dates of the United States.
export const dateLocale: Record<Locale, string> = { en: 'en-GB', de: 'de-DE' };

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(reader: Reader<Locale>, kind: 'date' | 'time'): Intl.DateTimeFormat {
  const key = `${kind} ${reader.locale} ${reader.timeZone} ${reader.namesZone}`;
  const known = dateFormats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(dateLocale[reader.locale], {
    timeZone: reader.timeZone,
    ...(kind === 'date'
      ? { dateStyle: 'long' }
      : { hour: '2-digit', minute: '2-digit', ...(reader.namesZone && { timeZoneName: 'short' }) }),
  });
  dateFormats.set(key, made);
  return made;
}

/** "24 November 2026" */
export const dateOf = (at: Date, reader: Reader<Locale>): string => dateFormat(reader, 'date').format(at);

/** "14:05 CET", and "14:05" where the zone is not named */
export const timeOf = (at: Date, reader: Reader<Locale>): string => dateFormat(reader, 'time').format(at);

/** "24 November 2026, 14:05 CET" */
export const dateTimeOf = (at: Date, reader: Reader<Locale>): string => `${dateOf(at, reader)}, ${timeOf(at, reader)}`;

/** A registration number as people read it aloud: "4817 2065". */
export const registrationNumber = (number: string | number): string =>
  String(number).replace(/(?<=^\d{4})(?=\d{4}$)/, ' ');
