import { type Decision, decisionsOpen } from '../../../core/cases.ts';
import { Acts, Danger, Form, LinkButton } from '../../../ui/components/actions.tsx';
import { Section } from '../../../ui/components/blocks.tsx';
import { ChoiceField, TextAreaField } from '../../../ui/components/fields.tsx';
import { Facts } from '../../../ui/components/lists.tsx';
import { Table } from '../../../ui/components/table.tsx';
import { When } from '../../../ui/components/when.tsx';
import type { Problem } from '../../../ui/reader.ts';
import { seenOf } from '../../operations/decide-case.ts';
import type { AdministeredCase } from '../../store/reads/administration/case.ts';
import type { CaseInList } from '../../store/reads/administration/overview.ts';
import { caseFacts, ObjectionsOf, stateOf, TextsOf } from '../case.tsx';
import { AdministrationFrame, type AdministrationProps } from './frame.tsx';

/** All of them, without what they are about: to open one is a look at its registration. */
export const AdministeredCasesPage = ({
  visitor,
  portalName,
  cases,
}: AdministrationProps & { cases: CaseInList[] }) => {
  const { t } = visitor;
  return (
    <AdministrationFrame {...{ visitor, portalName }} heading={t('administration.cases')}>
      {cases.length === 0 ? (
        <p>{t('admin-cases.none')}</p>
      ) : (
        <Table
          caption={t('admin-cases.caption', { count: cases.length })}
          columns={[
            t('admin-cases.case'),
            t('case.what'),
            t('admin-cases.by'),
            t('admin-cases.objections'),
            t('admin-cases.state'),
          ]}
          rows={cases.map((line) => [
            <a href={`/administration/cases/${line.id}`}>
              {t.rich('system.cases.line', { at: <When at={line.openedAt} /> })}
            </a>,
            t(`case.cause.${line.cause}`),
            t(`case.as.${line.openedAs}`),
            line.objections,
            stateOf(visitor, line),
          ])}
        />
      )}
    </AdministrationFrame>
  );
};

interface CaseProps extends AdministrationProps {
  registration: { number: string; site: string; state: Parameters<typeof decisionsOpen>[0]['state'] };
  shown: AdministeredCase;
  openerHasSeat: boolean;
  again?: { decision: Decision | undefined; reason: string; problems: Problem[] };
}

/** Both sides, and the decision. */
export function AdministeredCasePage({ visitor, portalName, registration, shown, openerHasSeat, again }: CaseProps) {
  const { t, now } = visitor;
  const { number, site, state } = registration;
  const open = decisionsOpen({ now, case: shown, state, parties: shown.parties, openerHasSeat });
  const proof = !shown.systemId ? 'none' : shown.provesCurrent ? 'current' : 'former';
  return (
    <AdministrationFrame
      {...{ visitor, portalName }}
      heading={t('case.h1', { what: site })}
      problems={again?.problems ?? []}
    >
      <Facts
        facts={[
          ...caseFacts(visitor, shown),
          { term: t('admin-case.proof'), value: t(`admin-case.proof.${proof}`) },
          { term: t('admin-case.state'), value: t(`state.${state}`) },
          { term: t('admin-case.parties'), value: <Parties t={t} shown={shown} /> },
        ]}
      />
      <Acts>
        <LinkButton href={`/administration/registrations/${number}`}>{t('admin-case.registration')}</LinkButton>
      </Acts>
      <TextsOf visitor={visitor} shown={shown} />
      <ObjectionsOf visitor={visitor} objections={shown.objections} />
      {!shown.endedAt && (
        <Section heading={t('admin-case.decide')}>
          {open.length === 1 && <p>{t.rich('admin-case.not-yet', { until: <When at={shown.objectionsUntil} /> })}</p>}
          <Form action={`/administration/cases/${shown.id}/decide`} hidden={{ seen: seenOf(shown, shown.parties) }}>
            <ChoiceField
              type="radio"
              name="decision"
              label={t('admin-case.decision')}
              required
              options={open.map((value) => ({
                value,
                text: t(`admin-case.decision.${value}`, { seat: t(`case.seat.${shown.seat}`) }),
              }))}
              {...(again?.decision && { chosen: again.decision })}
            />
            <TextAreaField
              name="reason"
              label={t('admin-case.reason')}
              hint={t('admin-case.reason.hint')}
              required
              rows={5}
              value={again?.reason ?? ''}
            />
            <Acts>
              <Danger>{t('admin-case.button')}</Danger>
            </Acts>
          </Form>
        </Section>
      )}
    </AdministrationFrame>
  );
}

function Parties({ t, shown }: { t: AdministrationProps['visitor']['t']; shown: AdministeredCase }) {
  if (shown.parties.length === 0) return <>{t('admin-case.nobody')}</>;
  return (
    <>
      {shown.parties.map((party) => (
        <div>
          {t('admin-case.party', {
            seat: t(`case.seat.${party.seat}`),
            organisation: party.organisation,
            name: party.name,
            email: party.email,
          })}
          {': '}
          {t(party.hasObjected ? 'admin-case.party.objected' : 'admin-case.party.silent')}
        </div>
      ))}
    </>
  );
}
