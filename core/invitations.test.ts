import { describe, expect, test } from 'vitest';
import { type Answering, decideAnswer, decideInvite, readInvite } from './invitations.ts';
import { may } from './permissions.ts';

const now = new Date('2026-11-24T13:05:00Z');
const later = new Date('2026-12-01T00:00:00Z');
const lena = { seat: 'integrator', account: 'lena', email: 'Lena@brandt.example' } as const;
const anna = { seat: 'end-user', account: 'anna', email: 'anna@northfield.example' } as const;

describe('what the form asks', () => {
  const read = (choice: unknown, address: unknown) => readInvite({ choice, address }, [lena.email]);

  test('nothing is chosen for the person', () => {
    expect(read(undefined, 'anna@northfield.example').problem).toBe('choose');
    expect(read('somehow', '').problem).toBe('choose');
  });

  test('an address is asked for only where it is needed, and kept where it is not', () => {
    expect(read('mail', '').problem).toBe('not-an-email');
    expect(read('mail', 'anna').problem).toBe('not-an-email');
    expect(read('unknown', 'anna')).toEqual({ answer: { choice: 'unknown', address: 'anna' }, problem: undefined });
    expect(read('printed', '').problem).toBeUndefined();
    expect(read('mail', ' anna@northfield.example ')).toEqual({
      answer: { choice: 'mail', address: 'anna@northfield.example' },
      problem: undefined,
    });
  });

  test('one’s own address is not the other party’s, however it is capitalised', () => {
    expect(read('mail', 'lena@BRANDT.example').problem).toBe('own-address');
  });

  test.each(['anna@northfield.example\nBcc: all@example.com', 'a@b.example, c@d.example', '<anna@northfield.example>'])(
    'an address that would be more than one is none: %j',
    (address) => expect(read('mail', address).problem).toBe('not-an-email'),
  );
});

describe('who may invite', () => {
  const proposal = {
    state: 'registered',
    site: 'Building A',
    who: 'integrator',
    parties: [lena],
    invite: { how: 'printed' },
    handsOver: false,
    sentToday: 0,
  } as const;

  test('each party to the seat of the other, in every state that is open', () => {
    for (const state of ['prepared', 'registered', 'confirmed'] as const) {
      expect(decideInvite({ ...proposal, state })).toEqual({ outcome: 'may', seat: 'end-user' });
      const byEndUser = { ...proposal, state, who: 'end-user', parties: [anna] } as const;
      expect(decideInvite(byEndUser)).toEqual({ outcome: 'may', seat: 'integrator' });
    }
  });

  test('nobody to a registration that is closed, and no stranger', () => {
    expect(decideInvite({ ...proposal, state: 'closed' })).toMatchObject({ code: 'registration-closed' });
    expect(decideInvite({ ...proposal, who: 'stranger' })).toMatchObject({ code: 'not-among-yours' });
  });

  test('nobody to a seat that is taken, oneself to none, and ten a day at the most', () => {
    expect(decideInvite({ ...proposal, parties: [lena, anna] })).toMatchObject({ code: 'seat-taken' });
    const own = { how: 'mail', address: 'LENA@brandt.example' } as const;
    expect(decideInvite({ ...proposal, invite: own })).toMatchObject({ code: 'not-both-seats' });
    expect(decideInvite({ ...proposal, sentToday: 9 })).toMatchObject({ outcome: 'may' });
    expect(decideInvite({ ...proposal, sentToday: 10 })).toMatchObject({ code: 'invitation-limit' });
  });
});

describe('who may hand a seat over', () => {
  const offer = {
    state: 'confirmed',
    site: 'Building A',
    who: 'integrator',
    parties: [lena, anna],
    invite: { how: 'printed' },
    handsOver: true,
    sentToday: 0,
  } as const;

  test('each party its own, in every state that is open, and to nobody who has a seat already', () => {
    for (const state of ['prepared', 'registered', 'confirmed'] as const) {
      expect(decideInvite({ ...offer, state })).toEqual({ outcome: 'may', seat: 'integrator' });
      expect(decideInvite({ ...offer, state, who: 'end-user' })).toEqual({ outcome: 'may', seat: 'end-user' });
    }
    expect(decideInvite({ ...offer, state: 'closed' })).toMatchObject({ code: 'registration-closed' });
    const toAnna = { how: 'mail', address: anna.email } as const;
    expect(decideInvite({ ...offer, invite: toAnna })).toMatchObject({ code: 'not-both-seats' });
  });
});

describe('who may accept', () => {
  const open = {
    seat: 'end-user',
    address: anna.email,
    handsOver: false,
    expiresAt: later,
    endedAs: null,
  } as const;
  const answering: Answering = {
    now,
    invitation: open,
    state: 'registered',
    account: 'anna',
    verified: ['ANNA@northfield.example'],
    parties: [lena],
  };
  const ended = { outcome: 'refused', code: 'invitation-ended' };

  test('the account that has verified that very address; on paper, whoever has the code', () => {
    expect(decideAnswer(answering)).toEqual({ outcome: 'may', seat: 'end-user', handsOver: false });
    const printed = { ...answering, verified: [], invitation: { ...open, address: null } };
    expect(decideAnswer(printed)).toEqual({ outcome: 'may', seat: 'end-user', handsOver: false });
  });

  test('unknown, another’s, ended, expired, of a closed registration or a taken seat: one answer', () => {
    const given: Partial<Answering>[] = [
      { invitation: undefined },
      { verified: ['somebody@northfield.example'] },
      { verified: [] },
      ...(['refused', 'withdrawn', 'replaced', 'expired', 'closed', 'accepted'] as const).map((endedAs) => ({
        invitation: { ...open, endedAs },
      })),
      { now: later },
      { state: 'closed' },
      { parties: [lena, { seat: 'end-user', account: 'other' }] },
    ];
    for (const one of given) expect(decideAnswer({ ...answering, ...one })).toEqual(ended);
  });

  test('who has accepted it is told so again', () => {
    const again = { ...answering, invitation: { ...open, endedAs: 'accepted' as const }, parties: [lena, anna] };
    expect(decideAnswer(again)).toEqual({ outcome: 'already' });
  });

  test('nobody takes both seats', () => {
    const printed = { ...answering, account: 'lena', invitation: { ...open, address: null } };
    expect(decideAnswer(printed)).toMatchObject({ code: 'not-both-seats' });
  });

  test('a seat that is handed over is taken from its party; who has it already changes nothing', () => {
    const ida = { seat: 'end-user', account: 'ida' } as const;
    const offered = { ...answering, invitation: { ...open, handsOver: true }, parties: [lena, ida] };
    expect(decideAnswer(offered)).toEqual({ outcome: 'may', seat: 'end-user', handsOver: true });
    expect(decideAnswer({ ...offered, parties: [lena, anna] })).toEqual({ outcome: 'already' });
    // Nobody has it any more who could hand it over.
    expect(decideAnswer({ ...offered, parties: [lena] })).toEqual(ended);
    const printed = { ...offered, account: 'lena', invitation: { ...open, address: null, handsOver: true } };
    expect(decideAnswer(printed)).toMatchObject({ code: 'not-both-seats' });
  });
});

test('a consent is withdrawn in whatever state, and given only by the end user of a registration that is open', () => {
  for (const state of ['registered', 'confirmed', 'closed', 'merged'] as const) {
    expect(may('withdraw-consent', state, 'end-user')).toBe('yes');
    expect(may('withdraw-consent', state, 'integrator')).toBe('not-for-your-seat');
  }
  expect(may('consent', 'confirmed', 'end-user')).toBe('yes');
  expect(may('consent', 'closed', 'end-user')).toBe('registration-closed');
  expect(may('consent', 'confirmed', 'integrator')).toBe('not-for-your-seat');
});
