import type { z } from 'zod';
import { CONSENT_VERSION } from '../core/consents.ts';
import type { CONTRACT, OperationId } from './contract/index.ts';

/** A body for each operation that takes one, as the OpenAPI document and the reference page show it. */

type Bodies = {
  [Id in OperationId as (typeof CONTRACT)[Id] extends { body: z.ZodType } ? Id : never]: (typeof CONTRACT)[Id] extends {
    body: infer Body extends z.ZodType;
  }
    ? z.input<Body>
    : never;
};

const request = '0b9d5b3e-5b0e-4d5c-9a0f-3d1f0d8f7a11';
const association = '7f1c2a90-1c55-4c55-8a3e-6d0c7b1e2f33';
const number = '48172065';
const INVITATION = '86Q81-7H4SZ-1FHN3-P9K4H';
const COLLEAGUE = 'dUcCz0yQ0jJ3Yx9uUqD7m0u4mS5bq2k0g9mXb8w0y1k';

export const EXAMPLES: Bodies = {
  editAccount: { language: 'de' },
  makeAccessToken: { name: 'Night job', scopes: ['systems:read'], expires_in_days: 90 },
  makeOrganisation: { name: 'Brandt Building Controls', bring: true },
  inviteColleague: { address: 'kim@brandt-controls.example' },
  withdrawColleague: { invitation: association },
  lookAtColleagueInvitation: { secret: COLLEAGUE },
  acceptColleagueInvitation: { secret: COLLEAGUE, bring: false },
  refuseColleagueInvitation: { secret: COLLEAGUE },
  leaveOrganisation: { ends: false },
  bringRequest: {
    system_id: '3KKZ2-E8Q6R-KDS6V\nM4GH0-2H9GW-D1D3B\nZAWD7-A2939-34CE3\nBSQ0F-1DAWT-Q8P2E',
    authorised: true,
  },
  register: {
    request,
    answers: {
      installation: {
        site_name: 'Hospital North, Building A',
        company: 'Northfield Health Trust',
        address: 'Palle Allé 10',
        city: 'Aarhus',
        country: 'DK',
        segments: ['healthcare'],
      },
      site_administrator: { name: 'Ida Krogh', email: 'ida@northfield.example' },
    },
  },
  prepare: { copy_from: number, planned_server: 'HN-B-ES01' },
  importRegistrations:
    'site_name,company,address,city,country,segments,site_administrator_name,site_administrator_email\n' +
    'Harbour Library,City of Aarhus,Havnegade 1,Aarhus,DK,public|education,Jonas Berg,jonas.berg@example.com\n',
  associate: { request, registration: number, seen: association, reason: 'server-replaced' },
  bringFiles: {
    documents: ['eyJhbGciOiJFZERTQSIsInR5cCI6ImRhdGVzdG9uZS1yZXF1ZXN0K2p3dCIsImtpZCI6IjNLS1oyIn0.e30.AA'],
    authorised: true,
  },
  handOutCode: { anew: false },
  confirmWithCode: { code: '789Y3-E5PGF' },
  move: {
    request,
    registration: number,
    seen: association,
    from: { registration: '10203040', association: 'c4a7d6f2-93b8-4f0e-8f52-1f6b4d2f9e44' },
  },
  undo: { registration: number, association },
  merge: { fresh: '10203040', kept: number },
  confirm: { registration: number, consents: { kinds: ['system'], version: CONSENT_VERSION } },
  invite: { registration: number, address: 'ida@northfield.example' },
  withdrawInvitation: { registration: number, invitation: association },
  lookAtInvitation: { secret: INVITATION },
  acceptInvitation: { secret: INVITATION },
  refuseInvitation: { secret: INVITATION },
  changeConsent: { registration: number, kind: 'personal', given: false, version: CONSENT_VERSION },
  openCase: {
    request,
    wants: 'integrator',
    cause: 'party-gone',
    statement: 'Brandt Building Controls is bankrupt. We service the building since May.',
    evidence: 'Court of Aarhus, file 7 of 2026.',
  },
  objectToCase: { case: association, text: 'We are still there, and under contract until 2028.' },
  withdrawCase: { case: association },
  close: { registration: number },
  settleConflict: { registration: number, conflict: association },
  askForSeat: { request, what: 'seat' },
  edit: { warranty: { start: '2026-01-01', end: '2028-01-01', project: 'P-4711' } },
  saveDraft: { installation: { site_name: 'Hospital North, Building A' } },
};
