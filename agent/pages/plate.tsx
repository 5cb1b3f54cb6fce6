import { Links } from '../../ui/components/actions.tsx';
import { Plate, UncutPlate } from '../../ui/components/blocks.tsx';
import { RegistrationNumber, When } from '../../ui/components/when.tsx';
import { helpPath } from '../../ui/help/topics.ts';
import { useReader } from '../../ui/reader.ts';
import { dateOf, type Reader, registrationNumber } from '../../ui/text.ts';
import { isRegistered, type Plate as PlateOf } from '../plate.ts';
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
export const LogOnPlate = ({ plate }: { plate: PlateOf }) => (
  <>
    <PlateAlone plate={plate} />
    {isRegistered(plate) && <Links items={[{ href: '/register', text: t('plate.edit') }]} />}
  </>
);

export function PlateAlone({ plate }: { plate: PlateOf }) {
  const reader = useReader();
  const uncut = (...lines: preact.ComponentChildren[]) => (
    <UncutPlate label={t('plate.label')} lines={lines.filter((line) => line !== undefined)} />
  );
  switch (plate.state) {
    case 'registered':
    case 'as-of':
      return (
        <Plate
          heading={t('plate.registered')}
          site={plate.site.name}
          company={plate.site.company}
          place={placeOf(plate.site, reader.locale)}
          since={[
            t.rich('plate.number', { number: <RegistrationNumber number={plate.registration} /> }),
            t.rich('plate.since', { date: <Day date={plate.since} /> }),
          ]}
          notes={plate.state === 'as-of' ? [t.rich('plate.as-of', { date: <When at={plate.asOf} as="date" /> })] : []}
        />
      );
    case 'entered-on-site':
      // Not carved: no portal has signed it.
      return uncut(
        t('plate.registered'),
        <b>{plate.site.name}</b>,
        plate.site.company,
        plate.site.city,
        plate.registration &&
          t.rich('plate.number-alone', { number: <RegistrationNumber number={plate.registration} /> }),
        t.rich('plate.entered-on-site', { date: <When at={plate.enteredAt} as="date" /> }),
      );
    case 'details-not-loaded':
      return uncut(
        t('plate.by-code'),
        t.rich('plate.code-entered', { date: <When at={plate.codeEnteredAt} as="date" /> }),
        t('plate.details-not-loaded'),
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
    case 'as-of':
      return [
        ...plateText({ ...plate, state: 'registered' }, reader),
        t('plate.as-of', { date: dateOf(plate.asOf, reader) }),
      ];
    case 'entered-on-site': {
      const { registration: number, site } = plate;
      return [
        t('plate.registered'),
        site.name,
        site.company,
        site.city,
        ...(number ? [t('plate.number-alone', { number: registrationNumber(number) })] : []),
        t('plate.entered-on-site', { date: dateOf(plate.enteredAt, reader) }),
      ];
    }
    case 'details-not-loaded':
      return [
        t('plate.by-code'),
        t('plate.code-entered', { date: dateOf(plate.codeEnteredAt, reader) }),
        t('plate.details-not-loaded'),
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
