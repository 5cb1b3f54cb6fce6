import { Acts, Button, Form } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { Table } from '../../ui/components/table.tsx';
import { Ago, When } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { OpenSession } from '../operations/sessions.ts';

const HOUR_MS = 60 * 60 * 1000;

/** "Chrome on Windows", as far as it is known. */
export function deviceOf(
  { browser, system }: { browser?: string | null | undefined; system?: string | null | undefined },
  t: SignedIn['t'],
): string | undefined {
  if (browser && system) return t('sessions.from.both', { browser, system });
  return browser ?? system ?? undefined;
}

interface SessionsProps {
  visitor: SignedIn;
  sessions: readonly OpenSession[];
  providers: readonly { id: string; name: string }[];
}

/** Where the account is logged on, and the end of it. */
export function Sessions({ visitor, sessions, providers }: SessionsProps) {
  const { t } = visitor;
  return (
    <Section heading={t('sessions.h2')}>
      <Table
        caption={t('sessions.caption', { count: sessions.length })}
        columns={[t('sessions.from'), t('sessions.way'), t('sessions.begun'), t('sessions.used'), t('sessions.act')]}
        rows={sessions.map((session) => [
          session.isThis ? t('sessions.this', { from: fromOf(session, t) }) : fromOf(session, t),
          wayOf(session, providers, t),
          <When at={session.createdAt} />,
          <Used visitor={visitor} session={session} />,
          <End t={t} session={session} />,
        ])}
      />
      {sessions.length > 1 && (
        <Form action="/account/sessions/end-others">
          <Acts>
            <Button>{t('sessions.end-others')}</Button>
          </Acts>
        </Form>
      )}
      <p class="hint">{t('sessions.kept')}</p>
    </Section>
  );
}

const End = ({ t, session }: { t: SignedIn['t']; session: OpenSession }) => (
  <Form action={session.isThis ? '/log-off' : `/account/sessions/${session.id}/end`}>
    <Button object={session.isThis ? t('sessions.here') : fromOf(session, t)}>{t('sessions.end')}</Button>
  </Form>
);

/** It is known to the hour. */
function Used({ visitor: { t, now }, session: { usedAt } }: { visitor: SignedIn; session: OpenSession }) {
  if (now.getTime() - usedAt.getTime() < HOUR_MS) return <>{t('sessions.used.now')}</>;
  return <Ago at={usedAt} now={now} />;
}

const fromOf = (session: OpenSession, t: SignedIn['t']) => deviceOf(session, t) ?? t('sessions.from.unknown');

function wayOf(
  { way, provider, passkey }: OpenSession,
  providers: SessionsProps['providers'],
  t: SignedIn['t'],
): string {
  const known = providers.find(({ id }) => id === provider);
  if (known) return known.name;
  return passkey ? t('sessions.way.passkey-named', { name: passkey }) : t(`sessions.way.${way}`);
}
