// Which portal this server trusts: the one of its installation, until a newer bundle of it arrives or an administrator
// changes to another. It is exactly one at any time.

import { type Bundle, type BundleReading, judgeBundle, openBundle } from '../core/documents/bundle.ts';
import type { Agent, Portal } from './agent.ts';
import type { Config } from './config.ts';
import { readPortalFile, writePortalFile } from './store/portal-file.ts';
import { forgetNumbers } from './store/registration.ts';

export function portalOf(bundle: Bundle): Portal {
  const { fingerprint, iss, name } = bundle;
  return { bundle, fingerprint, url: iss.replace(/\/$/, ''), host: new URL(iss).host, name };
}

/** At a start: what was taken since the installation, if the installation is still that. */
export async function currentBundle({ bundle, dataFolder }: Pick<Config, 'bundle' | 'dataFolder'>): Promise<Bundle> {
  const file = readPortalFile(dataFolder);
  const reading = file && (await openBundle(file.bundle));
  if (reading?.outcome !== 'genuine') return bundle;
  const taken = reading.bundle;
  const counts =
    taken.fingerprint === bundle.fingerprint
      ? judgeBundle(taken, bundle) === 'apply'
      : file?.installed === bundle.fingerprint;
  return counts ? taken : bundle;
}

export type BroughtBundle =
  /** A newer one of the portal that is trusted already. */
  | { outcome: 'taken' | 'same' | 'older' }
  /** Another portal: an administrator compares and decides. */
  | { outcome: 'another'; bundle: Bundle }
  | { outcome: 'refused'; code: Extract<BundleReading, { outcome: 'refused' }>['code'] };

/** A bundle has arrived, by whichever road. */
export async function takeBundle(agent: Agent, text: string): Promise<BroughtBundle> {
  // Without a pin: a person is asked about another portal, and its bundle must be whole for that.
  const reading = await openBundle(text);
  if (reading.outcome === 'refused') return reading;
  const { bundle } = reading;
  if (bundle.fingerprint !== agent.portal.fingerprint) return { outcome: 'another', bundle };
  const verdict = judgeBundle(bundle, agent.portal.bundle);
  if (verdict === 'from-another-portal') return { outcome: 'refused', code: 'bundle-from-another-portal' };
  if (verdict !== 'apply') return { outcome: verdict };
  become(agent, bundle, text);
  return { outcome: 'taken' };
}

/** An administrator has compared the fingerprint: this server trusts that portal from now on, and no other. */
export async function trustPortal(agent: Agent, text: string): Promise<BroughtBundle> {
  const brought = await takeBundle(agent, text);
  if (brought.outcome !== 'another') return brought;
  // First the numbers: killed in between, the server still trusts the portal of before, whose numbers stand.
  await agent.store.use(({ db }) => forgetNumbers(db, brought.bundle.fingerprint));
  become(agent, brought.bundle, text);
  return { outcome: 'taken' };
}

function become(agent: Agent, bundle: Bundle, text: string): void {
  writePortalFile(agent.store.place.folder, { bundle: text.trim(), installed: agent.installedPortal });
  agent.portal = portalOf(bundle);
}
