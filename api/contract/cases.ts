import { z } from 'zod';
import { CASE_CAUSES, LONGEST_CASE_TEXT } from '../../core/cases.ts';
import { id, name, number, page, paging, systemId, time } from './members.ts';
import type { Contract } from './operation.ts';

/** Cases: a party is gone, or the wrong people registered a system. Portal administrators decide them, at the pages. */

const seat = z.enum(['integrator', 'end-user']);
const written = z.string().trim().min(1).max(LONGEST_CASE_TEXT);
const cause = z.enum(CASE_CAUSES);

const line = {
  id,
  cause,
  opened_as: z
    .enum(['integrator', 'end-user', 'holder'])
    .describe('A party, or whoever has proven that the system is in their hands.'),
  seat: seat.describe('That a holder asks for, or of the party that is gone.'),
  system_id: systemId.nullable().describe('By which a holder has proven it.'),
  opened_at: time,
  objections_until: time,
  ended_at: time.nullable(),
  ended_as: z.enum(['withdrawn', 'seat-given', 'party-removed', 'without-party', 'refused']).nullable(),
};

const text = z.string().nullable().describe('Null once it was erased.');

const shown = z
  .strictObject({
    ...line,
    opened_by: z.strictObject({ name, organisation: name, email: z.string() }),
    statement: text,
    evidence: z.string().nullable(),
    reason: z.string().nullable().describe('Of the decision.'),
    registration: number.nullable().describe('Only for whoever acts for a party of it.'),
    objections: z
      .array(z.strictObject({ seat, name, organisation: name, at: time, text }))
      .describe('Only for whoever acts for a party.'),
  })
  .meta({ id: 'Case' });

// As with requests: one object, and a rule, so that what is wrong is said of the member that was meant.
const newCase = z
  .strictObject({
    registration: number.optional().describe('Of yours: a party opens the case.'),
    request: id.optional().describe('A proven request: whoever has the system in their hands opens the case.'),
    wants: seat.optional().describe('With a request: the seat that you ask for.'),
    cause,
    statement: written,
    evidence: z.string().trim().max(LONGEST_CASE_TEXT).default('').describe('What shows it.'),
  })
  .refine((sent) => (sent.registration === undefined) !== (sent.request === undefined), {
    path: ['registration'],
    message: 'Send either registration or request.',
  })
  .refine((sent) => (sent.request === undefined) === (sent.wants === undefined), {
    path: ['wants'],
    message: 'A request needs wants, and a registration has none.',
  })
  .meta({ id: 'NewCase' });

const outcome = <const Outcome extends string>(name: string, outcomes: readonly Outcome[]) =>
  z.strictObject({ outcome: z.enum(outcomes), case: id }).meta({ id: name });

export const caseOperations = {
  openCase: {
    method: 'POST',
    path: '/cases',
    summary: 'Open a case',
    description:
      'The parties are told by mail, with name, address and texts, and have 14 days to object. Then a portal administrator decides. An account has one open case about a registration. Without a seat you learn nothing of the registration but what is decided.',
    scope: 'systems:write',
    body: newCase,
    answers: { 200: { description: 'It is open.', body: outcome('CaseOpened', ['opened', 'already']) } },
    problems: [
      'request-expired',
      'proof-needed',
      'system-id-registered-to-other',
      'not-among-yours',
      'case-needs-other-party',
      'registration-closed',
      'system-id-not-registered',
    ],
  },
  listCases: {
    method: 'GET',
    path: '/cases',
    summary: 'The cases that you opened',
    scope: 'systems:read',
    query: z.strictObject(paging),
    answers: {
      200: {
        description: 'One page of them, the newest first.',
        body: page(z.strictObject(line).meta({ id: 'CaseRow' })).meta({ id: 'Cases' }),
      },
    },
    problems: [],
  },
  showCase: {
    method: 'GET',
    path: '/cases/{id}',
    summary: 'A case that you opened, or about a registration of yours',
    scope: 'systems:read',
    params: z.strictObject({ id }),
    answers: { 200: { description: 'As far as you may know it.', body: shown } },
    problems: ['not-among-yours'],
  },
  objectToCase: {
    method: 'POST',
    path: '/case-objections',
    summary: 'Object to a case, as a party',
    scope: 'systems:write',
    body: z.strictObject({ case: id, text: written }).meta({ id: 'NewCaseObjection' }),
    answers: { 200: { description: 'It is read.', body: outcome('CaseObjected', ['objected', 'already']) } },
    problems: ['not-among-yours', 'not-for-your-seat', 'case-ended', 'registration-closed'],
  },
  withdrawCase: {
    method: 'POST',
    path: '/case-withdrawals',
    summary: 'Withdraw a case that you opened',
    scope: 'systems:write',
    body: z.strictObject({ case: id }).meta({ id: 'NewCaseWithdrawal' }),
    answers: {
      200: { description: 'Nothing is changed by it.', body: outcome('CaseWithdrawn', ['withdrawn', 'already']) },
    },
    problems: ['not-among-yours', 'case-ended'],
  },
} as const satisfies Contract;
