import { describe, expect, test } from 'vitest';
import { may } from './permissions.ts';
import { decideEnd, decideResign } from './seat-ends.ts';

const lena = { seat: 'integrator', holder: 'lena' } as const;
const anna = { seat: 'end-user', holder: 'anna' } as const;
const facts = { state: 'confirmed', site: 'Building A', parties: [lena, anna] } as const;

describe('who may end a seat', () => {
  test('the end user that of the integrator whom it saw, and nobody anybody else’s', () => {
    const end = { ...facts, who: 'end-user', seen: 'lena' } as const;
    expect(decideEnd(end)).toEqual({ outcome: 'may' });
    expect(decideEnd({ ...end, parties: [anna] })).toEqual({ outcome: 'already' });
    expect(decideEnd({ ...end, seen: 'marek' })).toEqual({ outcome: 'changed-since' });
    expect(decideEnd({ ...end, who: 'integrator' })).toMatchObject({ code: 'not-for-your-seat' });
    expect(decideEnd({ ...end, who: 'stranger' })).toMatchObject({ code: 'not-among-yours' });
    expect(decideEnd({ ...end, state: 'closed' })).toMatchObject({ code: 'registration-closed' });
  });

  test('an integrator leaves its own; where nobody would be left, it insists', () => {
    const leave = { ...facts, who: 'integrator', insists: false } as const;
    expect(decideResign(leave)).toEqual({ outcome: 'may' });
    expect(decideResign({ ...leave, who: 'end-user' })).toMatchObject({ code: 'not-for-your-seat' });
    const alone = { ...leave, state: 'registered', parties: [lena] } as const;
    expect(decideResign(alone)).toEqual({ outcome: 'nobody-left' });
    expect(decideResign({ ...alone, insists: true })).toEqual({ outcome: 'may' });
    // It has no System ID, so nobody could ever prove that it is theirs.
    expect(decideResign({ ...alone, state: 'prepared', insists: true })).toEqual({ outcome: 'nobody-left' });
  });
});

test('the integrator closes a registration only while it never had an end user', () => {
  for (const state of ['prepared', 'registered', 'confirmed'] as const) {
    expect(may('close', state, 'integrator', false)).toBe('yes');
    expect(may('close', state, 'integrator', true)).toBe('not-for-your-seat');
    expect(may('close', state, 'end-user', true)).toBe('yes');
  }
  expect(may('close', 'closed', 'end-user')).toBe('registration-closed');
});
