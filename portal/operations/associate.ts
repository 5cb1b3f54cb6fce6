import { randomUUID } from 'node:crypto';
import { type AssociationOutcome, decideAssociation, type Reason, undoUntil } from '../../core/association.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import { shortId } from '../../core/system-id.ts';
import type { Account, Portal } from '../portal.ts';
import { type Mail, writeChange } from '../store/changes.ts';
import { canBeRetried, type Transaction, violated } from '../store/database.ts';
import {
  type BroughtRequest,
  lock,
  provisionalClaimsOf,
  type RegistrationFacts,
  registrationOf,
  requestOf,
  standingsOf,
} from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { endOtherClaims } from './end-claims.ts';
import { noticesTo } from './notices.ts';

/** *Associate*: the person saw old and new side by side and pressed the button. */
export interface AssociateCommand {
  account: Account;
  request: string;
  registration: string;
  /** The association that the review page showed as the present one. */
  seen: string | undefined;
  reason: Reason | undefined;
  /** In the person's own words, where the reason is *other*. */
  reasonText?: string | undefined;
}

export type AssociateResult =
  | { outcome: 'associated' | 'claimed' | 'already'; association: string; registration: string }
  | Extract<AssociationOutcome, { outcome: 'reason-needed' | 'offer-move' }>
  | Refused;

export async function associate(portal: Portal, command: AssociateCommand): Promise<AssociateResult> {
  // The locks make the decision true when it is written. Should a constraint still refuse it, or two transactions have
  // waited for each other, then somebody else was first: the second look says who.
  for (let attempt = 1; ; attempt++) {
    try {
      return await portal.db.transaction((tx) => associateIn(tx, portal, command));
    } catch (error) {
      if (attempt === 3 || !(canBeRetried(error) || violated(error))) throw error;
    }
  }
}

/** The same within a transaction that does more: *move it* undoes one association and makes another. */
export async function associateIn(
  tx: Transaction,
  portal: Portal,
  command: AssociateCommand,
): Promise<AssociateResult> {
  const { account } = command;
  const now = portal.now();
  const brought = await requestOf(tx, account.id, command.request, now);
  if (!brought?.proceededAt) return refused('request-expired');

  const [, chosen, standings, claims] = await Promise.all([
    lock(tx, [brought.systemId], [command.registration]),
    registrationOf(tx, account.id, command.registration),
    standingsOf(tx, account.id, brought.systemId),
    brought.proven ? 0 : provisionalClaimsOf(tx, account.id),
  ]);
  const decision = decideAssociation({
    now,
    asker: account.id,
    chosen,
    seen: command.seen,
    newSystemId: brought.systemId,
    standings,
    proof: brought.proven ? 'proven' : 'provisional',
    instance: brought.instance,
    reason: command.reason,
    checkInSeconds: portal.settings.checkInSeconds,
    provisionalClaims: claims,
    claimLimit: portal.settings.claimLimit,
  });
  if (decision.outcome === 'already') {
    return { outcome: 'already', association: decision.association, registration: command.registration };
  }
  if ((decision.outcome !== 'associated' && decision.outcome !== 'claimed') || !chosen) {
    return decision as Exclude<AssociateResult, { outcome: 'associated' | 'claimed' | 'already' }>;
  }

  const association = randomUUID();
  const proven = decision.outcome === 'associated';
  const others = proven ? standings.filter((s) => s.state === 'claimed' && s.registration !== chosen.number) : [];
  const at = now;
  await Promise.all([
    writeAssociation(tx, { association, chosen, brought, account, at, proven }),
    writeChange(tx, {
      registration: chosen,
      act: proven ? 'associated' : 'claimed',
      actor: account.id,
      at,
      about: {
        system_id: brought.systemId,
        how: brought.how,
        ...(chosen.current && { former: chosen.current.systemId }),
        ...(command.reason && { reason: command.reason }),
      },
      texts: command.reasonText ? { reason: command.reasonText } : {},
      ...(proven && chosen.state === 'prepared' && { state: 'registered' as const }),
      mails: associationMails(command, chosen, brought, association, at, proven),
    }),
    others.length > 0 && endOtherClaims(tx, others, brought.systemId, at),
  ]);
  return { outcome: decision.outcome, association, registration: chosen.number };
}

interface NewAssociation {
  association: string;
  chosen: RegistrationFacts;
  brought: BroughtRequest;
  account: Account;
  at: Date;
  proven: boolean;
}

/**
 * Retires the former System ID and makes the new one current, or lets the claim wait: one statement, so that no moment
 * has both or neither. An earlier claim or retired association of the same two gives way to the new one.
 */
function writeAssociation(tx: Transaction, a: NewAssociation): Promise<unknown> {
  const former = a.chosen.current?.association ?? null;
  const state = a.proven ? 'current' : 'claimed';
  return tx.rows(sql`
    with former_ as (
      update association set state = 'retired', ended_at = ${a.at}
      where id = ${former} and state = 'current' and ${a.proven}::boolean
      returning id
    ), replaced_ as (
      update association set state = 'superseded', ended_at = ${a.at}
      where registration = ${a.chosen.number} and system_id = ${a.brought.systemId}
        and state in ('claimed', 'retired') and ${a.proven}::boolean
      returning id
    ), made_ as (
      insert into association
        (id, registration, system_id, state, how, made_by, made_at, proven_at, former, request_n)
      select ${a.association}, ${a.chosen.number}, ${a.brought.systemId}, ${state}, ${a.brought.how}, ${a.account.id},
        ${a.at}, ${a.proven ? a.at : null}, ${former}, ${a.brought.n ?? null}
      -- Reading them first makes PostgreSQL carry the updates out before the insert, which the unique indexes need.
      where (select count(*) from former_) + (select count(*) from replaced_) >= 0
      returning id
    )
    update request set association = made_.id from made_ where request.id = ${a.brought.id}`);
}

function associationMails(
  command: AssociateCommand,
  chosen: RegistrationFacts,
  brought: BroughtRequest,
  association: string,
  at: Date,
  proven: boolean,
): Mail[] {
  const facts = {
    site: chosen.site,
    registration: chosen.number,
    by: command.account.name,
    organisation: command.account.organisation,
    newShortId: shortId(brought.systemId),
    ...(chosen.current && { oldShortId: shortId(chosen.current.systemId) }),
    at: at.toISOString(),
    undoUntil: undoUntil(at).toISOString(),
    ...(command.reason && { reason: command.reason }),
    ...(command.reasonText && { reasonText: command.reasonText }),
  };
  return noticesTo(chosen, proven ? 'associated' : 'claimed', facts, association);
}
