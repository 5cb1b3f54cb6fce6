import type { CONTRACT } from '../../../api/contract/index.ts';
import { accountHandlers } from './account.ts';
import { actHandlers } from './acts.ts';
import { associationHandlers } from './associations.ts';
import { caseHandlers } from './cases.ts';
import { catalogueHandlers } from './catalogue.ts';
import { codeHandlers } from './codes.ts';
import { draftHandlers } from './drafts.ts';
import type { HandlersOf } from './handler.ts';
import { historyHandlers } from './history.ts';
import { organisationHandlers } from './organisations.ts';
import { preparedHandlers } from './prepared.ts';
import { registrationHandlers } from './registrations.ts';
import { requestHandlers } from './requests.ts';
import { seatHandlers } from './seats.ts';

/** What does each operation. An operation without one does not compile. */
export const HANDLERS: HandlersOf<typeof CONTRACT> = {
  ...accountHandlers,
  ...organisationHandlers,
  ...requestHandlers,
  ...registrationHandlers,
  ...preparedHandlers,
  ...associationHandlers,
  ...codeHandlers,
  ...actHandlers,
  ...seatHandlers,
  ...caseHandlers,
  ...historyHandlers,
  ...draftHandlers,
  ...catalogueHandlers,
};
