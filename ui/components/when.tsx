import type { ComponentChildren } from 'preact';
import { uiTexts } from '../messages/index.ts';
import { useReader } from '../reader.ts';
import { dateLocale, dateOf, dateTimeOf, type PageLocale, registrationNumber, timeOf } from '../text.ts';

const spoken = { date: dateOf, time: timeOf, 'date and time': dateTimeOf } as const;

/** "24 November 2026, 14:05 CET", in the reader's language and zone. */
export const When = ({ at, as = 'date and time' }: { at: Date; as?: keyof typeof spoken }) => (
  <time datetime={at.toISOString()}>{spoken[as](at, useReader())}</time>
);

/** "12 days ago" */
export const Ago = ({ at, now }: { at: Date; now: Date }) => (
  <time datetime={at.toISOString()}>{agoOf(at, now, useReader().locale)}</time>
);

/** "12 days ago"; never in the future, because two clocks seldom agree to the second. */
export function agoOf(at: Date, now: Date, locale: PageLocale): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 60_000));
  if (minutes < 1) return uiTexts(locale)('ago.moment');
  const ago = new Intl.RelativeTimeFormat(dateLocale[locale]);
  if (minutes < 60) return ago.format(-minutes, 'minute');
  if (minutes < 24 * 60) return ago.format(-Math.floor(minutes / 60), 'hour');
  return ago.format(-Math.floor(minutes / (24 * 60)), 'day');
}

/** Kept together on one line: a number, a version, a server's name. */
export const Together = ({ children }: { children: ComponentChildren }) => <span class="num">{children}</span>;

/** "4817 2065" */
export const RegistrationNumber = ({ number }: { number: string | number }) => (
  <Together>{registrationNumber(number)}</Together>
);
