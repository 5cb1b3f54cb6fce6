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
  'registered-system-looks-unregistered',
  'system-id-was-replaced',
  'two-copies-of-a-system',
  'request-is-not-accepted',
  'another-portal',
  'not-yet-confirmed-by-the-system',
  'somebody-else-was-first',
  'registration-is-closed',
  'details-cannot-be-shown',
  'mail-does-not-arrive',
  'portal-cannot-do-this-now',
] as const;

export type HelpTopic = (typeof tasks)[number] | (typeof failures)[number];

export const isHelpTopic = (text: string): text is HelpTopic => [...tasks, ...failures].some((topic) => topic === text);

export const helpPath = (topic: HelpTopic) => `/help/${topic}`;

/** Where each refusal is explained. The products check that none of their codes is missing here. */
export const helpTopicFor = {
  'system-id-registered-to-other': 'registered-to-another-account',
  'registered-by-other-party': 'registered-as-new',
  'registered-as-new-by-you': 'registered-as-new',
  'system-id-retired-elsewhere': 'two-copies-of-a-system',
  'not-among-yours': 'not-among-your-systems',
  'request-expired': 'request-is-not-accepted',
  'request-replayed': 'request-is-not-accepted',
  'request-damaged': 'request-is-not-accepted',
  'other-portal': 'another-portal',
  'signing-key-differs': 'two-copies-of-a-system',
  'lost-race': 'somebody-else-was-first',
  'edit-locked': 'not-for-your-seat',
  'not-for-your-seat': 'not-for-your-seat',
  'undo-expired': 'undo-or-move-an-association',
  'undo-not-latest': 'undo-or-move-an-association',
  'claim-limit': 'not-yet-confirmed-by-the-system',
  'claim-ended': 'not-yet-confirmed-by-the-system',
  'registration-closed': 'registration-is-closed',
  'record-for-another-system': 'details-cannot-be-shown',
  'record-from-another-portal': 'another-portal',
  'record-damaged': 'details-cannot-be-shown',
  'not-a-record': 'details-cannot-be-shown',
  'record-too-large': 'details-cannot-be-shown',
  unavailable: 'portal-cannot-do-this-now',
} as const satisfies Record<string, HelpTopic>;
