import type { z } from 'zod';
import { type changedAnswers, type draftAnswers, STEP_MEMBERS } from '../../../api/contract/answers.ts';
import { type Refused, refused } from '../../../core/refusals.ts';
import { type Answers, FORM, readStep, STEPS } from '../../../core/registration-form.ts';
import { COUNTRY_CODES } from '../../countries.ts';
import { problemText } from '../../pages/form-texts.ts';
import { type Account, type Portal, seatOf } from '../../portal.ts';
import { nobody } from '../visitor.ts';
import type { WrongPart } from './handler.ts';

/** The answers of the form between the wire and the rules: the same reading as of what is typed on a page. */

type Sent = z.output<typeof changedAnswers> | z.output<typeof draftAnswers>;

export interface AnswersReading {
  answers: Answers;
  errors: WrongPart[];
}

/** `at`: where in the body they stand. */
export function readAnswers(portal: Portal, sent: Sent, at: string): AnswersReading {
  const answers: Answers = {};
  const errors: WrongPart[] = [];
  for (const step of STEPS) {
    const typed = sent[STEP_MEMBERS[step]];
    if (!typed) continue;
    const reading = readStep(step, typed, COUNTRY_CODES);
    answers[step] = reading.answers;
    for (const field of FORM[step]) {
      const problem = reading.problems[field.name];
      if (!problem) continue;
      const detail = problemText(nobody(portal), step, field, problem);
      errors.push({ pointer: `${at}/${STEP_MEMBERS[step]}/${field.name}`, detail });
    }
  }
  return { answers, errors };
}

/** In a registration that does not exist yet, too, the warranty is the integrator's. */
export function warrantyNotYours(account: Account, answers: Answers): Refused | undefined {
  return answers.warranty && seatOf(account) !== 'integrator' ? refused('not-for-your-seat') : undefined;
}

export function answersOut(answers: Answers): z.input<typeof draftAnswers> {
  const given = STEPS.filter((step) => answers[step] && Object.keys(answers[step]).length > 0);
  return Object.fromEntries(given.map((step) => [STEP_MEMBERS[step], answers[step]]));
}
