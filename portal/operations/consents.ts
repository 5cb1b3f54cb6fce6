import { CONSENT_VERSION, type ConsentKind } from '../../core/consents.ts';
import { may } from '../../core/permissions.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { type LockedRegistration, type Mail, writeChange } from '../store/changes.ts';
import type { Transaction } from '../store/database.ts';
import { lock, registrationOf } from '../store/facts.ts';
import { consentsOf } from '../store/reads/consents.ts';
import { sql } from '../store/sql.ts';
import { noticesTo } from './notices.ts';
import { forgetShared } from './shared.ts';

/** The end user gives a consent, or withdraws one. Whatever it confirmed stays confirmed. */
export interface ConsentCommand {
  account: Account;
  registration: string;
  kind: ConsentKind;
  given: boolean;
  /** Of the text that was shown: nobody agrees to a text that they did not see. */
  version: string;
}

export type ConsentResult =
  | { outcome: 'given' | 'withdrawn' | 'already' | 'changed-since'; registration: string }
  | Refused;

export function changeConsent(portal: Portal, command: ConsentCommand): Promise<ConsentResult> {
  const { account, registration: number, kind, given, version } = command;
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const [, registration] = await Promise.all([lock(tx, [], [number]), registrationOf(tx, account.id, number)]);
    if (!registration) return refused('not-among-yours');
    const allowed = may(given ? 'consent' : 'withdraw-consent', registration.state, registration.who);
    if (allowed !== 'yes') return refused(allowed, { site: registration.site, registration: number });
    if (given && version !== CONSENT_VERSION) return { outcome: 'changed-since', registration: number };
    const now = (await consentsOf(tx, account.id, number)).find((one) => one.kind === kind);
    // Given anew, it is to the present text.
    if ((now?.given ?? false) === given && (!given || now?.version === version)) {
      return { outcome: 'already', registration: number };
    }
    const { name, organisation } = account;
    const facts = { site: registration.site, registration: number, by: name, organisation, at };
    const template = given ? 'consented' : 'consent-withdrawn';
    await writeConsents(tx, {
      registration,
      account,
      kinds: [kind],
      given,
      version: given ? version : (now?.version ?? version),
      at,
      mails: noticesTo(registration, template, { ...facts, kind }),
    });
    return { outcome: given ? 'given' : 'withdrawn', registration: number };
  });
}

interface Writing {
  registration: LockedRegistration;
  account: Account;
  kinds: readonly ConsentKind[];
  given: boolean;
  version: string;
  at: Date;
  mails: readonly Mail[];
}

/** The consents, each beside its entry in the history. The record is another one by that, so the site learns it. */
export async function writeConsents(tx: Transaction, writing: Writing): Promise<void> {
  const { registration, account, kinds, given, version, at, mails } = writing;
  const { n } = await writeChange(tx, {
    registration,
    act: given ? 'consented' : 'consent-withdrawn',
    actor: account,
    at,
    about: { kinds: kinds.join(' '), version },
    mails,
  });
  await tx.rows(sql`
    insert into consent (registration, n, kind, given, version, by, at)
    select ${registration.number}, ${n}, kind, ${given}, ${version}, ${account.id}, ${at}
    from unnest(${kinds}::text[]) as k (kind)`);
  if (!given && kinds.includes('system')) await forgetShared(tx, registration.number);
}
