import { z } from 'zod';
import { REASONS } from '../../core/association.ts';
import { done, how, id, number, shortId, systemId, time } from './members.ts';
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
    how,
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
  move: {
    method: 'POST',
    path: '/moves',
    summary: 'Move a System ID from the wrong registration to the right one',
    description:
      'Undoes your association there, of less than 72 hours, and makes it here, in one step: if either is refused, nothing has changed.',
    scope: 'systems:write',
    body: z
      .strictObject({
        ...chosen,
        from: z.strictObject({ registration: number, association: id }).describe('Where it is now.'),
      })
      .refine(textOfOther, TEXT_OF_OTHER)
      .meta({ id: 'NewMove' }),
    answers: {
      200: { description: 'It is there already: nothing was changed.', body: association },
      201: { description: 'It is moved.', body: association },
    },
    problems: [...refusals, 'undo-expired', 'undo-not-latest', 'not-for-your-seat'],
  },
  undo: {
    method: 'POST',
    path: '/undos',
    summary: 'Undo an association, or withdraw a claim',
    description:
      'The latest association, for 72 hours: the former System ID is current again. A claim that the system has not proven, at any time.',
    scope: 'systems:write',
    body: z.strictObject({ registration: number, association: id }).meta({ id: 'NewUndo' }),
    answers: {
      200: { description: 'It is undone.', body: done('Undone', ['undone', 'withdrawn', 'already']) },
    },
    problems: ['not-among-yours', 'not-for-your-seat', 'registration-closed', 'undo-expired', 'undo-not-latest'],
  },
  merge: {
    method: 'POST',
    path: '/merges',
    summary: 'Merge a registration that was made as new by mistake into the one that existed',
    description:
      'The kept one keeps number, seats, data and history, and gets the System ID; the fresh one leads to it. Either party does it, if nobody but the parties of the kept one ever had a seat on the fresh one.',
    scope: 'systems:write',
    body: z
      .strictObject({
        fresh: number.describe('The one that was made as new.'),
        kept: number.describe('The one that goes on.'),
      })
      .meta({ id: 'NewMerge' }),
    answers: {
      200: { description: 'They were merged before: nothing was changed.', body: association },
      201: { description: 'They are merged: this is the association of the kept one.', body: association },
    },
    problems: ['not-among-yours', 'not-for-your-seat', 'registration-closed'],
  },
} as const satisfies Contract;
