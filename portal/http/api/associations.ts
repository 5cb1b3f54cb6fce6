import type { associationOperations } from '../../../api/contract/associations.ts';
import { refused } from '../../../core/refusals.ts';
import { shortId } from '../../../core/system-id.ts';
import { decideUndo, undoDeadline } from '../../../core/undo.ts';
import { type AssociateResult, associate } from '../../operations/associate.ts';
import { standingAssociation } from '../../operations/undo.ts';
import type { Account, Portal } from '../../portal.ts';
import { registrationOf } from '../../store/facts.ts';
import { doneOf, registrationOfAssociation } from '../../store/reads/done.ts';
import { type HandlersOf, type NotDone, notDone, time, timeOrNull } from './handler.ts';

export const associationHandlers: HandlersOf<typeof associationOperations> = {
  associate: async ({ portal, account, body }) => {
    const { reason_text: reasonText, seen, reason, ...chosen } = body;
    const result = await associate(portal, { account, ...chosen, seen, reason, reasonText });
    return associated(portal, account, result);
  },

  showAssociation: async ({ portal, account, params }) => {
    const shown = await associationOut(portal, account, params.id);
    return shown ? { status: 200, body: shown } : refused('not-among-yours');
  },
};

export async function associated(portal: Portal, account: Account, result: AssociateResult) {
  const why = whyNot(result);
  if (why) return why;
  const { association, outcome } = result as Extract<AssociateResult, { association: string }>;
  const shown = await associationOut(portal, account, association);
  if (!shown) return refused('not-among-yours');
  return outcome === 'already'
    ? ({ status: 200, body: shown } as const)
    : ({ status: 201, body: shown, location: `/associations/${association}` } as const);
}

function whyNot(result: AssociateResult): NotDone | undefined {
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
      return undefined;
  }
}

export async function associationOut(portal: Portal, account: Account, id: string) {
  const number = await registrationOfAssociation(portal.db, account.id, id);
  if (!number) return undefined;
  const [registration, done, latest] = await Promise.all([
    registrationOf(portal.db, account.id, number),
    doneOf(portal.db, account.id, number, id),
    standingAssociation(portal.db, number, id),
  ]);
  if (!registration || !done || registration.who === 'stranger') return undefined;
  const { who: seat, state, site } = registration;
  const wanted = { now: portal.now(), asker: account.id, seat, state, site, wanted: id, latest };
  const undo = decideUndo(wanted);
  const until = undo.outcome === 'undone' && latest ? undoDeadline(latest, account.id, seat) : undefined;
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
