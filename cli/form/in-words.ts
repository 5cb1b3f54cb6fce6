import { bold, facts } from '../terminal/table.ts';
import { type Field, type Filled, type Form, optionsOf, STEPS, steps } from './form.ts';

/** Answers under their labels, with the names of what was chosen. */
export function inWords(form: Form, answers: Filled): string {
  return steps
    .map((step) => {
      const given = answers[step] ?? {};
      const pairs = form.form[step].map((field) => [field.label, valueOf(field, given[field.name], form)] as const);
      const said = facts(pairs);
      return said && `${bold(STEPS[step])}\n${said}`;
    })
    .filter(Boolean)
    .join('\n');
}

function valueOf(field: Field, value: string | string[] | undefined, form: Form): string | undefined {
  if (value === undefined) return undefined;
  const options = optionsOf(field, form);
  return [value]
    .flat()
    .map((code) => options?.find((option) => option.code === code)?.name ?? code)
    .join(', ');
}
