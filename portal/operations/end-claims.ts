import type { Standing } from '../../core/association.ts';
import { shortId } from '../../core/system-id.ts';
import { writeChange } from '../store/changes.ts';
import type { Transaction } from '../store/database.ts';
import { lock, registrationUnasked } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { noticesTo } from './notices.ts';

/** The first proof wins: the other claims that waited on this System ID end, and their parties are told. */
export async function endOtherClaims(
  tx: Transaction,
  claims: readonly Pick<Standing, 'association' | 'registration'>[],
  systemId: string,
  at: Date,
): Promise<void> {
  await lock(
    tx,
    [],
    claims.map((claim) => claim.registration),
  );
  for (const claim of claims) {
    const registration = await registrationUnasked(tx, claim.registration);
    if (!registration) continue;
    const facts = { site: registration.site, registration: registration.number, newShortId: shortId(systemId), at };
    await Promise.all([
      tx.rows(sql`
        update association set state = 'beaten', ended_at = ${at} where id = ${claim.association} and state = 'claimed'`),
      writeChange(tx, {
        registration,
        act: 'claim-beaten',
        actor: undefined,
        at,
        about: { system_id: systemId },
        mails: noticesTo(registration, 'claim-ended', facts, claim.association),
      }),
    ]);
  }
}
