import type { BodyOf, Connection } from '../connection.ts';
import { Failure } from '../problems.ts';

type System = BodyOf<'showRegistration'>['retired'][number];

/** The association that somebody means who says only the number: the latest that waits, else the present one. */
export async function latestOf(connection: Connection, number: string): Promise<System & { site: string }> {
  const { claims, current, site } = await connection.call('showRegistration', { params: { number } });
  const [latest] = claims.toSorted((a, b) => b.made_at.localeCompare(a.made_at));
  const meant = latest ?? current;
  if (meant) return { ...meant, site };
  throw new Failure(`${site} has no System ID, so there is no code for it.`);
}
