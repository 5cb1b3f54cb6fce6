import { may } from '../../core/permissions.ts';
import { Acts, Button, Form, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Section, State } from '../../ui/components/blocks.tsx';
import { When } from '../../ui/components/when.tsx';
import { helpTitle } from '../../ui/help/help.tsx';
import { helpPath } from '../../ui/help/topics.ts';
import type { SystemProps } from './system-information.tsx';

/** The reader's seat: handing it over, leaving it, and for the end user, ending the integrator's. */
export function OwnSeat(props: SystemProps) {
  const { visitor, system } = props;
  const { t } = visitor;
  const { number, state, seat, offer } = system;
  if (may('hand-over', state, seat) !== 'yes') return null;
  const integrator = system.parties.find((party) => party.seat === 'integrator');
  const path = `/systems/${number}`;
  return (
    <Section heading={t('seat.heading')} id="seat">
      <Leaving {...props} />
      <p>
        {offer
          ? t.rich('seat.offered', {
              at: <When at={offer.invitedAt} />,
              until: <When at={offer.expiresAt} />,
              go: (words) => <a href={`${path}/hand-over`}>{words}</a>,
            })
          : t('seat.hand-over.text', { seat })}
      </p>
      <Acts>
        <LinkButton href={`${path}/hand-over`}>{t('seat.hand-over')}</LinkButton>
        {integrator && may('end-integrator', state, seat) === 'yes' && (
          <LinkButton href={`${path}/end-integrator`}>{t('seat.end')}</LinkButton>
        )}
        {!integrator?.leavesAt && may('resign', state, seat) === 'yes' && (
          <LinkButton href={`${path}/resign`}>{t('seat.resign')}</LinkButton>
        )}
      </Acts>
      <Links
        items={[
          {
            href: helpPath('hand-over-or-leave-a-seat'),
            text: t('refusal.help', { topic: helpTitle('hand-over-or-leave-a-seat', visitor.reader.locale) }),
          },
        ]}
      />
    </Section>
  );
}

/** The integrator has said that it leaves. */
function Leaving({ visitor: { t }, system: { number, seat, parties } }: SystemProps) {
  const leavesAt = parties.find((party) => party.leavesAt)?.leavesAt;
  if (!leavesAt) return null;
  const at = <When at={new Date(leavesAt)} as="date" />;
  return (
    <>
      <p>
        <State kind="late">
          {t.rich(seat === 'integrator' ? 'seat.leaves-you' : 'seat.leaves-integrator', { at })}
        </State>
      </p>
      {seat === 'integrator' && (
        <Form action={`/systems/${number}/resign/take-back`}>
          <Acts>
            <Button>{t('seat.take-back')}</Button>
          </Acts>
        </Form>
      )}
    </>
  );
}
