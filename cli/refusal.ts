import type { ProblemDocument } from '../api/client.ts';
import type { ApiProblemCode } from '../api/problems.ts';
import { EXIT, type Exit } from './problems.ts';

/** What to do about it from here, where the portal's own words are meant for who writes a program. */
const WHAT_TO_DO: Partial<Record<ApiProblemCode, string>> = {
  'token-needed': 'Your access has ended or was revoked. Type: datestone login',
  'scope-needed': 'This token may not do that. Type datestone login, or use another token.',
  'system-id-registered-to-other': 'Do you look after it now? Ask for a seat at the portal, on its Register page.',
  'registered-by-other-party': 'Nothing was changed. Merge the two at the portal, or ask the other party to.',
  'registered-as-new-by-you':
    'Nothing was changed. Merge the two at the portal: the older one keeps its number and data.',
  'request-expired': 'Nothing was changed. Bring the System ID or the file once more.',
  'request-replayed': 'It did what it could do. Save a new request at the server.',
  'signing-key-differs': 'Nothing was changed. Settle the conflict on the System information page at the portal.',
  'claim-limit': 'Withdraw some: datestone systems --state not-confirmed-by-system',
  'reason-needed': 'It was heard from recently. If it is really the same system, say why with --reason.',
  'move-offered': 'Was that the wrong registration? Take it back with datestone undo, then associate again.',
  'code-limit': 'The code of before is still good: datestone code. A file works at any time: --save.',
  'confirmation-wrong': 'Compare it with the screen of the server.',
  'codes-used-up': 'Take the record as a file, with --save, or let the system go online.',
  'confirmation-older': 'Enter the newest code at the server: datestone code. It then shows another confirmation code.',
  'confirmation-used-up': 'Make a new registration code with datestone code --new, and enter that one at the server.',
  'rows-wrong': 'Nothing was prepared. Correct the rows, or say --only-right-rows.',
  'stale-etag': 'Nothing was changed. Look at it as it is now, then decide again.',
  'too-many-requests': 'Nothing was changed. Wait a minute, then go on.',
};

const EXITS: Partial<Record<ApiProblemCode, Exit>> = {
  'token-needed': EXIT.notLoggedOn,
  unavailable: EXIT.notReached,
  'too-many-requests': EXIT.notReached,
};

/** A problem of the portal in words: what, what is wrong where, what to do, its code, and where it is explained. */
export function refusal(problem: ProblemDocument): [message: string, exit: Exit, document: object] {
  const { code, title, detail, errors = [], type } = problem;
  const wrong = errors.map((error) => `  ${error.pointer ?? error.parameter ?? ''}: ${error.detail}`);
  const left = code === 'confirmation-wrong' ? [triesLeft(Number(problem['count']))] : [];
  const lines = [`${title}.`, WHAT_TO_DO[code] ?? detail, ...left, ...wrong, `Reason ${code}. Help: ${type}`];
  return [lines.join('\n'), EXITS[code] ?? EXIT.refused, problem];
}

const triesLeft = (count: number) => (count === 1 ? 'One try is left.' : `${count} tries left.`);
