import { z } from 'zod';
import { name, number, page, paging, time } from './members.ts';
import type { Contract } from './operation.ts';

const entry = z
  .strictObject({
    n: z.int().describe('Counts from 1.'),
    at: time,
    act: z.string().describe('What was done, as associated or details-edited.'),
    actor: z.enum(['system', 'account']),
    actor_name: name
      .nullable()
      .describe('A party, by name; null for the system and for somebody who is none any more.'),
    about: z.record(z.string(), z.unknown()).describe('What the entry says in the clear.'),
    texts: z.record(z.string(), z.string()).describe('Names, reasons and notes, as far as they were not erased.'),
    entry: z.string().describe('The entry itself as canonical JSON (RFC 8785).'),
    hash: z
      .string()
      .describe(
        'SHA-256 of the hash before (first: 32 zero bytes) and the entry, base64url: so the chain can be verified.',
      ),
  })
  .meta({ id: 'HistoryEntry' });

export const historyOperations = {
  listHistory: {
    method: 'GET',
    path: '/registrations/{number}/history',
    summary: 'The history of a registration',
    description: 'It only grows. Read to its end it can be verified: each hash covers the one before.',
    scope: 'systems:read',
    params: z.strictObject({ number }),
    query: z.strictObject({ ...paging }),
    answers: { 200: { description: 'One page, the newest first.', body: page(entry).meta({ id: 'History' }) } },
    problems: ['not-among-yours'],
  },
} as const satisfies Contract;
