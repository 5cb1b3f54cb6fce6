import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { machineIdentifiers, sameMachine } from './machine.ts';

test('the identifiers of a machine stay the same and give nothing away', () => {
  expect(machineIdentifiers()).toEqual(machineIdentifiers());
  expect(machineIdentifiers().join()).not.toContain(readFileSync('/etc/machine-id', 'utf8').trim());
});

test.each([
  ['one adapter is still there', ['mac:1', 'mac:2'], ['mac:2', 'mac:3'], true],
  ['no adapter is', ['mac:1'], ['mac:2'], false],
  ['the machine id differs', ['machine-id:a', 'mac:1'], ['machine-id:b', 'mac:1'], false],
  ['the machine id is the same but no adapter: a clone', ['machine-id:a', 'mac:1'], ['machine-id:a', 'mac:2'], false],
  ['one has no adapters', ['machine-id:a'], ['machine-id:a', 'mac:2'], true],
  ['one has nothing at all', [], ['machine-id:a', 'mac:2'], true],
])('is it the same machine when %s?', (_case, one, other, expected) => {
  expect(sameMachine(one, other)).toBe(expected);
  expect(sameMachine(other, one)).toBe(expected);
});
