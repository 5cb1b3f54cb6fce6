import type { ComponentChildren } from 'preact';
import { decideGoing, decideRole, mayInOrganisation } from '../../core/organisations.ts';
import { Acts, Button, Danger, Form, Go, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { ChoiceField, TextField } from '../../ui/components/fields.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import { Table } from '../../ui/components/table.tsx';
import { When } from '../../ui/components/when.tsx';
import type { Problem } from '../../ui/reader.ts';
import type { SignedIn } from '../http/visitor.ts';
import type { ColleagueInvitation, Member, Organisation } from '../store/reads/organisation.ts';
import { Frame } from './frame.tsx';

const PATH = '/account/organisation';
export const NAME_FIELD = 'name';
export const BRING_FIELD = 'bring';
export const ADDRESS_FIELD = 'address';

interface PageProps {
  visitor: SignedIn;
  portalName: string;
  problems?: Problem[];
}

interface BringProps {
  visitor: SignedIn;
  /** How many registrations the account has alone. */
  alone: number;
}

/** What becomes of what one has alone: asked of everybody who joins, and nothing is preset. */
export function BringFields({ visitor: { t }, alone }: BringProps) {
  const values = { count: alone };
  return (
    <>
      {alone > 0 && (
        <ChoiceField
          type="radio"
          name={BRING_FIELD}
          label={t('organisation.bring', values)}
          required
          options={[
            { value: 'yes', text: t('organisation.bring.yes', values), hint: t('organisation.bring.yes.hint', values) },
            { value: 'no', text: t('organisation.bring.no', values), hint: t('organisation.bring.no.hint', values) },
          ]}
        />
      )}
      <p>{t('organisation.from-now-on')}</p>
    </>
  );
}

interface NoneProps extends PageProps, BringProps {
  typed: string;
  /** One was left, or an invitation refused, a moment ago. */
  hasLeft: boolean;
  isRefused: boolean;
}

/** Who is a member of none can make one. */
export function NoOrganisationPage({
  visitor,
  portalName,
  problems = [],
  alone,
  typed,
  hasLeft,
  isRefused,
}: NoneProps) {
  const { t } = visitor;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('organisation.h1')}
      current="/account"
      problems={problems}
    >
      {hasLeft && <p role="status">{t('organisation.left')}</p>}
      {isRefused && <p role="status">{t('colleague.refused')}</p>}
      <p>{t('organisation.what')}</p>
      <p>
        {t('organisation.none')} {t('organisation.join')}
      </p>
      <Section heading={t('organisation.make.h2')}>
        <p>{t('organisation.make.text')}</p>
        <Form action={PATH}>
          <TextField
            name={NAME_FIELD}
            label={t('organisation.name')}
            hint={t('organisation.name.hint')}
            required
            value={typed}
          />
          <BringFields visitor={visitor} alone={alone} />
          <Acts>
            <Go>{t('organisation.make')}</Go>
          </Acts>
        </Form>
      </Section>
      <ToAccount t={t} />
    </Frame>
  );
}

interface OrganisationProps extends PageProps {
  organisation: Organisation;
  /** The address of an invitation, as it was typed. */
  typed: string;
}

/** Its members, who is invited, and the way out. */
export function OrganisationPage({ visitor, portalName, problems = [], organisation, typed }: OrganisationProps) {
  const { t } = visitor;
  const { name, role, registrations } = organisation;
  return (
    <Frame visitor={visitor} portalName={portalName} heading={name} current="/account" problems={problems}>
      <p>{t('organisation.what')}</p>
      <Facts
        facts={[
          { term: t('organisation.role'), value: t(`organisation.role.${role}`) },
          { term: t('organisation.registrations'), value: String(registrations) },
        ]}
      />
      <Members visitor={visitor} organisation={organisation} />
      <Invitations visitor={visitor} organisation={organisation} typed={typed} />
      <Leave visitor={visitor} organisation={organisation} />
      <ToAccount t={t} />
    </Frame>
  );
}

interface PartProps {
  visitor: SignedIn;
  organisation: Organisation;
}

function Members({ visitor, organisation: { members, role } }: PartProps) {
  const { t, account } = visitor;
  const mayChange = mayInOrganisation('remove', role) === 'yes';
  const head = [t('organisation.member.name'), t('log-on.email'), t('organisation.member.role')];
  const since = t('organisation.member.since');
  const nameOf = ({ account: id, name }: Member) => (id === account.id ? t('organisation.you', { name }) : name);
  return (
    <Section heading={t('organisation.members.h2')}>
      <Table
        caption={t('organisation.members.caption', { count: members.length })}
        columns={[...head, since, ...(mayChange ? [t('organisation.member.act')] : [])]}
        rows={members.map((member): ComponentChildren[] => [
          nameOf(member),
          member.email,
          t(`organisation.role.${member.role}`),
          <When at={member.since} as="date" />,
          ...(mayChange
            ? [
                <LinkButton href={`${PATH}/members/${member.account}`} object={member.name}>
                  {t('organisation.member.change')}
                </LinkButton>,
              ]
            : []),
        ])}
      />
    </Section>
  );
}

function Invitations({ visitor, organisation, typed }: PartProps & { typed: string }) {
  const { t } = visitor;
  const { invitations, role } = organisation;
  const refused = mayInOrganisation('invite', role) === 'yes' ? undefined : t('organisation.only-administrators');
  return (
    <Section heading={t('organisation.invite.h2')} id="invite">
      {invitations.map((invitation) => (
        <OpenInvitation t={t} invitation={invitation} refused={refused} />
      ))}
      <p>{t('organisation.invite.text')}</p>
      <Form action={`${PATH}/invitations`}>
        {!refused && (
          <TextField
            name={ADDRESS_FIELD}
            label={t('organisation.invite.email')}
            type="email"
            literal
            required
            value={typed}
          />
        )}
        <Acts>
          <Button object={t('organisation.invite.h2')} {...(refused && { refused })}>
            {t('organisation.invite')}
          </Button>
        </Acts>
      </Form>
    </Section>
  );
}

interface OpenProps {
  t: SignedIn['t'];
  invitation: ColleagueInvitation;
  refused: string | undefined;
}

function OpenInvitation({ t, invitation, refused }: OpenProps) {
  const { id, address, invitedAt, expiresAt, mail } = invitation;
  return (
    <>
      <p>
        {t.rich('organisation.open', { address, at: <When at={invitedAt} />, until: <When at={expiresAt} /> })}{' '}
        {t(`seats.mail.${mail}`)}
      </p>
      <Form action={`${PATH}/invitations/${id}/withdraw`}>
        <Acts>
          <Button object={t('organisation.withdraw-object', { address })} {...(refused && { refused })}>
            {t('organisation.withdraw')}
          </Button>
        </Acts>
      </Form>
    </>
  );
}

function Leave({ visitor, organisation }: PartProps) {
  const { t, account } = visitor;
  const { members, registrations } = organisation;
  const decision = decideGoing(members, account.id);
  const ends = decision.outcome === 'may' && decision.ends;
  const refused = decision.outcome === 'refused' && t('organisation.last-administrator');
  return (
    <Section heading={t('organisation.leave.h2')}>
      <p>{ends ? t('organisation.leave.last', { count: registrations }) : t('organisation.leave.text')}</p>
      <Form action={`${PATH}/leave`} hidden={{ ends: ends ? 'yes' : 'no' }}>
        <Acts>
          <Danger object={organisation.name} {...(refused && { refused })}>
            {t('organisation.leave')}
          </Danger>
        </Acts>
      </Form>
    </Section>
  );
}

interface MemberPageProps extends PageProps {
  organisation: Organisation;
  member: Member;
}

/** One colleague: the role, and the end of it. */
export function MemberPage({ visitor, portalName, organisation, member }: MemberPageProps) {
  const { t } = visitor;
  const { members } = organisation;
  const { account: id, name, email, role, since } = member;
  const path = `${PATH}/members/${id}`;
  const other = role === 'administrator' ? 'member' : 'administrator';
  const isLast = t('member.last-administrator');
  const going = decideGoing(members, id);
  const goes = going.outcome === 'may' && !going.ends;
  return (
    <Frame visitor={visitor} portalName={portalName} heading={name} current="/account">
      <Facts
        facts={[
          { term: t('log-on.email'), value: email },
          { term: t('organisation.member.role'), value: t(`organisation.role.${role}`) },
          { term: t('organisation.member.since'), value: <When at={since} as="date" /> },
        ]}
      />
      <Section heading={t('member.role.h2')}>
        <p>{t('member.role.text')}</p>
        <Form action={`${path}/role`} hidden={{ role: other }}>
          <Acts>
            <Button object={name} {...(decideRole(members, id, other).outcome === 'refused' && { refused: isLast })}>
              {t(`member.role.${other}`)}
            </Button>
          </Acts>
        </Form>
      </Section>
      {id !== visitor.account.id && (
        <Section heading={t('member.remove.h2')}>
          <p>{t('member.remove.text', { name })}</p>
          <Form action={`${path}/remove`}>
            <Acts>
              <Danger object={name} {...(!goes && { refused: isLast })}>
                {t('member.remove')}
              </Danger>
            </Acts>
          </Form>
        </Section>
      )}
      <Links items={[{ href: PATH, text: t('organisation.back') }]} />
    </Frame>
  );
}

const ToAccount = ({ t }: { t: SignedIn['t'] }) => <Links items={[{ href: '/account', text: t('account.h1') }]} />;
