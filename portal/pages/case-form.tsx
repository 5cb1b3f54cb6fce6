import type { CaseCause } from '../../core/cases.ts';
import { CASE_CAUSES } from '../../core/cases.ts';
import type { Seat } from '../../core/permissions.ts';
import { Acts, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { ChoiceField, TextAreaField } from '../../ui/components/fields.tsx';
import type { Problem } from '../../ui/reader.ts';
import type { SignedIn } from '../http/visitor.ts';
import type { BroughtRequest } from '../store/facts.ts';
import { Frame } from './frame.tsx';
import { systemOf } from './proceed.tsx';

/** What the form of a case says, as it was typed. */
export interface CaseAnswer {
  cause?: CaseCause | undefined;
  wants?: Seat | undefined;
  statement: string;
  evidence: string;
}

interface OpenCaseProps {
  visitor: SignedIn;
  portalName: string;
  /** What it is about: a System ID that proved itself, or a registration of the reader's. */
  about:
    | { brought: BroughtRequest }
    | { number: string; site: string; other: { seat: Seat; name: string; organisation: string } };
  answer: CaseAnswer;
  problems?: Problem[];
}

/** Before a case is opened: who will be told what, and what may come of it. */
export function OpenCasePage({ visitor, portalName, about, answer, problems = [] }: OpenCaseProps) {
  const { t } = visitor;
  const isHolder = 'brought' in about;
  const [action, back] = isHolder
    ? [`/requests/${about.brought.id}/case`, `/requests/${about.brought.id}`]
    : [`/systems/${about.number}/case`, `/systems/${about.number}`];
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('case.open.h1')}
      {...(isHolder && { system: systemOf(about.brought, t) })}
      problems={problems}
    >
      <p>
        {isHolder
          ? t('case.open.holder')
          : t('case.open.party', { site: about.site, ...about.other, seat: t(`case.seat.${about.other.seat}`) })}
      </p>
      <ul>
        <li>{t('case.open.then-1')}</li>
        <li>{t('case.open.then-2')}</li>
        <li>{t(isHolder ? 'case.open.then-3' : 'case.open.then-3-party')}</li>
      </ul>
      <Form action={action}>
        <ChoiceField
          type="radio"
          name="cause"
          label={t('case.cause')}
          required
          options={CASE_CAUSES.map((value) => ({ value, text: t(`case.cause.${value}`) }))}
          {...(answer.cause && { chosen: answer.cause })}
        />
        {isHolder && (
          <ChoiceField
            type="radio"
            name="wants"
            label={t('case.wants')}
            required
            options={(['integrator', 'end-user'] as const).map((value) => ({ value, text: t(`case.wants.${value}`) }))}
            {...(answer.wants && { chosen: answer.wants })}
          />
        )}
        <TextAreaField
          name="statement"
          label={t('case.statement')}
          hint={t('case.statement.hint')}
          required
          rows={6}
          value={answer.statement}
        />
        <TextAreaField
          name="evidence"
          label={t('case.evidence')}
          hint={t('case.evidence.hint')}
          rows={4}
          value={answer.evidence}
        />
        <Acts>
          <Go>{t('case.open.button')}</Go>
          <LinkButton href={back}>{t('case.cancel')}</LinkButton>
        </Acts>
      </Form>
    </Frame>
  );
}
