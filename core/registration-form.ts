import { CATALOGUE } from './catalogue.ts';

/**
 * What a registration says, field by field. The forms are drawn from this list, what is typed is read by it, and the
 * portal stores what it gives: a new field is a line here and its label in the message catalogue.
 */

export type Step = 'installation' | 'site-administrator' | 'warranty';
type Kind = 'text' | 'notes' | 'email' | 'phone' | 'country' | 'date' | 'one-of' | 'several-of';

export interface FormField {
  name: string;
  kind: Kind;
  required?: true;
  /** Most characters that are kept. */
  max: number;
  options?: readonly string[];
  /** Asked only while the registration is prepared: later the system itself says it. */
  whilePrepared?: true;
}

export const FORM: Record<Step, readonly FormField[]> = {
  installation: [
    { name: 'site_type', kind: 'one-of', max: 20, options: ['single', 'several'] },
    { name: 'site_name', kind: 'text', required: true, max: 120 },
    { name: 'company', kind: 'text', required: true, max: 120 },
    { name: 'address', kind: 'text', required: true, max: 200 },
    { name: 'city', kind: 'text', required: true, max: 80 },
    { name: 'zip', kind: 'text', max: 20 },
    { name: 'country', kind: 'country', required: true, max: 2 },
    { name: 'state', kind: 'text', max: 80 },
    { name: 'transitions', kind: 'several-of', max: 40, options: CATALOGUE.transitions },
    { name: 'applications', kind: 'several-of', max: 40, options: CATALOGUE.applications },
    { name: 'segments', kind: 'several-of', required: true, max: 40, options: CATALOGUE.segments },
    { name: 'planned_server', kind: 'text', max: 64, whilePrepared: true },
  ],
  'site-administrator': [
    { name: 'name', kind: 'text', required: true, max: 120 },
    { name: 'company', kind: 'text', max: 120 },
    { name: 'phone', kind: 'phone', max: 40 },
    { name: 'email', kind: 'email', required: true, max: 254 },
    { name: 'address', kind: 'text', max: 200 },
    { name: 'country', kind: 'country', max: 2 },
    { name: 'state', kind: 'text', max: 80 },
    { name: 'city', kind: 'text', max: 80 },
    { name: 'zip', kind: 'text', max: 20 },
    { name: 'notes', kind: 'notes', max: 2000 },
  ],
  warranty: [
    { name: 'start', kind: 'date', max: 10 },
    { name: 'end', kind: 'date', max: 10 },
    { name: 'project', kind: 'text', max: 80 },
    { name: 'notes', kind: 'notes', max: 2000 },
  ],
};

/** The steps in their order. */
export const STEPS = Object.keys(FORM) as readonly Step[];

/** A step's answers: text, or the chosen codes of a several-of field. Fields that are empty are absent. */
export type StepAnswers = Record<string, string | string[]>;
export type Answers = Partial<Record<Step, StepAnswers>>;

/** What a step asks. What was answered while the registration was prepared is asked as long as it is answered. */
export function askedIn(step: Step, answers: StepAnswers, isPrepared: boolean): readonly FormField[] {
  return FORM[step].filter((field) => !field.whilePrepared || isPrepared || answers[field.name] !== undefined);
}

/** The answers with which another registration begins: the server that was planned for the one is not planned for it. */
export function copiedAnswers(from: Answers, steps: readonly Step[]): Answers {
  const kept = (step: Step) => FORM[step].filter((field) => !field.whilePrepared && from[step]?.[field.name]);
  return Object.fromEntries(
    steps.map((step) => [step, Object.fromEntries(kept(step).map(({ name }) => [name, from[step]?.[name]]))]),
  );
}

export type FieldProblem =
  | 'required'
  | 'too-long'
  | 'not-an-option'
  | 'not-an-email'
  | 'not-a-country'
  | 'not-a-date'
  | 'end-before-start';

export interface StepReading {
  answers: StepAnswers;
  /** By field name, in the order of the form. Empty: all is well. */
  problems: Record<string, FieldProblem>;
}

/**
 * Reads what a person sent for one step. Members that are no field are dropped; what is wrong is kept as it was typed,
 * so that the form can show it again. `countries` are the ISO 3166-1 alpha-2 codes that the form offered.
 */
export function readStep(
  step: Step,
  typed: Record<string, string | string[] | undefined>,
  countries: ReadonlySet<string>,
): StepReading {
  const answers: StepAnswers = {};
  const problems: Record<string, FieldProblem> = {};
  for (const field of FORM[step]) {
    const value = read(field, typed[field.name]);
    if (value.length > 0) answers[field.name] = value;
    const problem = problemOf(field, value, countries);
    if (problem) problems[field.name] = problem;
  }
  if (step === 'warranty' && !problems.start && !problems.end && answers.start && answers.end) {
    if (answers.end <= answers.start) problems.end = 'end-before-start';
  }
  return { answers, problems };
}

function read(field: FormField, typed: string | string[] | undefined): string | string[] {
  const oneLine = (text: string) => (field.kind === 'notes' ? text : text.replace(/\s*\n\s*/g, ' '));
  const values = (typed === undefined ? [] : [typed].flat()).map((text) => oneLine(tidy(text)));
  if (field.kind === 'several-of') return [...new Set(values.filter((value) => value !== ''))];
  return field.kind === 'country' ? (values[0] ?? '').toUpperCase() : (values[0] ?? '');
}

/** Control characters never belong to a name or an address; line ends only to notes. */
function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, '')
    .trim()
    .normalize('NFC');
}

function problemOf(
  field: FormField,
  value: string | string[],
  countries: ReadonlySet<string>,
): FieldProblem | undefined {
  if (value.length === 0) return field.required ? 'required' : undefined;
  if (typeof value !== 'string') {
    return value.every((one) => field.options?.includes(one)) ? undefined : 'not-an-option';
  }
  // Of a country that is none, its length is not what is wrong.
  if (field.kind !== 'country' && value.length > field.max) return 'too-long';
  switch (field.kind) {
    case 'one-of':
      return field.options?.includes(value) ? undefined : 'not-an-option';
    case 'country':
      return countries.has(value) ? undefined : 'not-a-country';
    case 'email':
      return looksLikeEmail(value) ? undefined : 'not-an-email';
    case 'date':
      return isDate(value) ? undefined : 'not-a-date';
    default:
      return undefined;
  }
}

/** Whether a mail can be addressed to it; whether it arrives, only a mail tells. */
export function looksLikeEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>",;:()[\]\\]{1,64}@[^\s@<>",;:()[\]\\]+\.[^\s@<>",;:()[\]\\.]{2,}$/.test(text);
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
