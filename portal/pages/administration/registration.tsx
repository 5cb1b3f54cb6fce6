import { kindName } from '../../../core/catalogue.ts';
import { CONSENT_KINDS } from '../../../core/consents.ts';
import { STEPS } from '../../../core/registration-form.ts';
import { linesOf } from '../../../core/system-id.ts';
import { Acts, Form, Go } from '../../../ui/components/actions.tsx';
import { Section, SystemIdLines } from '../../../ui/components/blocks.tsx';
import { TextAreaField } from '../../../ui/components/fields.tsx';
import { Facts } from '../../../ui/components/lists.tsx';
import { RegistrationNumber, When } from '../../../ui/components/when.tsx';
import type { Problem } from '../../../ui/reader.ts';
import { registrationNumber } from '../../../ui/text.ts';
import type { AdministeredRegistration } from '../../store/reads/administration/registration.ts';
import { GivenAnswersOf } from '../answers.tsx';
import { stateOf } from '../case.tsx';
import { stepTitle } from '../form-texts.ts';
import { LooksOf } from '../system-cases.tsx';
import { HistoryOf } from '../system-history.tsx';
import { AdministrationFrame, type AdministrationProps } from './frame.tsx';

interface ReasonProps extends AdministrationProps {
  number: string;
  /** Where to go on. */
  next: string;
  again?: { reason: string; problem: Problem };
}

/** Asked before the first look of a log-on; for a number that does not exist as well, so that only looking tells. */
export const LookReasonPage = ({ visitor, portalName, number, next, again }: ReasonProps) => {
  const { t } = visitor;
  return (
    <AdministrationFrame
      {...{ visitor, portalName }}
      heading={t('look.h1', { number: registrationNumber(number) })}
      problems={again ? [again.problem] : []}
    >
      <p>{t('look.text')}</p>
      <Form action={`/administration/registrations/${number}/look`} hidden={{ next }}>
        <TextAreaField name="reason" label={t('look.reason')} required rows={3} value={again?.reason ?? ''} />
        <Acts>
          <Go>{t('look.button')}</Go>
        </Acts>
      </Form>
    </AdministrationFrame>
  );
};

/** All of a registration. There is nothing to press: what changes it is a case. */
export function AdministeredRegistrationPage({
  visitor,
  portalName,
  registration,
}: AdministrationProps & { registration: AdministeredRegistration }) {
  const { t } = visitor;
  const { number, site, state, createdAt, confirmedAt, closedAt, mergedInto, parties, systems, consents } =
    registration;
  const partyIn = (seat: 'integrator' | 'end-user') => {
    const party = parties.find((one) => one.seat === seat);
    if (!party) return t('system.no-party');
    const { name, organisation, email, since } = party;
    return t.rich('look.party', { name, organisation, email, at: <When at={since} as="date" /> });
  };
  return (
    <AdministrationFrame {...{ visitor, portalName }} heading={site}>
      <p>{t('look.no-change')}</p>
      <Facts
        facts={[
          { term: t('system.state'), value: t(`state.${state}`) },
          {
            term: t('system.registration'),
            value: t.rich('system.registration-since', {
              number: <RegistrationNumber number={number} />,
              at: <When at={createdAt} as="date" />,
            }),
          },
          { term: t('system.integrator'), value: partyIn('integrator') },
          { term: t('system.end-user'), value: partyIn('end-user') },
          {
            term: t('system.correct'),
            value: confirmedAt ? <When at={confirmedAt} /> : t('system.not-confirmed'),
          },
          ...(closedAt ? [{ term: t('state.closed'), value: <When at={closedAt} /> }] : []),
          ...(mergedInto
            ? [{ term: t('state.merged'), value: t('state.merged-into', { number: registrationNumber(mergedInto) }) }]
            : []),
          {
            term: t('consent.heading-integrator'),
            value:
              CONSENT_KINDS.filter((kind) => consents.some((one) => one.kind === kind && one.given))
                .map((kind) => t(`consent.${kind}.short`))
                .join(', ') || t('consent.not-given'),
          },
        ]}
      />
      <Section heading={t('look.systems')}>
        {systems.length === 0 && <p>{t('system.no-system-id')}</p>}
        {systems.map(({ systemId, state, madeAt, kind, name, version, lastHeardAt }) => (
          <>
            <SystemIdLines lines={linesOf(systemId)} />
            <p>
              {t.rich('look.system', {
                state: t(`look.system.${state}`),
                at: <When at={madeAt} />,
                server: kind ? `${kindName(kind)} ${name ?? ''}, ${version ?? ''}` : t('system.server-unknown'),
                heard: lastHeardAt ? <When at={lastHeardAt} /> : t('look.never'),
              })}
            </p>
          </>
        ))}
      </Section>
      {registration.cases.length > 0 && (
        <Section heading={t('administration.cases')}>
          <Facts
            facts={registration.cases.map((line) => ({
              term: (
                <a href={`/administration/cases/${line.id}`}>
                  {t.rich('system.cases.line', { at: <When at={line.openedAt} /> })}
                </a>
              ),
              value: stateOf(visitor, line),
            }))}
          />
        </Section>
      )}
      {STEPS.map((step) => (
        <Section heading={stepTitle(visitor, step)}>
          <GivenAnswersOf visitor={visitor} step={step} answers={registration.answers[step]} />
        </Section>
      ))}
      <LooksOf visitor={visitor} looks={registration.looks} />
      <HistoryOf visitor={visitor} system={registration} entries={registration.history} page={undefined} />
    </AdministrationFrame>
  );
}
