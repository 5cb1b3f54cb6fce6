import { may, type RegistrationState, type Who } from './permissions.ts';
import { type Refused, refused } from './refusals.ts';

/**
 * The core act: a new System ID is associated with a registration that exists. Facts and the time in, a named outcome
 * out. The caller writes it only if the facts still stand.
 */

const HOUR_MS = 60 * 60 * 1000;
export const UNDO_HOURS = 72;
const ALIVE_HOURS = 72;

export type Reason = 'database-deleted' | 'server-replaced' | 'wrong-registration' | 'other';
export const REASONS: readonly Reason[] = ['database-deleted', 'server-replaced', 'wrong-registration', 'other'];

/** The registration that was chosen, as the asker may see it; `undefined` if it is unknown or none of the asker's. */
export interface ChosenRegistration {
  number: string;
  site: string;
  state: RegistrationState;
  who: Who;
  /** The association under which the review page was shown must still be the current one. */
  current?: {
    association: string;
    systemId: string;
    lastHeardAt?: Date;
    instance?: string;
    madeAt: Date;
    madeBy: string;
  };
}

/** Where the new System ID stands already, if anywhere. */
export interface Standing {
  registration: string;
  site: string;
  state: 'current' | 'retired' | 'claimed';
  association: string;
  /** The asker's seat on *that* registration. */
  who: Who;
  madeBy: string;
  /** Made by the party that asks now: the account itself, or a colleague for the same organisation. */
  byOwnParty: boolean;
  madeAt: Date;
  /** Made by *Register as new*: then merging is the way out, otherwise moving. */
  asNew: boolean;
}

/** How the new System ID came here: only a request that the browser carried proves possession (documents.md). */
export type Proof = 'proven' | 'provisional';

export interface AssociationProposal {
  now: Date;
  asker: string;
  chosen: ChosenRegistration | undefined;
  /** The association that the review page named as the present one (`undefined`: a registration without System ID). */
  seen: string | undefined;
  newSystemId: string;
  standings: readonly Standing[];
  proof: Proof;
  /** The proven instance key of the request, unless it was heard from under two live System IDs. */
  instance: string | undefined;
  reason: Reason | undefined;
  checkInSeconds: number;
  provisionalClaims: number;
  claimLimit: number;
}

export type AssociationOutcome =
  /** Proven: the new System ID is current and the former one, if any, retired, both in this transaction. */
  | { outcome: 'associated'; retires: string | undefined }
  /** Provisional: it waits for the system's own word; the former System ID stays current until then. */
  | { outcome: 'claimed' }
  /** The same act once more, a double click or a retry: nothing happens. */
  | { outcome: 'already'; association: string }
  /** The old System ID was heard from recently and nothing proves continuity: say why. */
  | { outcome: 'reason-needed'; lastHeardAt: Date }
  /** The new System ID is current elsewhere by an association that can still be undone: offer to move it. */
  | { outcome: 'offer-move'; from: Standing }
  | Refused;

export function decideAssociation(p: AssociationProposal): AssociationOutcome {
  if (!p.chosen) return refused('not-among-yours');
  const chosen = p.chosen;

  const here = p.standings.find((s) => s.registration === chosen.number);
  if (here?.state === 'current') return { outcome: 'already', association: here.association };
  if (here?.state === 'claimed' && p.proof === 'provisional') {
    return { outcome: 'already', association: here.association };
  }

  const allowed = may('associate', chosen.state, chosen.who);
  if (allowed !== 'yes') return refused(allowed, { site: chosen.site });

  const elsewhere = p.standings.find((s) => s.registration !== chosen.number && s.state !== 'claimed');
  if (elsewhere) return standsElsewhere(elsewhere, p, chosen);

  if (chosen.current && chosen.current.association !== p.seen) {
    return refused('lost-race', { site: chosen.site, by: chosen.current.madeBy, at: chosen.current.madeAt });
  }
  if (chosen.current && !p.reason && isAlive(chosen.current.lastHeardAt, p) && !provesContinuity(chosen, p)) {
    return { outcome: 'reason-needed', lastHeardAt: chosen.current.lastHeardAt as Date };
  }
  if (p.proof === 'proven') return { outcome: 'associated', retires: chosen.current?.systemId };
  if (p.provisionalClaims >= p.claimLimit) return refused('claim-limit', { count: p.provisionalClaims });
  return { outcome: 'claimed' };
}

/** The new System ID belongs to another registration. Only who has a seat there learns more than that. */
function standsElsewhere(at: Standing, p: AssociationProposal, chosen: ChosenRegistration): AssociationOutcome {
  if (at.who === 'stranger') return refused('system-id-registered-to-other');
  const facts = { site: at.site, registration: at.registration, by: at.madeBy, at: at.madeAt };
  if (at.state === 'retired') return refused('system-id-retired-elsewhere', facts);
  if (!at.asNew) {
    const movable = at.byOwnParty && p.now.getTime() < undoUntil(at.madeAt).getTime();
    return movable ? { outcome: 'offer-move', from: at } : refused('lost-race', facts);
  }
  const code = at.byOwnParty ? 'registered-as-new-by-you' : 'registered-by-other-party';
  return refused(code, { ...facts, site: chosen.site });
}

/** Was it heard from so recently that it may still run beside the new one? */
export function isAlive(
  lastHeardAt: Date | undefined,
  p: Pick<AssociationProposal, 'now' | 'checkInSeconds'>,
): boolean {
  if (!lastHeardAt) return false;
  const recently = Math.max(ALIVE_HOURS * HOUR_MS, 3 * p.checkInSeconds * 1000);
  return p.now.getTime() - lastHeardAt.getTime() < recently;
}

/** The instance key says that it is the installation which the registration had before. */
export function provesContinuity(
  chosen: ChosenRegistration,
  p: Pick<AssociationProposal, 'proof' | 'instance'>,
): boolean {
  return p.proof === 'proven' && p.instance !== undefined && p.instance === chosen.current?.instance;
}

export function undoUntil(madeAt: Date): Date {
  return new Date(madeAt.getTime() + UNDO_HOURS * HOUR_MS);
}
