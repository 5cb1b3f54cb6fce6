import { type Refused, refused } from './refusals.ts';

/** Organisations: whose members act for the seats that it has. Who may do what with the organisation itself. */

export const ROLES = ['administrator', 'member'] as const;
export type Role = (typeof ROLES)[number];

type OrganisationAction = 'leave' | 'invite' | 'withdraw' | 'change-role' | 'remove';
type Answer = 'yes' | 'not-organisation-administrator';

const PERMISSIONS: Record<OrganisationAction, Record<Role, Answer>> = {
  leave: { administrator: 'yes', member: 'yes' },
  invite: { administrator: 'yes', member: 'not-organisation-administrator' },
  withdraw: { administrator: 'yes', member: 'not-organisation-administrator' },
  'change-role': { administrator: 'yes', member: 'not-organisation-administrator' },
  remove: { administrator: 'yes', member: 'not-organisation-administrator' },
};

/** May somebody with this role do it? `undefined`: who is a member of none. */
export function mayInOrganisation(action: OrganisationAction, role: Role | undefined): Answer | 'no-organisation' {
  return role === undefined ? 'no-organisation' : PERMISSIONS[action][role];
}

/** How long a colleague can accept. */
export const MEMBER_INVITATION_DAYS = 30;
/** How many colleagues an organisation may invite a day: each is a mail to a stranger. */
const MOST_A_DAY = 20;

export function mayInviteColleague(sentToday: number): Refused | undefined {
  return sentToday < MOST_A_DAY ? undefined : refused('member-invitation-limit', { count: MOST_A_DAY });
}

interface Member {
  account: string;
  role: Role;
}

/**
 * What becomes of an organisation that this member is to be gone from. One without an administrator could not be helped
 * any more; one without members has ended.
 */
export function decideGoing(members: readonly Member[], account: string): { outcome: 'may'; ends: boolean } | Refused {
  const others = members.filter((member) => member.account !== account);
  if (others.length > 0 && !others.some(({ role }) => role === 'administrator')) return refused('last-administrator');
  return { outcome: 'may', ends: others.length === 0 };
}

/** The last administrator stays one: nobody else could make another. */
export function decideRole(members: readonly Member[], account: string, role: Role): { outcome: 'may' } | Refused {
  const isLast = !members.some((member) => member.account !== account && member.role === 'administrator');
  return role === 'member' && isLast ? refused('last-administrator') : { outcome: 'may' };
}
