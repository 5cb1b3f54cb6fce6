import { expect, test } from 'vitest';
import { serverChanges } from './server-changes.ts';

const before = { name: 'HN-A-ES01', product: 'Enterprise Server', version: '3.2.10.5' };

test('a server with the same name and product, and a newer version, is nothing to look at twice', () => {
  const now = { name: 'hn-a-es01', product: 'Enterprise Server', version: '3.2.10.6' };
  expect(serverChanges(before, now)).toEqual({ different: false, olderVersion: false });
});

test.each([
  ['another name', { ...before, name: 'HL-ES01' }],
  ['another product', { ...before, product: 'SmartX server' }],
])('%s looks like another site', (_, now) => {
  expect(serverChanges(before, now).different).toBe(true);
});

test.each([
  ['3.2.9.99', true],
  ['3.2.10', true],
  ['3.2.10.5', false],
  ['3.10.0.0', false],
  ['4', false],
])('versions are compared part by part as numbers: %s is older than 3.2.10.5: %s', (version, older) => {
  expect(serverChanges(before, { ...before, version }).olderVersion).toBe(older);
});

test('a text that is no version is not older than anything', () => {
  expect(serverChanges({ ...before, version: 'unknown' }, before).olderVersion).toBe(false);
});
