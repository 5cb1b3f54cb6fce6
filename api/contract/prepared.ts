import { z } from 'zod';
import { newAnswers } from './answers.ts';
import { id, number } from './members.ts';
import type { Contract } from './operation.ts';
import { registration } from './registrations.ts';

/** Registrations that are filled in before there is a System ID. */

const newPrepared = z
  .union([
    z.strictObject({ answers: newAnswers }),
    z.strictObject({
      copy_from: number.describe('One of yours, whose answers the new one begins with.'),
      planned_server: z.string().min(1).max(64).optional().describe('The name that the server will have.'),
    }),
  ])
  .meta({ id: 'NewPreparedRegistration' });

const wrongCell = z
  .strictObject({
    line: z.int().describe('On which the row begins in the file.'),
    column: z.string().describe('Empty: of the whole row.'),
    detail: z.string(),
  })
  .meta({ id: 'WrongCell' });

const importReport = z
  .strictObject({
    import: id.nullable().describe('Of what was prepared; null after a dry run.'),
    right: z.int(),
    wrong: z.int(),
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).describe('How the file was read.'),
    unknown_columns: z.array(z.string()).describe('They are no field, and were left out.'),
    columns_not_yours: z.array(z.string()).describe('They are for the other party to fill in, and were left out.'),
    rows: z.array(wrongCell).describe('What is wrong with the rows that were not taken.'),
    registrations: z.array(number).describe('What was prepared, in the order of the rows.'),
  })
  .meta({ id: 'ImportReport' });

export const preparedOperations = {
  prepare: {
    method: 'POST',
    path: '/prepared-registrations',
    summary: 'Prepare a registration',
    description:
      'It waits for its System ID. Associating one with it, with POST /associations, makes it registered. planned_server of its installation puts it on top of the list for a server of that name.',
    scope: 'systems:write',
    body: newPrepared,
    answers: { 201: { description: 'It is prepared.', body: registration, etag: true } },
    problems: ['not-among-yours', 'not-for-your-seat'],
  },
  importRegistrations: {
    method: 'POST',
    path: '/imports',
    summary: 'Prepare registrations from a CSV file',
    description:
      'One row for each registration; docs/csv.md names the columns. All of them are prepared in one transaction, or nothing is.',
    scope: 'systems:write',
    takes: 'text/csv',
    query: z.strictObject({
      rows: z.enum(['all', 'right']).default('all').describe('right: rows that are wrong are left out.'),
      dry_run: z.enum(['true', 'false']).default('false').describe('true: check the rows, and prepare nothing.'),
    }),
    body: z.string().describe('A CSV file with a header.'),
    answers: {
      200: { description: 'What a dry run found. Nothing was made.', body: importReport },
      201: { description: 'They are prepared.', body: importReport },
    },
    problems: ['file-not-read', 'rows-wrong'],
  },
} as const satisfies Contract;
