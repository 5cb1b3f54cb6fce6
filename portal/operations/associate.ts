import { randomUUID } from 'node:crypto';
import {
  type AssociationOutcome,
  type AssociationProposal,
  decideAssociation,
  type Reason,
  type Standing,
  undoUntil,
} from '../../core/association.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import { shortId } from '../../core/system-id.ts';
import { associations, outcomeOf } from '../metrics.ts';
import type { Account, Portal } from '../portal.ts';
import { type AssociationFacts, associationFacts } from '../store/association-facts.ts';
import { type Change, changeIn, type Mail } from '../store/changes.ts';
import { type Database, lookingAgain, type Queries, type Transaction } from '../store/database.ts';
import type { BroughtRequest, RegistrationFacts } from '../store/facts.ts';
import { type Part, sql } from '../store/sql.ts';
import { endOtherClaims } from './end-claims.ts';
import { claimReminders, noticesTo } from './notices.ts';

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

/**
 * Looks, decides and writes without a lock: the write holds only if what was looked at still stands. So an association is
 * two round trips to the database, and nobody waits for anybody's thinking.
 */
export async function associate(portal: Portal, command: AssociateCommand): Promise<AssociateResult> {
  const result = await lookingAgain(() => associateIn(portal.db, portal, command));
  associations.inc(outcomeOf(result));
  return result;
}

/** One look, within a transaction that does more (*move it* undoes one association first) or by itself. */
export async function associateIn(
  q: Database | Transaction,
  portal: Portal,
  command: AssociateCommand,
): Promise<AssociateResult | 'look-again'> {
  const { account, registration } = command;
  const at = portal.now();
  const facts = await associationFacts(q, { account: account.id, request: command.request, registration, now: at });
  if (!facts?.brought.proceededAt) return refused('request-expired');
  const { brought, chosen, standings } = facts;
  const decision = decideAssociation(
    proposalOf(portal, { ...command, brought, chosen, standings, claims: facts.provisionalClaims }),
  );
  if (decision.outcome === 'already') {
    return { outcome: 'already', association: decision.association, registration };
  }
  if ((decision.outcome !== 'associated' && decision.outcome !== 'claimed') || !chosen) {
    return decision as Exclude<AssociateResult, { outcome: 'associated' | 'claimed' | 'already' }>;
  }

  const proven = decision.outcome === 'associated';
  const others = proven ? standings.filter((s) => s.state === 'claimed' && s.registration !== registration) : [];
  // Others lose their claim by this proof and are told in the same transaction.
  if (others.length > 0 && 'transaction' in q) return q.transaction((tx) => associateIn(tx, portal, command));
  const association = randomUUID();
  const written = await write(q, { association, command, chosen, brought, at, proven, facts });
  if (!written) return 'look-again';
  if (others.length > 0) await endOtherClaims(q as Transaction, others, brought.systemId, at);
  return { outcome: decision.outcome, association, registration };
}

/** Everything that the rule looks at. The review page asks it with the same facts before the person does. */
export function proposalOf(
  portal: Portal,
  facts: Pick<AssociateCommand, 'account' | 'seen' | 'reason'> & {
    brought: BroughtRequest;
    chosen: RegistrationFacts | undefined;
    standings: readonly Standing[];
    claims: number;
  },
): AssociationProposal {
  const { account, seen, reason, brought, chosen, standings, claims } = facts;
  return {
    now: portal.now(),
    asker: account.id,
    chosen,
    seen,
    newSystemId: brought.systemId,
    standings,
    proof: brought.proven ? 'proven' : 'provisional',
    instance: brought.instance,
    reason,
    checkInSeconds: portal.settings.checkInSeconds,
    provisionalClaims: claims,
    claimLimit: portal.settings.claimLimit,
  };
}

interface NewAssociation {
  association: string;
  command: AssociateCommand;
  chosen: RegistrationFacts;
  brought: BroughtRequest;
  at: Date;
  proven: boolean;
  facts: AssociationFacts;
}

/**
 * The whole association in one statement, and so in one transaction: retires the former System ID and makes the new one
 * current, or lets the claim wait; with revision, history entry and mails. Nothing is written, and `false` returned,
 * unless the registration is at the revision that was looked at, the account still acts for the party, and no claim was made
 * on the System ID since.
 */
async function write(q: Queries, a: NewAssociation): Promise<boolean> {
  const { association, command, chosen, brought, at, proven } = a;
  const change: Change = {
    registration: chosen,
    act: proven ? 'associated' : 'claimed',
    actor: command.account,
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
  };
  // A member who was removed meanwhile acts no more.
  const stillActs = sql.part`exists (
      select from acts_for where account = ${command.account.id} and holder = ${chosen.holder ?? null})`;
  const stillHolds = sql.part`and revision = ${chosen.revision} and exists (select from system_) and ${stillActs}`;
  const made = await q.row(sql<{ id: string }>`
    with system_ as (
      ${proven ? lockSystem(a) : countClaim(a)}
    ), ${changeIn(change, stillHolds)}, ${proven ? endFormer(a) : sql.nothing} made_ as (
      insert into association
        (id, registration, system_id, state, how, made_by, made_for, made_at, proven_at, former, request_n)
      select ${association}, number, ${brought.systemId}, ${proven ? 'current' : 'claimed'}, ${brought.how},
        ${command.account.id}, ${chosen.holder ?? null}, ${at}, ${proven ? at : null}, ${chosen.current?.association ?? null}, ${brought.n ?? null}
      from registration_
      -- Reading it first makes PostgreSQL end the former one before the insert, as the unique indexes need.
      ${proven ? sql.part`where (select count(*) from former_) >= 0` : sql.nothing}
      returning id
    )
    update request set association = made_.id from made_ where request.id = ${brought.id}
    returning made_.id`);
  return made !== undefined;
}

/** A proof needs the System ID to itself: no claim may come in between that nobody would end. */
function lockSystem({ brought, facts }: NewAssociation): Part {
  return sql.part`
      select from system where system_id = ${brought.systemId} and claims = ${facts.claimsOnSystem} for update`;
}

function countClaim({ brought, facts }: NewAssociation): Part {
  return sql.part`
      update system set claims = claims + 1
      where system_id = ${brought.systemId} and claims = ${facts.claimsOnSystem}
      returning system_id`;
}

/** The current System ID is retired; an earlier claim or retired association of the same two gives way to the new one. */
function endFormer({ chosen, at, facts }: NewAssociation): Part {
  const ended = [
    ...facts.standings.filter((s) => s.registration === chosen.number).map((s) => s.association),
    ...(chosen.current ? [chosen.current.association] : []),
  ];
  return sql.part`former_ as (
      update association
      set state = case when state = 'current' then 'retired' else 'superseded' end, ended_at = ${at}
      where id = any(${ended}::uuid[]) and state in ('current', 'claimed', 'retired')
        and exists (select from registration_)
      returning id
    ),`;
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
  if (proven) return noticesTo(chosen, 'associated', facts, association);
  return [...noticesTo(chosen, 'claimed', facts, association), ...claimReminders(chosen, facts, association, at)];
}
