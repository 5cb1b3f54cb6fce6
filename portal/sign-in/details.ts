import { looksLikeEmail } from '../../core/registration-form.ts';
import type { Account } from '../portal.ts';

/** What somebody says of themselves on the way to an account. */
export interface Details {
  name: string;
  email: string;
  organisation: string;
  kind: string;
}

export type DetailField = keyof Details;

export type DetailProblem = `${'name' | 'organisation'}.${'missing' | 'long'}` | 'email.wrong' | 'kind.missing';

export interface DetailsReading {
  problems: { field: DetailField; problem: DetailProblem }[];
  /** Counts where there are no problems. */
  account: Omit<Account, 'id'>;
}

const LONGEST = 200;

/** Whoever says *integrator* is a partner; that somebody is a branch of the vendor only a provider can say. */
export function readDetails(typed: Details): DetailsReading {
  const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();
  const account = {
    name: tidy(typed.name),
    email: typed.email.trim(),
    organisation: tidy(typed.organisation),
    kind: typed.kind === 'integrator' ? 'partner' : 'end-user',
  } as const;
  const problems: DetailsReading['problems'] = [];
  for (const field of ['name', 'organisation'] as const) {
    if (account[field] === '') problems.push({ field, problem: `${field}.missing` });
    else if (account[field].length > LONGEST) problems.push({ field, problem: `${field}.long` });
  }
  if (!looksLikeEmail(account.email)) problems.push({ field: 'email', problem: 'email.wrong' });
  if (typed.kind !== 'integrator' && typed.kind !== 'end-user')
    problems.push({ field: 'kind', problem: 'kind.missing' });
  return { problems, account };
}
