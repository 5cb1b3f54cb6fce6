import { z } from 'zod';
import { done, id, number } from './members.ts';
import type { Contract } from './operation.ts';
import { consentKind, consentVersion } from './seats.ts';

/** What a party does to a whole registration. */

export const actOperations = {
  confirm: {
    method: 'POST',
    path: '/confirmations',
    summary: 'These details are correct',
    description:
      'The end user’s. From then on the integrator may edit the warranty only. What the end user agrees to share is said with it; a kind that is not named is declined.',
    scope: 'systems:write',
    body: z
      .strictObject({
        registration: number,
        consents: z.strictObject({ kinds: z.array(consentKind).max(2), version: consentVersion }).optional(),
      })
      .meta({ id: 'NewConfirmation' }),
    ifMatch: true,
    answers: { 200: { description: 'It is confirmed.', body: done('Confirmed', ['confirmed', 'already']) } },
    problems: ['not-among-yours', 'not-for-your-seat', 'registration-closed', 'stale-etag'],
  },
  close: {
    method: 'POST',
    path: '/closings',
    summary: 'Close a registration',
    description:
      'The history stays, and retired System IDs stay reserved. The current one is free for a new registration.',
    scope: 'systems:write',
    body: z.strictObject({ registration: number }).meta({ id: 'NewClosing' }),
    answers: { 200: { description: 'It is closed.', body: done('Closed', ['closed', 'already']) } },
    problems: ['not-among-yours', 'not-for-your-seat', 'registration-closed'],
  },
  settleConflict: {
    method: 'POST',
    path: '/conflict-settlements',
    summary: 'Settle a conflict',
    description: 'Says that the system which is current is the right one. A retired System ID stays retired.',
    scope: 'systems:write',
    body: z.strictObject({ registration: number, conflict: id }).meta({ id: 'NewConflictSettlement' }),
    answers: { 200: { description: 'It is settled.', body: done('ConflictSettled', ['settled', 'already']) } },
    problems: ['not-among-yours'],
  },
  askForSeat: {
    method: 'POST',
    path: '/seat-requests',
    summary: 'Ask those who registered a system for a seat, or to merge',
    description:
      'It is passed on by mail, once a day. The answer is the same whether anybody is there to read it or not.',
    scope: 'systems:write',
    body: z
      .strictObject({ request: id.describe('With which the System ID was brought.'), what: z.enum(['seat', 'merge']) })
      .meta({ id: 'NewSeatRequest' }),
    answers: {
      202: {
        description: 'It is passed on.',
        body: z.strictObject({ outcome: z.literal('passed-on') }).meta({ id: 'PassedOn' }),
      },
    },
    problems: ['request-expired'],
  },
} as const satisfies Contract;
