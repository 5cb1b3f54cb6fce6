import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder } from '../test/support/folders.ts';
import { type PortalSide, portalSide } from '../test/support/portal-side.ts';
import { ConfigError, readConfig } from './config.ts';

let portal: PortalSide;
beforeAll(async () => {
  portal = await portalSide();
});
afterAll(() => portal.close());

const complete = () => ({
  DATESTONE_AGENT_DATA: 'data/agent',
  DATESTONE_BUNDLE_FILE: portal.bundleFile,
  DATESTONE_SERVER_NAME: 'HN-A-ES01',
  DATESTONE_SERVER_KIND: 'enterprise-server',
  DATESTONE_SERVER_PRODUCT: 'Enterprise Server',
  DATESTONE_SERVER_VERSION: '3.2.4.1180',
});
const refusal = async (changes: Record<string, string | undefined>) => {
  const refused = await readConfig({ ...complete(), ...changes }).catch((error) => error);
  expect(refused).toBeInstanceOf(ConfigError);
  return refused.message as string;
};

test('a complete environment is a configuration', async () => {
  expect(await readConfig(complete())).toMatchObject({
    bundle: { iss: portal.url },
    server: { name: 'HN-A-ES01', kind: 'enterprise-server' },
    host: '127.0.0.1',
    port: 4080,
    url: undefined,
    adminPassword: undefined,
  });
});

test('an empty environment is refused with one sentence for each thing that is missing', async () => {
  const { message } = await readConfig({}).catch((error) => error);
  expect(message.split('\n')).toHaveLength(6);
  for (const name of Object.keys(complete())) expect(message).toContain(name);
});

test.each([
  ['DATESTONE_SERVER_KIND', 'toaster', 'not one of enterprise-central'],
  ['DATESTONE_AGENT_URL', 'http://server/path', 'nothing behind it'],
  ['DATESTONE_AGENT_URL', 'server:4080', 'http:// or https://'],
  ['PORT', 'eighty', 'not a port'],
  ['PORT', '70000', 'not a port'],
  ['DATESTONE_ADMIN_PASSWORD', 'short', 'fewer than 8'],
  ['DATESTONE_BUNDLE_FILE', '/nowhere/bundle', 'cannot be read'],
  ['DATESTONE_SERVER_NAME', 'x'.repeat(201), 'more than 200'],
])('%s=%s is refused in words', async (name, value, words) => {
  expect(await refusal({ [name]: value })).toContain(words);
});

test('a file that is no bundle of a portal is refused', async () => {
  const file = join(newFolder(), 'bundle');
  writeFileSync(file, 'something else');
  expect(await refusal({ DATESTONE_BUNDLE_FILE: file })).toContain('not-a-bundle');
});
