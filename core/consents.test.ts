import { expect, test } from 'vitest';
import { consentsInRecord } from './consents.ts';

const version = '2026-11';

test('a record says what is agreed to, and nothing where nothing is', () => {
  expect(consentsInRecord([])).toBeUndefined();
  expect(consentsInRecord([{ kind: 'system', given: false, version }])).toBeUndefined();
  expect(consentsInRecord([{ kind: 'system', given: true, version }])).toEqual({
    system: true,
    personal: false,
    version,
  });
  expect(
    consentsInRecord([
      { kind: 'personal', given: true, version },
      { kind: 'system', given: false, version },
    ]),
  ).toEqual({ system: false, personal: true, version });
});

test('of two versions the older is said: it promises no more than was agreed to', () => {
  const both = [
    { kind: 'system', given: true, version: '2027-02' },
    { kind: 'personal', given: true, version: '2026-11' },
  ] as const;
  expect(consentsInRecord(both)).toEqual({ system: true, personal: true, version: '2026-11' });
});
