// Requests made for an administrator's click. The counter is on the disk before the document exists.

import { acceptableReturnTo, makeRequest } from '../core/documents/request.ts';
import type { SystemId } from '../core/system-id.ts';
import type { Agent } from './agent.ts';
import { readRegistration, shownRegistration } from './records.ts';
import type { Database } from './store/database.ts';
import { nextCounter } from './store/identity.ts';
import { conversation } from './store/registration.ts';
import { keepRequest, requestsMade } from './store/requests.ts';

const HOUR = 3600_000;

/** `address`: where the person's browser reaches this server, so that the portal can send it back. */
export async function makeBrowserRequest(
  agent: Agent,
  address: string,
): Promise<{ systemId: SystemId; document: string }> {
  const { fingerprint, bundle } = agent.portal;
  const registration = shownRegistration(await readRegistration(agent));
  const returnTo = `${address}/registration/back`;
  const now = agent.now();
  const { keys, instance, n, sequence } = await agent.store.use(({ db, keys, instance }) => ({
    keys,
    instance: instance.key,
    n: nextCounter(db),
    sequence: conversation(db, fingerprint).lastSequence,
  }));
  const document = await makeRequest({
    keys,
    bundle,
    n,
    now,
    via: 'browser',
    server: agent.server,
    registration,
    sequence,
    instance,
    shadows: 0,
    returnTo: acceptableReturnTo(returnTo) ? returnTo : undefined,
  });
  await agent.store.use((server) => {
    if (server.keys.systemId === keys.systemId) keepRequest(server.db, fingerprint, { n, madeAt: now, document });
  });
  return { systemId: keys.systemId, document };
}

/** The one that a page still holds, if it would be sent. */
export async function latestBrowserRequest(agent: Agent): Promise<string | undefined> {
  return agent.store.use(({ db }) => {
    const latest = requestsMade(db, agent.portal.fingerprint)[0];
    return latest && isLatest(db, agent.portal.fingerprint, latest.document, agent.now()) ? latest.document : undefined;
  });
}

/** Whether this is the latest request made here, not older than an hour. The portal takes each number once, and in order. */
export function isLatest(db: Database, fingerprint: string, document: string, now: Date): boolean {
  const latest = requestsMade(db, fingerprint)[0];
  const age = latest ? now.getTime() - latest.madeAt.getTime() : Number.NaN;
  return latest?.document === document && age >= -1_000 && age <= HOUR;
}
