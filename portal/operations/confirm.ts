import { CONSENT_VERSION, type ConsentKind } from '../../core/consents.ts';
import { may } from '../../core/permissions.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import { lock, registrationOf } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { writeConsents } from './consents.ts';
import { noticesTo } from './notices.ts';

/** The two acts of a party on the whole registration: *These details are correct*, and closing it. */
export interface PartyCommand {
  account: Account;
  registration: string;
  /** The revision that the person saw: answers that were changed since they have not seen. */
  seen?: number;
}

export interface ConfirmCommand extends PartyCommand {
  /** What the person agreed to share, on the same page, and which text they saw; what is not named is declined. */
  consents?: { kinds: readonly ConsentKind[]; version: string };
}

export type ActResult<State> = { outcome: State | 'already' | 'changed-since'; registration: string } | Refused;

/** The end user says that the details are correct: from now on the integrator may not edit them. */
export function confirm(portal: Portal, command: ConfirmCommand): Promise<ActResult<'confirmed'>> {
  return act(portal, command, 'confirm', 'confirmed');
}

/** Closing keeps the history and reserves the retired System IDs; the current one is free for a new registration. */
export function close(portal: Portal, command: PartyCommand): Promise<ActResult<'closed'>> {
  return act(portal, command, 'close', 'closed');
}

async function act<State extends 'confirmed' | 'closed'>(
  portal: Portal,
  { account, registration: number, seen, consents }: ConfirmCommand,
  action: 'confirm' | 'close',
  state: State,
): Promise<ActResult<State>> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const [, registration] = await Promise.all([lock(tx, [], [number]), registrationOf(tx, account.id, number)]);
    if (!registration) return refused('not-among-yours');
    if (registration.state === state) return { outcome: 'already', registration: number };
    const allowed = may(action, registration.state, registration.who, registration.hadEndUser);
    if (allowed !== 'yes') return refused(allowed, { site: registration.site, registration: number });
    if (seen !== undefined && seen < registration.answersRevision)
      return { outcome: 'changed-since', registration: number };
    const agreed = consents?.kinds ?? [];
    if (agreed.length > 0 && consents?.version !== CONSENT_VERSION)
      return { outcome: 'changed-since', registration: number };
    const facts = {
      site: registration.site,
      registration: number,
      by: account.name,
      organisation: account.organisation,
      at,
    };
    const [head] = await Promise.all([
      writeChange(tx, {
        registration,
        act: state,
        actor: account,
        at,
        state,
        mails: noticesTo(registration, state, { ...facts, ...(agreed.length > 0 && { consents: agreed.join(' ') }) }),
      }),
      state === 'confirmed'
        ? tx.rows(sql`
            update registration set confirmed_at = ${at}, confirmed_by = ${account.id} where number = ${number}`)
        : tx.rows(sql`
            with free_ as (
              update association set state = case when state = 'current' then 'closed' else 'withdrawn' end, ended_at = ${at}
              where registration = ${number} and state in ('current', 'claimed')
            ), unshared_ as (
              delete from shared_server where registration = ${number}
            ), uninvited_ as (
              update invitation set ended_at = ${at}, ended_as = 'closed'
              where registration = ${number} and ended_at is null)
            update registration set closed_at = ${at} where number = ${number}`),
    ]);
    if (agreed.length > 0) {
      const confirmed = { ...registration, head };
      // One mail says both: see the facts of the one above.
      await writeConsents(tx, {
        registration: confirmed,
        account,
        kinds: agreed,
        given: true,
        version: CONSENT_VERSION,
        at,
        mails: [],
      });
    }
    return { outcome: state, registration: number };
  });
}
