import type { ComponentChildren } from 'preact';
import { askedIn, FORM, type Step, type StepAnswers } from '../../core/registration-form.ts';
import { Facts } from '../../ui/components/lists.tsx';
import type { Visitor } from '../http/visitor.ts';
import { answerText, fieldLabel } from './form-texts.ts';

interface AnswersProps {
  visitor: Visitor;
  step: Step;
  answers: StepAnswers;
  /** What the registration says now, where that is to be seen beside what it will say. */
  before?: StepAnswers | undefined;
  isPrepared?: boolean;
}

/** All answers of one step, read back in the order of the form. */
export const AnswersOf = ({ visitor, step, answers, before, isPrepared = false }: AnswersProps) => (
  <Facts
    facts={askedIn(step, { ...before, ...answers }, isPrepared).map((field) => {
      const none = <span class="note">{visitor.t('answers.none')}</span>;
      const now = answerText(visitor, field, answers);
      const was = answerText(visitor, field, before ?? answers);
      const value = now ?? none;
      return {
        term: fieldLabel(visitor, step, field.name),
        value: now === was ? value : <Changed {...{ visitor, value, was: was ?? visitor.t('answers.none') }} />,
      };
    })}
  />
);

const Changed = ({ visitor, value, was }: { visitor: Visitor; value: ComponentChildren; was: string }) => (
  <>
    <strong>{value}</strong> <span class="note">{visitor.t('answers.was', { value: was })}</span>
  </>
);

/** What a step says, without the fields that nobody filled in. */
export function GivenAnswersOf({ visitor, step, answers }: Omit<AnswersProps, 'before' | 'isPrepared'>) {
  const facts = FORM[step].flatMap((field) => {
    const value = answerText(visitor, field, answers);
    return value === undefined ? [] : [{ term: fieldLabel(visitor, step, field.name), value }];
  });
  return facts.length > 0 ? <Facts facts={facts} /> : <p class="note">{visitor.t('answers.none-of-step')}</p>;
}
