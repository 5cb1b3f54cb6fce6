import type { RegistrationState } from '../../../core/permissions.ts';
import type { Answers } from '../../../core/registration-form.ts';
import type { Queries } from '../database.ts';
import { registeredAt } from '../facts.ts';
import { sql } from '../sql.ts';
import { type StateFilter, systemsThatFit } from './registered-systems.ts';

/** All that a list of one's registrations leaves out for want of room: for files and programs. */
export interface ExportedSystem {
  number: string;
  state: RegistrationState;
  /** Since when it is registered; of one that is prepared, since when it is that. */
  since: Date;
  systemId: string | null;
  kind: string | null;
  server: string | null;
  version: string | null;
  lastHeardAt: Date | null;
  answers: Required<Answers>;
  site: string;
}

const BATCH = 500;

/**
 * The asker's registrations that fit a search, in the order of the list, batch by batch: each begins behind the last row
 * of the one before, so no connection is held while a slow reader reads.
 */
export async function* exportedSystems(
  q: Queries,
  account: string,
  wanted: { search: string; state: StateFilter | undefined },
): AsyncGenerator<ExportedSystem[]> {
  let after = { site: '', number: '' };
  for (;;) {
    const rows = await q.rows(sql<ExportedSystem>`
      select r.number, r.state, ${registeredAt} as since, a.system_id as "systemId", s.kind, coalesce(said.name, s.name) as server, coalesce(said.version, s.version) as version,
        s.last_heard_at as "lastHeardAt", r.site_name as site,
        jsonb_build_object('installation', r.installation, 'site-administrator', r.site_administrator,
          'warranty', r.warranty) as answers
      ${systemsThatFit(account, wanted)}
        and (r.site_name collate by_name, r.number) > (${after.site}::text collate by_name, ${after.number})
      order by r.site_name collate by_name, r.number
      limit ${BATCH}`);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last;
  }
}
