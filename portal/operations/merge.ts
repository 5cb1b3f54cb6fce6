import { decideMerge } from '../../core/merge.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import { shortId } from '../../core/system-id.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import type { Queries, Transaction } from '../store/database.ts';
import { lock, registrationOf } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { noticesTo } from './notices.ts';

/** Merges the registration that was made as new into the one that existed before. */
export interface MergeCommand {
  account: Account;
  fresh: string;
  kept: string;
}

export type MergeResult = { outcome: 'merged' | 'already'; registration: string } | Refused;

export function merge(portal: Portal, command: MergeCommand): Promise<MergeResult> {
  return portal.db.transaction(async (tx) => {
    const at = portal.now();
    const [, fresh, kept, first, partiesEver] = await Promise.all([
      lock(tx, [], [command.fresh, command.kept]),
      registrationOf(tx, command.account.id, command.fresh),
      registrationOf(tx, command.account.id, command.kept),
      firstAssociation(tx, command.fresh),
      partiesEverOf(tx, command.fresh),
    ]);
    if (fresh?.mergedInto === command.kept) return { outcome: 'already', registration: command.kept };
    const decision = decideMerge({
      asker: command.account.id,
      kept: kept && { ...kept, parties: kept.parties.map((party) => party.account) },
      fresh: fresh &&
        first && {
          ...fresh,
          registeredBy: first.made_by,
          registeredAt: first.made_at,
          partiesEver,
          association: first.id,
        },
    });
    if (decision.outcome === 'refused') return decision;
    if (!kept || !fresh || !first) return refused('not-among-yours');

    const facts = {
      site: kept.site,
      registration: kept.number,
      freshRegistration: fresh.number,
      by: command.account.name,
      organisation: command.account.organisation,
      newShortId: shortId(first.system_id),
      ...(kept.current && { oldShortId: shortId(kept.current.systemId) }),
      at: at.toISOString(),
    };
    await Promise.all([
      handOver(tx, decision.association, command, at),
      writeChange(tx, {
        registration: fresh,
        act: 'merged-into-another',
        actor: command.account.id,
        at,
        about: { into: kept.number, system_id: first.system_id },
        state: 'merged',
        mails: [],
      }),
      writeChange(tx, {
        registration: kept,
        act: 'merged',
        actor: command.account.id,
        at,
        about: {
          fresh: fresh.number,
          system_id: first.system_id,
          ...(kept.current && { former: kept.current.systemId }),
        },
        mails: noticesTo(kept, 'merged', facts),
      }),
    ]);
    return { outcome: 'merged', registration: kept.number };
  });
}

interface FirstAssociation {
  id: string;
  system_id: string;
  made_by: string;
  made_at: Date;
}

/** The association under which a registration was made as new, if it still stands. */
async function firstAssociation(q: Queries, number: string): Promise<FirstAssociation | undefined> {
  return q.row(sql<FirstAssociation>`
    select id, system_id, made_by, made_at from association
    where registration = ${number} and as_new and state in ('current', 'claimed')`);
}

async function partiesEverOf(q: Queries, number: string): Promise<string[]> {
  const rows = await q.rows(sql<{ account: string }>`
    select account from party where registration = ${number}
    union select created_by from registration where number = ${number}`);
  return rows.map((row) => row.account);
}

/** Ends the fresh registration's hold on the System ID and gives it to the kept one, as proven as it was. */
function handOver(tx: Transaction, association: string, command: MergeCommand, at: Date): Promise<unknown> {
  return tx.rows(sql`
    with fresh_ as (
      update association set state = 'merged', ended_at = ${at} where id = ${association}
      returning system_id, how, proven_at, request_n
    ), former_ as (
      update association set state = 'retired', ended_at = ${at}
      where registration = ${command.kept} and state = 'current' and (select proven_at is not null from fresh_)
      returning id
    ), closed_ as (
      update registration set merged_into = ${command.kept}, closed_at = ${at}, state = 'merged' where number = ${command.fresh}
    )
    insert into association
      (id, registration, system_id, state, how, made_by, made_at, proven_at, former, request_n)
    select gen_random_uuid(), ${command.kept}, system_id, case when proven_at is null then 'claimed' else 'current' end,
      how, ${command.account.id}, ${at}, case when proven_at is null then null else ${at}::timestamptz end,
      (select id from former_), request_n
    from fresh_ where (select count(*) from former_) >= 0`);
}
