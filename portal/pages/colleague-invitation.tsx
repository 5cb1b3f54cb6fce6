import { Acts, Button, Form, Go } from '../../ui/components/actions.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import { When } from '../../ui/components/when.tsx';
import type { Problem } from '../../ui/reader.ts';
import type { SignedIn } from '../http/visitor.ts';
import type { ColleagueInvitationShown } from '../operations/answer-colleague-invitation.ts';
import { Frame } from './frame.tsx';
import { BringFields } from './organisation.tsx';

interface Props {
  visitor: SignedIn;
  portalName: string;
  invitation: ColleagueInvitationShown;
  path: string;
  problems?: Problem[];
}

/** Before it is accepted: which organisation, by whom, and what would become of one's own registrations. */
export function ColleagueInvitationPage({ visitor, portalName, invitation, path, problems = [] }: Props) {
  const { t, account } = visitor;
  const { organisation, by, expiresAt, alone } = invitation;
  return (
    <Frame visitor={visitor} portalName={portalName} heading={t('colleague.h1', { organisation })} problems={problems}>
      <p>{t('colleague.who', { by, organisation })}</p>
      <Facts facts={[{ term: t('colleague.until'), value: <When at={expiresAt} /> }]} />
      <p>{t.rich('colleague.as', { name: account.name, email: account.email })}</p>
      <Form action={`${path}/another-account`}>
        <Acts>
          <Button>{t('invitation.another-account')}</Button>
        </Acts>
      </Form>
      <p>{t('colleague.then')}</p>
      <Form action={`${path}/accept`}>
        <BringFields visitor={visitor} alone={alone} />
        <Acts>
          <Go object={t('colleague.accept-object', { organisation })}>{t('colleague.accept')}</Go>
        </Acts>
      </Form>
      <Form action={`${path}/refuse`}>
        <Acts>
          <Button object={t('colleague.refuse-object', { organisation })}>{t('colleague.refuse')}</Button>
        </Acts>
      </Form>
    </Frame>
  );
}
