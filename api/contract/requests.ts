import { z } from 'zod';
import { how, id, name, number, page, paging, search, shortId, systemId, time } from './members.ts';
import type { Contract } from './operation.ts';
import { stateOfRegistration } from './registrations.ts';

/** As many as one page of a person shows. */
const MOST_FILES = 100;

const server = z
  .strictObject({ kind: name, product: name, version: name, name })
  .meta({ id: 'Server', description: 'What the server said of itself.' });

/** The person's own statement: nobody but the integrator and the end user may register or associate a system. */
const authorised = z
  .literal(true)
  .describe('The statement of a person: I am authorised for this system. It is recorded with name and time.');

// A strict union would blame every member of the alternative that was not meant: so one object, and a rule.
const newRequest = z
  .strictObject({
    system_id: z
      .string()
      .max(200)
      .optional()
      .describe('As a person types it: four lines, with or without hyphens and spaces. It proves nothing.'),
    document: z
      .string()
      .max(100_000)
      .optional()
      .describe(
        'A request as the server signed it. One made for a click (via: browser) proves possession, once; one that came in a file or QR code (via: file) does not.',
      ),
    authorised,
  })
  .refine((sent) => (sent.system_id === undefined) !== (sent.document === undefined), {
    path: ['system_id'],
    message: 'Send either system_id or document.',
  })
  .meta({ id: 'NewRequest' });

const request = z
  .strictObject({
    id,
    system_id: systemId,
    short_id: shortId,
    how,
    proven: z.boolean().describe('Whether it proves possession of the system.'),
    server: server.nullable(),
    received_at: time,
    expires_at: time.describe('Until then it can be used.'),
    standing: z
      .enum(['free', 'yours', 'another-account'])
      .describe('Whose the System ID is now. Of another account nothing more is said.'),
    registration: number.nullable().describe('Of standing yours: where it is current, retired or waits.'),
    installation_of: z
      .string()
      .nullable()
      .describe('The site of yours whose installation this is, as the instance key proves; null if unknown.'),
    association: id.nullable().describe('What it did, if it did something.'),
  })
  .meta({ id: 'Request' });

const choice = z
  .strictObject({
    number,
    state: stateOfRegistration,
    site: z.string(),
    company: z.string(),
    city: z.string(),
    system_id: systemId.nullable(),
    association: id.nullable().describe('The present association: send it as `seen`.'),
    kind: name.nullable(),
    server: name.nullable(),
    last_heard_at: time.nullable(),
    closed_at: time.nullable(),
    merged_into: number.nullable(),
    reason: z
      .enum(['instance', 'prepared', 'waits', 'same-server'])
      .nullable()
      .describe('Why it is probably the right one; the strongest reason stands first.'),
  })
  .meta({ id: 'Choice' });

const params = z.strictObject({ id });

export const requestOperations = {
  bringRequest: {
    method: 'POST',
    path: '/requests',
    summary: 'Bring a System ID or a request of a server',
    description:
      'What is brought is kept for 24 hours, for this account, and becomes a registration or an association. The same document again gives the same request.',
    scope: 'systems:write',
    body: newRequest,
    answers: { 201: { description: 'It is kept.', body: request } },
    problems: ['request-damaged', 'request-too-large', 'not-a-request', 'other-portal', 'signing-key-differs'],
  },
  bringFiles: {
    method: 'POST',
    path: '/requests/brought',
    summary: 'Bring several request files at once',
    description:
      'Each is kept or refused by itself, in the order in which they were sent. Files can be copied, so none of them proves possession.',
    scope: 'systems:write',
    body: z
      .strictObject({
        documents: z
          .array(z.string().max(100_000))
          .min(1)
          .max(MOST_FILES)
          .describe('What stands in each file, or the link that a QR code holds.'),
        authorised,
      })
      .meta({ id: 'BroughtFiles' }),
    answers: {
      200: {
        description: 'What became of each.',
        body: z
          .strictObject({
            results: z.array(
              z.strictObject({
                request: request.nullable(),
                problem: z
                  .strictObject({ code: z.string(), title: z.string(), detail: z.string() })
                  .nullable()
                  .describe('Why it was refused; the codes are those of POST /requests.'),
              }),
            ),
          })
          .meta({ id: 'BroughtResults' }),
      },
    },
    problems: [],
  },
  showRequest: {
    method: 'GET',
    path: '/requests/{id}',
    summary: 'A request that was brought',
    scope: 'systems:read',
    params,
    answers: { 200: { description: 'The request, and whose its System ID is now.', body: request } },
    problems: ['request-expired'],
  },
  cancelRequest: {
    method: 'DELETE',
    path: '/requests/{id}',
    summary: 'Cancel a request',
    description: 'Nothing else is changed, and the request cannot be used any more.',
    scope: 'systems:write',
    params,
    answers: { 204: { description: 'It is cancelled.' } },
    problems: ['request-expired', 'request-replayed'],
  },
  listChoices: {
    method: 'GET',
    path: '/requests/{id}/choices',
    summary: 'The registrations that the System ID can be associated with',
    description:
      'The most probable first: the same installation, what was prepared for this server, a claim that waits, the same server, all else that is prepared, then what was not heard from for longest.',
    scope: 'systems:read',
    params,
    query: z.strictObject({
      search,
      show: z
        .enum(['all', 'silent', 'prepared'])
        .default('all')
        .describe('silent: not heard from for a week. prepared: without a System ID.'),
      ...paging,
    }),
    answers: { 200: { description: 'One page of them.', body: page(choice).meta({ id: 'Choices' }) } },
    problems: ['request-expired'],
  },
} as const satisfies Contract;
