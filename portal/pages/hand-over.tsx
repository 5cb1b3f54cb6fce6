import type { InviteAnswer } from '../../core/invitations.ts';
import { Acts, Button, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Inset, Section } from '../../ui/components/blocks.tsx';
import { When } from '../../ui/components/when.tsx';
import type { Problem } from '../../ui/reader.ts';
import { Frame } from './frame.tsx';
import { InviteFields } from './invite-fields.tsx';
import type { SystemProps } from './system-information.tsx';

interface HandOverProps extends SystemProps {
  portalName: string;
  problems?: Problem[];
  /** What was typed, where something is wrong with it. */
  answer?: InviteAnswer;
}

/** A party offers its seat to somebody: what that means, before it is done. */
export function HandOverPage({ visitor, portalName, system, problems = [], answer = {} }: HandOverProps) {
  const { t } = visitor;
  const { number, site, seat } = system;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('hand-over.h1', { site })}
      current="/systems"
      problems={problems}
    >
      <p>{t('hand-over.keep')}</p>
      <Offer visitor={visitor} system={system} />
      <Section heading={t('hand-over.then')}>
        <ul>
          <li>{t('hand-over.sees', { seat })}</li>
          <li>{t('hand-over.you')}</li>
          <li>{t(seat === 'end-user' ? 'hand-over.consents' : 'hand-over.end-user-stays')}</li>
          <SiteAdministrator visitor={visitor} system={system} />
          <li>{t('hand-over.history')}</li>
          <li>{t('hand-over.mail')}</li>
        </ul>
      </Section>
      <Form action={`/systems/${number}/hand-over`}>
        <InviteFields visitor={visitor} seat={seat} handsOver choices={['mail', 'printed']} answer={answer} />
        <Acts>
          <Go>{t('hand-over.offer')}</Go>
          <LinkButton href={`/systems/${number}`}>{t('hand-over.cancel')}</LinkButton>
        </Acts>
      </Form>
    </Frame>
  );
}

/** Somebody whose name and address the next party will read: only the end user can still change that. */
function SiteAdministrator({ visitor: { t }, system }: SystemProps) {
  const { name, email } = system.answers['site-administrator'];
  if (system.seat !== 'end-user' || !name || !email) return null;
  return (
    <li>
      {t.rich('hand-over.details', {
        name: String(name),
        email: String(email),
        go: (words) => <a href={`/systems/${system.number}/form/site-administrator`}>{words}</a>,
      })}
    </li>
  );
}

function Offer({ visitor: { t }, system: { number, offer } }: SystemProps) {
  if (!offer) return null;
  const { id, address, invitedAt, expiresAt, mail } = offer;
  const times = { at: <When at={invitedAt} />, until: <When at={expiresAt} /> };
  return (
    <Inset>
      <p>
        {address === null
          ? t.rich('hand-over.open.printed', times)
          : t.rich('hand-over.open.mail', { ...times, address: <b>{address}</b> })}{' '}
        {mail && t(`seats.mail.${mail}`)}
      </p>
      <Form action={`/systems/${number}/invitations/${id}/withdraw`}>
        <Acts>
          <Button object={t('hand-over.withdraw-object')}>{t('seats.withdraw')}</Button>
        </Acts>
      </Form>
      <p>{t('hand-over.anew')}</p>
    </Inset>
  );
}
