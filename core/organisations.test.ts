import { expect, test } from 'vitest';
import { decideGoing, decideRole, mayInOrganisation, mayInviteColleague, type Role } from './organisations.ts';

const members = (...roles: Role[]) => roles.map((role, n) => ({ account: `${n}`, role }));

test('an administrator does everything, a member leaves, and who is none is told so', () => {
  const acts = ['leave', 'invite', 'withdraw', 'change-role', 'remove'] as const;
  expect(acts.map((act) => mayInOrganisation(act, 'administrator'))).toEqual(acts.map(() => 'yes'));
  expect(acts.map((act) => mayInOrganisation(act, 'member'))).toEqual([
    'yes',
    ...Array.from({ length: 4 }, () => 'not-organisation-administrator'),
  ]);
  expect(mayInOrganisation('leave', undefined)).toBe('no-organisation');
});

test('the last administrator goes only as the last member, and then the organisation ends', () => {
  expect(decideGoing(members('administrator', 'member'), '0')).toMatchObject({ code: 'last-administrator' });
  expect(decideGoing(members('administrator', 'member'), '1')).toEqual({ outcome: 'may', ends: false });
  expect(decideGoing(members('administrator', 'administrator'), '0')).toEqual({ outcome: 'may', ends: false });
  expect(decideGoing(members('administrator'), '0')).toEqual({ outcome: 'may', ends: true });
});

test('the last administrator stays one, also alone', () => {
  expect(decideRole(members('administrator', 'member'), '0', 'member')).toMatchObject({ code: 'last-administrator' });
  expect(decideRole(members('administrator'), '0', 'member')).toMatchObject({ code: 'last-administrator' });
  expect(decideRole(members('administrator', 'member'), '1', 'administrator')).toEqual({ outcome: 'may' });
  expect(decideRole(members('administrator', 'administrator'), '0', 'member')).toEqual({ outcome: 'may' });
});

test('twenty colleagues a day', () => {
  expect(mayInviteColleague(19)).toBeUndefined();
  expect(mayInviteColleague(20)).toMatchObject({ code: 'member-invitation-limit' });
});
