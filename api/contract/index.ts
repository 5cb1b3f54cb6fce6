import { accountOperations } from './account.ts';
import { associationOperations } from './associations.ts';
import type { Contract, Operation } from './operation.ts';
import { registrationOperations } from './registrations.ts';
import { requestOperations } from './requests.ts';

/** Everything that the API does. Its server, its client, the OpenAPI document and the reference page are made from this. */
export const CONTRACT = {
  ...accountOperations,
  ...requestOperations,
  ...registrationOperations,
  ...associationOperations,
} as const satisfies Contract;

export type OperationId = keyof typeof CONTRACT;

export const OPERATIONS = Object.entries(CONTRACT) as [OperationId, Operation][];

/** Where it is served. */
export const API_PATH = '/api/v1';
