import { type InviteAnswer, otherSeat } from '../../core/invitations.ts';
import { may } from '../../core/permissions.ts';
import { Acts, Button, Form, Links } from '../../ui/components/actions.tsx';
import { Section, State } from '../../ui/components/blocks.tsx';
import { When } from '../../ui/components/when.tsx';
import { helpTitle } from '../../ui/help/help.tsx';
import { helpPath } from '../../ui/help/topics.ts';
import { InviteFields } from './invite-fields.tsx';
import type { SystemProps } from './system-information.tsx';
import { whyNot } from './why-not.ts';

interface SeatsProps extends SystemProps {
  /** What was typed, where something is wrong with it. */
  inviting: InviteAnswer | undefined;
}

/** The seat that is free: that nobody is reachable in it, who is invited, and the way to invite. */
export function FreeSeat({ inviting, ...props }: SeatsProps) {
  const { visitor, system } = props;
  const { t, reader } = visitor;
  const { state, seat: mine, number, invitation } = system;
  const seat = otherSeat(mine);
  const isOver = state === 'closed' || state === 'merged' || state === 'without-party';
  if (isOver || system.parties.some((party) => party.seat === seat)) return null;
  const allowed = may('invite', state, mine);
  return (
    <Section heading={t(`seats.${seat}.heading`)} id="invite">
      {seat === 'end-user' ? <NotReachable {...props} /> : <p>{t('seats.integrator.text')}</p>}
      {invitation && <Open {...props} />}
      <p>{t('seats.text')}</p>
      <Form action={`/systems/${number}/invitations`}>
        <InviteFields visitor={visitor} seat={seat} choices={['mail', 'printed']} answer={inviting ?? {}} />
        <Acts>
          {allowed === 'yes' ? (
            <Button>{t('seats.invite')}</Button>
          ) : (
            <Button refused={whyNot(visitor, 'invite', allowed, system)}>{t('seats.invite')}</Button>
          )}
        </Acts>
      </Form>
      <Links
        items={[
          {
            href: helpPath('invite-the-other-party'),
            text: t('refusal.help', { topic: helpTitle('invite-the-other-party', reader.locale) }),
          },
        ]}
      />
    </Section>
  );
}

const NotReachable = ({ visitor: { t } }: SystemProps) => (
  <>
    <p>
      <State kind="late">{t('seats.not-reachable')}</State>
    </p>
    <p>
      {t('seats.not-reachable.text')} {t('seats.not-reachable.what')}
    </p>
  </>
);

function Open({ visitor: { t }, system: { number, invitation } }: SystemProps) {
  if (!invitation) return null;
  const { id, address, invitedAt, expiresAt, mail } = invitation;
  const times = { at: <When at={invitedAt} />, until: <When at={expiresAt} /> };
  return (
    <>
      <p>
        {address === null
          ? t.rich('seats.open.printed', times)
          : t.rich('seats.open.mail', { ...times, address: <b>{address}</b> })}{' '}
        {mail && t(`seats.mail.${mail}`)}
      </p>
      <Form action={`/systems/${number}/invitations/${id}/withdraw`}>
        <Acts>
          <Button object={t('seats.withdraw-object')}>{t('seats.withdraw')}</Button>
        </Acts>
      </Form>
      <p>{t('seats.anew')}</p>
    </>
  );
}
