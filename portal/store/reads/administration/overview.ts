import type { ConsentKind } from '../../../../core/consents.ts';
import type { RegistrationState } from '../../../../core/permissions.ts';
import type { Queries } from '../../database.ts';
import { sql } from '../../sql.ts';
import { CASE_LINE, type CaseLine } from '../cases.ts';

/** The lists of the administration that name no registration, and so are no look at one. */

export interface AdministratorAct {
  administrator: string;
  act: 'gave-reason' | 'looked' | 'ended-sessions' | 'retried-mail' | 'gave-up-mail';
  registration: string | null;
  account: string | null;
  reason: string | null;
  at: Date;
}

/** What administrators did last: each of them sees what the others do. */
export function latestActs(q: Queries): Promise<AdministratorAct[]> {
  return q.rows(sql<AdministratorAct>`
    select c.name as administrator, d.act, d.registration, about.email as account, d.reason, d.at
    from administrator_act d
    join account c on c.id = d.administrator
    left join account about on about.id = d.account
    where d.act <> 'gave-reason' order by d.at desc limit 20`);
}

export interface CaseInList extends CaseLine {
  state: RegistrationState;
  objections: number;
}

/** Every case, those that are open first: what they are about is read one by one. */
export function allCases(q: Queries): Promise<CaseInList[]> {
  return q.rows(sql<CaseInList>`
    select ${CASE_LINE}, r.state, (select count(*)::int from objection o where o.case_file = f.id) as objections
    from case_file f join registration r on r.number = f.registration
    order by f.ended_at is not null, coalesce(f.ended_at, 'epoch') desc, f.objections_until limit 500`);
}

export async function openCaseCount(q: Queries): Promise<number> {
  const row = await q.row(sql<{ count: number }>`select count(*)::int as count from case_file where ended_at is null`);
  return row?.count ?? 0;
}

/** How many registrations agreed to which text, and still do. */
export function consentCounts(q: Queries): Promise<{ kind: ConsentKind; version: string; count: number }[]> {
  return q.rows(sql<{ kind: ConsentKind; version: string; count: number }>`
    select kind, version, count(*)::int as count from (
      select distinct on (registration, kind) kind, given, version from consent order by registration, kind, n desc) latest
    where given group by kind, version order by version desc, kind desc`);
}
