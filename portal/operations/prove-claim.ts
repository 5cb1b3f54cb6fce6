import { decideProof, type ProofOutcome, type SystemSaid, type WaitingClaim } from '../../core/claims.ts';
import type { RegistrationState } from '../../core/permissions.ts';
import { shortId } from '../../core/system-id.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import type { Queries, Transaction } from '../store/database.ts';
import { lock, registrationUnasked } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { endOtherClaims } from './end-claims.ts';
import { noticesTo } from './notices.ts';

/**
 * The system itself said which registration it shows, or which code it accepted. If a claim waits on that, it is proven: its
 * System ID becomes current, the former one is retired and the other claims end. The System ID is locked by the caller.
 */
export async function proveClaim(tx: Transaction, portal: Portal, said: SystemSaid): Promise<boolean> {
  const { waiting, current } = await claimsOn(tx, said.systemId);
  const proof = decideProof(said, waiting, current);
  return proof.outcome === 'proven' && (await makeCurrent(tx, portal, proof, undefined));
}

/** The claims that wait on a System ID, the oldest first, and the registration for which it is current. */
export async function claimsOn(
  q: Queries,
  systemId: string,
): Promise<{ waiting: WaitingClaim[]; current: string | undefined }> {
  const rows = await q.rows(sql<{ association: string; registration: string; state: string; sequences: number[] }>`
    select a.id as association, a.registration, a.state, ${sequencesOf} as sequences from association a
    where a.system_id = ${systemId} and a.state in ('claimed', 'current') order by a.made_at`);
  return {
    waiting: rows.filter((a) => a.state === 'claimed').map((a) => ({ ...a, systemId })),
    current: rows.find((a) => a.state === 'current')?.registration,
  };
}

/**
 * Whether a code `c` is for the registration of a claim `a`: also one for an earlier claim of it, or for a registration that
 * was merged into it.
 */
export const isCodeOfClaim = sql.part`exists (
      select from association o
      join registration r on r.number = o.registration
      where o.id = c.association and (r.number = a.registration or r.merged_into = a.registration))`;

/**
 * The numbers by which a system proves a claim `a`: of codes for it. An older code's number may have been in the records of
 * another registration that had this System ID since, so it says nothing: docs/decisions/0011-offline.md.
 */
const sequencesOf = sql.part`array(
      select c.sequence from registration_code c
      where c.system_id = a.system_id and ${isCodeOfClaim}
        and not exists (
          select from association e
          join registration r on r.number = e.registration
          where e.system_id = a.system_id and e.proven_at is not null and e.ended_at >= c.issued_at
            and r.number <> a.registration and r.merged_into is distinct from a.registration)
      order by c.sequence)`;

/**
 * Makes a proven claim current and ends the others. `by`: who typed the system's confirmation code, if it did not say so
 * itself. False where the registration was closed while the claim waited.
 */
export async function makeCurrent(
  tx: Transaction,
  portal: Portal,
  { claim, beaten }: Extract<ProofOutcome, { outcome: 'proven' }>,
  by: Account | undefined,
): Promise<boolean> {
  const at = portal.now();
  const { systemId } = claim;
  const [, registration] = await Promise.all([
    // All of them at once, in their order: others may prove claims on other System IDs of the same registrations.
    lock(
      tx,
      [],
      [claim, ...beaten].map((one) => one.registration),
    ),
    registrationUnasked(tx, claim.registration, by),
  ]);
  // Closed or merged while the claim waited: it has nothing to become current for.
  if (!registration || !OPEN.has(registration.state)) return false;
  const former = registration.current;
  const facts = {
    site: registration.site,
    registration: registration.number,
    newShortId: shortId(systemId),
    ...(former && { oldShortId: shortId(former.systemId) }),
    ...(by && { by: by.name, organisation: by.organisation }),
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
        where registration = ${claim.registration} and system_id = ${systemId} and state = 'retired'
        returning id
      )
      update association set state = 'current', proven_at = ${at}, former = (select id from former_)
      where id = ${claim.association} and (select count(*) from replaced_) >= 0`),
    writeChange(tx, {
      registration,
      act: 'proven',
      actor: by,
      at,
      about: {
        system_id: systemId,
        ...(by && { by: 'confirmation-code' }),
        ...(former && { former: former.systemId }),
      },
      ...(registration.state === 'prepared' && { state: 'registered' as const }),
      mails: noticesTo(registration, 'proven', facts, claim.association),
    }),
  ]);
  await endOtherClaims(tx, beaten, systemId, at);
  return true;
}

const OPEN: ReadonlySet<RegistrationState> = new Set(['prepared', 'registered', 'confirmed']);
