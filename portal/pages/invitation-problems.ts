import type { InvitationCode } from '../../core/invitation-code.ts';
import { type CodeReading, whereToLook } from '../../core/typed-code.ts';
import type { SignedIn } from '../http/visitor.ts';

/** Why what was typed cannot be the code of an invitation: where to look. It costs no try. */
export function mistypedInvitation(
  { t }: SignedIn,
  reading: Exclude<CodeReading<InvitationCode>, { outcome: 'read' }>,
): string {
  switch (reading.outcome) {
    case 'empty':
      return t('invitation.empty');
    case 'wrong-length':
      return t('invitation.wrong-length', { symbols: reading.symbols });
    case 'not-understood':
      return t('invitation.not-understood', { character: reading.character, group: reading.group });
    case 'other-text':
    case 'another-type':
      return t('invitation.other-code');
    case 'mistyped': {
      const { outcome, ...values } = whereToLook(reading.places);
      return t(`invitation.${outcome}`, values);
    }
  }
}
