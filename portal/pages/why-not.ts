import type { Action } from '../../core/permissions.ts';
import type { RefusalCode } from '../../core/refusals.ts';
import { dateOf, dateTimeOf } from '../../ui/text.ts';
import type { Visitor } from '../http/visitor.ts';
import type { SystemInformation } from '../store/reads/system-information.ts';

/** Why a button cannot be used now, as one sentence that stands under it. */
export function whyNot(
  { t, reader }: Visitor,
  action: Action,
  code: RefusalCode,
  { state, closedAt, confirmed }: Pick<SystemInformation, 'state' | 'closedAt' | 'confirmed'>,
  facts: { at?: Date | undefined; madeBy?: string | null | undefined } = {},
): string {
  switch (code) {
    case 'registration-closed':
      if (state === 'merged') return t('why-not.merged');
      return t('why-not.registration-closed', { at: closedAt ? dateOf(closedAt, reader) : '' });
    case 'edit-locked':
      return t('why-not.edit-locked', {
        name: confirmed?.by ?? t('system.the-end-user'),
        at: confirmed ? dateOf(confirmed.at, reader) : '',
      });
    case 'undo-expired':
      return t('why-not.undo-expired', { at: facts.at ? dateTimeOf(facts.at, reader) : '' });
    case 'not-for-your-seat':
      return notForYourSeat(t, action, state, facts.madeBy);
    default:
      return t('why-not.other');
  }
}

function notForYourSeat(
  t: Visitor['t'],
  action: Action,
  state: SystemInformation['state'],
  madeBy: string | null | undefined,
): string {
  switch (action) {
    case 'edit-warranty':
      return t('why-not.edit-warranty');
    case 'confirm':
      return t(state === 'prepared' ? 'why-not.confirm-prepared' : 'why-not.confirm');
    case 'consent':
    case 'withdraw-consent':
      return t('why-not.consent');
    case 'close':
      return t('why-not.close');
    case 'undo':
      return madeBy ? t('why-not.undo', { name: madeBy }) : t('why-not.undo-somebody');
    default:
      return t('why-not.other');
  }
}
