import { readFileSync } from 'node:fs';
import { EXIT, Failure } from '../problems.ts';
import { type Field, type Filled, type Form, type Step, steps } from './form.ts';

/** What the command line says of the form: a file of answers, and single fields over it. */
export interface GivenOptions {
  answers?: string;
  set?: string[];
}

export function givenAnswers(form: Form, { answers, set = [] }: GivenOptions): Filled {
  const filled = answers === undefined ? {} : answersIn(answers);
  for (const one of set) {
    const [name = '', ...rest] = one.split('=');
    const { step, field } = fieldNamed(form, name);
    const value = rest.join('=').trim();
    filled[step] = { ...filled[step], [field.name]: field.kind === 'several-of' ? listOf(value) : value };
  }
  return filled;
}

function answersIn(file: string): Filled {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Failure(`The file ${file} cannot be read.`, EXIT.usage);
  }
  try {
    const answers: unknown = JSON.parse(text);
    if (answers && typeof answers === 'object' && !Array.isArray(answers)) return answers;
  } catch {
    // Said below: it is the same to do.
  }
  throw new Failure(
    `The file ${file} is no JSON object. It looks like {"installation": {"site_name": "…"}}.`,
    EXIT.usage,
  );
}

/** By its name alone, or with its step where two steps have such a field. */
function fieldNamed(form: Form, name: string): { step: Step; field: Field } {
  const all = steps.flatMap((step) => form.form[step].map((field) => ({ step, field })));
  const fits = all.filter(({ step, field }) => [field.name, `${step}.${field.name}`].includes(name));
  const [first, second] = fits;
  if (first && !second) return first;
  const which = (fits.length > 0 ? fits : all).map(({ step, field }) => `${step}.${field.name}`).join(', ');
  const problem = first ? 'stands in more than one step' : 'is no field of the form';
  throw new Failure(`--set: "${name}" ${problem}. Use one of: ${which}`, EXIT.usage);
}

const listOf = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
