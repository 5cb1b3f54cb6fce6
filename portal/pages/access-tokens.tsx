import { SCOPES } from '../../api/contract/operation.ts';
import { mayMakeAccessToken } from '../../core/accounts.ts';
import { Acts, Button, Form, Go, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Box, Section } from '../../ui/components/blocks.tsx';
import { ChoiceField, SelectField, TextField } from '../../ui/components/fields.tsx';
import { Table } from '../../ui/components/table.tsx';
import { When } from '../../ui/components/when.tsx';
import { helpPath } from '../../ui/help/topics.ts';
import type { Problem } from '../../ui/reader.ts';
import { dateOf } from '../../ui/text.ts';
import type { SignedIn } from '../http/visitor.ts';
import type { AccessToken } from '../operations/access-tokens.ts';
import { Frame } from './frame.tsx';

/** How long a token can live: never for ever. */
export const DAYS = [7, 30, 90, 180, 365] as const;

export interface TypedToken {
  name: string;
  scopes: string[];
  days: string;
}

interface TokensProps {
  visitor: SignedIn;
  portalName: string;
  tokens: AccessToken[];
  typed: TypedToken;
  problems: Problem[];
}

/** The access tokens of an account: make one, see them, revoke them. */
export function AccessTokensPage({ visitor, portalName, tokens, typed, problems }: TokensProps) {
  const { t } = visitor;
  return (
    <Frame visitor={visitor} portalName={portalName} heading={t('tokens.h1')} current="/account" problems={problems}>
      <p>{t('tokens.what')}</p>
      <Section heading={t('tokens.yours')}>
        {tokens.length === 0 ? <p>{t('tokens.none')}</p> : <Tokens visitor={visitor} tokens={tokens} />}
      </Section>
      <Section heading={t('tokens.new')}>
        <NewToken visitor={visitor} tokens={tokens} typed={typed} />
      </Section>
      <Links
        items={[
          { href: '/api', text: t('tokens.reference') },
          { href: helpPath('access-tokens'), text: t('tokens.help') },
        ]}
      />
    </Frame>
  );
}

function NewToken({ visitor: { t, now }, tokens, typed }: Pick<TokensProps, 'visitor' | 'tokens' | 'typed'>) {
  const no = mayMakeAccessToken(tokens.filter(({ expiresAt }) => expiresAt > now).length);
  const refused = no && t(`refusal.${no.code}.text`, { count: no.facts?.count ?? 0 });
  return (
    <Form action="/account/access-tokens">
      <TextField name="name" label={t('tokens.name')} hint={t('tokens.name.hint')} value={typed.name} required />
      <ChoiceField
        type="checkbox"
        name="scopes"
        label={t('tokens.scopes')}
        required
        options={SCOPES.map((value) => ({ value, text: t(`tokens.scope.${value}`) }))}
        chosen={typed.scopes}
      />
      <SelectField
        name="days"
        label={t('tokens.days')}
        options={DAYS.map((days) => ({ value: String(days), text: t('tokens.days.option', { days }) }))}
        value={typed.days}
      />
      <Acts>
        <Go {...(refused && { refused })}>{t('tokens.make')}</Go>
      </Acts>
    </Form>
  );
}

function Tokens({ visitor, tokens }: Pick<TokensProps, 'visitor' | 'tokens'>) {
  const { t, reader, now } = visitor;
  return (
    <Table
      caption={t('tokens.caption', { count: tokens.length })}
      columns={[
        t('tokens.name'),
        t('tokens.may'),
        t('tokens.made'),
        t('tokens.until'),
        t('tokens.used'),
        t('tokens.act'),
      ]}
      rows={tokens.map(({ id, name, scopes, createdAt, expiresAt, lastUsedOn }) => [
        name,
        scopes.map((scope) => t(`tokens.scope.${scope}`)).join(' · '),
        <When at={createdAt} as="date" />,
        expiresAt <= now ? t('tokens.ended', { at: dateOf(expiresAt, reader) }) : <When at={expiresAt} as="date" />,
        lastUsedOn ? dateOf(new Date(`${lastUsedOn}T00:00:00Z`), { ...reader, timeZone: 'UTC' }) : t('tokens.never'),
        <Form action={`/account/access-tokens/${id}/revoke`}>
          <Button object={name}>{t('tokens.revoke')}</Button>
        </Form>,
      ])}
    />
  );
}

interface MadeProps {
  visitor: SignedIn;
  portal: { name: string; url: string };
  made: AccessToken;
  token: string;
}

/** The only page that shows a token. */
export function MadeAccessTokenPage({ visitor, portal, made, token }: MadeProps) {
  const { t, reader, account } = visitor;
  const until = t('tokens.done.until', { at: dateOf(made.expiresAt, reader), email: account.email });
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('tokens.done.h1', { name: made.name })}
      current="/account"
    >
      <Box heading={t('tokens.done.once')}>
        <p>
          <samp>{token}</samp>
        </p>
        <p>{t('tokens.done.text')}</p>
      </Box>
      <p>{until}</p>
      <p>{t('tokens.done.use')}</p>
      <p>
        <samp>Authorization: Bearer {token.slice(0, 8)}…</samp>
      </p>
      <Acts>
        <LinkButton href="/account/access-tokens">{t('tokens.done.back')}</LinkButton>
      </Acts>
    </Frame>
  );
}
