import { z } from 'zod';
import { changedAnswers, draftAnswers, newAnswers } from './answers.ts';
import { how, id, name, number, page, paging, search, shortId, systemId, time } from './members.ts';
import type { Contract } from './operation.ts';
import { consentKind, consentVersion, invitation } from './seats.ts';

export const stateOfRegistration = z.enum(['prepared', 'registered', 'confirmed', 'closed', 'merged', 'without-party']);
const seat = z.enum(['integrator', 'end-user']);

const systemOfRegistration = z
  .strictObject({
    association: id,
    system_id: systemId,
    short_id: shortId,
    state: z.enum(['current', 'claimed', 'retired']),
    how,
    made_at: time,
    made_by: name.nullable().describe('A party, by name; null for somebody who is none any more.'),
    ended_at: time.nullable(),
    server: z.strictObject({ kind: name.nullable(), name: name.nullable(), version: name.nullable() }),
    shared: z
      .strictObject({ at: time, agent: name, restored: z.boolean() })
      .nullable()
      .describe(
        'When a check-in said what the end user agreed to share, the version of the agent, and whether it runs on a restored backup.',
      ),
    last_heard_at: time.nullable(),
    shown_since: time.nullable().describe('Since when the system says that it shows this registration.'),
  })
  .meta({ id: 'SystemOfRegistration' });

const allowed = z.string().describe('`yes`, or the code of the refusal.');

export const registration = z
  .strictObject({
    number,
    state: stateOfRegistration,
    site: z.string(),
    seat: seat.describe('Your own.'),
    revision: z.int().describe('Grows with every change.'),
    answers: draftAnswers,
    registered_at: time,
    confirmed_at: time.nullable(),
    confirmed_by: name.nullable(),
    closed_at: time.nullable(),
    merged_into: number.nullable().describe('Where its number leads to, if you have a seat there.'),
    parties: z.array(
      z.strictObject({
        seat,
        name,
        organisation: name,
        leaves_at: time.nullable().describe('When it leaves its seat, if it has said so.'),
      }),
    ),
    invitation: invitation.nullable().describe('To the seat that is free.'),
    offer: invitation.nullable().describe('Of your own seat: until it is accepted, nothing changes.'),
    consents: z
      .array(z.strictObject({ kind: consentKind, given: z.boolean(), version: consentVersion, at: time }))
      .describe('The last word on each kind; one that nobody was asked for is absent.'),
    current: systemOfRegistration.nullable(),
    claims: z.array(systemOfRegistration).describe('They wait for the system’s own word.'),
    retired: z.array(systemOfRegistration).describe('Former System IDs, the latest first.'),
    conflicts: z.array(
      z.strictObject({
        id,
        kind: z.enum(['retired-speaks', 'restored', 'copy', 'signing-key']),
        system_id: systemId,
        opened_at: time,
      }),
    ),
    history_length: z.int(),
    actions: z
      .strictObject({
        associate: allowed,
        edit_details: allowed,
        edit_warranty: allowed,
        invite: allowed,
        confirm: allowed,
        consent: allowed,
        withdraw_consent: allowed,
        undo: allowed,
        merge: allowed,
        close: allowed,
        hand_over: allowed,
        end_integrator: allowed,
        resign: allowed,
        open_case: allowed,
      })
      .describe(
        'What your seat may do in this state. Handing a seat over, ending or leaving one needs a fresh sign-in, so people do it at the portal’s pages.',
      ),
  })
  .meta({ id: 'Registration' });

const registrationRow = z
  .strictObject({
    number,
    state: stateOfRegistration,
    site: z.string(),
    company: z.string(),
    city: z.string(),
    merged_into: number.nullable(),
    system_id: systemId.nullable().describe('The current one, or the one that waits.'),
    waits: z.boolean().describe('A claim waits for the system’s own word.'),
    in_conflict: z.boolean(),
    kind: name.nullable(),
    server: name.nullable(),
    last_heard_at: time.nullable(),
  })
  .meta({ id: 'RegistrationRow' });

const params = z.strictObject({ number });

export const registrationOperations = {
  register: {
    method: 'POST',
    path: '/registrations',
    summary: 'Register a system as new',
    description:
      'What the request brought becomes a registration with a number for life. Typed, it waits for the system’s own word.',
    scope: 'systems:write',
    body: z
      .strictObject({
        request: id,
        answers: newAnswers,
        invite: z
          .string()
          .min(3)
          .max(254)
          .optional()
          .describe('The address of the other party, who is invited to the free seat. Later: POST /invitations.'),
      })
      .meta({ id: 'NewRegistration' }),
    answers: {
      200: {
        description: 'You registered this System ID as new before: nothing was changed.',
        body: registration,
        etag: true,
      },
      201: { description: 'It is registered.', body: registration, etag: true },
    },
    problems: [
      'request-expired',
      'system-id-registered-to-other',
      'system-id-retired-elsewhere',
      'lost-race',
      'claim-limit',
      'not-for-your-seat',
      'not-both-seats',
    ],
  },
  listRegistrations: {
    method: 'GET',
    path: '/registrations',
    summary: 'The registrations on which you have a seat',
    description:
      'With Accept: text/csv all that fit are one file, whose columns docs/csv.md names; POST /imports takes it.',
    scope: 'systems:read',
    file: 'text/csv',
    query: z.strictObject({
      search,
      state: z
        .enum(['confirmed', 'registered', 'not-confirmed-by-system', 'prepared', 'in-conflict', 'closed'])
        .optional(),
      ...paging,
    }),
    answers: {
      200: { description: 'One page of them, by name.', body: page(registrationRow).meta({ id: 'Registrations' }) },
    },
    problems: [],
  },
  showRegistration: {
    method: 'GET',
    path: '/registrations/{number}',
    summary: 'A registration',
    description: 'Its ETag stands for what the registration says: send it as If-Match to change or confirm that.',
    scope: 'systems:read',
    params,
    answers: {
      200: { description: 'Everything that the System information page shows.', body: registration, etag: true },
    },
    problems: ['not-among-yours'],
  },
  edit: {
    method: 'PATCH',
    path: '/registrations/{number}',
    summary: 'Change what a registration says',
    description: 'Each step that is sent replaces that step; the others stay.',
    scope: 'systems:write',
    params,
    body: changedAnswers,
    ifMatch: true,
    answers: { 200: { description: 'This is what it says now.', body: registration, etag: true } },
    problems: ['not-among-yours', 'edit-locked', 'not-for-your-seat', 'registration-closed', 'stale-etag'],
  },
} as const satisfies Contract;
