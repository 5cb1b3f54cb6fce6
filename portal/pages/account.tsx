import { LANGUAGES, type Language } from '../../core/languages.ts';
import { Acts, Button, Form, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { SelectField } from '../../ui/components/fields.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { Passkey } from '../operations/passkeys.ts';
import type { OpenSession } from '../operations/sessions.ts';
import { Frame } from './frame.tsx';
import { Passkeys } from './passkeys.tsx';
import { Sessions } from './sessions.tsx';
import { SharedLogin } from './who.tsx';

interface AccountProps {
  visitor: SignedIn;
  portal: { name: string; providers: readonly { id: string; name: string }[] };
  /** The providers that know its person, by id. */
  linked: ReadonlyMap<string, { mayUnlink: boolean }>;
  hasPassword: boolean;
  passkeys: readonly Passkey[];
  /** The host that passkeys are made for, if this portal has any. */
  passkeyHost: string | undefined;
  sessions: readonly OpenSession[];
  language: Language;
}

export function AccountPage({ visitor, portal, linked, hasPassword, language, ...more }: AccountProps) {
  const { t, account } = visitor;
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('account.h1')} current="/account">
      <Facts
        facts={[
          { term: t('details.name'), value: account.name },
          { term: t('log-on.email'), value: account.email },
          { term: t('details.organisation'), value: account.organisation },
          { term: t('account.kind'), value: t(`account.kind.${account.kind}`) },
        ]}
      />
      <Links
        items={[
          { href: '/account/details', text: t('correct.h1') },
          { href: '/account/organisation', text: t('organisation.h1') },
          { href: '/account/access-tokens', text: t('tokens.h1') },
          { href: '/cases', text: t('cases.h1') },
          { href: '/account/data', text: t('data.h1') },
        ]}
      />
      <Section heading={t('account.mails')}>
        <Form action="/account/language">
          <SelectField
            name="language"
            label={t('account.language')}
            value={language}
            options={LANGUAGES.map((value) => ({ value, text: t(`account.language.${value}`) }))}
          />
          <Acts>
            <Button>{t('account.language.save')}</Button>
          </Acts>
        </Form>
      </Section>
      <SharedLogin visitor={visitor} />
      <Section heading={t('account.ways')}>
        {hasPassword && <p>{t('account.password')}</p>}
        {portal.providers.map(({ id, name }) => {
          const known = linked.get(id);
          return known ? (
            <>
              <p>{t('account.linked', { provider: name })}</p>
              <Form action={`/account/providers/${id}/unlink`}>
                <Acts>
                  <Button object={name} {...(!known.mayUnlink && { refused: t('account.last-way') })}>
                    {t('account.unlink')}
                  </Button>
                </Acts>
              </Form>
            </>
          ) : (
            <p>
              <LinkButton href={`/log-on/with/${id}?next=/account`}>{t('account.link', { provider: name })}</LinkButton>
            </p>
          );
        })}
      </Section>
      <Passkeys visitor={visitor} passkeys={more.passkeys} host={more.passkeyHost} />
      <Sessions visitor={visitor} sessions={more.sessions} providers={portal.providers} />
    </Frame>
  );
}
