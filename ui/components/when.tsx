import type { ComponentChildren } from 'preact';
import { useReader } from '../reader.ts';
import { agoOf, dateOf, dateTimeOf, registrationNumber, timeOf } from '../text.ts';

const spoken = { date: dateOf, time: timeOf, 'date and time': dateTimeOf } as const;

/** "24 November 2026, 14:05 CET", in the reader's language and zone. */
export const When = ({ at, as = 'date and time' }: { at: Date; as?: keyof typeof spoken }) => (
  <time datetime={at.toISOString()}>{spoken[as](at, useReader())}</time>
);

/** "12 days ago" */
export const Ago = ({ at, now }: { at: Date; now: Date }) => (
  <time datetime={at.toISOString()}>{agoOf(at, now, useReader().locale)}</time>
);

/** Kept together on one line: a number, a version, a server's name. */
export const Together = ({ children }: { children: ComponentChildren }) => <span class="num">{children}</span>;

/** "4817 2065" */
export const RegistrationNumber = ({ number }: { number: string | number }) => (
  <Together>{registrationNumber(number)}</Together>
);
