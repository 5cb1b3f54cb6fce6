import { UNDO_HOURS, undoUntil } from './association.ts';
import { may, type RegistrationState, type Seat } from './permissions.ts';
import { type Refused, refused } from './refusals.ts';

const HOUR_MS = 60 * 60 * 1000;
const END_USER_LIMIT_HOURS = 14 * 24;

export interface MadeAssociation {
  madeAt: Date;
  /** The party that made it: an account, or an organisation. */
  madeFor: string;
  /** When the end user's mail server accepted the notice of it; `undefined` while it has not. */
  endUserNoticeAcceptedAt?: Date | undefined;
}

/**
 * Until when this party can undo the association. The end user's 72 hours run from the moment its mail server accepted
 * the notice, and end at the latest 14 days after the association; a party that did not make it and is not the end user
 * cannot undo it: `undefined`.
 */
export function undoDeadline(made: MadeAssociation, party: string, seat: Seat): Date | undefined {
  if (seat === 'end-user' && party !== made.madeFor) {
    const latest = made.madeAt.getTime() + END_USER_LIMIT_HOURS * HOUR_MS;
    const noticed = made.endUserNoticeAcceptedAt;
    return new Date(noticed ? Math.min(latest, noticed.getTime() + UNDO_HOURS * HOUR_MS) : latest);
  }
  return party === made.madeFor ? undoUntil(made.madeAt) : undefined;
}

export interface UndoProposal {
  now: Date;
  /** The party that asks: an account, or an organisation. */
  party: string;
  seat: Seat;
  state: RegistrationState;
  site: string;
  /** The association that the person wants undone, and the one that stands now. */
  wanted: string;
  latest:
    | (MadeAssociation & {
        association: string;
        state: 'current' | 'claimed';
        systemId: string;
        former: string | undefined;
        /** Registered as new: there is nothing to go back to. */
        asNew: boolean;
      })
    | undefined;
}

export type UndoOutcome =
  | { outcome: 'undone'; association: string; restores: string | undefined }
  /** A claim that nobody proved is taken back: nothing else had changed, so there is no time limit. */
  | { outcome: 'withdrawn'; association: string }
  | Refused;

export function decideUndo(p: UndoProposal): UndoOutcome {
  const allowed = may('undo', p.state, p.seat);
  if (allowed !== 'yes') return refused(allowed, { site: p.site });
  if (!p.latest || p.latest.association !== p.wanted || (p.latest.asNew && p.latest.state === 'current')) {
    return refused('undo-not-latest', p.latest && { at: p.latest.madeAt, systemId: p.latest.systemId });
  }
  if (p.latest.state === 'claimed') return { outcome: 'withdrawn', association: p.wanted };
  const deadline = undoDeadline(p.latest, p.party, p.seat);
  if (!deadline) return refused('not-for-your-seat', { site: p.site });
  if (p.now.getTime() >= deadline.getTime()) return refused('undo-expired', { at: deadline });
  return { outcome: 'undone', association: p.wanted, restores: p.latest.former };
}
