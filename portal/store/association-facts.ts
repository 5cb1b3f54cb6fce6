import type { Standing } from '../../core/association.ts';
import type { Queries } from './database.ts';
import {
  type BroughtRequest,
  factsFrom,
  REGISTRATION_COLUMNS,
  REQUEST_HOURS,
  type RegistrationFacts,
  type RegistrationRow,
  type RequestRow,
  requestFrom,
  type StandingRow,
  standingFrom,
} from './facts.ts';
import { sql } from './sql.ts';

/** All that *Associate* decides on, read at once. */
export interface AssociationFacts {
  brought: BroughtRequest;
  chosen: RegistrationFacts | undefined;
  standings: Standing[];
  /** How many claims of the asker wait for a system. */
  provisionalClaims: number;
  /** How many claims were ever made on the new System ID. */
  claimsOnSystem: number;
}

interface Row extends Omit<RegistrationRow, 'number'> {
  number: string | null;
  brought: RequestRow;
  standings: StandingRow[] | null;
  provisional_claims: number;
  claims_on_system: number;
}

/**
 * The request, the chosen registration as its party may know it, and where the new System ID stands: one statement, one
 * snapshot. `undefined`: we hold no such request of this account.
 */
export async function associationFacts(
  q: Queries,
  asked: { account: string; request: string; registration: string; now: Date },
): Promise<AssociationFacts | undefined> {
  const row = await q.row(sql<Row>`
    select
      json_build_object('id', q.id, 'system_id', q.system_id, 'how', q.how, 'n', q.n, 'proven', q.proven,
        'instance', q.instance, 'copied_at', i.copied_at, 'server', q.server, 'return_to', q.return_to,
        'origin', q.origin, 'received_at', q.received_at, 'proceeded_at', q.proceeded_at,
        'association', q.association) as brought,
      ${REGISTRATION_COLUMNS},
      (select json_agg(json_build_object('association', o.id, 'registration', o.registration, 'state', o.state,
          'made_by', o.made_by, 'made_at', o.made_at, 'as_new', o.as_new, 'site_name', other.site_name,
          'seat', there.seat, 'by_own_party', coalesce(o.made_for, o.made_by) = there.holder) order by o.made_at)
        from association o
        join registration other on other.number = o.registration
        left join acting there on there.registration = o.registration and there.account = q.account
        where o.system_id = q.system_id and o.state in ('current', 'retired', 'claimed')) as standings,
      case when q.proven then 0 else
        (select count(*)::int from association claim
          join acting own on own.registration = claim.registration and own.account = claim.made_by
          where claim.made_by = q.account and claim.state = 'claimed') end
        as provisional_claims,
      fresh.claims as claims_on_system
    from request q
    join system fresh on fresh.system_id = q.system_id
    left join instance i on i.public_key = q.instance
    left join acting mine on mine.account = q.account and mine.registration = ${asked.registration}
    left join registration r on r.number = mine.registration
    left join association a on a.registration = r.number and a.state = 'current'
    left join system s on s.system_id = a.system_id
    where q.id = ${asked.request} and q.account = ${asked.account} and q.cancelled_at is null
      and q.received_at > ${new Date(asked.now.getTime() - REQUEST_HOURS * 60 * 60 * 1000)}`);
  if (!row) return undefined;
  const { number } = row;
  return {
    brought: requestFrom(row.brought),
    chosen: number === null ? undefined : factsFrom({ ...row, number }),
    standings: (row.standings ?? []).map(standingFrom),
    provisionalClaims: row.provisional_claims,
    claimsOnSystem: row.claims_on_system,
  };
}
