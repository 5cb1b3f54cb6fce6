import { expect, test } from 'vitest';
import type { RecordPayload } from '../core/documents/record.ts';
import { plateOf } from './plate.ts';

const site = { name: 'Hospital North, Building A', company: 'Northfield Health Trust', city: 'Aarhus', country: 'DK' };
const record = (state: RecordPayload['state']) => ({
  outcome: 'genuine' as const,
  record: { registration: '48172065', since: '2025-03-12', state, site } as RecordPayload,
});
const known = { atHome: true, hadAnotherSystem: false, record: undefined };

test.each(['registered', 'confirmed'] as const)(
  'a record that is %s shows site, company, place, number and date',
  (state) => {
    expect(plateOf({ ...known, record: record(state) })).toEqual({
      state: 'registered',
      registration: '48172065',
      since: '2025-03-12',
      site,
    });
  },
);

test('without a record the system is unregistered', () => {
  expect(plateOf(known)).toEqual({ state: 'unregistered' });
});

test('where another system was here before, the new one may already have a registration', () => {
  expect(plateOf({ ...known, hadAnotherSystem: true })).toEqual({ state: 'database-new' });
});

test('a registration that moved away is no longer shown, only when it moved', () => {
  expect(plateOf({ ...known, record: record('replaced') })).toEqual({
    state: 'replaced',
    registration: '48172065',
    movedOn: '2025-03-12',
  });
});

test('a closed registration leaves the system unregistered', () => {
  expect(plateOf({ ...known, record: record('closed') })).toEqual({ state: 'unregistered' });
});

test('nothing of a record that does not verify is shown', () => {
  expect(plateOf({ ...known, hadAnotherSystem: true, record: { outcome: 'refused' } })).toEqual({
    state: 'record-damaged',
  });
});

test('a database from another machine shows no registration, however good its record is', () => {
  expect(plateOf({ ...known, atHome: false, record: record('confirmed') })).toEqual({ state: 'moved-or-copied' });
});
