import { Acts, Button, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { TextField } from '../../ui/components/fields.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { DetailsReading } from '../sign-in/details.ts';
import { problemsOf } from './details-fields.tsx';
import { Frame } from './frame.tsx';

interface Props {
  visitor: SignedIn;
  portal: { name: string };
}

interface DetailsProps extends Props {
  /** Its company is that of the organisation, where it is a member of one. */
  hasOrganisation: boolean;
  typed?: { name?: string; organisation?: string; email?: string };
  problems?: DetailsReading['problems'];
  /** A link is on its way to this address. */
  asked?: boolean;
}

/** What its person corrects of an account: name and company at once, the address once the new one is proven. */
export function AccountDetailsPage({ visitor, portal, hasOrganisation, ...more }: DetailsProps) {
  const { t, account } = visitor;
  const { typed = {}, problems = [], asked } = more;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('correct.h1')}
      current="/account"
      problems={problemsOf(problems, t)}
    >
      {asked && <p role="status">{t('correct.asked')}</p>}
      <Form action="/account/details">
        <TextField
          name="name"
          label={t('details.name')}
          autocomplete="name"
          value={typed.name ?? account.name}
          required
        />
        {!hasOrganisation && (
          <TextField
            name="organisation"
            label={t('details.organisation')}
            autocomplete="organization"
            value={typed.organisation ?? account.organisation}
            required
          />
        )}
        <Acts>
          <Go>{t('correct.save')}</Go>
          <LinkButton href="/account">{t('close.cancel')}</LinkButton>
        </Acts>
      </Form>
      <Section heading={t('correct.address')}>
        <p>{t.rich('correct.address.now', { address: <b>{account.email}</b> })}</p>
        <Form action="/account/address">
          <TextField
            name="email"
            label={t('correct.address.new')}
            hint={t('details.email.hint')}
            type="email"
            autocomplete="email"
            value={typed.email ?? ''}
            required
          />
          <Acts>
            <Button>{t('correct.address.send')}</Button>
          </Acts>
        </Form>
      </Section>
    </Frame>
  );
}

/** Behind the link: one click, since programs that look into mails open every link, too. */
export const NewAddressPage = ({ visitor, portal, token, email }: Props & { token: string; email: string }) => (
  <Frame visitor={visitor} portalName={portal.name} heading={visitor.t('new-address.h1')} current="/account">
    <p>{visitor.t.rich('new-address.text', { address: <b>{email}</b>, before: visitor.account.email })}</p>
    <Form action={`/account/address/${token}`}>
      <Acts>
        <Go>{visitor.t('new-address.button')}</Go>
        <LinkButton href="/account">{visitor.t('close.cancel')}</LinkButton>
      </Acts>
    </Form>
  </Frame>
);
