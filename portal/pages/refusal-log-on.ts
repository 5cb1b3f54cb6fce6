import type { ProblemCode } from '../../api/problems.ts';
import type { RefusalProps, Saying, Way } from './refusal.tsx';

/** What is said where a log-on, an account or a password came to nothing. */

const PROVIDER = [
  'provider-unreachable',
  'provider-stopped',
  'provider-refused',
  'answer-from-another-issuer',
  'answer-for-another-portal',
  'answer-to-another-log-on',
  'answer-expired',
  'answer-not-signed',
  'answer-damaged',
  'log-on-used',
  'identity-of-another-account',
] as const satisfies ProblemCode[];
const MAIL = [
  'address-has-account',
  'mail-link-used',
  'mail-link-in-another-browser',
  'too-many-wrong-passwords',
] as const satisfies ProblemCode[];

const PASSKEY = [
  'passkey-limit',
  'passkey-question-used',
  'passkey-not-accepted',
  'passkey-copied',
] as const satisfies ProblemCode[];

type Code = (typeof PROVIDER)[number] | (typeof MAIL)[number] | (typeof PASSKEY)[number];

export const LOG_ON_SAYINGS = Object.fromEntries([
  ...PROVIDER.map((code) => [code, (props: RefusalProps) => ofProvider(code, props)]),
  ...MAIL.map((code) => [code, (props: RefusalProps) => ofMail(code, props)]),
  ...PASSKEY.map((code) => [code, (props: RefusalProps) => ofPasskey(code, props)]),
]) as Record<Code, (refused: RefusalProps) => Saying>;

function ofProvider(code: (typeof PROVIDER)[number], { visitor: { t }, logOn }: RefusalProps): Saying {
  const provider = logOn?.provider?.name ?? t('refusal.the-provider');
  return {
    title: t(`refusal.${code}.title`, { provider }),
    texts: [
      t(`refusal.${code}.text`, { provider }),
      ...(logOn?.next.startsWith('/requests/') ? [t('refusal.request-is-here')] : []),
    ],
    ways: code === 'identity-of-another-account' ? [{ href: '/systems', words: t('refusal.go.systems') }] : again(),
  };

  function again(): Way[] {
    const then = logOn ? `?next=${encodeURIComponent(logOn.next)}` : '';
    const other = { href: `/log-on${then}`, words: t('refusal.go.log-on') };
    if (!logOn) return [other];
    if (!logOn.provider) return [other];
    const same = { href: `/log-on/with/${logOn.provider.id}${then}`, words: t('refusal.go.try-again') };
    return [same, { ...other, words: t('refusal.go.log-on-otherwise') }];
  }
}

function ofMail(code: (typeof MAIL)[number], { visitor: { t }, facts }: RefusalProps): Saying {
  const ways: Way[] = [
    { href: '/log-on', words: t('refusal.go.log-on') },
    { href: '/forgotten-password', words: t('log-on.forgotten') },
  ];
  return {
    title: t(`refusal.${code}.title`),
    texts: [t(`refusal.${code}.text`, { seconds: facts.seconds ?? 0 })],
    ways,
  };
}

/** Who is logged on goes to the passkeys; who is not tries again, or another way. */
function ofPasskey(code: (typeof PASSKEY)[number], { visitor: { t, account }, facts, logOn }: RefusalProps): Saying {
  const then = logOn ? `?next=${encodeURIComponent(logOn.next)}` : '';
  const back = account ? { href: '/account', words: t('account.h1') } : undefined;
  const again = { href: `/log-on${account ? '/again' : ''}${then}`, words: t('refusal.go.log-on') };
  return {
    title: t(`refusal.${code}.title`),
    texts: [
      t(`refusal.${code}.text`, { count: facts.count ?? 0 }),
      ...(logOn?.next.startsWith('/requests/') ? [t('refusal.request-is-here')] : []),
    ],
    ways: [...(logOn || !back ? [again] : []), ...(back ? [back] : [])],
  };
}
