import type { FieldProblem, FormField, Step, StepAnswers } from '../../core/registration-form.ts';
import { dateOf } from '../../ui/text.ts';
import { countryName } from '../countries.ts';
import type { Visitor } from '../http/visitor.ts';
import { en } from '../messages/en.ts';

/**
 * The words of a form whose fields are data: looked up by the names of step, field and option. That none is missing is
 * what form-texts.test.ts is for.
 */
type Key = keyof typeof en;

const has = (key: string): key is Key => key in en;

export const stepTitle = ({ t }: Visitor, step: Step): string => t(`form.${step}`);

export function fieldLabel({ t }: Visitor, step: Step, field: string): string {
  return t(`form.${step}.${field}` as Key);
}

export function fieldHint({ t }: Visitor, step: Step, field: string): string | undefined {
  const key = `form.${step}.${field}.hint`;
  return has(key) ? t(key) : undefined;
}

export function optionText({ t }: Visitor, field: string, option: string): string {
  const key = `option.${field}.${option}`;
  // An option that left the catalogue after somebody chose it is shown by its code.
  return has(key) ? t(key) : option;
}

export function problemText(visitor: Visitor, step: Step, field: FormField, problem: FieldProblem): string {
  const own = `form.${step}.${field.name}.${problem}`;
  if (has(own)) return visitor.t(own);
  const label = fieldLabel(visitor, step, field.name);
  return visitor.t(`form.problem.${problem}`, { label, max: field.max });
}

/** An answer as it is read back; nothing if none was given. */
export function answerText(visitor: Visitor, field: FormField, answers: StepAnswers): string | undefined {
  const answer = answers[field.name];
  if (answer === undefined || answer.length === 0) return undefined;
  if (typeof answer !== 'string') return answer.map((one) => optionText(visitor, field.name, one)).join(', ');
  const { locale } = visitor.reader;
  switch (field.kind) {
    case 'one-of':
      return optionText(visitor, field.name, answer);
    case 'country':
      return countryName(answer, locale);
    case 'date':
      return dayText(answer, visitor);
    default:
      return answer;
  }
}

/** A day has no zone: it is the same everywhere. */
function dayText(day: string, { reader }: Visitor): string {
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? day : dateOf(at, { ...reader, timeZone: 'UTC' });
}
