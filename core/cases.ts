import { may, type RegistrationState, type Seat, type Who } from './permissions.ts';
import { type Refused, refused } from './refusals.ts';

/**
 * Cases: a party is gone, or the wrong people registered a system. The parties are told and can object, then a portal
 * administrator decides. A case is about one seat: the one that its opener asks for, or that of the party that is gone.
 */

/** How long the parties can object before it is decided. */
const OBJECTION_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Of a statement, an objection, the reason of a decision. */
export const LONGEST_CASE_TEXT = 4000;

export const CASE_CAUSES = ['party-gone', 'wrong-people'] as const;
export type CaseCause = (typeof CASE_CAUSES)[number];

/** Who opened it: a party, or somebody who proved that the system is in their hands. */
export type OpenedAs = Seat | 'holder';

/** What became of it. */
export type CaseEnd = 'withdrawn' | 'seat-given' | 'party-removed' | 'without-party' | 'refused';

export const objectionsUntil = (openedAt: Date): Date => new Date(openedAt.getTime() + OBJECTION_DAYS * DAY_MS);

export interface Opening {
  state: RegistrationState;
  site: string;
  who: Who;
  /** What somebody without a seat asks for, once the system has proven that it is in their hands. */
  wants: Seat | undefined;
  parties: readonly { seat: Seat }[];
}

/** May a case be opened? A party opens it about the other seat; who has none, about the seat that they ask for. */
export function decideOpening(o: Opening): { outcome: 'may'; openedAs: OpenedAs; seat: Seat } | Refused {
  if (o.who === 'stranger') {
    if (!o.wants) return refused('proof-needed');
    const allowed = may('open-case', o.state, 'holder');
    // Nothing of the registration is said to somebody who has no seat.
    if (allowed !== 'yes') return refused(allowed);
    return { outcome: 'may', openedAs: 'holder', seat: o.wants };
  }
  const allowed = may('open-case', o.state, o.who);
  if (allowed !== 'yes') return refused(allowed, { site: o.site });
  const seat = o.who === 'integrator' ? 'end-user' : 'integrator';
  if (!o.parties.some((party) => party.seat === seat)) return refused('case-needs-other-party', { site: o.site, seat });
  return { outcome: 'may', openedAs: o.who, seat };
}

/** A party, as an account or an organisation. */
export interface CaseParty {
  seat: Seat;
  holder: string;
}

export interface OpenCase {
  openedAs: OpenedAs;
  /** The seat that it is about. */
  seat: Seat;
  objectionsUntil: Date;
  endedAs: CaseEnd | null;
  /** The parties that have objected. */
  objected: readonly string[];
}

export interface Objecting {
  case: OpenCase;
  isOpener: boolean;
  state: RegistrationState;
  who: Who;
  holder: string;
}

/** May this party object? Also after the 14 days, as long as nothing is decided: what is said late is still read. */
export function decideObjection(o: Objecting): { outcome: 'may' } | { outcome: 'already' } | Refused {
  if (o.who === 'stranger') return refused('not-among-yours');
  if (o.isOpener) return refused('not-for-your-seat');
  if (o.case.objected.includes(o.holder)) return { outcome: 'already' };
  if (o.case.endedAs !== null) return refused('case-ended');
  const allowed = may('object', o.state, o.who);
  return allowed === 'yes' ? { outcome: 'may' } : refused(allowed);
}

/**
 * From when on it can be decided: once every party but the opener's has objected, for then both sides can be read, and at the
 * latest after the 14 days. Where nobody has a seat, nobody is waited for.
 */
function canBeDecided(
  { openedAs, objectionsUntil, objected }: OpenCase,
  parties: readonly CaseParty[],
  now: Date,
): boolean {
  const others = parties.filter(({ seat }) => seat !== openedAs);
  return now >= objectionsUntil || others.every(({ holder }) => objected.includes(holder));
}

export const DECISIONS = ['give', 'remove-integrator', 'remove-end-user', 'without-party', 'refuse'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface Deciding {
  now: Date;
  case: OpenCase;
  state: RegistrationState;
  parties: readonly CaseParty[];
  /** The opener acts for a seat now, whatever was so when the case was opened. */
  openerHasSeat: boolean;
}

/** What a portal administrator can decide now. Refusing takes nothing from anybody, so it is possible at any time. */
export function decisionsOpen(d: Deciding): Decision[] {
  return DECISIONS.filter((decision) => whyNotDecide(d, decision) === 'yes');
}

function whyNotDecide(d: Deciding, decision: Decision): 'yes' | Refused['code'] {
  if (d.case.endedAs !== null) return 'case-ended';
  if (decision === 'refuse') return 'yes';
  if (d.state === 'closed' || d.state === 'merged') return 'registration-closed';
  const taken = (seat: Seat) => d.parties.some((party) => party.seat === seat);
  const fits = {
    give: d.case.openedAs === 'holder' && !d.openerHasSeat,
    // Where nobody would be left, the registration becomes without party, and that is what is chosen.
    'remove-integrator': taken('integrator') && taken('end-user'),
    'remove-end-user': taken('integrator') && taken('end-user'),
    'without-party': d.parties.length > 0,
  };
  if (!fits[decision]) return 'case-changed';
  return canBeDecided(d.case, d.parties, d.now) ? 'yes' : 'case-not-yet';
}

/** What a decision does to the registration. */
export interface Decided {
  outcome: 'decided';
  end: Exclude<CaseEnd, 'withdrawn'>;
  /** The seats that are free afterwards, or somebody else's. */
  frees: Seat[];
  gives: Seat | undefined;
  state: RegistrationState;
  /** What the former end user confirmed and agreed to is not the next one's word. */
  endUserChanges: boolean;
}

export function decideCase(d: Deciding & { hadSystemId: boolean }, decision: Decision): Decided | Refused {
  const open = whyNotDecide(d, decision);
  if (open !== 'yes') return refused(open);
  const { state } = d;
  if (decision === 'refuse') {
    return { outcome: 'decided', end: 'refused', frees: [], gives: undefined, state, endUserChanges: false };
  }
  const gives = decision === 'give' ? d.case.seat : undefined;
  const about: readonly Seat[] =
    decision === 'give'
      ? [d.case.seat]
      : decision === 'remove-integrator'
        ? ['integrator']
        : decision === 'remove-end-user'
          ? ['end-user']
          : ['integrator', 'end-user'];
  const frees = about.filter((seat) => d.parties.some((party) => party.seat === seat));
  const endUserChanges = about.includes('end-user');
  const anew = d.hadSystemId ? 'registered' : 'prepared';
  return {
    outcome: 'decided',
    end: gives ? 'seat-given' : decision === 'without-party' ? 'without-party' : 'party-removed',
    frees,
    gives,
    state:
      decision === 'without-party'
        ? 'without-party'
        : state === 'without-party' || (endUserChanges && state === 'confirmed')
          ? anew
          : state,
    endUserChanges,
  };
}
