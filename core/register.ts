import type { Proof, Standing } from './association.ts';
import { type Refused, refused } from './refusals.ts';

/** *Register this system as new*: a System ID that is nobody's gets a registration of its own. */
export interface RegistrationProposal {
  asker: string;
  standings: readonly Standing[];
  proof: Proof;
  provisionalClaims: number;
  claimLimit: number;
}

export type RegistrationOutcome =
  | { outcome: 'registered' }
  /** Typed: the registration exists, and its System ID waits for the system's own word. */
  | { outcome: 'claimed' }
  /** The same person registered this very System ID as new before: a double click or a retry. */
  | { outcome: 'already'; registration: string; association: string }
  | Refused;

export function decideRegistration(p: RegistrationProposal): RegistrationOutcome {
  const own = p.standings.find((s) => s.asNew && s.madeBy === p.asker && s.state !== 'retired');
  if (own) return { outcome: 'already', registration: own.registration, association: own.association };

  const taken = p.standings.find((s) => s.state !== 'claimed');
  if (taken) {
    if (taken.who === 'stranger') return refused('system-id-registered-to-other');
    const facts = { site: taken.site, registration: taken.registration, by: taken.madeBy, at: taken.madeAt };
    return refused(taken.state === 'retired' ? 'system-id-retired-elsewhere' : 'lost-race', facts);
  }
  if (p.proof === 'proven') return { outcome: 'registered' };
  if (p.provisionalClaims >= p.claimLimit) return refused('claim-limit', { count: p.provisionalClaims });
  return { outcome: 'claimed' };
}
