import { Acts, Button, Danger, Form, Go, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { TextField } from '../../ui/components/fields.tsx';
import { Table } from '../../ui/components/table.tsx';
import { When } from '../../ui/components/when.tsx';
import type { Problem } from '../../ui/reader.ts';
import { dateOf } from '../../ui/text.ts';
import type { SignedIn } from '../http/visitor.ts';
import type { Passkey } from '../operations/passkeys.ts';
import { Frame } from './frame.tsx';
import { PasskeyForm } from './passkey-form.tsx';

interface PasskeysProps {
  visitor: SignedIn;
  passkeys: readonly Passkey[];
  /** The host that passkeys are made for; none: this portal has none. */
  host: string | undefined;
}

/** The passkeys of an account, among its ways to log on. */
export function Passkeys({ visitor, passkeys, host }: PasskeysProps) {
  const { t } = visitor;
  return (
    <Section heading={t('passkeys.h2')}>
      <p>{host ? t('passkeys.what') : t('passkeys.no-name')}</p>
      {passkeys.length === 0 ? (
        host && <p>{t('passkeys.none')}</p>
      ) : (
        <Table
          caption={t('passkeys.caption', { count: passkeys.length })}
          columns={[t('passkeys.name'), t('passkeys.made'), t('passkeys.used'), t('passkeys.act')]}
          rows={passkeys.map((passkey) => [
            passkey.name,
            <When at={passkey.madeAt} as="date" />,
            passkey.rpId === host ? usedOn(passkey, visitor) : t('passkeys.elsewhere', { host: passkey.rpId }),
            <LinkButton href={`/account/passkeys/${passkey.id}`} object={passkey.name}>
              {t('passkeys.change')}
            </LinkButton>,
          ])}
        />
      )}
      {host && (
        <p>
          <LinkButton href="/account/passkeys/new">{t('passkeys.add')}</LinkButton>
        </p>
      )}
    </Section>
  );
}

function usedOn({ lastUsedOn }: Passkey, { t, reader }: SignedIn): string {
  if (!lastUsedOn) return t('passkeys.never');
  return dateOf(new Date(`${lastUsedOn}T00:00:00Z`), { ...reader, timeZone: 'UTC' });
}

interface PageProps {
  visitor: SignedIn;
  portalName: string;
}

/** The browser makes one. What it is called is proposed: a passkey that was made and then not taken would lie about. */
export function AddPasskeyPage({ visitor, portalName, proposed }: PageProps & { proposed: string }) {
  const { t } = visitor;
  return (
    <Frame visitor={visitor} portalName={portalName} heading={t('passkeys.add.h1')} current="/account">
      <p>{t('passkeys.add.text')}</p>
      <PasskeyForm
        t={t}
        ask="/account/passkeys/question"
        act="create"
        action="/account/passkeys"
        without={t('passkeys.add.needs-script')}
      >
        <TextField name="name" label={t('passkeys.name')} hint={t('passkeys.name.hint')} value={proposed} />
        <Acts>
          <Go>{t('passkeys.add.submit')}</Go>
        </Acts>
      </PasskeyForm>
      <Back t={t} />
    </Frame>
  );
}

interface PasskeyPageProps extends PageProps {
  passkey: Passkey;
  typed: string;
  problems: Problem[];
  /** It is the only way to log on. */
  isLast: boolean;
}

/** One passkey: its name, and its end. */
export function PasskeyPage({ visitor, portalName, passkey, typed, problems, isLast }: PasskeyPageProps) {
  const { t } = visitor;
  const path = `/account/passkeys/${passkey.id}`;
  return (
    <Frame visitor={visitor} portalName={portalName} heading={passkey.name} current="/account" problems={problems}>
      <Form action={path}>
        <TextField name="name" label={t('passkeys.name')} hint={t('passkeys.name.hint')} value={typed} />
        <Acts>
          <Button>{t('passkeys.save')}</Button>
        </Acts>
      </Form>
      <Section heading={t('passkeys.remove.h2')}>
        <p>{t('passkeys.remove.text')}</p>
        <Form action={`${path}/remove`}>
          <Acts>
            <Danger object={passkey.name} {...(isLast && { refused: t('account.last-way') })}>
              {t('passkeys.remove')}
            </Danger>
          </Acts>
        </Form>
      </Section>
      <Back t={t} />
    </Frame>
  );
}

const Back = ({ t }: { t: SignedIn['t'] }) => <Links items={[{ href: '/account', text: t('passkeys.back') }]} />;
