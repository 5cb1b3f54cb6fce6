import type { ComponentChildren } from 'preact';
import type { RecordPayload } from '../../core/documents/record.ts';
import { linesOf, shortId } from '../../core/system-id.ts';
import { writtenCode } from '../../core/typed-code.ts';
import { Acts, Button, Form, Go, Links } from '../../ui/components/actions.tsx';
import { Box, Inset, Section, SystemIdLines, Warn } from '../../ui/components/blocks.tsx';
import { SelectField } from '../../ui/components/fields.tsx';
import { Facts, type Term } from '../../ui/components/lists.tsx';
import { RegistrationNumber, When } from '../../ui/components/when.tsx';
import { helpPath } from '../../ui/help/topics.ts';
import type { CodeInUse } from '../codes.ts';
import { isByCode, isRegistered, type Plate } from '../plate.ts';
import { ASK_AGAIN, type AskAgain } from '../store/settings.ts';
import { Day, placeOf } from './plate.tsx';
import { type MessageKey, type Site, SitePage, t } from './site-page.tsx';

/** What was just done, told once on top of the page. */
export const NOTES = {
  applied: 'info.applied',
  older: 'info.older',
  ended: 'info.ended',
  checked: 'info.checked',
  'nothing-new': 'info.checked-nothing',
  shown: 'info.offer.shown',
  declined: 'info.offer.declined',
  gone: 'info.offer.gone',
  saved: 'info.ask.saved',
} as const satisfies Record<string, MessageKey>;

export type Note = keyof typeof NOTES;

export interface RegistrationPageProps {
  site: Site;
  systemId: string;
  plate: Plate;
  /** The record that is shown, verified; undefined if there is none or it is damaged. */
  record: RecordPayload | undefined;
  code: CodeInUse | undefined;
  /** The database is a backup, and nothing newer has come from the portal since. */
  restoredAt: Date | undefined;
  madeAt: Date;
  madeBecause: string | undefined;
  former: { systemId: string; until: Date }[];
  heardAt: Date | undefined;
  failure: { text: string; at: Date } | undefined;
  offers: RecordPayload[];
  askAgain: AskAgain;
  note: Note | undefined;
}

export const RegistrationPage = (page: RegistrationPageProps) => (
  <SitePage site={page.site} heading={t('info.h1')} current="/registration">
    {page.note && (
      <Inset>
        <p role="status">{t(NOTES[page.note])}</p>
      </Inset>
    )}
    {page.plate.state === 'record-damaged' && (
      <Warn heading={t('plate.record-damaged')}>
        <p>
          {t.rich('info.damaged', {
            a: (text: ComponentChildren) => <a href={helpPath('details-cannot-be-shown')}>{text}</a>,
          })}
        </p>
      </Warn>
    )}
    {page.restoredAt && (
      <Inset>
        <p>
          {t.rich('info.restored', {
            date: <When at={page.restoredAt} as="date" />,
            a: (text: ComponentChildren) => <a href="/offline#code">{text}</a>,
          })}
        </p>
      </Inset>
    )}
    {page.offers.map((record) => (
      <OfferBox record={record} />
    ))}
    {page.failure && (
      <Inset>
        <p>{t.rich('info.not-reached', { date: <When at={page.failure.at} /> })}</p>
        <p>{page.failure.text}</p>
        {isRegistered(page.plate) && <p>{t('info.still-shown')}</p>}
      </Inset>
    )}
    <Facts facts={facts(page)} />
    <Form action="/registration/check-now">
      <p class="hint">{t('info.check-hint')}</p>
      <Acts>
        <Button>{t('info.check-now')}</Button>
      </Acts>
    </Form>
    <Links
      items={[
        ...(page.plate.state === 'record-damaged' ? [] : [registerLink(page.plate)]),
        { href: '/offline', text: t('offline.h1') },
        ...(isByCode(page.plate) ? [{ href: '/offline/registered', text: t('info.type-details') }] : []),
        { href: '/portal', text: t('portal.h1') },
        { href: '/what-we-send', text: t('info.what-we-send') },
        { href: '/privacy', text: t('footer.privacy') },
      ]}
    />
    {!isRegistered(page.plate) && <AskAgainForm chosen={page.askAgain} />}
  </SitePage>
);

const registerLink = (plate: Plate) => ({
  href: '/register',
  text: t(isRegistered(plate) ? 'plate.edit' : 'register.h1'),
});

function facts({
  systemId,
  plate,
  record,
  code,
  madeAt,
  madeBecause,
  former,
  heardAt,
  site,
}: RegistrationPageProps): Term[] {
  const formerOnes: ComponentChildren[] = former.map((one) =>
    t.rich('info.former-until', { shortId: shortId(one.systemId), date: <When at={one.until} /> }),
  );
  if (record?.predecessor && !former.some((one) => one.systemId === record.predecessor)) {
    formerOnes.push(t.rich('info.former-signed', { shortId: shortId(record.predecessor) }));
  }
  return [
    {
      term: t('system-identifier.h1'),
      value: (
        <>
          <SystemIdLines lines={linesOf(systemId)} />
          <p class="hint">{t('info.called')}</p>
        </>
      ),
    },
    { term: t('info.state'), value: stateOf(plate, record) },
    ...(record ? recordFacts(record) : []),
    ...(code ? codeFacts(code) : []),
    {
      term: t('info.made'),
      value: madeBecause ? (
        t.rich('info.made-because', { date: <When at={madeAt} />, reason: madeBecause })
      ) : (
        <When at={madeAt} />
      ),
    },
    ...(formerOnes.length > 0 ? [{ term: t('info.former'), value: formerOnes.map((one) => <div>{one}</div>) }] : []),
    { term: t('info.portal'), value: <a href={site.portal.url}>{site.portal.host}</a> },
    { term: t('info.heard'), value: heardAt ? <When at={heardAt} /> : t('info.never') },
  ];
}

function stateOf(plate: Plate, record: RecordPayload | undefined): ComponentChildren {
  if (plate.state === 'details-not-loaded') return t('info.state.details-not-loaded');
  if (plate.state === 'entered-on-site') {
    return t.rich('info.state.entered-on-site', { date: <When at={plate.enteredAt} as="date" /> });
  }
  if (plate.state === 'as-of') return t.rich('info.state.as-of', { date: <When at={plate.asOf} as="date" /> });
  if (record?.state === 'replaced') return t.rich('info.state.replaced', { date: <Day date={record.since} /> });
  if (record) return t(`info.state.${record.state}`);
  if (plate.state === 'database-new' || plate.state === 'record-damaged') return t(`info.state.${plate.state}`);
  return t('info.state.unregistered');
}

function codeFacts({ code, issuedOn, enteredAt, confirmation }: CodeInUse): Term[] {
  const dates = {
    issued: <Day date={issuedOn.toISOString().slice(0, 10)} />,
    entered: <When at={enteredAt} as="date" />,
  };
  return [
    {
      term: t('info.code'),
      value: (
        <>
          <code>{writtenCode(code)}</code> <p class="hint">{t.rich('info.code.dates', dates)}</p>
        </>
      ),
    },
    ...(confirmation ? [{ term: t('info.confirmation'), value: <code>{writtenCode(confirmation)}</code> }] : []),
  ];
}

function recordFacts({ registration, since, state, site, integrator, end_user, contact }: RecordPayload): Term[] {
  const optional = (term: string, value: string | undefined) => (value ? [{ term, value }] : []);
  return [
    {
      term: t('info.registered-to'),
      value: [site.name, site.company, placeOf(site, 'en')].map((line) => <div>{line}</div>),
    },
    { term: t('info.registration'), value: <RegistrationNumber number={registration} /> },
    ...(state === 'replaced' ? [] : [{ term: t('info.since'), value: <Day date={since} /> }]),
    ...optional(t('info.integrator'), integrator),
    ...optional(t('info.end-user'), end_user),
    ...optional(t('info.contact'), contact),
  ];
}

const OfferBox = ({ record }: { record: RecordPayload }) => (
  <Box heading={t('info.offer.heading')}>
    <p>
      {t.rich('info.offer', {
        number: <RegistrationNumber number={record.registration} />,
        site: record.site.name,
        company: record.site.company,
      })}
    </p>
    <Form action="/registration/offer" hidden={{ registration: record.registration }}>
      <Acts>
        <Go name="answer" value="show" object={record.site.name}>
          {t('info.offer.show')}
        </Go>
        <Button name="answer" value="decline">
          {t('info.offer.decline')}
        </Button>
      </Acts>
    </Form>
  </Box>
);

const AskAgainForm = ({ chosen }: { chosen: AskAgain }) => (
  <Section heading={t('info.ask.heading')}>
    <Form action="/registration/ask-again">
      <SelectField
        name="days"
        label={t('info.ask.label')}
        value={String(chosen)}
        options={ASK_AGAIN.map((days) => ({ value: String(days), text: t('info.ask.option', { days: String(days) }) }))}
      />
      <Acts>
        <Button>{t('info.ask.save')}</Button>
      </Acts>
    </Form>
  </Section>
);
