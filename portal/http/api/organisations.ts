import type { organisationOperations } from '../../../api/contract/organisations.ts';
import { refused } from '../../../core/refusals.ts';
import { looksLikeEmail } from '../../../core/registration-form.ts';
import {
  acceptColleagueInvitation,
  lookAtColleagueInvitation,
  refuseColleagueInvitation,
} from '../../operations/answer-colleague-invitation.ts';
import { inviteColleague, withdrawColleague } from '../../operations/invite-colleague.ts';
import { makeOrganisation } from '../../operations/make-organisation.ts';
import { leaveOrganisation } from '../../operations/members.ts';
import type { Account, Portal } from '../../portal.ts';
import { organisationOf } from '../../store/reads/organisation.ts';
import { type HandlersOf, notDone, time } from './handler.ts';
import { notAnAddress } from './seats.ts';

export const organisationHandlers: HandlersOf<typeof organisationOperations> = {
  showOrganisation: async ({ portal, account }) => {
    const body = await organisationOut(portal, account);
    return body ? { status: 200, body } : refused('no-organisation');
  },

  makeOrganisation: async ({ portal, account, body: { name, bring } }) => {
    const result = await makeOrganisation(portal, { account, name, bring });
    if (result.outcome === 'refused') return result;
    const body = await organisationOut(portal, account);
    return body ? { status: 201, body } : refused('no-organisation');
  },

  inviteColleague: async ({ portal, account, body: { address } }) => {
    if (!looksLikeEmail(address)) return notAnAddress(portal, '/address');
    const result = await inviteColleague(portal, { account, address });
    return result.outcome === 'refused' ? result : { status: 200, body: { outcome: result.outcome } };
  },

  withdrawColleague: async ({ portal, account, body: { invitation } }) => {
    const result = await withdrawColleague(portal, { account, invitation });
    return result.outcome === 'refused' ? result : { status: 204, body: undefined };
  },

  lookAtColleagueInvitation: async ({ portal, account, body: { secret } }) => {
    const result = await lookAtColleagueInvitation(portal, { account, secret });
    if (result.outcome === 'refused') return result;
    if (result.outcome === 'already') {
      return { status: 200, body: { organisation: null, by: null, expires_at: null, alone: null, member: true } };
    }
    const { organisation, by, expiresAt, alone } = result.invitation;
    return { status: 200, body: { organisation, by, expires_at: time(expiresAt), alone, member: false } };
  },

  acceptColleagueInvitation: async ({ portal, account, body: { secret, bring } }) => {
    const result = await acceptColleagueInvitation(portal, { account, secret, bring });
    if (result.outcome === 'refused') return result;
    const body = await organisationOut(portal, account);
    return body ? { status: 200, body } : refused('no-organisation');
  },

  refuseColleagueInvitation: async ({ portal, account, body: { secret } }) => {
    const result = await refuseColleagueInvitation(portal, { account, secret });
    return result.outcome === 'refused' ? result : { status: 204, body: undefined };
  },

  leaveOrganisation: async ({ portal, account, body: { ends } }) => {
    const result = await leaveOrganisation(portal, { account, ends });
    if (result.outcome === 'refused') return result;
    if (result.outcome === 'changed-since') return notDone('stale-etag');
    const { ended, kept } = result;
    return { status: 200, body: { ended, kept } };
  },
};

async function organisationOut(portal: Portal, account: Account) {
  const organisation = await organisationOf(portal.db, account.id, portal.now());
  if (!organisation) return undefined;
  const { members, invitations, ...rest } = organisation;
  return {
    ...rest,
    members: members.map((member) => ({ ...member, since: time(member.since) })),
    invitations: invitations.map(({ invitedAt, expiresAt, ...invitation }) => ({
      ...invitation,
      invited_at: time(invitedAt),
      expires_at: time(expiresAt),
    })),
  };
}
