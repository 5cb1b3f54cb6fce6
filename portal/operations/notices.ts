import type { Mail } from '../store/changes.ts';
import type { Party, RegistrationFacts } from '../store/facts.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const REMINDED_AFTER_DAYS = [7, 30];

/**
 * Mails that will be due while a claim waits for its system: to the parties, who can type its confirmation code or withdraw
 * it. Those that are not needed any more are never sent (`mail/outbox.ts`).
 */
export function claimReminders(
  registration: { parties: readonly Party[] },
  facts: Record<string, unknown>,
  association: string,
  claimedAt: Date,
): Mail[] {
  return REMINDED_AFTER_DAYS.flatMap((days) =>
    registration.parties.map(
      (party): Mail => ({
        recipient: party.seat,
        address: party.email,
        template: 'claim-waits',
        facts,
        association,
        dueAt: new Date(claimedAt.getTime() + days * DAY_MS),
      }),
    ),
  );
}

/** Who is told of a change: both parties and the site administrator, each address once. */
export function noticesTo(
  registration: { parties: readonly Party[]; siteAdministrator: RegistrationFacts['siteAdministrator'] },
  template: string,
  facts: Record<string, unknown>,
  association?: string,
): Mail[] {
  const mails = registration.parties.map(
    (party: Party): Mail => ({
      recipient: party.seat,
      address: party.email,
      template,
      facts,
      association,
    }),
  );
  const { email } = registration.siteAdministrator;
  if (email && !mails.some((mail) => mail.address.toLowerCase() === email.toLowerCase())) {
    mails.push({ recipient: 'site-administrator', address: email, template, facts, association });
  }
  return mails;
}

/** A notice, and of which registration; none: of several. */
type NoticeOf = Mail & { registration: string | null };

/**
 * Who is to be told of several registrations at once gets one mail about them, which then is not the first notice of any of
 * them.
 */
export function oneForEachAddress(
  mails: readonly NoticeOf[],
  several: string,
  more: Record<string, string> = {},
): NoticeOf[] {
  return [...Map.groupBy(mails, (mail) => mail.address.toLowerCase()).values()].flatMap((same) => {
    const [first] = same;
    if (!first || same.length === 1) return same;
    const facts = { ...first.facts, count: String(same.length), ...more };
    return [{ ...first, template: several, facts, registration: null }];
  });
}
