import { z } from 'zod';
import { REASONS } from '../../core/association.ts';
import type { Contract } from './operation.ts';

const option = z.strictObject({ code: z.string(), name: z.string() }).meta({ id: 'Option' });

const field = z
  .strictObject({
    name: z.string().describe('The member.'),
    label: z.string(),
    kind: z.enum(['text', 'notes', 'email', 'phone', 'country', 'date', 'one-of', 'several-of']),
    required: z.boolean(),
    max: z.int().describe('Most characters.'),
    options: z.array(option).optional().describe('Of a choice. Countries stand in countries.'),
  })
  .meta({ id: 'Field' });

const catalogue = z
  .strictObject({
    kinds: z.array(z.strictObject({ code: z.string(), name: z.string(), tier: z.int() })),
    form: z.strictObject({
      installation: z.array(field),
      site_administrator: z.array(field),
      warranty: z.array(field),
    }),
    countries: z.array(option).describe('ISO 3166-1 alpha-2.'),
    reasons: z.array(z.enum(REASONS)).describe('Why a System ID is replaced that is still alive.'),
  })
  .meta({ id: 'Catalogue' });

export const catalogueOperations = {
  showCatalogue: {
    method: 'GET',
    path: '/catalogue',
    summary: 'The fields of the form and what can be chosen in them',
    scope: 'systems:read',
    answers: { 200: { description: 'In English. Codes stay; names may change.', body: catalogue } },
    problems: [],
  },
} as const satisfies Contract;
