import type { ComponentChildren } from 'preact';
import type { ConfirmationCodeReading } from '../../core/confirmation-code.ts';
import type { Refused } from '../../core/refusals.ts';
import { type WhereToLook, whereToLook } from '../../core/typed-code.ts';
import { When } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';

/** Why what was typed cannot be a confirmation code: where to look. */
export function mistypedConfirmation(
  { t }: SignedIn,
  reading: Exclude<ConfirmationCodeReading, { outcome: 'read' }>,
): string {
  switch (reading.outcome) {
    case 'empty':
      return t('confirmation.empty');
    case 'wrong-length':
      return t('confirmation.wrong-length', { symbols: reading.symbols });
    case 'not-understood':
      return t('confirmation.not-understood', { character: reading.character, group: reading.group });
    case 'other-text':
      return t(reading.text === 'system-id' ? 'confirmation.system-id' : 'confirmation.registration-code');
    case 'another-type':
      return t('confirmation.another-type');
    case 'mistyped':
      return sentenceOf(t, whereToLook(reading.places));
  }
}

function sentenceOf(t: SignedIn['t'], { outcome, ...values }: WhereToLook): string {
  return t(`confirmation.${outcome}`, values);
}

/** Why a confirmation code proves nothing here, if it may be typed again; `undefined`: it is for a page of its own. */
export function refusedConfirmation({ t }: SignedIn, { code, facts }: Refused): ComponentChildren {
  switch (code) {
    case 'confirmation-wrong':
      return t('confirmation.wrong', { tries: t('confirmation.tries', { count: facts?.count ?? 0 }) });
    case 'confirmation-older':
      return t('confirmation.older');
    case 'confirmation-used-up':
      return t.rich('confirmation.used-up');
    case 'confirmation-limit':
      return t.rich('confirmation.limit', { at: facts?.at && <When at={facts.at} /> });
    default:
      return undefined;
  }
}
