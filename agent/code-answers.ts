// What a code is answered that was not taken: each case with its sentence, its topic of the help and its status.

import type { CodeAnswer } from '../core/code-at-site.ts';
import { type CodePlace, whereToLook } from '../core/typed-code.ts';
import type { HelpTopic } from '../ui/help/topics.ts';
import { t } from './pages/site-page.tsx';

type Refused = Exclude<CodeAnswer, { outcome: 'accepted' | 'already' }>;

interface Refusal {
  text: string;
  help: HelpTopic;
  status: number;
}

/** `day`: a day of a code, in words. */
export function refusalOfCode(answer: Refused, shortId: string, day: (at: Date) => string): Refusal {
  switch (answer.outcome) {
    case 'empty':
      return refusal(t('code.empty'), 'registering-an-offline-system');
    case 'not-understood':
      return refusal(t('code.not-understood', answer), 'code-is-mistyped');
    case 'wrong-length':
      return refusal(t('code.wrong-length', answer), 'code-is-mistyped');
    case 'other-text':
      return refusal(
        t(answer.text === 'system-id' ? 'code.other-text.system-id' : 'code.other-text.confirmation-code'),
        'code-is-mistyped',
      );
    case 'mistyped':
      return refusal(mistake(answer.places), 'code-is-mistyped');
    case 'another-type':
      return refusal(t('code.another-type'), 'code-is-mistyped');
    case 'wait':
      return refusal(t('code.wait', answer), 'too-many-wrong-codes', 429);
    case 'not-for-this-system':
      return refusal(t('code.not-for-this-system', { shortId }), 'code-is-for-another-system');
    case 'retired-key':
      return refusal(t('code.retired-key'), 'code-is-older');
    case 'older': {
      const { inUse, recordCame } = answer;
      const typed = day(answer.typed);
      const text = inUse
        ? t('code.older', { inUse: day(inUse), typed })
        : recordCame
          ? t('code.older-than-record', { came: day(recordCame), typed })
          : t('code.older-than-any', { typed });
      // Several claims share the numbers of a System ID: another's code may have gone past the newest of one's own.
      return refusal(`${text} ${t('code.older.this-one')}`, 'code-is-older');
    }
  }
}

function refusal(text: string, help: HelpTopic, status = 422): Refusal {
  return { text, help, status };
}

function mistake(places: readonly CodePlace[]): string {
  const place = whereToLook(places);
  switch (place.outcome) {
    case 'symbol':
      return t('code.symbol', place);
    case 'exchange':
      return t('code.exchange', place);
    case 'either':
      return t('code.either', place);
    case 'several':
      return t('code.several');
  }
}
