/** What one can do; titles and order are those that people know from the help of their building-management system. */
export const tasks = [
  'system-registration-overview',
  'log-on-to-registration-portal',
  'online-registration',
  'registering-an-offline-system',
  'associate-a-new-system-id',
  'register-page',
  'system-association-page',
  'system-information-page',
  'undo-or-move-an-association',
  'invite-the-other-party',
  'hand-over-or-leave-a-seat',
  'your-organisation',
  'open-a-case',
  'prepare-registrations',
  'access-tokens',
] as const;

/** What can go wrong. */
export const failures = [
  'registration-page-is-not-displayed',
  'configuring-the-firewall',
  'server-does-not-reach-the-portal',
  'system-id-is-mistyped',
  'registered-to-another-account',
  'not-among-your-systems',
  'registered-as-new',
  'not-for-your-seat',
  'invitation-is-not-accepted',
  'seat-is-taken',
  'registered-system-looks-unregistered',
  'system-id-was-replaced',
  'two-copies-of-a-system',
  'request-is-not-accepted',
  'another-portal',
  'code-is-mistyped',
  'code-is-for-another-system',
  'code-is-older',
  'code-is-already-entered',
  'too-many-wrong-codes',
  'file-is-not-taken-in',
  'portal-of-a-server-has-changed',
  'confirmation-code-is-not-accepted',
  'no-registration-code',
  'not-yet-confirmed-by-the-system',
  'somebody-else-was-first',
  'registration-is-closed',
  'details-cannot-be-shown',
  'mail-does-not-arrive',
  'log-on-does-not-work',
  'answer-is-not-trusted',
  'passkey-is-not-accepted',
  'account-or-password',
  'portal-cannot-do-this-now',
  'what-a-program-sends',
  'changed-since-you-looked',
  'idempotency-keys',
  'too-many-calls',
] as const;

export type HelpTopic = (typeof tasks)[number] | (typeof failures)[number];

export const isHelpTopic = (text: string): text is HelpTopic => [...tasks, ...failures].some((topic) => topic === text);

export const helpPath = (topic: HelpTopic) => `/help/${topic}`;
