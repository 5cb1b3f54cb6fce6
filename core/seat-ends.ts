import { may, type RegistrationState, type Seat, type Who } from './permissions.ts';
import { type Refused, refused } from './refusals.ts';

/** How a seat ends without anybody in its place: the end user ends the integrator's, or the integrator leaves its own. */

interface Facts {
  state: RegistrationState;
  site: string;
  who: Who;
  /** Everybody who acts for a seat. */
  parties: readonly { seat: Seat; holder: string }[];
}

/** `seen`: the integrator that the page named. Who came after it has not been meant. */
export function decideEnd(p: Facts & { seen: string }): { outcome: 'may' | 'already' | 'changed-since' } | Refused {
  const allowed = may('end-integrator', p.state, p.who);
  if (allowed !== 'yes') return refused(allowed, { site: p.site });
  const integrator = p.parties.find((party) => party.seat === 'integrator');
  if (!integrator) return { outcome: 'already' };
  return { outcome: integrator.holder === p.seen ? 'may' : 'changed-since' };
}

/**
 * An integrator may always go. Where nobody would be left it has to insist, because then nobody reads the registration any
 * more; one without a System ID could never be taken up again, so it is handed over or closed instead.
 */
export function decideResign(p: Facts & { insists: boolean }): { outcome: 'may' | 'nobody-left' } | Refused {
  const allowed = may('resign', p.state, p.who);
  if (allowed !== 'yes') return refused(allowed, { site: p.site });
  if (p.parties.some((party) => party.seat === 'end-user')) return { outcome: 'may' };
  return { outcome: p.insists && p.state !== 'prepared' ? 'may' : 'nobody-left' };
}
