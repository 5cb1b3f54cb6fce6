import { randomUUID } from 'node:crypto';
import { decideMerge, type MergeOutcome } from '../../core/merge.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import { shortId } from '../../core/system-id.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import type { Queries, Transaction } from '../store/database.ts';
import { lock, type RegistrationFacts, registrationOf } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { claimReminders, noticesTo } from './notices.ts';
import { forgetShared } from './shared.ts';

/** Merges the registration that was made as new into the one that existed before. */
export interface MergeCommand {
  account: Account;
  fresh: string;
  kept: string;
}

export type MergeResult = { outcome: 'merged' | 'already'; registration: string; association: string } | Refused;

export function merge(portal: Portal, command: MergeCommand): Promise<MergeResult> {
  return portal.db.transaction(async (tx) => {
    const at = portal.now();
    const [, { fresh, kept, first, decision }] = await Promise.all([
      lock(tx, [], [command.fresh, command.kept]),
      mergeFacts(tx, command),
    ]);
    if (fresh?.mergedInto === command.kept) {
      const association = await madeByMerging(tx, command);
      return { outcome: 'already', registration: command.kept, association };
    }
    if (decision.outcome === 'refused') return decision;
    if (!kept || !fresh || !first) return refused('not-among-yours');

    const association = randomUUID();
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
      forgetShared(tx, fresh.number),
      handOver(tx, decision.association, association, { ...command, holder: kept.holder }, at),
      writeChange(tx, {
        registration: fresh,
        act: 'merged-into-another',
        actor: command.account,
        at,
        about: { into: kept.number, system_id: first.system_id },
        state: 'merged',
        mails: [],
      }),
      writeChange(tx, {
        registration: kept,
        act: 'merged',
        actor: command.account,
        at,
        about: {
          fresh: fresh.number,
          system_id: first.system_id,
          ...(kept.current && { former: kept.current.systemId }),
        },
        ...(kept.state === 'prepared' && first.proven && { state: 'registered' as const }),
        mails: [
          ...noticesTo(kept, 'merged', facts, association),
          ...(first.proven ? [] : claimReminders(kept, facts, association, at)),
        ],
      }),
    ]);
    return { outcome: 'merged', registration: kept.number, association };
  });
}

export interface MergeFacts {
  fresh: RegistrationFacts | undefined;
  kept: RegistrationFacts | undefined;
  /** The association under which the fresh one was made, if it still stands and nothing was put in its place. */
  first: FirstAssociation | undefined;
  decision: MergeOutcome;
}

/** The two registrations as the asker may know them, and what the rule says. The page asks before the person does. */
export async function mergeFacts(q: Queries, { account, ...numbers }: MergeCommand): Promise<MergeFacts> {
  const [fresh, kept, first, partiesEver] = await Promise.all([
    registrationOf(q, account.id, numbers.fresh),
    registrationOf(q, account.id, numbers.kept),
    firstAssociation(q, numbers.fresh),
    partiesEverOf(q, numbers.fresh),
  ]);
  const decision = decideMerge({
    kept: kept && { ...kept, parties: kept.parties.map((party) => party.holder) },
    fresh: fresh &&
      first && {
        ...fresh,
        partiesEver,
        association: first.id,
      },
  });
  return { fresh, kept, first, decision };
}

interface FirstAssociation {
  id: string;
  system_id: string;
  proven: boolean;
}

async function firstAssociation(q: Queries, number: string): Promise<FirstAssociation | undefined> {
  return q.row(sql<FirstAssociation>`
    select id, system_id, proven_at is not null as proven from association
    where registration = ${number} and as_new and state in ('current', 'claimed')
      and not exists (
        select from association other
        where other.registration = ${number} and other.state = 'current' and other.id <> association.id)`);
}

async function partiesEverOf(q: Queries, number: string): Promise<string[]> {
  const rows = await q.rows(sql<{ holder: string }>`
    select holder from party where registration = ${number}
    union select holder from former_party where registration = ${number}
    union select coalesce(made_for, made_by) from association where registration = ${number} and as_new`);
  return rows.map((row) => row.holder);
}

/** What the kept registration got when it was done the first time. */
async function madeByMerging(q: Queries, { fresh, kept }: MergeCommand): Promise<string> {
  const row = await q.row(sql<{ id: string }>`
    select made.id from association made
    join association first on first.registration = ${fresh} and first.as_new and first.system_id = made.system_id
    where made.registration = ${kept}
    order by made.made_at desc limit 1`);
  if (!row) throw new Error(`Registration ${fresh} was merged into ${kept}, and nothing came of it.`);
  return row.id;
}

/**
 * Ends the fresh registration's hold on the System ID and gives it to the kept one, as proven as it was. What else waited
 * for the fresh one waits for nothing any more, and a claim of the kept one on that very System ID goes on as this one.
 */
function handOver(
  tx: Transaction,
  first: string,
  association: string,
  command: MergeCommand & { holder: string | undefined },
  at: Date,
): Promise<unknown> {
  return tx.rows(sql`
    with fresh_ as (
      update association set state = 'merged', ended_at = ${at} where id = ${first}
      returning system_id, how, proven_at, request_n
    ), former_ as (
      update association set state = 'retired', ended_at = ${at}
      where registration = ${command.kept} and state = 'current' and (select proven_at is not null from fresh_)
      returning id
    ), waited_ as (
      update association set state = 'withdrawn', ended_at = ${at}
      where state = 'claimed' and ((registration = ${command.fresh} and id <> ${first})
        or (registration = ${command.kept} and system_id = (select system_id from fresh_)))
      returning id
    ), uninvited_ as (
      update invitation set ended_at = ${at}, ended_as = 'closed'
      where registration = ${command.fresh} and ended_at is null
    ), closed_ as (
      update registration set merged_into = ${command.kept}, closed_at = ${at}, state = 'merged' where number = ${command.fresh}
    )
    insert into association
      (id, registration, system_id, state, how, made_by, made_for, made_at, proven_at, former, request_n)
    select ${association}, ${command.kept}, system_id, case when proven_at is null then 'claimed' else 'current' end,
      how, ${command.account.id}, ${command.holder ?? null}, ${at}, case when proven_at is null then null else ${at}::timestamptz end,
      (select id from former_), request_n
    from fresh_ where (select count(*) from former_) + (select count(*) from waited_) >= 0`);
}
