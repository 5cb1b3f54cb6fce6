import { z } from 'zod';
import { done, id, number, shortId, systemId, time } from './members.ts';
import type { Contract } from './operation.ts';

/** What is carried to a server without a line, and what comes back from there. */

const registrationCode = z
  .strictObject({
    code: z.string().describe('25 symbols, in groups of five: as it is entered at the server.'),
    system_id: systemId,
    short_id: shortId.describe('Of the server that takes this code; no other does.'),
    sequence: z.int().describe('The number of the code. No other code of this System ID has it.'),
    issued_at: time,
    tries_left: z.int().describe('How often the confirmation code may still be typed wrong.'),
    codes_left: z.int().describe('How many codes are left for this System ID, for ever.'),
    nearly_used_up: z.boolean().describe('Few are left: use records in files, or the online way.'),
  })
  .meta({ id: 'RegistrationCode' });

const params = z.strictObject({ number, association: id });
const path = '/registrations/{number}/associations/{association}';
const refusals = ['not-among-yours', 'registration-closed', 'association-ended', 'claim-ended'] as const;

export const codeOperations = {
  showCode: {
    method: 'GET',
    path: `${path}/codes`,
    summary: 'The newest registration code of an association',
    description: 'Nothing is made: not-among-yours also where none was handed out yet.',
    scope: 'systems:read',
    params,
    answers: { 200: { description: 'The code.', body: registrationCode } },
    problems: ['not-among-yours'],
  },
  handOutCode: {
    method: 'POST',
    path: `${path}/codes`,
    summary: 'Hand out a registration code',
    description:
      'The same code again as long as nothing has changed. Another one after an edit, or with anew: at most five a day for an account and a System ID.',
    scope: 'systems:write',
    params,
    body: z
      .strictObject({
        anew: z
          .boolean()
          .default(false)
          .describe('Another code in any case. The confirmation code of the one before counts no more.'),
      })
      .meta({ id: 'NewCode' }),
    answers: {
      200: { description: 'The same code as before.', body: registrationCode },
      201: { description: 'Another code.', body: registrationCode },
    },
    problems: [...refusals, 'code-limit', 'codes-used-up'],
  },
  mailCode: {
    method: 'POST',
    path: `${path}/code-mails`,
    summary: 'Send the registration code to yourself',
    description: 'To the address of your account and to no other; handed out first if it was not yet.',
    scope: 'systems:write',
    params,
    answers: {
      202: {
        description: 'It is on its way.',
        body: z
          .strictObject({
            outcome: z.enum(['sent', 'already']).describe('already: the same code went out a few minutes ago.'),
            to: z.string(),
          })
          .meta({ id: 'CodeMail' }),
      },
    },
    problems: [...refusals, 'code-limit', 'codes-used-up'],
  },
  confirmWithCode: {
    method: 'POST',
    path: `${path}/confirmations`,
    summary: 'Confirm a claim by the confirmation code that the server shows',
    description:
      'The System ID becomes current, the former one is retired, and other claims on it end. A code that cannot be one costs no try.',
    scope: 'systems:write',
    params,
    body: z
      .strictObject({ code: z.string().max(200).describe('Ten symbols, as a person types them.') })
      .meta({ id: 'NewClaimConfirmation' }),
    answers: {
      200: { description: 'The claim is proven.', body: done('ClaimConfirmed', ['confirmed', 'already']) },
    },
    problems: [...refusals, 'confirmation-wrong', 'confirmation-older', 'confirmation-used-up', 'confirmation-limit'],
  },
  showRecord: {
    method: 'GET',
    path: `${path}/record`,
    summary: 'The record of an association, as a file for the server',
    scope: 'systems:read',
    params,
    answers: {
      200: {
        description: 'The record.',
        body: z
          .strictObject({
            record: z.string().describe('Signed by the portal. The file holds it and a line end.'),
            file_name: z.string(),
            system_id: systemId.describe('Of the server that takes it.'),
          })
          .meta({ id: 'RecordFile' }),
      },
    },
    problems: ['not-among-yours'],
  },
} as const satisfies Contract;
