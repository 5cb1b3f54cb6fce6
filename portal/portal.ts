import type { ProviderSettings } from './sign-in/settings.ts';
import type { Database } from './store/database.ts';
import type { PortalKeys } from './store/keys.ts';

/** What an operation is given: the database, the portal's keys, a few numbers and the time. */
export interface Portal {
  db: Database;
  /** The present ones: they are looked up when they are needed, since another process may change them. */
  keys: PortalKeys;
  settings: {
    /** Where the portal is found: `iss` of everything it signs, without a slash at the end. */
    url: string;
    name: string;
    /** In which times are shown on pages and in mails, with its name. */
    timeZone: string;
    checkInSeconds: number;
    /** How many unproven claims an account may hold. */
    claimLimit: number;
    /** How long an integrator that leaves its seat stays. */
    resignationDays: number;
    /** How long it is kept what a mail said, after it was sent or given up. */
    keepMailsDays: number;
    /** How long a closed registration keeps contact data, warranty and what people wrote. */
    keepClosedDays: number;
    /** How many carried requests and log-ons one address may send. */
    requestsPerMinute: number;
    /** How many calls of the API an account may make. */
    apiCallsPerMinute: number;
    /** The OpenID Connect providers that people may log on with. */
    providers: readonly ProviderSettings[];
  };
  now(): Date;
}

/** Who is signed in. */
export interface Account {
  id: string;
  email: string;
  name: string;
  organisation: string;
  kind: 'branch' | 'partner' | 'end-user';
  /** Several people use it: each session is asked for a name. */
  shared?: boolean;
  /** Who of them uses it in this session, for the history. */
  person?: string | null;
  /** Runs the portal, in this session. */
  administers?: boolean;
}

/** The seat that an account of this kind takes when it registers a system. */
export function seatOf(account: Pick<Account, 'kind'>): 'integrator' | 'end-user' {
  return account.kind === 'end-user' ? 'end-user' : 'integrator';
}
