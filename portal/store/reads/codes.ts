import type { RegistrationCode } from '../../../core/registration-code.ts';
import type { SystemId } from '../../../core/system-id.ts';
import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

/** The newest code of an association, as a page shows it. */
export interface PresentCode {
  code: RegistrationCode;
  systemId: SystemId;
  sequence: number;
  issuedAt: Date;
  /** How many tries are left to type its confirmation code. */
  triesLeft: number;
  /** How many codes are left for this System ID, for ever. */
  left: number;
  /** There are few left: both sides say so. */
  nearlyUsedUp: boolean;
}

export const LAST_SEQUENCE = 4095;
const WARNS_FROM = 3900;
export const TRIES_A_CODE = 5;

interface Row {
  association: string;
  code: RegistrationCode;
  system_id: SystemId;
  sequence: number;
  issued_at: Date;
  tries: number;
  last: number;
}

/** `undefined`: none was handed out, or the association is none of the asker's; which of them, nobody can tell from here. */
export async function presentCode(
  q: Queries,
  asker: string,
  registration: string,
  association: string,
): Promise<PresentCode | undefined> {
  return (await presentCodes(q, asker, registration)).get(association);
}

/** The newest code of each association of a registration that has one, by the association. */
export async function presentCodes(
  q: Queries,
  asker: string,
  registration: string,
): Promise<ReadonlyMap<string, PresentCode>> {
  const rows = await q.rows(sql<Row>`
    select distinct on (a.id) a.id as association, c.code, c.system_id, c.sequence, c.issued_at, c.tries,
      s.sequence as last
    from acting mine
    join association a on a.registration = mine.registration and a.state in ('current', 'claimed')
    join registration_code c on c.association = a.id
    join system s on s.system_id = c.system_id
    where mine.registration = ${registration} and mine.account = ${asker}
    order by a.id, c.sequence desc`);
  return new Map(rows.map((row) => [row.association, presentFrom(row)]));
}

function presentFrom(row: Row): PresentCode {
  return {
    code: row.code,
    systemId: row.system_id,
    sequence: row.sequence,
    issuedAt: row.issued_at,
    triesLeft: Math.max(0, TRIES_A_CODE - row.tries),
    left: LAST_SEQUENCE - row.last,
    nearlyUsedUp: row.last >= WARNS_FROM,
  };
}
