import { dateLocale } from '../../ui/text.ts';
import type { Visitor } from '../http/visitor.ts';
import type { RegistrationFacts } from '../store/facts.ts';

/** "Lena Brandt, Anna Holm and the site administrator": who gets the mails about a registration. */
export function namesOfTold(registration: RegistrationFacts, { t, reader }: Visitor): { names: string; count: number } {
  const { parties, siteAdministrator } = registration;
  const email = siteAdministrator.email?.toLowerCase();
  const isParty = parties.some((party) => party.email.toLowerCase() === email);
  const names = parties.map((party) => party.name);
  if (email && !isParty) names.push(t('people.site-administrator'));
  return { names: new Intl.ListFormat(dateLocale[reader.locale]).format(names), count: names.length };
}
