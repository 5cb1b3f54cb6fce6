import { Acts, Form, Go, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Inset } from '../../ui/components/blocks.tsx';
import { TextField } from '../../ui/components/fields.tsx';
import type { SignedIn, Visitor } from '../http/visitor.ts';
import type { Newcomer } from '../operations/identities.ts';
import type { Details, DetailsReading } from '../sign-in/details.ts';
import { DetailsFields, problemsOf } from './details-fields.tsx';
import { Frame } from './frame.tsx';
import { type LogOnProblem, LogOnReason, logOnProblems } from './log-on-problem.tsx';

interface Props {
  visitor: Visitor;
  portal: { name: string };
  person: Newcomer;
  provider: { name: string };
}

interface NewcomerProps extends Props {
  typed: Partial<Details>;
  problems?: DetailsReading['problems'];
}

/** The first time: what the provider did not say is asked for, once. */
export function NewcomerPage({ visitor, portal, person, provider, typed, problems = [] }: NewcomerProps) {
  const { t } = visitor;
  return (
    <Frame
      visitor={{ ...visitor, account: undefined }}
      portalName={portal.name}
      heading={t('newcomer.h1')}
      width="logon"
      problems={problemsOf(problems, t)}
    >
      <Inset>
        <p>{t('newcomer.text', { provider: provider.name, who: whoIs(person) })}</p>
      </Inset>
      <Form action={`/log-on/first/${person.id}`}>
        <DetailsFields t={t} typed={typed} known={person} />
        <Acts>
          <Go>{t('newcomer.submit')}</Go>
        </Acts>
      </Form>
      <Links items={[{ href: `/log-on/first/${person.id}/prove`, text: t('newcomer.have-one') }]} />
    </Frame>
  );
}

interface ProveProps extends Props {
  email: string;
  /** The address is the provider's word, and it has an account here. */
  known: boolean;
  problem?: LogOnProblem | undefined;
}

/** An account exists: its password shows that both are one person's. */
export function ProvePage({ visitor, portal, person, provider, email, known, problem }: ProveProps) {
  const { t } = visitor;
  const names = { provider: provider.name, who: whoIs(person), email };
  return (
    <Frame
      visitor={{ ...visitor, account: undefined }}
      portalName={portal.name}
      heading={t('prove.h1')}
      width="logon"
      problems={logOnProblems(problem, t)}
    >
      <Inset>
        <p>{t(known ? 'prove.known' : 'prove.text', names)}</p>
      </Inset>
      <Form action={`/log-on/first/${person.id}/prove`}>
        <TextField name="email" label={t('log-on.email')} type="email" autocomplete="username" value={email} />
        <TextField name="password" label={t('log-on.password')} type="password" autocomplete="current-password" />
        <Acts>
          <Go>{t('prove.submit')}</Go>
        </Acts>
      </Form>
      <Links items={[{ href: '/forgotten-password', text: t('log-on.forgotten') }]} />
      <LogOnReason problem={problem} visitor={visitor} />
    </Frame>
  );
}

/** Logged on already: one word is enough, but it is asked for, because both open the account from now on. */
export function LinkPage({ visitor, portal, person, provider }: Props & { visitor: SignedIn }) {
  const { t, account } = visitor;
  const names = { provider: provider.name, who: whoIs(person), name: account.name, email: account.email };
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('link.h1', names)} width="logon">
      <p>{t('link.text', names)}</p>
      <Form action={`/log-on/first/${person.id}/link`}>
        <Acts>
          <Go>{t('link.submit')}</Go>
          <LinkButton href={person.next}>{t('link.cancel')}</LinkButton>
        </Acts>
      </Form>
    </Frame>
  );
}

/** As the provider names them; the subject means nothing to people. */
function whoIs({ name, email, sub }: Newcomer): string {
  return name ?? email ?? sub;
}
