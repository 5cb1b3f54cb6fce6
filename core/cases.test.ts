import { describe, expect, test } from 'vitest';
import { type Deciding, decideCase, decideOpening, decisionsOpen } from './cases.ts';

const DAY_MS = 24 * 3_600_000;
const OPENED = new Date('2026-11-24T13:05:00Z');
const BOTH = [
  { seat: 'integrator', holder: 'lena' },
  { seat: 'end-user', holder: 'anna' },
] as const;

function deciding(about: Partial<Deciding['case']> & Partial<Omit<Deciding, 'case'>>, days: number): Deciding {
  const { state = 'registered', parties = BOTH, openerHasSeat = false, ...rest } = about;
  return {
    now: new Date(OPENED.getTime() + days * DAY_MS),
    case: {
      openedAs: 'holder',
      seat: 'integrator',
      objectionsUntil: new Date(OPENED.getTime() + 14 * DAY_MS),
      endedAs: null,
      objected: [],
      ...rest,
    },
    state,
    parties,
    openerHasSeat,
  };
}

const EVERYTHING = ['give', 'remove-integrator', 'remove-end-user', 'without-party', 'refuse'];

describe('what can be decided', () => {
  test.each([
    { what: 'within the 14 days it can only be refused', about: {}, days: 13.9, open: ['refuse'] },
    { what: 'after them everything', about: {}, days: 14, open: EVERYTHING },
    {
      what: 'one objection does not shorten the time of the other party',
      about: { objected: ['lena'] },
      days: 1,
      open: ['refuse'],
    },
    {
      what: 'everything at once when all have objected',
      about: { objected: ['lena', 'anna'] },
      days: 1,
      open: EVERYTHING,
    },
    {
      what: 'the party that opened it is not waited for, and is not given a seat',
      about: { openedAs: 'end-user', objected: ['lena'], openerHasSeat: true } as const,
      days: 1,
      open: EVERYTHING.slice(1),
    },
    {
      what: 'the last party is not removed: then the registration is without party',
      about: { parties: BOTH.slice(0, 1) },
      days: 14,
      open: ['give', 'without-party', 'refuse'],
    },
    {
      what: 'where nobody has a seat, nobody is waited for',
      about: { state: 'without-party', parties: [] } as const,
      days: 0,
      open: ['give', 'refuse'],
    },
    {
      what: 'of a registration that was closed meanwhile it is refused',
      about: { state: 'closed' } as const,
      days: 20,
      open: ['refuse'],
    },
    { what: 'once decided, nothing', about: { endedAs: 'refused' } as const, days: 20, open: [] },
  ])('$what', ({ about, days, open }) => {
    expect(decisionsOpen(deciding(about, days))).toEqual(open);
  });

  test.each([
    { decision: 'give', about: {}, state: 'confirmed', endUserChanges: false, frees: ['integrator'] },
    { decision: 'give', about: { seat: 'end-user' }, state: 'registered', endUserChanges: true, frees: ['end-user'] },
    { decision: 'remove-end-user', about: {}, state: 'registered', endUserChanges: true, frees: ['end-user'] },
    {
      decision: 'without-party',
      about: {},
      state: 'without-party',
      endUserChanges: true,
      frees: ['integrator', 'end-user'],
    },
    { decision: 'refuse', about: {}, state: 'confirmed', endUserChanges: false, frees: [] },
  ] as const)('$decision leaves a confirmed registration $state', ({ decision, about, ...expected }) => {
    const d = { ...deciding({ ...about, state: 'confirmed' }, 14), hadSystemId: true };
    expect(decideCase(d, decision)).toMatchObject(expected);
  });
});

describe('who opens a case', () => {
  const opening = { state: 'registered', site: 'Library', who: 'stranger', wants: undefined, parties: BOTH } as const;

  test('a stranger only with the proof of the system, and is told nothing of the registration', () => {
    expect(decideOpening(opening)).toEqual({ outcome: 'refused', code: 'proof-needed' });
    expect(decideOpening({ ...opening, wants: 'end-user' })).toEqual({
      outcome: 'may',
      openedAs: 'holder',
      seat: 'end-user',
    });
    expect(decideOpening({ ...opening, wants: 'end-user', state: 'closed' })).toEqual({
      outcome: 'refused',
      code: 'system-id-registered-to-other',
    });
  });

  test('a party about the other seat, if somebody has it', () => {
    expect(decideOpening({ ...opening, who: 'end-user' })).toMatchObject({ openedAs: 'end-user', seat: 'integrator' });
    expect(decideOpening({ ...opening, who: 'integrator', parties: BOTH.slice(0, 1) })).toMatchObject({
      code: 'case-needs-other-party',
    });
    expect(decideOpening({ ...opening, who: 'integrator', state: 'merged' })).toMatchObject({
      code: 'registration-closed',
    });
  });
});
