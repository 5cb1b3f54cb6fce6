import { Acts, Form, Go, GoLink, LinkButton } from '../../ui/components/actions.tsx';
import { TextField } from '../../ui/components/fields.tsx';
import type { SignedIn } from '../http/visitor.ts';
import { Frame } from './frame.tsx';
import { type LogOnProblem, LogOnReason, logOnProblems } from './log-on-problem.tsx';
import { LogOnWithPasskey } from './passkey-form.tsx';

interface LogOnAgainProps {
  visitor: SignedIn;
  portal: { name: string };
  next: string;
  /** The ways that this account has. */
  ways: { hasPassword: boolean; providers: readonly { id: string; name: string }[]; hasPasskeys: boolean };
  problem?: LogOnProblem | undefined;
}

/** Asks who is logged on once more, and goes on where they were. */
export function LogOnAgainPage({ visitor, portal, next, ways, problem }: LogOnAgainProps) {
  const { t, account } = visitor;
  const { hasPassword, providers, hasPasskeys } = ways;
  // The field is the password's: the address is known, and is no question.
  const problems = logOnProblems(problem, t).map(({ text }) => ({ field: 'password', text }));
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('again.h1')} width="logon" problems={problems}>
      <p>{t('again.text', { name: account.name, email: account.email })}</p>
      {hasPassword && (
        <Form action="/log-on/again" hidden={{ next }}>
          <TextField name="password" label={t('log-on.password')} type="password" autocomplete="current-password" />
          <Acts>
            <Go>{t('log-on.submit')}</Go>
          </Acts>
        </Form>
      )}
      {providers.length > 0 && (
        <Acts>
          {providers.map(({ id, name }, i) => {
            const Look = i === 0 && !hasPassword ? GoLink : LinkButton;
            const href = `/log-on/with/${id}?next=${encodeURIComponent(next)}&fresh`;
            return <Look href={href}>{t('log-on.with', { provider: name })}</Look>;
          })}
        </Acts>
      )}
      {hasPasskeys && <LogOnWithPasskey t={t} next={next} />}
      <LogOnReason problem={problem} visitor={visitor} />
    </Frame>
  );
}
