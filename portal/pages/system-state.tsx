import type { RegistrationState } from '../../core/permissions.ts';
import { State, type StateKind } from '../../ui/components/blocks.tsx';
import { registrationNumber } from '../../ui/text.ts';
import type { Visitor } from '../http/visitor.ts';

const KINDS: Record<RegistrationState, StateKind> = {
  prepared: 'prepared',
  registered: 'wait',
  confirmed: 'ok',
  closed: 'off',
  merged: 'off',
  'without-party': 'off',
};

interface StateProps {
  visitor: Visitor;
  state: RegistrationState;
  mergedInto?: string | null | undefined;
  /** A claim waits for the system's own word. */
  waits: boolean;
  inConflict: boolean;
}

/** Where there is no System ID: not yet, or no more. */
export const noSystemId = ({ t }: Visitor, state: RegistrationState): string =>
  t(KINDS[state] === 'off' ? 'system.no-system-id-now' : 'system.no-system-id');

/** The state of a registration, and under it what is to be remarked: each a word with a shape and a colour. */
export const StateOf = ({ visitor: { t }, state, mergedInto, waits, inConflict }: StateProps) => (
  <>
    <div>
      <State kind={KINDS[state]}>
        {mergedInto ? t('state.merged-into', { number: registrationNumber(mergedInto) }) : t(`state.${state}`)}
      </State>
    </div>
    {waits && (
      <div>
        <State kind="wait">{t('state.not-confirmed-by-system')}</State>
      </div>
    )}
    {inConflict && (
      <div>
        <State kind="stop">{t('state.in-conflict')}</State>
      </div>
    )}
  </>
);
