import { z } from 'zod';
import { draftAnswers } from './answers.ts';
import { id, number, systemId, time } from './members.ts';
import type { Contract } from './operation.ts';

/** Forms that are being filled in: the same that the pages keep. */

const about = {
  system_id: systemId.nullable().describe('That is to be registered as new.'),
  registration: number.nullable().describe('That is to be edited.'),
  preparation: id.nullable().describe('Of a registration that is to be prepared: the id of its form.'),
  updated_at: time,
};

const openDraft = z
  .strictObject({
    ...about,
    site: z.string().nullable(),
    request: id.nullable().describe('With which it can be submitted, as long as the portal holds one.'),
  })
  .meta({ id: 'OpenDraft' });

const draft = z.strictObject({ ...about, answers: draftAnswers }).meta({ id: 'Draft' });

const params = z.strictObject({
  subject: z
    .string()
    .regex(/^(\d{8}|[0-9A-HJKMNP-TV-Z]{60}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/)
    .describe(
      'The number of the registration that is edited, the System ID that is to be registered, or an id of your own for the form of one that is to be prepared.',
    ),
});

export const draftOperations = {
  listDrafts: {
    method: 'GET',
    path: '/drafts',
    summary: 'What you began and did not submit',
    scope: 'systems:read',
    answers: {
      200: {
        description: 'All of them, the newest first.',
        body: z.strictObject({ items: z.array(openDraft) }).meta({ id: 'Drafts' }),
      },
    },
    problems: [],
  },
  showDraft: {
    method: 'GET',
    path: '/drafts/{subject}',
    summary: 'A draft',
    scope: 'systems:read',
    params,
    answers: { 200: { description: 'As it was saved.', body: draft } },
    problems: ['not-found'],
  },
  saveDraft: {
    method: 'PUT',
    path: '/drafts/{subject}',
    summary: 'Save a draft in place of the one before',
    description:
      'Nobody else sees it. It is kept as it is, right or wrong. A System ID must have been brought with POST /requests.',
    scope: 'systems:write',
    params,
    body: draftAnswers,
    answers: { 200: { description: 'It is saved.', body: draft } },
    problems: ['request-expired', 'not-among-yours', 'edit-locked', 'not-for-your-seat', 'registration-closed'],
  },
  discardDraft: {
    method: 'DELETE',
    path: '/drafts/{subject}',
    summary: 'Discard a draft',
    scope: 'systems:write',
    params,
    answers: { 204: { description: 'It is gone.' } },
    problems: ['not-found'],
  },
} as const satisfies Contract;
