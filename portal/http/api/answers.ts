import type { z } from 'zod';
import { type changedAnswers, type draftAnswers, STEP_MEMBERS } from '../../../api/contract/answers.ts';
import { type Answers, type FieldProblem, FORM, readStep, type Step } from '../../../core/registration-form.ts';
import { COUNTRY_CODES } from '../../countries.ts';
import type { WrongPart } from './handler.ts';

/** The answers of the form between the wire and the rules: the same reading as of what is typed on a page. */

type Sent = z.output<typeof changedAnswers> | z.output<typeof draftAnswers>;

const STEPS = Object.keys(FORM) as Step[];

export interface AnswersReading {
  answers: Answers;
  errors: WrongPart[];
}

/** `at`: where in the body they stand. */
export function readAnswers(sent: Sent, at: string): AnswersReading {
  const answers: Answers = {};
  const errors: WrongPart[] = [];
  for (const step of STEPS) {
    const typed = sent[STEP_MEMBERS[step]];
    if (!typed) continue;
    const reading = readStep(step, typed, COUNTRY_CODES);
    answers[step] = reading.answers;
    for (const [field, problem] of Object.entries(reading.problems)) {
      errors.push({ pointer: `${at}/${STEP_MEMBERS[step]}/${field}`, detail: SAYINGS[problem] });
    }
  }
  return { answers, errors };
}

export function answersOut(answers: Answers): z.input<typeof draftAnswers> {
  const given = STEPS.filter((step) => answers[step] && Object.keys(answers[step]).length > 0);
  return Object.fromEntries(given.map((step) => [STEP_MEMBERS[step], answers[step]]));
}

const SAYINGS: Record<FieldProblem, string> = {
  required: 'This is missing.',
  'too-long': 'This is too long.',
  'not-an-option': 'This is none of the codes. GET /catalogue has them.',
  'not-an-email': 'This is not an address like name@example.com.',
  'not-a-country': 'This is no ISO 3166-1 alpha-2 code. GET /catalogue has them.',
  'not-a-date': 'This is not a date like 2026-11-24.',
  'end-before-start': 'The end of the warranty must be after its start.',
};
