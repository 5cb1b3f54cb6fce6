import type { Seat } from '../../core/permissions.ts';
import { groupsOf } from '../../core/typed-code.ts';
import { Acts, Button, Form, Go, Links } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { CodeGroups } from '../../ui/components/codes.tsx';
import { TextField } from '../../ui/components/fields.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import { PrintButton } from '../../ui/components/print.tsx';
import { QrCode } from '../../ui/components/qr.tsx';
import { When } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { InvitationShown } from '../operations/answer-invitation.ts';
import { Frame } from './frame.tsx';

interface Props {
  visitor: SignedIn;
  portal: { name: string; url: string };
}

interface InvitationPageProps extends Props {
  invitation: InvitationShown;
  /** Of the link or the paper. */
  secret: string;
}

/** Before it is accepted: the site, who invites, which seat, and nothing else. */
export function InvitationPage({ visitor, portal, invitation, secret }: InvitationPageProps) {
  const { t, account } = visitor;
  const { site, organisation, seat, handsOver, expiresAt } = invitation;
  const path = `/invitations/${secret}`;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t(handsOver ? 'invitation.h1-hand-over' : 'invitation.h1', { site })}
    >
      <p>{t(handsOver ? 'invitation.who-hand-over' : 'invitation.who', { organisation, seat })}</p>
      <Facts
        facts={[
          { term: t('invitation.site'), value: site },
          { term: t('invitation.by'), value: organisation },
          { term: t('invitation.seat'), value: t(seat === 'end-user' ? 'system.end-user' : 'system.integrator') },
          { term: t('invitation.until'), value: <When at={expiresAt} /> },
        ]}
      />
      <p>{t.rich('invitation.as', { name: account.name, email: account.email })}</p>
      <Form action={`${path}/another-account`}>
        <Acts>
          <Button>{t('invitation.another-account')}</Button>
        </Acts>
      </Form>
      <p>{t(handsOver && seat === 'end-user' ? 'invitation.then.end-user-hand-over' : `invitation.then.${seat}`)}</p>
      <Form action={`${path}/accept`}>
        <Acts>
          <Go object={t('invitation.accept-object', { site })}>{t('invitation.accept')}</Go>
        </Acts>
      </Form>
      <Form action={`${path}/refuse`}>
        <Acts>
          <Button object={t('invitation.refuse-object', { site })}>{t('invitation.refuse')}</Button>
        </Acts>
      </Form>
    </Frame>
  );
}

export const INVITATION_CODE_FIELD = 'code';

interface TypePageProps extends Props {
  typed?: string;
  problem?: string;
  /** An invitation was refused a moment ago. */
  isRefused?: boolean;
}

/** Where the code of a printed invitation is typed. */
export function TypeInvitationPage({ visitor, portal, typed, problem, isRefused }: TypePageProps) {
  const { t } = visitor;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('invitation.type.h1')}
      problems={problem ? [{ field: INVITATION_CODE_FIELD, text: problem }] : []}
    >
      {isRefused && <p role="status">{t('invitation.refused')}</p>}
      <Form action="/invitations">
        <TextField
          name={INVITATION_CODE_FIELD}
          label={t('invitation.type.code')}
          hint={t('invitation.type.hint')}
          typed
          {...(typed && { value: typed })}
        />
        <Acts>
          <Go>{t('invitation.type.go')}</Go>
        </Acts>
      </Form>
      <p>{t('invitation.type.mailed')}</p>
    </Frame>
  );
}

interface PrintedPageProps extends Props {
  site: string;
  number: string;
  seat: Seat;
  code: string;
  expiresAt: Date;
  handsOver?: boolean;
}

/** The invitation on paper. It is shown once: only a hash of its code is kept. */
export function PrintedInvitationPage(props: PrintedPageProps) {
  const { visitor, portal, site, number, seat, code, expiresAt, handsOver } = props;
  const { t, account } = visitor;
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('printed.h1', { site })} current="/systems">
      <p class="screen">{t('printed.once')}</p>
      <div class="screen">
        <PrintButton>{t('printed.print')}</PrintButton>
      </div>
      <p>
        {t(handsOver ? 'printed.text-hand-over' : 'printed.text', { organisation: account.organisation, seat, site })}
      </p>
      <Section heading={t('printed.code')}>
        <CodeGroups groups={groupsOf(code)} />
      </Section>
      <p>{t('printed.scan', { address: `${portal.url}/invitations` })}</p>
      <QrCode text={`${portal.url}/invitations/${code}`} level="M" large label={t('printed.qr', { site })} />
      <p>{t.rich('printed.until', { until: <When at={expiresAt} /> })}</p>
      <div class="screen">
        <Links items={[{ href: `/systems/${number}`, text: t('printed.back') }]} />
      </div>
    </Frame>
  );
}
