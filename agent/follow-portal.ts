// `datestone apply` can bring a newer bundle while the agent runs: the file that it leaves is looked at before each piece of
// work that somebody waits for, and before each check-in.

import { judgeBundle, openBundle } from '../core/documents/bundle.ts';
import type { Agent } from './agent.ts';
import { readPortalFile } from './store/portal-file.ts';
import { portalOf } from './trusted-portal.ts';

/** Goes on with the bundle in the file, where that is another than the one at hand. */
export function followPortal(agent: Agent): () => Promise<void> {
  let seen = readPortalFile(agent.store.place.folder)?.bundle;
  // Whoever comes while a bundle is verified waits for it too.
  let following = Promise.resolve();
  return () => {
    const file = readPortalFile(agent.store.place.folder);
    if (file && file.bundle !== seen && file.installed === agent.installedPortal) {
      seen = file.bundle;
      following = takeUp(agent, file.bundle);
    }
    return following;
  };
}

async function takeUp(agent: Agent, document: string): Promise<void> {
  const reading = await openBundle(document);
  if (reading.outcome === 'refused') return;
  const { bundle } = reading;
  const isOther = bundle.fingerprint !== agent.portal.fingerprint;
  if (isOther || judgeBundle(bundle, agent.portal.bundle) === 'apply') agent.portal = portalOf(bundle);
}
