import { randomUUID } from 'node:crypto';
import type { Refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { lookingAgain } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { joinIn } from './join.ts';

/** Somebody makes an organisation and is its first administrator. */
export interface MakeOrganisationCommand {
  account: Account;
  name: string;
  /** What the account has alone becomes the organisation's. */
  bring: boolean;
}

export type MakeOrganisationResult = { outcome: 'made'; organisation: string; brought: number } | Refused;

export function makeOrganisation(portal: Portal, command: MakeOrganisationCommand): Promise<MakeOrganisationResult> {
  const { account, name, bring } = command;
  const at = portal.now();
  const organisation = { id: randomUUID(), name };
  return lookingAgain(() =>
    portal.db.transaction(async (tx): Promise<MakeOrganisationResult> => {
      await tx.rows(sql`
        insert into organisation (id, name, created_at) values (${organisation.id}, ${name}, ${at})`);
      const joined = await joinIn(tx, { account, organisation, role: 'administrator', bring, at });
      if (joined.outcome === 'joined') {
        return { outcome: 'made', organisation: organisation.id, brought: joined.brought };
      }
      await tx.rows(sql`delete from organisation where id = ${organisation.id}`);
      return joined;
    }),
  );
}
