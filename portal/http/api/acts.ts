import type { actOperations } from '../../../api/contract/acts.ts';
import { refused } from '../../../core/refusals.ts';
import { ask } from '../../operations/ask.ts';
import { close, confirm } from '../../operations/confirm.ts';
import { settleConflict } from '../../operations/conflicts.ts';
import { requestOf } from '../../store/facts.ts';
import { type HandlersOf, notDone } from './handler.ts';
import { revisionIn } from './registrations.ts';

export const actHandlers: HandlersOf<typeof actOperations> = {
  confirm: async ({ portal, account, body: { registration, consents }, ifMatch }) => {
    const agreed = consents && { kinds: [...new Set(consents.kinds)], version: consents.version };
    const seen = revisionIn(ifMatch);
    const result = await confirm(portal, { account, registration, seen, ...(agreed && { consents: agreed }) });
    if (result.outcome === 'refused') return result;
    const { outcome } = result;
    return outcome === 'changed-since' ? notDone('stale-etag') : { status: 200, body: { outcome, registration } };
  },

  close: async ({ portal, account, body: { registration } }) => {
    const result = await close(portal, { account, registration });
    if (result.outcome === 'refused') return result;
    // Whatever was changed since somebody looked, it is closed.
    const outcome = result.outcome === 'already' ? 'already' : 'closed';
    return { status: 200, body: { outcome, registration } };
  },

  settleConflict: async ({ portal, account, body: { registration, conflict } }) => {
    const result = await settleConflict(portal, { account, registration, conflict });
    return result.outcome === 'refused' ? result : { status: 200, body: { outcome: result.outcome, registration } };
  },

  askForSeat: async ({ portal, account, body: { request, what } }) => {
    const brought = await requestOf(portal.db, account.id, request, portal.now());
    if (!brought?.proceededAt) return refused('request-expired');
    return { status: 202, body: await ask(portal, { account, request, what }) };
  },
};
