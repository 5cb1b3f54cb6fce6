import type { associationOperations } from '../../../api/contract/associations.ts';
import { refused } from '../../../core/refusals.ts';
import { shortId } from '../../../core/system-id.ts';
import { decideUndo, undoDeadline } from '../../../core/undo.ts';
import { type AssociateResult, associate } from '../../operations/associate.ts';
import { merge } from '../../operations/merge.ts';
import { move } from '../../operations/move.ts';
import { standingAssociation, undo } from '../../operations/undo.ts';
import type { Account, Portal } from '../../portal.ts';
import { registrationOf } from '../../store/facts.ts';
import { doneOf, registrationOfAssociation } from '../../store/reads/done.ts';
import { type HandlersOf, notDone, time, timeOrNull } from './handler.ts';

export const associationHandlers: HandlersOf<typeof associationOperations> = {
  associate: async ({ portal, account, body }) => {
    const { reason_text: reasonText, seen, reason, ...chosen } = body;
    const result = await associate(portal, { account, ...chosen, seen, reason, reasonText });
    return associated(portal, account, result);
  },

  move: async ({ portal, account, body }) => {
    const { reason_text: reasonText, seen, reason, ...chosen } = body;
    const result = await move(portal, { account, ...chosen, seen, reason, reasonText });
    return associated(portal, account, result);
  },

  undo: async ({ portal, account, body }) => {
    const result = await undo(portal, { account, ...body });
    if (result.outcome === 'refused') return result;
    return { status: 200, body: { outcome: result.outcome, registration: result.registration } };
  },

  merge: async ({ portal, account, body }) => {
    const result = await merge(portal, { account, ...body });
    return result.outcome === 'refused' ? result : made(portal, account, result);
  },

  showAssociation: async ({ portal, account, params }) => {
    const shown = await associationOut(portal, account, params.id);
    return shown ? { status: 200, body: shown } : refused('not-among-yours');
  },
};

async function associated(portal: Portal, account: Account, result: AssociateResult) {
  switch (result.outcome) {
    case 'refused':
      return result;
    case 'reason-needed':
      return notDone('reason-needed', { more: { last_heard_at: time(result.lastHeardAt) } });
    case 'offer-move': {
      const { registration, association, site } = result.from;
      return notDone('move-offered', { more: { from: { registration, association, site } } });
    }
    default:
      return made(portal, account, result);
  }
}

async function made(
  portal: Portal,
  account: Account,
  { outcome, association }: { outcome: string; association: string },
) {
  const body = await associationOut(portal, account, association);
  if (!body) return refused('not-among-yours');
  const location = `/associations/${association}`;
  return outcome === 'already' ? ({ status: 200, body } as const) : ({ status: 201, body, location } as const);
}

async function associationOut(portal: Portal, account: Account, id: string) {
  const number = await registrationOfAssociation(portal.db, account.id, id);
  if (!number) return undefined;
  const [registration, done, latest] = await Promise.all([
    registrationOf(portal.db, account.id, number),
    doneOf(portal.db, account.id, number, id),
    standingAssociation(portal.db, number, id),
  ]);
  if (!registration || !done || registration.who === 'stranger') return undefined;
  const { who: seat, holder: party = account.id, state, site } = registration;
  const wanted = { now: portal.now(), party, seat, state, site, wanted: id, latest };
  const undo = decideUndo(wanted);
  const until = undo.outcome === 'undone' && latest ? undoDeadline(latest, party, seat) : undefined;
  return {
    id,
    registration: number,
    site,
    system_id: done.systemId,
    short_id: shortId(done.systemId),
    state: done.state,
    how: done.how,
    as_new: done.asNew,
    made_at: time(done.madeAt),
    ended_at: timeOrNull(done.endedAt),
    shown_since: timeOrNull(done.shownSince),
    mail_sent: done.mailSent,
    undo: { allowed: undo.outcome === 'refused' ? undo.code : 'yes', until: timeOrNull(until) },
  };
}
