import type { ComponentChildren } from 'preact';
import { PROBLEMS, type ProblemCode } from '../../api/problems.ts';
import type { RefusalFacts } from '../../core/refusals.ts';
import { linesOf, shortId } from '../../core/system-id.ts';
import { Acts, Form, Go, GoLink, LinkButton } from '../../ui/components/actions.tsx';
import { Section, SystemIdLines } from '../../ui/components/blocks.tsx';
import { RegistrationNumber, When } from '../../ui/components/when.tsx';
import { helpTitle } from '../../ui/help/help.tsx';
import { helpPath } from '../../ui/help/topics.ts';
import { dateOf } from '../../ui/text.ts';
import type { Visitor } from '../http/visitor.ts';
import type { BroughtRequest } from '../store/facts.ts';
import type { RefusalRegistration } from '../store/reads/refusal-facts.ts';
import { Frame } from './frame.tsx';
import { LOG_ON_SAYINGS } from './refusal-log-on.ts';

export interface RefusalProps {
  visitor: Visitor;
  portal: { name: string; url: string };
  code: ProblemCode;
  facts: RefusalFacts;
  /** The registration that stands in the way or was chosen; only for its parties. */
  registration: RefusalRegistration | undefined;
  brought: BroughtRequest | undefined;
  chosen: string | undefined;
  ended: boolean | undefined;
  /** The page of the invitation that somebody came with. */
  invitation: string | undefined;
  /** The case that a portal administrator was about to decide. */
  administeredCase: string | undefined;
  /** Through which provider, if any, somebody wanted to log on, and where to go on to. */
  logOn: { provider?: { id: string; name: string }; next: string } | undefined;
  /** Finds the request in the portal's log. */
  reference: string;
}

/** A way out: a page that is there, or something to ask for. The first of them is the next step; there is always one. */
export type Way = { href: string; words: string } | { post: string; hidden: Record<string, string>; words: string };

export interface Saying {
  title: string;
  texts: ComponentChildren[];
  ways: Way[];
}

export function RefusalPage(props: RefusalProps) {
  const { visitor, portal, code, brought, reference } = props;
  const { t, reader } = visitor;
  const { title, texts, ways } = SAYINGS[code](props);
  const { help } = PROBLEMS[code];
  const inWords = { code: <code>{code}</code>, reference: <code>{reference}</code> };
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={title}
      {...(brought && { system: { systemId: brought.systemId, label: labelOf(brought, t) } })}
    >
      {texts.map((text) => (
        <p>{text}</p>
      ))}
      <Ways ways={ways} t={t} />
      {brought && (
        <Section heading={t(`refusal.${brought.how}`)}>
          <SystemIdLines lines={linesOf(brought.systemId)} />
        </Section>
      )}
      <p class="note">
        <a href={helpPath(help)}>{t('refusal.help', { topic: helpTitle(help, reader.locale) })}</a>
      </p>
      <p class="hint">{t.rich(code === 'unavailable' ? 'refusal.reference' : 'refusal.reason', inWords)}</p>
    </Frame>
  );
}

function labelOf(brought: BroughtRequest, t: Visitor['t']): string {
  return brought.server?.name ?? t('which.typed');
}

function Ways({ ways, t }: { ways: Way[]; t: Visitor['t'] }) {
  const [first = { href: '/systems', words: t('refusal.go.systems') }, ...others] = ways;
  const links = others.map((way) => 'href' in way && <LinkButton href={way.href}>{way.words}</LinkButton>);
  if ('href' in first) {
    return (
      <Acts>
        <GoLink href={first.href}>{first.words}</GoLink>
        {links}
      </Acts>
    );
  }
  return (
    <Form action={first.post} hidden={first.hidden}>
      <Acts>
        <Go>{first.words}</Go>
        {links}
      </Acts>
    </Form>
  );
}

/** One entry a code: a code without one does not compile. */
const SAYINGS: Record<ProblemCode, (refused: RefusalProps) => Saying> = {
  'system-id-registered-to-other': ({ visitor: { t }, brought }) => ({
    title: t('refusal.system-id-registered-to-other.title'),
    texts: [
      t('refusal.system-id-registered-to-other.text'),
      t.rich('refusal.system-id-registered-to-other.way-out'),
      t.rich('refusal.system-id-registered-to-other.case-text'),
    ],
    ways: [
      ...ask(brought, 'seat', t('refusal.system-id-registered-to-other.ask')),
      ...(brought
        ? [{ href: `/requests/${brought.id}/case`, words: t('refusal.system-id-registered-to-other.case') }]
        : []),
      { href: '/register', words: t('refusal.system-id-registered-to-other.check') },
    ],
  }),

  'registered-by-other-party': ({ visitor: { t }, facts, registration, brought, chosen }) => ({
    title: t('refusal.registered-by-other-party.title', { seat: registration?.doer?.seat ?? 'end-user' }),
    texts: [t.rich('refusal.registered-by-other-party.text', { at: at(facts), site: siteOf(facts) })],
    ways: [
      ...ask(brought, 'merge', t('refusal.registered-by-other-party.ask')),
      ...mergeInto(facts, chosen, t),
      ...open(registration, t),
      ...chooseAnother(brought, t),
    ],
  }),

  'registered-as-new-by-you': ({ visitor: { t, reader }, facts, chosen, brought }) => ({
    title: t('refusal.registered-as-new-by-you.title', { at: facts.at ? dateOf(facts.at, reader) : '' }),
    texts: [t.rich('refusal.registered-as-new-by-you.text', { site: siteOf(facts), number: number(facts) })],
    ways: [...mergeInto(facts, chosen, t), ...chooseAnother(brought, t)],
  }),

  'system-id-retired-elsewhere': ({ visitor: { t }, facts, registration, brought }) => ({
    title: t('refusal.system-id-retired-elsewhere.title', { site: siteOf(facts) }),
    texts: [
      t.rich('refusal.system-id-retired-elsewhere.text', { site: siteOf(facts), number: number(facts) }),
      t('refusal.system-id-retired-elsewhere.way-out', { site: siteOf(facts) }),
    ],
    ways: [
      ...(brought
        ? [
            {
              href: `/requests/${brought.id}/registrations/${facts.registration}`,
              words: t('refusal.system-id-retired-elsewhere.again', { site: siteOf(facts) }),
            },
          ]
        : []),
      ...open(registration, t),
    ],
  }),

  'not-among-yours': ({ visitor: { t }, brought }) => ({
    title: t('refusal.not-among-yours.title'),
    texts: [t('refusal.not-among-yours.text')],
    ways: [...chooseAnother(brought, t), { href: '/systems', words: t('refusal.go.systems') }],
  }),

  'request-expired': ({ visitor: { t } }) => ({
    title: t('refusal.request-expired.title'),
    texts: [t('refusal.request-expired.text'), t.rich('refusal.request-expired.way-out')],
    ways: [{ href: '/register', words: t('refusal.go.type') }],
  }),

  'request-replayed': ({ visitor: { t, reader }, facts, brought, registration, ended }) => ({
    title: t('refusal.request-replayed.title', { at: facts.at ? dateOf(facts.at, reader) : '' }),
    texts: [
      ...(registration ? [t.rich('refusal.request-replayed.text', { site: siteOf(facts), id: id(facts) })] : []),
      ...(ended ? [t('refusal.request-replayed.undone')] : []),
      t('refusal.request-replayed.way-out'),
    ],
    ways: [
      ...(registration && brought?.association
        ? [
            {
              href: `/systems/${registration.number}/associations/${brought.association}`,
              words: t('refusal.request-replayed.see'),
            },
          ]
        : []),
      ...(brought
        ? [{ href: `/requests/${brought.id}/registrations`, words: t('refusal.request-replayed.move') }]
        : []),
    ],
  }),

  'request-damaged': ({ visitor: { t } }) => ({
    title: t('refusal.request-damaged.title'),
    texts: [t('refusal.request-damaged.text')],
    ways: [{ href: '/register', words: t('refusal.go.type') }],
  }),

  'request-too-large': ({ visitor: { t } }) => ({
    title: t('refusal.request-too-large.title'),
    texts: [t('refusal.request-too-large.text')],
    ways: [{ href: '/register', words: t('refusal.go.register') }],
  }),

  'not-a-request': ({ visitor: { t }, facts }) => ({
    title: t('refusal.not-a-request.title'),
    texts: [
      t.rich(`refusal.not-a-request.${facts.document && facts.document !== 'request' ? facts.document : 'text'}`),
    ],
    ways: [{ href: '/register', words: t('refusal.go.register') }],
  }),

  'other-portal': ({ visitor: { t }, portal, code }) => ({
    title: t('refusal.other-portal.title'),
    texts: [t('refusal.other-portal.text', { host: new URL(portal.url).host }), t.rich('refusal.other-portal.way-out')],
    ways: [{ href: helpPath(PROBLEMS[code].help), words: t('refusal.other-portal.what-to-do') }],
  }),

  'signing-key-differs': ({ visitor: { t }, facts, registration }) => ({
    title: t('refusal.signing-key-differs.title', { shortId: facts.systemId ? shortId(facts.systemId) : '' }),
    texts: [t('refusal.signing-key-differs.text'), t('refusal.signing-key-differs.way-out')],
    ways: [
      registration
        ? { href: `/systems/${registration.number}`, words: t('refusal.signing-key-differs.settle') }
        : { href: '/systems', words: t('refusal.go.systems') },
    ],
  }),

  'lost-race': ({ visitor, facts, registration, brought, chosen }) => {
    const { t } = visitor;
    const byYou = facts.by === visitor.account?.id;
    const names = {
      site: siteOf(facts),
      at: at(facts),
      name: registration?.doer?.name ?? t('refusal.other-party.first'),
    };
    return {
      title: t('refusal.lost-race.title'),
      texts: [
        facts.at
          ? t.rich(byYou ? 'refusal.lost-race.by-you' : 'refusal.lost-race.by-other', names)
          : t('refusal.lost-race.edited', { site: siteOf(facts) }),
        t('refusal.lost-race.way-out'),
      ],
      ways: [
        ...(brought && chosen
          ? [{ href: `/requests/${brought.id}/registrations/${chosen}`, words: t('refusal.go.again') }]
          : []),
        ...open(registration, t),
        { href: '/systems', words: t('refusal.go.systems') },
      ],
    };
  },

  'edit-locked': ({ visitor: { t }, registration }) => ({
    title: t('refusal.edit-locked.title'),
    texts: [
      registration?.confirmedAt && registration.confirmedBy
        ? t.rich('refusal.edit-locked.text', {
            name: registration.confirmedBy,
            at: <When at={registration.confirmedAt} as="date" />,
          })
        : t('refusal.edit-locked.text-unknown'),
    ],
    ways: [...open(registration, t), { href: '/systems', words: t('refusal.go.systems') }],
  }),

  'not-for-your-seat': ({ visitor: { t }, registration }) => ({
    title: t('refusal.not-for-your-seat.title'),
    texts: [t('refusal.not-for-your-seat.text'), t('refusal.not-for-your-seat.way-out')],
    ways: [...open(registration, t), { href: '/systems', words: t('refusal.go.systems') }],
  }),

  'seat-taken': ({ visitor: { t }, registration }) => ({
    title: t('refusal.seat-taken.title'),
    texts: [t('refusal.seat-taken.text')],
    ways: toTheSystem(registration, t),
  }),

  'not-both-seats': ({ visitor: { t }, facts, registration }) => ({
    title: t('refusal.not-both-seats.title'),
    texts: [t('refusal.not-both-seats.text', { seat: facts.seat ?? 'integrator' })],
    ways: toTheSystem(registration, t),
  }),

  'invitation-ended': ({ visitor: { t, account }, invitation }) => ({
    title: t('refusal.invitation-ended.title'),
    texts: [
      t('refusal.invitation-ended.text'),
      ...(account ? [t('refusal.invitation-ended.way-out', { email: account.email })] : []),
    ],
    ways: [
      ...(invitation
        ? [{ post: `${invitation}/another-account`, hidden: {}, words: t('refusal.go.another-account') }]
        : []),
      { href: '/invitations', words: t('refusal.invitation-ended.type') },
      { href: '/systems', words: t('refusal.go.systems') },
    ],
  }),

  'no-organisation': ({ visitor: { t } }) => ({
    title: t('refusal.no-organisation.title'),
    texts: [t('refusal.no-organisation.text')],
    ways: [{ href: '/systems', words: t('refusal.go.systems') }, ...organisation(t)],
  }),

  'already-member': ({ visitor: { t } }) => ({
    title: t('refusal.already-member.title'),
    texts: [t('refusal.already-member.text')],
    ways: organisation(t),
  }),

  'not-organisation-administrator': ({ visitor: { t } }) => ({
    title: t('refusal.not-organisation-administrator.title'),
    texts: [t('refusal.not-organisation-administrator.text')],
    ways: organisation(t),
  }),

  'last-administrator': ({ visitor: { t } }) => ({
    title: t('refusal.last-administrator.title'),
    texts: [t('refusal.last-administrator.text')],
    ways: organisation(t),
  }),

  'organisation-has-other-seat': ({ visitor: { t }, facts, registration }) => ({
    title: t('refusal.organisation-has-other-seat.title'),
    texts: [
      facts.site
        ? t('refusal.organisation-has-other-seat.text', { site: facts.site })
        : t('refusal.organisation-has-other-seat.text-unknown'),
      t('refusal.organisation-has-other-seat.way-out'),
    ],
    ways: toTheSystem(registration, t),
  }),

  'member-invitation-limit': ({ visitor: { t } }) => ({
    title: t('refusal.member-invitation-limit.title'),
    texts: [t('refusal.member-invitation-limit.text')],
    ways: organisation(t),
  }),

  'invitation-limit': ({ visitor: { t }, registration }) => ({
    title: t('refusal.invitation-limit.title'),
    texts: [t('refusal.invitation-limit.text')],
    ways: toTheSystem(registration, t),
  }),

  'invitation-code-limit': ({ visitor: { t }, facts }) => ({
    title: t('refusal.invitation-code-limit.title'),
    texts: [
      t('refusal.invitation-code-limit.text'),
      ...(facts.at ? [t.rich('refusal.invitation-code-limit.when', { at: at(facts) })] : []),
    ],
    ways: [{ href: '/systems', words: t('refusal.go.systems') }],
  }),

  'undo-expired': ({ visitor: { t }, facts, registration }) => ({
    title: t('refusal.undo-expired.title'),
    texts: [t.rich('refusal.undo-expired.text', { at: at(facts) })],
    ways: [
      { href: '/register', words: t('refusal.undo-expired.associate') },
      ...openCase(registration, t),
      ...open(registration, t),
    ],
  }),

  'undo-not-latest': ({ visitor: { t }, facts, registration }) => ({
    title: t('refusal.undo-not-latest.title'),
    texts: [
      facts.at && facts.systemId
        ? t.rich('refusal.undo-not-latest.text', { at: at(facts), id: id(facts) })
        : t('refusal.undo-not-latest.text-none'),
    ],
    ways: [...open(registration, t), { href: '/systems', words: t('refusal.go.systems') }],
  }),

  'claim-limit': ({ visitor: { t }, facts }) => ({
    title: t('refusal.claim-limit.title'),
    texts: [t('refusal.claim-limit.text', { count: facts.count ?? 0 })],
    ways: [{ href: '/systems?state=not-confirmed-by-system', words: t('refusal.claim-limit.show') }],
  }),

  'claim-ended': ({ visitor: { t }, facts, registration }) => ({
    title: t('refusal.claim-ended.title'),
    texts: [t.rich('refusal.claim-ended.text', { id: id(facts), at: at(facts) })],
    ways: [...open(registration, t), { href: '/systems', words: t('refusal.go.systems') }],
  }),

  'association-ended': ({ visitor: { t }, registration }) => ({
    title: t('refusal.association-ended.title'),
    texts: [t('refusal.association-ended.text')],
    ways: toTheSystem(registration, t),
  }),

  'code-limit': ({ visitor: { t }, facts, registration }) => ({
    title: t('refusal.code-limit.title'),
    texts: [t('refusal.code-limit.text'), ...(facts.at ? [t.rich('refusal.code-limit.when', { at: at(facts) })] : [])],
    ways: toTheSystem(registration, t),
  }),
  'codes-used-up': ({ visitor: { t }, registration }) => ({
    title: t('refusal.codes-used-up.title'),
    texts: [t('refusal.codes-used-up.text')],
    ways: toTheSystem(registration, t),
  }),

  'confirmation-wrong': ({ visitor: { t }, facts, registration }) => ({
    title: t('refusal.confirmation-wrong.title'),
    texts: [t('refusal.confirmation-wrong.text', { count: facts.count ?? 0 })],
    ways: toTheSystem(registration, t),
  }),
  'confirmation-older': ({ visitor: { t }, registration }) => ({
    title: t('refusal.confirmation-older.title'),
    texts: [t('refusal.confirmation-older.text')],
    ways: toTheSystem(registration, t),
  }),
  'confirmation-used-up': ({ visitor: { t }, registration }) => ({
    title: t('refusal.confirmation-used-up.title'),
    texts: [t('refusal.confirmation-used-up.text')],
    ways: toTheSystem(registration, t),
  }),
  'confirmation-limit': ({ visitor: { t }, facts, registration }) => ({
    title: t('refusal.confirmation-limit.title'),
    texts: [
      t('refusal.confirmation-limit.text'),
      ...(facts.at ? [t.rich('refusal.confirmation-limit.when', { at: at(facts) })] : []),
    ],
    ways: toTheSystem(registration, t),
  }),

  'registration-closed': ({ visitor: { t }, registration, brought }) => {
    const closedAt = registration?.closedAt ? <When at={registration.closedAt} as="date" /> : '';
    const into = registration?.mergedInto;
    return {
      title: t('refusal.registration-closed.title'),
      texts: [
        into
          ? t.rich('refusal.registration-closed.merged', { number: <RegistrationNumber number={into} />, at: closedAt })
          : t.rich('refusal.registration-closed.text', { at: closedAt }),
      ],
      ways: [
        ...registerAsNew(brought, t),
        ...chooseAnother(brought, t),
        ...open(registration, t),
        { href: '/systems', words: t('refusal.go.systems') },
      ],
    };
  },

  'proof-needed': ({ visitor: { t } }) => ({
    title: t('refusal.proof-needed.title'),
    texts: [t('refusal.proof-needed.text'), t.rich('refusal.proof-needed.way-out')],
    ways: [{ href: '/systems', words: t('refusal.go.systems') }],
  }),

  'case-needs-other-party': ({ visitor: { t }, registration }) => ({
    title: t('refusal.case-needs-other-party.title'),
    texts: [t('refusal.case-needs-other-party.text')],
    ways: toTheSystem(registration, t),
  }),

  'case-ended': ({ visitor: { t }, administeredCase }) => ({
    title: t('refusal.case-ended.title'),
    texts: [t('refusal.case-ended.text')],
    ways: toTheCase(administeredCase, t),
  }),

  'case-not-yet': ({ visitor: { t }, administeredCase }) => ({
    title: t('refusal.case-not-yet.title'),
    texts: [t('refusal.case-not-yet.text')],
    ways: toTheCase(administeredCase, t),
  }),

  'case-changed': ({ visitor: { t }, administeredCase }) => ({
    title: t('refusal.case-changed.title'),
    texts: [t('refusal.case-changed.text')],
    ways: toTheCase(administeredCase, t),
  }),

  'access-token-limit': ({ visitor: { t }, facts }) => ({
    title: t('refusal.access-token-limit.title'),
    texts: [t('refusal.access-token-limit.text', { count: facts.count ?? 0 })],
    ways: [{ href: '/account/access-tokens', words: t('tokens.h1') }],
  }),

  unavailable: ({ visitor: { t } }) => ({
    title: t('refusal.unavailable.title'),
    texts: [t('refusal.unavailable.text')],
    ways: [{ href: '/systems', words: t('refusal.go.systems') }],
  }),
  'not-found': ({ visitor: { t } }) => ({
    title: t('refusal.not-found.title'),
    texts: [t('refusal.not-found.text')],
    ways: [
      { href: '/systems', words: t('refusal.go.systems') },
      { href: '/register', words: t('refusal.go.register') },
    ],
  }),
  'too-many-requests': ({ visitor: { t } }) => ({
    title: t('refusal.too-many-requests.title'),
    texts: [t('refusal.too-many-requests.text')],
    ways: [{ href: '/register', words: t('refusal.go.register') }],
  }),
  'too-large': ({ visitor: { t } }) => ({
    title: t('refusal.too-large.title'),
    texts: [t('refusal.too-large.text')],
    ways: [{ href: '/register', words: t('refusal.go.type') }],
  }),
  'from-another-page': ({ visitor: { t } }) => ({
    title: t('refusal.from-another-page.title'),
    texts: [t('refusal.from-another-page.text')],
    ways: [{ href: '/systems', words: t('refusal.go.systems') }],
  }),
  'check-in-damaged': ({ visitor: { t } }) => ({
    title: t('refusal.check-in-damaged.title'),
    texts: [t.rich('refusal.check-in-damaged.text')],
    ways: [{ href: '/systems', words: t('refusal.go.systems') }],
  }),
  ...LOG_ON_SAYINGS,
  'last-way-to-log-on': ({ visitor: { t } }) => ({
    title: t('refusal.last-way-to-log-on.title'),
    texts: [t('refusal.last-way-to-log-on.text')],
    ways: [{ href: '/account', words: t('account.h1') }],
  }),
  'account-in-use': ({ visitor: { t } }) => ({
    title: t('refusal.account-in-use.title'),
    texts: [t('refusal.account-in-use.text')],
    ways: [{ href: '/account/erase', words: t('erase.h1') }],
  }),
  'program-log-on-ended': ({ visitor: { t } }) => ({
    title: t('refusal.program-log-on-ended.title'),
    texts: [t.rich('refusal.program-log-on-ended.text')],
    ways: [{ href: '/systems', words: t('refusal.go.systems') }],
  }),
};

const at = ({ at }: RefusalFacts) => at && <When at={at} />;
const id = ({ systemId }: RefusalFacts) => systemId && <code>{shortId(systemId)}</code>;
const number = ({ registration }: RefusalFacts) => registration && <RegistrationNumber number={registration} />;
const siteOf = ({ site }: RefusalFacts) => site ?? '';

function ask(brought: BroughtRequest | undefined, what: 'seat' | 'merge', words: string): Way[] {
  return brought ? [{ post: `/requests/${brought.id}/ask`, hidden: { what }, words }] : [];
}

/** The page that says what merging means, for whoever has a seat on both. */
function mergeInto(facts: RefusalFacts, chosen: string | undefined, t: Visitor['t']): Way[] {
  if (!facts.registration || !chosen) return [];
  const words = t('refusal.registered-as-new-by-you.merge', { site: siteOf(facts) });
  return [{ href: `/systems/${facts.registration}/merge/${chosen}`, words }];
}

function open(registration: RefusalRegistration | undefined, t: Visitor['t']): Way[] {
  if (!registration) return [];
  return [{ href: `/systems/${registration.number}`, words: t('refusal.go.open', { site: registration.site }) }];
}

function openCase(registration: RefusalRegistration | undefined, t: Visitor['t']): Way[] {
  return registration ? [{ href: `/systems/${registration.number}/case`, words: t('refusal.go.open-case') }] : [];
}

function toTheCase(administered: string | undefined, t: Visitor['t']): Way[] {
  const href = administered ? `/administration/cases/${administered}` : '/cases';
  return [{ href, words: t(administered ? 'refusal.go.case' : 'cases.h1') }];
}

function organisation(t: Visitor['t']): Way[] {
  return [{ href: '/account/organisation', words: t('refusal.go.organisation') }];
}

function toTheSystem(registration: RefusalRegistration | undefined, t: Visitor['t']): Way[] {
  return [...open(registration, t), { href: '/systems', words: t('refusal.go.systems') }];
}

function chooseAnother(brought: BroughtRequest | undefined, t: Visitor['t']): Way[] {
  return brought ? [{ href: `/requests/${brought.id}/registrations`, words: t('refusal.go.choose-another') }] : [];
}

function registerAsNew(brought: BroughtRequest | undefined, t: Visitor['t']): Way[] {
  return brought ? [{ href: `/requests/${brought.id}?then=register`, words: t('refusal.go.register-as-new') }] : [];
}
