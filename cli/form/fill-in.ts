import { FORM, readStep } from '../../core/registration-form.ts';
import { ask } from '../terminal/ask.ts';
import { bold, say } from '../terminal/table.ts';
import { type Field, type Filled, type Form, optionsOf, STEPS, type Step, steps } from './form.ts';

/** Asks for every field that has no answer yet, with its label and what can be chosen. Enter alone leaves one empty. */
export async function fillIn(form: Form, given: Filled): Promise<Filled> {
  const filled: Filled = { ...given };
  for (const step of steps) {
    const asked = form.form[step].filter((field) => filled[step]?.[field.name] === undefined);
    if (asked.length > 0) say(`\n${bold(STEPS[step], process.stderr)}`);
    for (const field of asked) {
      const answer = await askFor(form, step, field);
      if (answer.length > 0) filled[step] = { ...filled[step], [field.name]: answer };
    }
  }
  return filled;
}

async function askFor(form: Form, step: Step, field: Field): Promise<string | string[]> {
  const options = optionsOf(field, form);
  // All countries would fill the screen; people type the name of theirs.
  if (options && field.kind !== 'country') {
    const several = field.kind === 'several-of' ? ' Several: 1, 3.' : '';
    say(`${options.map(({ name }, n) => `  ${n + 1} ${name}`).join('\n')}\n  Choose by number.${several}`);
  }
  for (;;) {
    const typed = await ask(`${field.label}${field.required ? ' *' : ''}: `);
    const answer = options ? chosen(typed, options, field) : typed;
    if (answer === undefined) say('That is not in the list.');
    else {
      const problem = problemOf(form, step, field, answer);
      if (!problem) return answer;
      say(problem);
    }
  }
}

function chosen(
  typed: string,
  options: { code: string; name: string }[],
  { kind }: Field,
): string | string[] | undefined {
  const words = kind === 'several-of' ? typed.split(',').map((word) => word.trim()) : [typed];
  const codes = words.filter(Boolean).map((word) => {
    const same = (text: string) => text.toLowerCase() === word.toLowerCase();
    return (options.find(({ code, name }) => same(code) || same(name)) ?? options[Number(word) - 1])?.code;
  });
  if (codes.includes(undefined)) return undefined;
  return kind === 'several-of' ? (codes as string[]) : (codes[0] ?? '');
}

const SAYINGS: Record<string, string> = {
  required: 'This is needed.',
  'too-long': 'This is too long.',
  'not-an-email': 'Enter an e-mail address like name@example.com.',
  'not-a-date': 'Enter a date like 2026-11-24.',
};

/** By the rules that the portal has too, so that what is wrong is said at once. */
function problemOf(form: Form, step: Step, field: Field, answer: string | string[]): string | undefined {
  const countries = new Set(form.countries.map(({ code }) => code));
  const rules = step === 'site_administrator' ? 'site-administrator' : step;
  if (!FORM[rules].some(({ name }) => name === field.name)) return undefined;
  const problem = readStep(rules, { [field.name]: answer }, countries).problems[field.name];
  return problem && (SAYINGS[problem] ?? 'That is not in the list.');
}
