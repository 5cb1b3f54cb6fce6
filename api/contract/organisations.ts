import { z } from 'zod';
import { ROLES } from '../../core/organisations.ts';
import { id, name, time } from './members.ts';
import type { Contract } from './operation.ts';

/** Organisations, whose members act for the seats that they have. */

const role = z.enum(ROLES);

const organisation = z
  .strictObject({
    id,
    name,
    role: role.describe('Your own.'),
    registrations: z.int().describe('How many seats it has.'),
    members: z.array(
      z.strictObject({ account: id, name, email: z.string(), role, since: time }).meta({ id: 'OrganisationMember' }),
    ),
    invitations: z.array(
      z
        .strictObject({
          id,
          address: z.string(),
          invited_at: time,
          expires_at: time,
          mail: z.enum(['waiting', 'sent', 'not-sent']),
        })
        .meta({ id: 'MemberInvitation' }),
    ),
  })
  .meta({ id: 'Organisation' });

const bring = z
  .boolean()
  .describe('true: the registrations that the account has alone become the organisation’s. false: they stay its own.');

const secret = z.string().min(1).max(100).describe('The last part of the link in the mail.');

const answer = z.strictObject({ secret });

export const organisationOperations = {
  showOrganisation: {
    method: 'GET',
    path: '/organisation',
    summary: 'Your organisation, its members and who is invited',
    scope: 'account',
    answers: { 200: { description: 'The one that the account is a member of.', body: organisation } },
    problems: ['no-organisation'],
  },
  makeOrganisation: {
    method: 'POST',
    path: '/organisations',
    summary: 'Make an organisation',
    description: 'The account is its administrator. Every seat that it takes from now on is the organisation’s.',
    scope: 'account',
    body: z.strictObject({ name: name.trim().min(1), bring }).meta({ id: 'NewOrganisation' }),
    answers: { 201: { description: 'It is there.', body: organisation } },
    problems: ['already-member', 'organisation-has-other-seat'],
  },
  inviteColleague: {
    method: 'POST',
    path: '/member-invitations',
    summary: 'Invite a colleague into your organisation',
    description: 'By mail. Only the account that has verified that address can accept, within 30 days.',
    scope: 'account',
    body: z.strictObject({ address: z.string().min(3).max(254) }).meta({ id: 'NewMemberInvitation' }),
    answers: {
      200: {
        description: 'already: an open invitation went to this address, or it is a member’s.',
        body: z.strictObject({ outcome: z.enum(['invited', 'already']) }).meta({ id: 'MemberInvited' }),
      },
    },
    problems: ['no-organisation', 'not-organisation-administrator', 'member-invitation-limit'],
  },
  withdrawColleague: {
    method: 'POST',
    path: '/member-invitation-withdrawals',
    summary: 'Withdraw the invitation of a colleague',
    scope: 'account',
    body: z.strictObject({ invitation: id }).meta({ id: 'NewMemberInvitationWithdrawal' }),
    answers: { 204: { description: 'It cannot be accepted any more.' } },
    problems: ['no-organisation', 'not-organisation-administrator'],
  },
  lookAtColleagueInvitation: {
    method: 'POST',
    path: '/member-invitation-looks',
    summary: 'What an invitation into an organisation says',
    description: 'It changes nothing.',
    scope: 'account',
    body: answer.meta({ id: 'MemberInvitationLook' }),
    answers: {
      200: {
        description: 'It is open to you, or you have accepted it: then member is true.',
        body: z
          .strictObject({
            organisation: name.nullable(),
            by: name.nullable().describe('Who invites.'),
            expires_at: time.nullable(),
            alone: z.int().nullable().describe('How many registrations you have alone, and could bring.'),
            member: z.boolean(),
          })
          .meta({ id: 'MemberInvitationSeen' }),
      },
    },
    problems: ['invitation-ended'],
  },
  acceptColleagueInvitation: {
    method: 'POST',
    path: '/members',
    summary: 'Accept an invitation into an organisation',
    description: 'You act for its registrations. Every seat that you take from now on is the organisation’s.',
    scope: 'account',
    body: z.strictObject({ secret, bring }).meta({ id: 'NewMember' }),
    answers: { 200: { description: 'You are a member.', body: organisation } },
    problems: ['invitation-ended', 'already-member', 'organisation-has-other-seat', 'no-organisation'],
  },
  refuseColleagueInvitation: {
    method: 'POST',
    path: '/member-invitation-refusals',
    summary: 'Refuse an invitation into an organisation',
    scope: 'account',
    body: answer.meta({ id: 'NewMemberInvitationRefusal' }),
    answers: { 204: { description: 'It is refused. If you had accepted it before, nothing was changed.' } },
    problems: ['invitation-ended'],
  },
  leaveOrganisation: {
    method: 'POST',
    path: '/organisation-departures',
    summary: 'Leave your organisation',
    description:
      'Its registrations stay with it. The last member ends it, and keeps them alone. To remove somebody else, or to make an administrator, a person signs in at the portal.',
    scope: 'account',
    body: z
      .strictObject({ ends: z.boolean().describe('Say true where you are its only member.') })
      .meta({ id: 'NewOrganisationDeparture' }),
    answers: {
      200: {
        description: 'You are no member any more.',
        body: z
          .strictObject({
            ended: z.boolean().describe('The organisation has ended.'),
            kept: z.int().describe('How many registrations are yours alone by that.'),
          })
          .meta({ id: 'OrganisationLeft' }),
      },
    },
    problems: ['no-organisation', 'last-administrator', 'stale-etag'],
  },
} as const satisfies Contract;
