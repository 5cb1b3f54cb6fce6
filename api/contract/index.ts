import { accountOperations } from './account.ts';
import { actOperations } from './acts.ts';
import { associationOperations } from './associations.ts';
import { caseOperations } from './cases.ts';
import { catalogueOperations } from './catalogue.ts';
import { codeOperations } from './codes.ts';
import { draftOperations } from './drafts.ts';
import { historyOperations } from './history.ts';
import type { Contract, Operation } from './operation.ts';
import { organisationOperations } from './organisations.ts';
import { preparedOperations } from './prepared.ts';
import { registrationOperations } from './registrations.ts';
import { requestOperations } from './requests.ts';
import { seatOperations } from './seats.ts';

/** What the API does, resource by resource. */
export const RESOURCES = {
  Account: accountOperations,
  Organisations: organisationOperations,
  Requests: requestOperations,
  Registrations: registrationOperations,
  'Prepared registrations': preparedOperations,
  Associations: associationOperations,
  'Codes and records': codeOperations,
  Acts: actOperations,
  'Seats and consents': seatOperations,
  Cases: caseOperations,
  History: historyOperations,
  Drafts: draftOperations,
  Catalogue: catalogueOperations,
} as const satisfies Record<string, Contract>;

/** The same in one: the server, the client, the OpenAPI document and the reference page are made from this. */
export const CONTRACT = {
  ...accountOperations,
  ...organisationOperations,
  ...requestOperations,
  ...registrationOperations,
  ...preparedOperations,
  ...associationOperations,
  ...codeOperations,
  ...actOperations,
  ...seatOperations,
  ...caseOperations,
  ...historyOperations,
  ...draftOperations,
  ...catalogueOperations,
} as const satisfies Contract;

export type OperationId = keyof typeof CONTRACT;

export const OPERATIONS = Object.entries(CONTRACT) as [OperationId, Operation][];

/** Where it is served. */
export const API_PATH = '/api/v1';
