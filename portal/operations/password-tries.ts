import { beginTry, type PasswordTries } from '../../core/password-tries.ts';
import type { Refused } from '../../core/refusals.ts';
import type { Portal } from '../portal.ts';
import type { Queries } from '../store/database.ts';
import { type Part, sql } from '../store/sql.ts';

/** The tries for an address are counted in the database: with several portal processes nobody gets more of them. */

/** Counts a try before its password is looked at; of many at once, one after the other. */
export function countTry(
  portal: Pick<Portal, 'db' | 'now'>,
  email: string,
): Promise<Refused<'too-many-wrong-passwords'> | undefined> {
  const now = portal.now();
  return portal.db.transaction(async (tx) => {
    // Written to in any case, so that it is locked.
    const known = await tx.row(sql<PasswordTries>`
      insert into password_try (address_hash, wrong, tried_at, wait_until) values (${hashOf(email)}, 0, ${now}, ${now})
      on conflict (address_hash) do update set wrong = password_try.wrong
      returning wrong, tried_at as "triedAt", wait_until as "waitUntil"`);
    const { tries, refused } = beginTry(known, now);
    await tx.rows(sql`
      update password_try set wrong = ${tries.wrong}, tried_at = ${tries.triedAt}, wait_until = ${tries.waitUntil}
      where address_hash = ${hashOf(email)}`);
    return refused;
  });
}

/** Its person has shown who they are. */
export async function clearTries(q: Queries, email: string): Promise<void> {
  await q.rows(sql`delete from password_try where address_hash = ${hashOf(email)}`);
}

// In the database, as the account is found: what is one address there is one here.
const hashOf = (email: string): Part => sql.part`sha256(convert_to(lower(${email}::text), 'UTF8'))`;
