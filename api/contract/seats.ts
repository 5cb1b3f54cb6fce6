import { z } from 'zod';
import { CONSENT_KINDS } from '../../core/consents.ts';
import { done, id, name, number, time } from './members.ts';
import type { Contract } from './operation.ts';

/** Who takes the free seat of a registration, and what its end user shares. */

const seat = z.enum(['integrator', 'end-user']);

export const consentKind = z
  .enum(CONSENT_KINDS)
  .describe('system: what the servers say of themselves. personal: contact data. GET /consent-texts has the texts.');
export const consentVersion = z.string().min(1).max(40).describe('Of the text that was shown: GET /consent-texts.');

/** As a registration shows it to its parties. */
export const invitation = z
  .strictObject({
    id,
    seat,
    how: z.enum(['mail', 'printed']),
    address: z.string().nullable().describe('Where it was mailed to.'),
    invited_at: time,
    expires_at: time,
    mail: z.enum(['waiting', 'sent', 'not-sent']).nullable(),
  })
  .meta({ id: 'Invitation' });

const secret = z
  .string()
  .min(1)
  .max(100)
  .describe('The last part of the link in the mail, or the code of a printed invitation.');

const answer = z.strictObject({ secret });

export const seatOperations = {
  invite: {
    method: 'POST',
    path: '/invitations',
    summary: 'Invite somebody to the free seat',
    description:
      'By mail only the account that has verified that address can accept; printed, whoever has the code. An invitation that is open ends by this one. It can be accepted for 30 days.',
    scope: 'systems:write',
    secret: true,
    body: z
      .strictObject({
        registration: number,
        address: z.string().min(3).max(254).optional().describe('An address like name@example.com. Absent: printed.'),
      })
      .meta({ id: 'NewInvitation' }),
    answers: {
      201: {
        description: 'Somebody is invited.',
        body: z
          .strictObject({
            registration: number,
            id,
            code: z.string().nullable().describe('Of a printed one: 20 symbols, shown this once.'),
          })
          .meta({ id: 'Invited' }),
      },
    },
    problems: [
      'not-among-yours',
      'registration-closed',
      'seat-taken',
      'not-both-seats',
      'invitation-limit',
      'not-for-your-seat',
    ],
  },
  withdrawInvitation: {
    method: 'POST',
    path: '/invitation-withdrawals',
    summary: 'Withdraw an invitation',
    scope: 'systems:write',
    body: z.strictObject({ registration: number, invitation: id }).meta({ id: 'NewInvitationWithdrawal' }),
    answers: {
      200: {
        description: 'It cannot be accepted any more.',
        body: done('InvitationWithdrawn', ['withdrawn', 'already']),
      },
    },
    problems: ['not-among-yours', 'registration-closed', 'not-for-your-seat'],
  },
  lookAtInvitation: {
    method: 'POST',
    path: '/invitation-looks',
    summary: 'What an invitation to you says',
    description: 'The site, who invites, and the seat; no more before it is accepted. It changes nothing.',
    scope: 'systems:read',
    body: answer.meta({ id: 'InvitationLook' }),
    answers: {
      200: {
        description: 'It is open to you, or you have accepted it: then registration is set.',
        body: z
          .strictObject({
            site: z.string().nullable(),
            organisation: name.nullable().describe('Who invites.'),
            seat,
            hands_over: z.boolean().describe('They have this seat, and hand it over.'),
            expires_at: time.nullable(),
            registration: number.nullable().describe('Once you have accepted it.'),
          })
          .meta({ id: 'InvitationSeen' }),
      },
    },
    problems: ['invitation-ended', 'invitation-code-limit', 'not-both-seats'],
  },
  acceptInvitation: {
    method: 'POST',
    path: '/seats',
    summary: 'Accept an invitation',
    description:
      'The seat is yours. Of several who try at once, one has it. If its party handed it over, that party sees nothing of the registration any more; a new end user confirms and agrees anew.',
    scope: 'systems:write',
    body: answer.meta({ id: 'NewSeat' }),
    answers: {
      200: {
        description: 'You have the seat.',
        body: z
          .strictObject({ outcome: z.enum(['accepted', 'already']), registration: number, seat })
          .meta({ id: 'SeatTaken' }),
      },
    },
    problems: ['invitation-ended', 'invitation-code-limit', 'not-both-seats'],
  },
  refuseInvitation: {
    method: 'POST',
    path: '/invitation-refusals',
    summary: 'Refuse an invitation',
    scope: 'systems:write',
    body: answer.meta({ id: 'NewInvitationRefusal' }),
    answers: { 204: { description: 'It is refused. If you had accepted it before, nothing was changed.' } },
    problems: ['invitation-ended', 'invitation-code-limit', 'not-both-seats'],
  },
  changeConsent: {
    method: 'POST',
    path: '/consents',
    summary: 'Agree to share something, or withdraw that',
    description: 'The end user’s. What was confirmed stays confirmed; the site learns it with its next check-in.',
    scope: 'systems:write',
    body: z
      .strictObject({ registration: number, kind: consentKind, given: z.boolean(), version: consentVersion })
      .meta({ id: 'NewConsent' }),
    answers: {
      200: { description: 'It is so now.', body: done('ConsentChanged', ['given', 'withdrawn', 'already']) },
    },
    problems: ['not-among-yours', 'not-for-your-seat', 'registration-closed', 'stale-etag'],
  },
  showConsentTexts: {
    method: 'GET',
    path: '/consent-texts',
    summary: 'What the end user is asked to agree to',
    scope: 'systems:read',
    answers: {
      200: {
        description: 'In full, in English. Show it before you send that somebody agreed.',
        body: z
          .strictObject({
            version: consentVersion,
            items: z.array(z.strictObject({ kind: consentKind, text: z.array(z.string()) })),
          })
          .meta({ id: 'ConsentTexts' }),
      },
    },
    problems: [],
  },
} as const satisfies Contract;
