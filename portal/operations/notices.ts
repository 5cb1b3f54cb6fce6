import type { Mail } from '../store/changes.ts';
import type { Party, RegistrationFacts } from '../store/facts.ts';

/** Who is told of a change: both parties and the site administrator, each address once. */
export function noticesTo(
  registration: Pick<RegistrationFacts, 'parties' | 'siteAdministrator'>,
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
