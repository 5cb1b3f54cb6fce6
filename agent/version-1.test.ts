// A database that an agent of the first version wrote: test/support/version-1 holds one, as its agent left it.

import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBundle } from '../core/documents/bundle.ts';
import { newFolder } from '../test/support/folders.ts';
import { headingOf } from '../test/support/http.ts';
import { type PortalSide, portalSide } from '../test/support/portal-side.ts';
import { type Site, startSite, Visitor } from '../test/support/site.ts';

const BEFORE = new URL('../test/support/version-1/', import.meta.url).pathname;
const SYSTEM = '3GWF5BC2HJXCNDXKXV0QDXR06ZE6N2S0CB5PBE53SDYEH4JMFZRC8PD7829Z';

let portal: PortalSide;
const open: Site[] = [];

beforeAll(async () => {
  portal = await portalSide();
});
afterEach(() => Promise.all(open.splice(0).map((site) => site.close())));
afterAll(() => portal.close());

async function startIn(folder: string) {
  const reading = await openBundle(readFileSync(join(BEFORE, 'portal.bundle'), 'utf8'));
  if (reading.outcome !== 'genuine') throw new Error(reading.code);
  const site = await startSite(portal, { folder, bundle: reading.bundle });
  open.push(site);
  const visitor = new Visitor(site);
  await visitor.logOn();
  return visitor;
}

const versionOf = (folder: string) =>
  new DatabaseSync(join(folder, 'server.sqlite')).prepare('pragma user_version').get()?.user_version;

test('it is brought up to date in place, and shows the system and its registration as before', async () => {
  const folder = newFolder();
  for (const file of ['server.sqlite', 'instance.json']) copyFileSync(join(BEFORE, file), join(folder, file));
  expect(versionOf(folder)).toBe(1);
  const visitor = await startIn(folder);
  expect(await visitor.systemId()).toBe(SYSTEM);
  expect(await visitor.registeredTo()).toMatchObject({ state: 'registered', registration: '48172065' });
  expect(headingOf(await visitor.open('/offline'))).toBe('Registering your system offline');
  expect(versionOf(folder)).toBe(2);
});

test('it is restored as a backup', async () => {
  const visitor = await startIn(newFolder());
  const page = await visitor.open('/database');
  const file = new File([readFileSync(join(BEFORE, 'server.sqlite'))], 'backup.sqlite');
  const asked = await visitor.browser.upload(page, 'Restore', 'backup', file);
  expect(headingOf(asked)).toBe('Which system is this?');
  await visitor.press(asked, 'Continue', { which: 'replaces' });
  expect(await visitor.systemId()).toBe(SYSTEM);
  expect(await visitor.registeredTo()).toMatchObject({ state: 'registered' });
});
