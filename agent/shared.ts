// What a check-in holds beyond who speaks: only where the end user agreed to share system information, and only as long as the
// record that the server shows says so.

import type { Shared } from '../core/documents/check-in.ts';
import program from '../package.json' with { type: 'json' };
import type { Agent } from './agent.ts';
import { isRegistered } from './plate.ts';
import type { Registration } from './records.ts';
import { seconds } from './store/identity.ts';
import { restoredAt } from './store/settings.ts';

export async function sharedNow(agent: Agent, { systemId, plate, record }: Registration): Promise<Shared | undefined> {
  if (!record?.consents?.system || !isRegistered(plate)) return undefined;
  const restored = await agent.store.use(({ db }) => restoredAt(db) !== undefined);
  return {
    servers: [{ ...agent.server, system_id: systemId, seen_at: seconds(agent.now()), revision: record.revision }],
    health: { agent: program.version, restored },
  };
}
