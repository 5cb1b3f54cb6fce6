import { decideProof } from '../../core/claims.ts';
import type { RegistrationState } from '../../core/permissions.ts';
import { shortId } from '../../core/system-id.ts';
import type { Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import type { Transaction } from '../store/database.ts';
import { lock, registrationUnasked } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { endOtherClaims } from './end-claims.ts';
import { noticesTo } from './notices.ts';

/**
 * The system itself said which registration it shows. If a claim waits on that, it is proven: its System ID becomes
 * current, the former one is retired and the other claims end. The System ID is locked by the caller.
 */
export async function proveClaim(
  tx: Transaction,
  portal: Portal,
  said: { systemId: string; registration: string | undefined; sequence: number },
): Promise<boolean> {
  const rows = await tx.rows(sql<{ association: string; registration: string; state: string }>`
    select id as association, registration, state from association
    where system_id = ${said.systemId} and state in ('claimed', 'current') order by made_at`);
  const waiting = rows
    .filter((a) => a.state === 'claimed')
    .map((a) => ({ ...a, systemId: said.systemId, sequences: [] }));
  const current = rows.find((a) => a.state === 'current')?.registration;
  const proof = decideProof(said, waiting, current);
  if (proof.outcome !== 'proven') return false;

  const { claim } = proof;
  const at = portal.now();
  const [, registration] = await Promise.all([
    lock(tx, [], [claim.registration]),
    registrationUnasked(tx, claim.registration),
  ]);
  // Closed or merged while the claim waited: it has nothing to become current for.
  if (!registration || !OPEN.has(registration.state)) return false;
  const former = registration.current;
  const facts = {
    site: registration.site,
    registration: registration.number,
    newShortId: shortId(said.systemId),
    ...(former && { oldShortId: shortId(former.systemId) }),
    at,
  };
  await Promise.all([
    tx.rows(sql`
      with former_ as (
        update association set state = 'retired', ended_at = ${at}
        where registration = ${claim.registration} and state = 'current'
        returning id
      ), replaced_ as (
        update association set state = 'superseded', ended_at = ${at}
        where registration = ${claim.registration} and system_id = ${said.systemId} and state = 'retired'
        returning id
      )
      update association set state = 'current', proven_at = ${at}, former = (select id from former_)
      where id = ${claim.association} and (select count(*) from replaced_) >= 0`),
    writeChange(tx, {
      registration,
      act: 'proven',
      actor: undefined,
      at,
      about: { system_id: said.systemId, ...(former && { former: former.systemId }) },
      ...(registration.state === 'prepared' && { state: 'registered' as const }),
      mails: noticesTo(registration, 'proven', facts, claim.association),
    }),
  ]);
  await endOtherClaims(tx, proof.beaten, said.systemId, at);
  return true;
}

const OPEN: ReadonlySet<RegistrationState> = new Set(['prepared', 'registered', 'confirmed']);
