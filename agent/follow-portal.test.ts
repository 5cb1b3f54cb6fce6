// A bundle that `datestone apply` brings while the agent runs.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from '../test/support/http.ts';
import { type PortalSide, portalSide } from '../test/support/portal-side.ts';
import { type Site, startSite, Visitor } from '../test/support/site.ts';
import { applyFile, serverAtHand } from './by-command.ts';
import { readConfig } from './config.ts';

let portal: PortalSide;
beforeAll(async () => {
  portal = await portalSide();
});
afterAll(() => portal.close());

async function command(site: Site) {
  const config = await readConfig({
    DATESTONE_AGENT_DATA: site.folder,
    DATESTONE_BUNDLE_FILE: portal.bundleFile,
    DATESTONE_SERVER_NAME: 'HN-A-ES01',
    DATESTONE_SERVER_KIND: 'enterprise-server',
    DATESTONE_SERVER_PRODUCT: 'Enterprise Server',
    DATESTONE_SERVER_VERSION: '3.2.4.1180',
  });
  const found = await serverAtHand({ ...config, machine: ['machine-id:here'] });
  if (found.outcome !== 'at-hand') throw new Error(found.outcome);
  return found.agent;
}

test('is what the pages go on with', async () => {
  const site = await startSite(portal);
  const visitor = new Visitor(site);
  await visitor.logOn();
  const named = async () => textOf((await visitor.open('/portal')).html);
  expect(await named()).toContain('Test portal');
  const newer = await portal.bundleWith({ version: 2, name: 'Second' });
  expect(await applyFile(await command(site), newer)).toMatchObject({ outcome: 'bundle-taken' });
  expect(await named()).toContain('Second');
  expect(await applyFile(await command(site), readFileSync(portal.bundleFile, 'utf8'))).toMatchObject({
    outcome: 'refused',
    code: 'bundle-older',
  });
  expect(await named()).toContain('Second');
  await site.close();
});
