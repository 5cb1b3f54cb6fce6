import { PROBLEMS } from '../../api/problems.ts';
import type { Refused } from '../../core/refusals.ts';
import { helpTitle } from '../../ui/help/help.tsx';
import { helpPath } from '../../ui/help/topics.ts';
import type { Problem } from '../../ui/reader.ts';
import type { Visitor } from '../http/visitor.ts';

/** Why an address and a password opened nothing: the same on each page that asks for them. */
export type LogOnProblem = 'wrong' | 'too-many' | Refused<'too-many-wrong-passwords'>;

/** Which of the two is wrong is not said, so the problem leads to the first. */
export function logOnProblems(problem: LogOnProblem | undefined, t: Visitor['t']): Problem[] {
  if (problem === undefined) return [];
  const text =
    typeof problem === 'string'
      ? t(`log-on.${problem}`)
      : t(`refusal.${problem.code}.text`, { seconds: problem.facts?.seconds ?? 0 });
  return [{ field: 'email', text }];
}

/** The code of a rule that said no, and where it is explained. */
export function LogOnReason({ problem, visitor }: { problem: LogOnProblem | undefined; visitor: Visitor }) {
  if (problem === undefined || typeof problem === 'string') return null;
  const { t, reader } = visitor;
  const { help } = PROBLEMS[problem.code];
  return (
    <>
      <p class="note">
        <a href={helpPath(help)}>{t('refusal.help', { topic: helpTitle(help, reader.locale) })}</a>
      </p>
      <p class="hint">{t.rich('refusal.reason', { code: <code>{problem.code}</code> })}</p>
    </>
  );
}
