import { relyingPartyAt } from '../../core/passkeys.ts';
import { shortId } from '../../core/system-id.ts';
import { Acts, Button, Form, Go, GoLink, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Inset } from '../../ui/components/blocks.tsx';
import { TextField } from '../../ui/components/fields.tsx';
import { Together } from '../../ui/components/when.tsx';
import type { Visitor } from '../http/visitor.ts';
import type { CarriedHere } from '../store/reads/carried.ts';
import { Frame } from './frame.tsx';
import { type LogOnProblem, LogOnReason, logOnProblems } from './log-on-problem.tsx';
import { LogOnWithPasskey } from './passkey-form.tsx';

interface LogOnProps {
  visitor: Visitor;
  portal: { name: string; url: string; providers: readonly { id: string; name: string }[] };
  /** Where to go on to. */
  next: string;
  /** *Use another account*: a provider that knows somebody in this browser is to ask who it is. */
  another: boolean;
  email?: string;
  problem?: LogOnProblem | undefined;
  carried: CarriedHere | undefined;
}

export function LogOnPage({ visitor, portal, next, another, email, problem, carried }: LogOnProps) {
  const { t } = visitor;
  const then = `?next=${encodeURIComponent(next)}`;
  const asked = another ? `${then}&another` : then;
  const hasPasskeys = relyingPartyAt(portal.url) !== undefined;
  const [provider, ...others] = portal.providers;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('log-on.h1', { portal: portal.name })}
      width="logon"
      problems={logOnProblems(problem, t)}
    >
      {(next.startsWith('/invitations/') || next.startsWith('/organisation-invitations/')) && (
        <Inset>
          <p>{t('log-on.invited')}</p>
        </Inset>
      )}
      {carried && <CarriedInset visitor={visitor} carried={carried} />}
      {provider && (
        <Acts>
          <GoLink href={`/log-on/with/${provider.id}${asked}`}>{t('log-on.with', { provider: provider.name })}</GoLink>
          {others.map(({ id, name }) => (
            <LinkButton href={`/log-on/with/${id}${asked}`}>{t('log-on.with', { provider: name })}</LinkButton>
          ))}
        </Acts>
      )}
      {provider && <h2>{t('log-on.or')}</h2>}
      <Form action="/log-on" hidden={{ next, another: another ? '' : undefined }}>
        <TextField
          name="email"
          label={t('log-on.email')}
          type="email"
          autocomplete="username"
          {...(email && { value: email })}
        />
        <TextField name="password" label={t('log-on.password')} type="password" autocomplete="current-password" />
        <Acts>{provider ? <Button>{t('log-on.submit')}</Button> : <Go>{t('log-on.submit')}</Go>}</Acts>
      </Form>
      {hasPasskeys && <LogOnWithPasskey t={t} next={next} />}
      <Links
        items={[
          { href: `/create-account${then}`, text: t('log-on.create') },
          { href: '/forgotten-password', text: t('log-on.forgotten') },
        ]}
      />
      <LogOnReason problem={problem} visitor={visitor} />
    </Frame>
  );
}

/** What this browser carried here, and that it waits. */
function CarriedInset({ visitor: { t }, carried }: { visitor: Visitor; carried: CarriedHere }) {
  const known = { server: <Together>{carried.server.name}</Together>, id: <code>{shortId(carried.systemId)}</code> };
  return (
    <Inset>
      <p>{t.rich('log-on.carried', known)}</p>
    </Inset>
  );
}
