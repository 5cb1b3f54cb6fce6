import { z } from 'zod';
import { REASONS } from '../../core/association.ts';
import { id, number, shortId, systemId, time } from './members.ts';
import type { Contract } from './operation.ts';

const association = z
  .strictObject({
    id,
    registration: number,
    site: z.string(),
    system_id: systemId,
    short_id: shortId,
    state: z
      .enum(['claimed', 'current', 'retired', 'undone', 'beaten', 'withdrawn', 'superseded', 'merged', 'closed'])
      .describe('claimed: it waits for the system’s own word, and the former System ID stays current.'),
    how: z.enum(['carried', 'typed']),
    as_new: z.boolean().describe('Made by registering as new.'),
    made_at: time,
    ended_at: time.nullable(),
    shown_since: time.nullable().describe('Since when the system says that it shows this registration.'),
    mail_sent: z.boolean().describe('The mail server took every mail about it.'),
    undo: z
      .strictObject({
        allowed: z.string().describe('`yes`, or the code of the refusal.'),
        until: time.nullable(),
      })
      .describe('Whether you can take it back now, and until when.'),
  })
  .meta({ id: 'Association' });

const LONGEST_REASON = 500;

const chosen = {
  request: id.describe('What was brought.'),
  registration: number.describe('With which it is to be associated.'),
  seen: id
    .optional()
    .describe('The present association that you saw. Leave it out only where the registration had no System ID.'),
  reason: z
    .enum(REASONS)
    .optional()
    .describe('Needed while the old System ID is alive, unless the instance key proves continuity.'),
  reason_text: z
    .string()
    .trim()
    .min(1)
    .max(LONGEST_REASON)
    .optional()
    .describe('In your own words, where reason is other.'),
};

const textOfOther = (sent: { reason?: string | undefined; reason_text?: string | undefined }) =>
  (sent.reason === 'other') === (sent.reason_text !== undefined);
const TEXT_OF_OTHER = { path: ['reason_text'], message: 'Send reason_text if reason is other, and only then.' };

const refusals = [
  'request-expired',
  'not-among-yours',
  'registration-closed',
  'system-id-registered-to-other',
  'system-id-retired-elsewhere',
  'registered-as-new-by-you',
  'registered-by-other-party',
  'lost-race',
  'claim-limit',
  'reason-needed',
  'move-offered',
] as const;

export const associationOperations = {
  associate: {
    method: 'POST',
    path: '/associations',
    summary: 'Associate a new System ID with an existing registration',
    description:
      'Proven, the new System ID is current and the former one retired at once. Typed, the claim waits for the system’s own word.',
    scope: 'systems:write',
    body: z.strictObject(chosen).refine(textOfOther, TEXT_OF_OTHER).meta({ id: 'NewAssociation' }),
    answers: {
      200: { description: 'It was associated before: nothing was changed.', body: association },
      201: { description: 'It is associated, or the claim waits: see state.', body: association },
    },
    problems: refusals,
  },
  showAssociation: {
    method: 'GET',
    path: '/associations/{id}',
    summary: 'What came of an association',
    scope: 'systems:read',
    params: z.strictObject({ id }),
    answers: { 200: { description: 'The association as it stands now.', body: association } },
    problems: ['not-among-yours'],
  },
} as const satisfies Contract;
