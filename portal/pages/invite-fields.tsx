import type { InviteAnswer, InviteChoice, InviteProblem } from '../../core/invitations.ts';
import type { Seat } from '../../core/permissions.ts';
import { ChoiceField, TextField } from '../../ui/components/fields.tsx';
import type { Problem } from '../../ui/reader.ts';
import type { Visitor } from '../http/visitor.ts';

/** Names of the two fields, in the form and on the System information page. */
export const INVITE = 'invite';
export const INVITE_ADDRESS = 'invite_address';

interface InviteFieldsProps {
  visitor: Visitor;
  /** The seat that is free, or offered. */
  seat: Seat;
  handsOver?: boolean;
  choices: readonly InviteChoice[];
  answer: InviteAnswer;
}

/** How the other party is invited: one question, and an address for one of its answers. */
export const InviteFields = ({ visitor: { t }, seat, handsOver, choices, answer }: InviteFieldsProps) => (
  <>
    <ChoiceField
      type="radio"
      name={INVITE}
      label={t(handsOver ? `hand-over.${seat}` : `invite.${seat}`)}
      required
      options={choices.map((value) => ({ value, text: t(`invite.${value}`) }))}
      {...(answer.choice && { chosen: answer.choice })}
    />
    <TextField
      name={INVITE_ADDRESS}
      label={t(handsOver ? `hand-over.${seat}.email` : `invite.${seat}.email`)}
      hint={t('invite.email.hint')}
      type="email"
      literal
      {...(answer.address && { value: answer.address })}
    />
  </>
);

/** What is wrong with it, and at which of the two fields. */
export function inviteProblem({ t }: Visitor, seat: Seat, problem: InviteProblem): Problem {
  if (problem === 'choose') {
    return { field: INVITE, text: t(seat === 'end-user' ? 'invite.choose' : 'invite.choose-integrator') };
  }
  return { field: INVITE_ADDRESS, text: t(`invite.${problem}`) };
}
