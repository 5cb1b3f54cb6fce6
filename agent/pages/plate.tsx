import { Links } from '../../ui/components/actions.tsx';
import { Plate, UncutPlate } from '../../ui/components/blocks.tsx';
import { RegistrationNumber } from '../../ui/components/when.tsx';
import { helpPath } from '../../ui/help/topics.ts';
import { useReader } from '../../ui/reader.ts';
import { dateOf, type Reader, registrationNumber } from '../../ui/text.ts';
import type { Plate as PlateOf } from '../plate.ts';
import { t } from './site-page.tsx';

/** A date without a time is the same day in every zone. */
const dayOf = (date: string, reader: Reader): string =>
  dateOf(new Date(`${date}T12:00:00Z`), { ...reader, timeZone: 'UTC' });

export const Day = ({ date }: { date: string }) => <time datetime={date}>{dayOf(date, useReader())}</time>;

export function placeOf({ city, country }: { city: string; country: string }, locale: string): string {
  const name = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }).of(country);
  return t('plate.place', { city, country: name ?? country });
}

/** The plate of the logon page, with what may be done about it. */
export function LogOnPlate({ plate }: { plate: PlateOf }) {
  const reader = useReader();
  const uncut = (...lines: preact.ComponentChildren[]) => <UncutPlate label={t('plate.label')} lines={lines} />;
  switch (plate.state) {
    case 'registered':
      return (
        <>
          <Plate
            heading={t('plate.registered')}
            site={plate.site.name}
            company={plate.site.company}
            place={placeOf(plate.site, reader.locale)}
            since={[
              t.rich('plate.number', { number: <RegistrationNumber number={plate.registration} /> }),
              t.rich('plate.since', { date: <Day date={plate.since} /> }),
            ]}
          />
          <Links items={[{ href: '/register', text: t('plate.edit') }]} />
        </>
      );
    case 'unregistered':
      return uncut(t('plate.unregistered'), <a href="/register">{t('plate.register')}</a>);
    case 'database-new':
      return uncut(
        t('plate.database-new.1'),
        t('plate.database-new.2'),
        <a href="/register">{t('plate.register-now')}</a>,
      );
    case 'replaced':
      return uncut(
        t.rich('plate.replaced', { date: <Day date={plate.movedOn} /> }),
        <a href={helpPath('system-id-was-replaced')}>{t('plate.what-to-do')}</a>,
      );
    case 'moved-or-copied':
      return uncut(t('plate.moved-or-copied.1'), t('plate.moved-or-copied.2'));
    case 'record-damaged':
      return uncut(t('plate.record-damaged'));
  }
}

/** The same as text, a line each, for programs that show it in a window of their own. */
export function plateText(plate: PlateOf, reader: Reader): string[] {
  switch (plate.state) {
    case 'registered':
      return [
        t('plate.registered'),
        plate.site.name,
        plate.site.company,
        placeOf(plate.site, reader.locale),
        `${t('plate.number', { number: registrationNumber(plate.registration) })} ${t('plate.since', { date: dayOf(plate.since, reader) })}`,
      ];
    case 'unregistered':
      return [t('plate.unregistered')];
    case 'database-new':
      return [t('plate.database-new.1'), t('plate.database-new.2')];
    case 'replaced':
      return [t('plate.replaced', { date: dayOf(plate.movedOn, reader) })];
    case 'moved-or-copied':
      return [t('plate.moved-or-copied.1'), t('plate.moved-or-copied.2')];
    case 'record-damaged':
      return [t('plate.record-damaged')];
  }
}
