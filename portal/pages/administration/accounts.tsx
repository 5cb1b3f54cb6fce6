import { Acts, Button, Danger, Form } from '../../../ui/components/actions.tsx';
import { Section } from '../../../ui/components/blocks.tsx';
import { TextAreaField, TextField } from '../../../ui/components/fields.tsx';
import { Facts } from '../../../ui/components/lists.tsx';
import { Pages, Table } from '../../../ui/components/table.tsx';
import { When } from '../../../ui/components/when.tsx';
import type { Problem } from '../../../ui/reader.ts';
import {
  type AccountLine,
  type AccountShown,
  lastPageOf,
  type OrganisationLine,
} from '../../store/reads/administration/accounts.ts';
import { AdministrationFrame, type AdministrationProps } from './frame.tsx';

interface AccountsProps extends AdministrationProps {
  search: string;
  page: number;
  count: number;
  accounts: AccountLine[];
}

export const AccountsPage = ({ visitor, portalName, search, page, count, accounts }: AccountsProps) => {
  const { t } = visitor;
  const path = '/administration/accounts';
  return (
    <AdministrationFrame {...{ visitor, portalName }} heading={t('administration.accounts')}>
      <Form action={path} method="get" search look="filter">
        <TextField name="q" label={t('admin-accounts.search')} type="search" value={search} />
        <Acts>
          <Button>{t('admin-accounts.button')}</Button>
        </Acts>
      </Form>
      <Table
        caption={t('admin-accounts.caption', { count })}
        columns={[
          t('admin-accounts.name'),
          t('admin-accounts.email'),
          t('admin-accounts.organisation'),
          t('admin-accounts.kind'),
          t('admin-accounts.created'),
          t('admin-accounts.sessions'),
        ]}
        rows={accounts.map((account) => [
          <a href={`${path}/${account.id}`}>{account.name}</a>,
          account.email,
          account.organisation,
          account.administers ? t('admin-accounts.administers') : t(`account.kind.${account.kind}`),
          <When at={account.createdAt} as="date" />,
          account.sessions,
        ])}
      />
      <Pages page={page} last={lastPageOf(count)} href={(to) => `${path}?q=${encodeURIComponent(search)}&page=${to}`} />
    </AdministrationFrame>
  );
};

export const OrganisationsPage = ({
  visitor,
  portalName,
  organisations,
}: AdministrationProps & { organisations: OrganisationLine[] }) => {
  const { t } = visitor;
  return (
    <AdministrationFrame {...{ visitor, portalName }} heading={t('administration.organisations')}>
      <Table
        caption={t('admin-organisations.caption', { count: organisations.length })}
        columns={[
          t('admin-accounts.name'),
          t('admin-accounts.created'),
          t('admin-organisations.members'),
          t('admin-organisations.seats'),
        ]}
        rows={organisations.map(({ name, createdAt, members, seats }) => [
          name,
          <When at={createdAt} as="date" />,
          members,
          seats,
        ])}
      />
    </AdministrationFrame>
  );
};

interface AccountProps extends AdministrationProps {
  account: AccountShown;
  providers: readonly { issuer: string; name: string }[];
  ended: boolean;
  again?: { reason: string; problem: Problem };
}

/** Who it is, how it logs on, and the end of its log-ons. What it is a party of is not listed: that would be a look. */
export function AdministeredAccountPage({ visitor, portalName, account, providers, ended, again }: AccountProps) {
  const { t } = visitor;
  const ways = [
    ...(account.hasPassword ? [t('admin-account.password')] : []),
    ...account.issuers.map((issuer) => providers.find((known) => known.issuer === issuer)?.name ?? issuer),
    ...(account.passkeys > 0 ? [t('admin-account.passkeys', { count: account.passkeys })] : []),
  ];
  return (
    <AdministrationFrame {...{ visitor, portalName }} heading={account.name} problems={again ? [again.problem] : []}>
      {ended && <p role="status">{t('admin-account.ended')}</p>}
      <Facts
        facts={[
          { term: t('admin-accounts.email'), value: account.email },
          {
            term: t('admin-account.verified'),
            value: account.verifiedAt ? <When at={account.verifiedAt} /> : t('admin-account.not-verified'),
          },
          { term: t('admin-accounts.organisation'), value: account.organisation },
          {
            term: t('admin-accounts.kind'),
            value: account.administers
              ? `${t(`account.kind.${account.kind}`)}, ${t('admin-accounts.administers')}`
              : t(`account.kind.${account.kind}`),
          },
          { term: t('admin-accounts.created'), value: <When at={account.createdAt} /> },
          { term: t('admin-account.ways'), value: ways.join(', ') || t('admin-account.no-way') },
          { term: t('admin-accounts.sessions'), value: account.sessions },
          {
            term: t('admin-account.last-used'),
            value: account.lastUsedAt ? <When at={account.lastUsedAt} /> : t('admin-account.not-used'),
          },
          { term: t('admin-account.tokens'), value: account.accessTokens },
          { term: t('admin-account.seats'), value: account.seats },
          {
            term: t('admin-account.language'),
            value: t(account.language === 'de' ? 'account.language.de' : 'account.language.en'),
          },
        ]}
      />
      <Section heading={t('admin-account.end')}>
        <p>{t('admin-account.end.text')}</p>
        <Form action={`/administration/accounts/${account.id}/end-sessions`}>
          <TextAreaField
            name="reason"
            label={t('admin-account.end.reason')}
            required
            rows={3}
            value={again?.reason ?? ''}
          />
          <Acts>
            <Danger>{t('admin-account.end')}</Danger>
          </Acts>
        </Form>
      </Section>
    </AdministrationFrame>
  );
}
