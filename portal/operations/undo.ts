import { type Refused, refused } from '../../core/refusals.ts';
import { shortId } from '../../core/system-id.ts';
import { decideUndo, type UndoProposal } from '../../core/undo.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import type { Queries, Transaction } from '../store/database.ts';
import { lock, type RegistrationFacts, registrationOf } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { noticesTo } from './notices.ts';

/** Takes the latest association back, or withdraws a claim that the system has not proven. */
export interface UndoCommand {
  account: Account;
  registration: string;
  association: string;
}

export type UndoResult = { outcome: 'undone' | 'withdrawn' | 'already'; registration: string } | Refused;

export function undo(portal: Portal, command: UndoCommand): Promise<UndoResult> {
  return portal.db.transaction((tx) => undoIn(tx, portal, command));
}

export async function undoIn(tx: Transaction, portal: Portal, command: UndoCommand): Promise<UndoResult> {
  const now = portal.now();
  const [, registration, latest, ended] = await Promise.all([
    lock(tx, [], [command.registration]),
    registrationOf(tx, command.account.id, command.registration),
    standingAssociation(tx, command.registration, command.association),
    tx.row(sql`
      select from association where id = ${command.association} and registration = ${command.registration}
        and state in ('undone', 'withdrawn')`),
  ]);
  if (!registration || registration.who === 'stranger') return refused('not-among-yours');
  if (ended) return { outcome: 'already', registration: registration.number };
  const decision = decideUndo({
    now,
    party: registration.holder ?? command.account.id,
    seat: registration.who,
    state: registration.state,
    site: registration.site,
    wanted: command.association,
    latest,
  });
  if (decision.outcome === 'refused') return decision;

  const systemId = latest?.systemId ?? '';
  const facts = {
    site: registration.site,
    registration: registration.number,
    by: command.account.name,
    organisation: command.account.organisation,
    newShortId: shortId(systemId),
    at: now.toISOString(),
  };
  const withdrawn = decision.outcome === 'withdrawn';
  const restores = decision.outcome === 'undone' ? decision.restores : undefined;
  await Promise.all([
    withdrawn ? withdraw(tx, command.association, now) : goBack(tx, registration, command.association, restores, now),
    writeChange(tx, {
      registration,
      act: withdrawn ? 'claim-withdrawn' : 'undone',
      actor: command.account,
      at: now,
      about: { system_id: systemId },
      ...(decision.outcome === 'undone' && !restores && { state: 'prepared' as const }),
      mails: noticesTo(registration, withdrawn ? 'claim-withdrawn' : 'undone', facts, command.association),
    }),
  ]);
  return { outcome: decision.outcome, registration: registration.number };
}

interface StandingAssociationRow {
  id: string;
  state: 'current' | 'claimed';
  system_id: string;
  former: string | null;
  as_new: boolean;
  made_for: string;
  made_at: Date;
  notice_accepted_at: Date | null;
}

/** The association that is asked for if it still stands, otherwise the latest that does. */
export async function standingAssociation(
  q: Queries,
  registration: string,
  wanted: string,
): Promise<UndoProposal['latest']> {
  const row = await q.row(sql<StandingAssociationRow>`
    select a.id, a.state, a.system_id, a.former, a.as_new, coalesce(a.made_for, a.made_by) as made_for,
      coalesce(a.proven_at, a.made_at) as made_at,
      (select min(accepted_at) from outbox o where o.association = a.id and o.recipient = 'end-user')
        as notice_accepted_at
    from association a
    where a.registration = ${registration} and a.state in ('current', 'claimed')
    order by a.id = ${wanted} desc, a.made_at desc limit 1`);
  if (!row) return undefined;
  return {
    association: row.id,
    state: row.state,
    systemId: row.system_id,
    former: row.former ?? undefined,
    asNew: row.as_new,
    madeFor: row.made_for,
    madeAt: row.made_at,
    endUserNoticeAcceptedAt: row.notice_accepted_at ?? undefined,
  };
}

function withdraw(tx: Transaction, association: string, at: Date): Promise<unknown> {
  return tx.rows(sql`
    update association set state = 'withdrawn', ended_at = ${at} where id = ${association} and state = 'claimed'`);
}

/** The former System ID is current again; the other is what it was before: retired here, or free for others. */
function goBack(
  tx: Transaction,
  registration: RegistrationFacts,
  association: string,
  restores: string | undefined,
  at: Date,
): Promise<unknown> {
  return tx.rows(sql`
    with undone_ as (
      update association set state = 'undone', ended_at = ${at}
      where id = ${association} and state = 'current'
      returning system_id, made_at
    ), retired_again_ as (
      update association a set state = 'retired' from undone_
      where a.registration = ${registration.number} and a.system_id = undone_.system_id
        and a.state = 'superseded' and a.proven_at is not null and a.ended_at = undone_.made_at
      returning a.id
    )
    update association set state = 'current', ended_at = null
    where id = ${restores ?? null} and state = 'retired'
      and (select count(*) from undone_) + (select count(*) from retired_again_) > 0`);
}
