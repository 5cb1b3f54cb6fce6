import { shortId } from '../../core/system-id.ts';
import { Acts, Button, Form, Go, Links } from '../../ui/components/actions.tsx';
import { Inset } from '../../ui/components/blocks.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import type { Visitor } from '../http/visitor.ts';
import type { WaitingAccount } from '../operations/new-accounts.ts';
import type { Details, DetailsReading } from '../sign-in/details.ts';
import type { PasswordProblem } from '../sign-in/passwords.ts';
import type { CarriedHere } from '../store/reads/carried.ts';
import { DetailsFields, problemsOf } from './details-fields.tsx';
import { Frame } from './frame.tsx';
import { NewPasswordField, passwordProblemsOf } from './new-password-field.tsx';

interface Props {
  visitor: Visitor;
  portal: { name: string };
}

interface CreateAccountProps extends Props {
  next: string;
  typed: Partial<Details>;
  problems?: DetailsReading['problems'];
}

export function CreateAccountPage({ visitor, portal, next, typed, problems = [] }: CreateAccountProps) {
  const { t } = visitor;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('log-on.create')}
      width="logon"
      problems={problemsOf(problems, t)}
    >
      <Form action="/create-account" hidden={{ next }}>
        <DetailsFields t={t} typed={typed} />
        <Acts>
          <Go>{t('log-on.create')}</Go>
        </Acts>
      </Form>
      <Links items={[{ href: `/log-on?next=${encodeURIComponent(next)}`, text: t('create.have-one') }]} />
    </Frame>
  );
}

interface CheckEmailProps extends Props {
  waiting: WaitingAccount;
  carried: CarriedHere | undefined;
  /** It was just sent again. */
  again: boolean;
}

/** The same for an address that has an account already: only the mail says so. */
export function CheckEmailPage({ visitor, portal, waiting, carried, again }: CheckEmailProps) {
  const { t } = visitor;
  const known = { address: <b>{waiting.email}</b>, id: carried && <code>{shortId(carried.systemId)}</code> };
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('check-email.h1')} width="logon">
      {again && <p role="status">{t('check-email.again')}</p>}
      <p>{t.rich(waiting.iss ? 'check-email.here' : 'check-email.anywhere', known)}</p>
      {carried && (
        <Inset>
          <p>{t.rich('check-email.carried', known)}</p>
        </Inset>
      )}
      <Form action={`/create-account/${waiting.id}/again`}>
        <Acts>
          <Button>{t('check-email.send-again')}</Button>
        </Acts>
      </Form>
      <Links items={[{ href: '/help/account-or-password', text: t('check-email.nothing-came') }]} />
    </Frame>
  );
}

interface FinishAccountProps extends Props {
  token: string;
  waiting: WaitingAccount;
  problem?: PasswordProblem;
}

/** Who opened the link has shown that the address is theirs; now a password protects the account. */
export function FinishAccountPage({ visitor, portal, token, waiting, problem }: FinishAccountProps) {
  const { t } = visitor;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t(waiting.iss ? 'finish.h1' : 'finish.h1-password')}
      width="logon"
      problems={passwordProblemsOf(problem, t)}
    >
      <Facts
        facts={[
          { term: t('details.name'), value: waiting.name },
          { term: t('log-on.email'), value: waiting.email },
          { term: t('details.organisation'), value: waiting.organisation },
        ]}
      />
      <Form action={`/create-account/link/${token}`}>
        {!waiting.iss && <NewPasswordField t={t} email={waiting.email} />}
        <Acts>
          <Go>{t('log-on.create')}</Go>
        </Acts>
      </Form>
    </Frame>
  );
}
