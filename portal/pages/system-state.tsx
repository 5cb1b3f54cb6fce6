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

/** The state of a registration, and under it what is to be remarked: each a word with a shape and a colour. */
export const StateOf = ({ visitor: { t }, state, mergedInto, waits, inConflict }: StateProps) => (
  <>
    <State kind={KINDS[state]}>
      {mergedInto ? t('state.merged-into', { number: registrationNumber(mergedInto) }) : t(`state.${state}`)}
    </State>
    {waits && (
      <>
        {' '}
        <State kind="wait">{t('state.not-confirmed-by-system')}</State>
      </>
    )}
    {inConflict && (
      <>
        {' '}
        <State kind="stop">{t('state.in-conflict')}</State>
      </>
    )}
  </>
);
