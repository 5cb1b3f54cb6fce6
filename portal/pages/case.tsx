import { linesOf, shortId } from '../../core/system-id.ts';
import { Acts, Button, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Section, SystemIdLines } from '../../ui/components/blocks.tsx';
import { TextAreaField } from '../../ui/components/fields.tsx';
import { Facts, type Term } from '../../ui/components/lists.tsx';
import { Table } from '../../ui/components/table.tsx';
import { When } from '../../ui/components/when.tsx';
import type { Problem } from '../../ui/reader.ts';
import type { SignedIn } from '../http/visitor.ts';
import type { CaseLine, CaseShown, Objection, OwnCase } from '../store/reads/cases.ts';
import { Frame } from './frame.tsx';

interface CasePageProps {
  visitor: SignedIn;
  portalName: string;
  shown: CaseShown;
  /** It was opened a moment ago. */
  isNew?: boolean;
  again?: { objection: string; problem: Problem };
}

/** A case for who opened it and for the parties, each as far as they may know it. */
export function CasePage({ visitor, portalName, shown, isNew, again }: CasePageProps) {
  const { t } = visitor;
  const { registration, systemId, endedAt, isOpener } = shown;
  const what = registration?.site ?? (systemId ? shortId(systemId) : '');
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('case.h1', { what })}
      problems={again ? [again.problem] : []}
    >
      {isNew && <p role="status">{t('case.opened-now')}</p>}
      <Facts facts={caseFacts(visitor, shown)} />
      {registration && (
        <Acts>
          <LinkButton href={`/systems/${registration.number}`}>{t('case.open-system')}</LinkButton>
        </Acts>
      )}
      <TextsOf visitor={visitor} shown={shown} />
      {registration && <ObjectionsOf visitor={visitor} objections={shown.objections} />}
      {registration && !endedAt && !registration.isAnswered && (
        <Section heading={t('case.object.heading')}>
          <p>{t.rich('case.object.text', { until: <When at={shown.objectionsUntil} /> })}</p>
          <Form action={`/cases/${shown.id}/object`}>
            <TextAreaField
              name="objection"
              label={t('case.object.field')}
              required
              rows={6}
              value={again?.objection ?? ''}
            />
            <Acts>
              <Go>{t('case.object.button')}</Go>
            </Acts>
          </Form>
        </Section>
      )}
      {isOpener && !endedAt && (
        <Section heading={t('case.withdraw.heading')}>
          <p>{t('case.withdraw.text')}</p>
          <Form action={`/cases/${shown.id}/withdraw`}>
            <Acts>
              <Button>{t('case.withdraw.button')}</Button>
            </Acts>
          </Form>
        </Section>
      )}
    </Frame>
  );
}

type Told = Pick<
  CaseShown,
  keyof CaseLine | 'openedBy' | 'systemId' | 'statement' | 'evidence' | 'endedSeat' | 'reason'
>;

/** State, who, since when, and what is asked for. */
export function caseFacts(visitor: SignedIn, shown: Told): Term[] {
  const { t } = visitor;
  const { openedBy, openedAt, openedAs, systemId, cause, seat, endedAs, reason } = shown;
  return [
    { term: t('case.state'), value: stateOf(visitor, shown) },
    ...(reason !== null || (endedAs && endedAs !== 'withdrawn')
      ? [{ term: t('case.reason'), value: reason ?? t('case.erased') }]
      : []),
    { term: t('case.opened'), value: t.rich('case.opened-by', { ...openedBy, at: <When at={openedAt} /> }) },
    { term: t('case.as'), value: t(`case.as.${openedAs}`) },
    ...(systemId ? [{ term: t('case.system'), value: <SystemIdLines lines={linesOf(systemId)} /> }] : []),
    { term: t('case.what'), value: t(`case.cause.${cause}`) },
    {
      term: t('case.asks'),
      value:
        openedAs === 'holder' ? t('case.asks.seat', { seat: t(`case.seat.${seat}`) }) : t('case.asks.freed', { seat }),
    },
  ];
}

/** What became of it, or until when the parties can object. */
export function stateOf(
  { t, now }: SignedIn,
  line: Pick<CaseLine, 'endedAt' | 'endedAs' | 'objectionsUntil' | 'seat'> & { endedSeat?: CaseShown['endedSeat'] },
) {
  const { endedAt, endedAs, endedSeat, seat, objectionsUntil } = line;
  if (endedAt && endedAs) {
    return t.rich(`case.end.${endedAs}`, { at: <When at={endedAt} />, seat: t(`case.seat.${endedSeat ?? seat}`) });
  }
  return now < objectionsUntil
    ? t.rich('cases.waits', { until: <When at={objectionsUntil} /> })
    : t('cases.for-decision');
}

/** What the opener wrote. */
export const TextsOf = ({ visitor: { t }, shown }: { visitor: SignedIn; shown: Told }) => (
  <>
    <Section heading={t('case.statement.heading')}>
      <Written t={t} text={shown.statement} />
    </Section>
    {shown.evidence !== null && (
      <Section heading={t('case.evidence')}>
        <Written t={t} text={shown.evidence} />
      </Section>
    )}
  </>
);

export const ObjectionsOf = ({ visitor: { t }, objections }: { visitor: SignedIn; objections: Objection[] }) => (
  <Section heading={t('case.objections')}>
    {objections.length === 0 && <p>{t('case.objection.none')}</p>}
    {objections.map(({ name, organisation, at, text }) => (
      <>
        <p>{t.rich('case.objection.by', { name, organisation, at: <When at={at} /> })}</p>
        <Written t={t} text={text} />
      </>
    ))}
  </Section>
);

/** As it was written, line by line. */
const Written = ({ t, text }: { t: SignedIn['t']; text: string | null }) => (
  <>
    {(text ?? t('case.erased')).split(/\n+/).map((line) => (
      <p>{line}</p>
    ))}
  </>
);

/** What an account has opened, with or without a seat. */
export const CasesPage = ({ visitor, portalName, own }: { visitor: SignedIn; portalName: string; own: OwnCase[] }) => {
  const { t } = visitor;
  return (
    <Frame visitor={visitor} portalName={portalName} heading={t('cases.h1')} current="/account">
      {own.length === 0 ? (
        <p>{t('cases.none')}</p>
      ) : (
        <Table
          caption={t('cases.caption', { count: own.length })}
          columns={[t('cases.about'), t('cases.opened'), t('cases.state')]}
          rows={own.map((line) => [
            <a href={`/cases/${line.id}`}>
              {line.site ?? <code>{line.systemId ? shortId(line.systemId) : line.id.slice(0, 8)}</code>}
            </a>,
            <When at={line.openedAt} />,
            stateOf(visitor, line),
          ])}
        />
      )}
    </Frame>
  );
};
