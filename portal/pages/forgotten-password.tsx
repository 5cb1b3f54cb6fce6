import { Acts, Form, Go, GoLink, Links } from '../../ui/components/actions.tsx';
import { TextField } from '../../ui/components/fields.tsx';
import type { Visitor } from '../http/visitor.ts';
import type { Account } from '../portal.ts';
import type { PasswordProblem } from '../sign-in/passwords.ts';
import { Frame } from './frame.tsx';
import { NewPasswordField, passwordProblemsOf } from './new-password-field.tsx';

interface Props {
  visitor: Visitor;
  portal: { name: string };
}

export function ForgottenPage({ visitor, portal, email, wrong }: Props & { email?: string; wrong?: true }) {
  const { t } = visitor;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('log-on.forgotten')}
      width="logon"
      problems={wrong ? [{ field: 'email', text: t('details.email.wrong') }] : []}
    >
      <p>{t('forgotten.text')}</p>
      <Form action="/forgotten-password">
        <TextField
          name="email"
          label={t('log-on.email')}
          type="email"
          autocomplete="username"
          {...(email && { value: email })}
        />
        <Acts>
          <Go>{t('forgotten.submit')}</Go>
        </Acts>
      </Form>
    </Frame>
  );
}

/** Whether the address has an account is not said. */
export function SentPage({ visitor, portal }: Props) {
  const { t } = visitor;
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('check-email.h1')} width="logon">
      <p>{t('forgotten.sent')}</p>
      <Acts>
        <GoLink href="/log-on">{t('log-on.submit')}</GoLink>
      </Acts>
      <Links
        items={[
          { href: '/forgotten-password', text: t('check-email.send-again') },
          { href: '/help/account-or-password', text: t('check-email.nothing-came') },
        ]}
      />
    </Frame>
  );
}

interface NewPasswordProps extends Props {
  token: string;
  account: Account;
  problem?: PasswordProblem;
}

export function NewPasswordPage({ visitor, portal, token, account, problem }: NewPasswordProps) {
  const { t } = visitor;
  return (
    <Frame
      visitor={{ ...visitor, account: undefined }}
      portalName={portal.name}
      heading={t('new-password.h1')}
      width="logon"
      problems={passwordProblemsOf(problem, t)}
    >
      <p>{t('new-password.text', { email: account.email })}</p>
      <Form action={`/forgotten-password/link/${token}`}>
        <NewPasswordField t={t} email={account.email} />
        <Acts>
          <Go>{t('new-password.submit')}</Go>
        </Acts>
      </Form>
    </Frame>
  );
}
