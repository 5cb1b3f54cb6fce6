import { may, type RegistrationState, type Who } from './permissions.ts';
import { type Refused, refused } from './refusals.ts';

/**
 * A system that was registered before was registered *as new*, by the one party or the other. Whoever has a seat on both
 * registrations merges them, if nobody but the parties of the older one ever had a seat on the fresh one. The older
 * registration keeps number, seats, data and history and takes the System ID over; the fresh one leads to it for ever.
 */
export interface MergeProposal {
  kept:
    | {
        number: string;
        site: string;
        state: RegistrationState;
        who: Who;
        /** Each is an account, or an organisation. */
        parties: readonly string[];
      }
    | undefined;
  fresh:
    | {
        number: string;
        state: RegistrationState;
        who: Who;
        /** Everybody who ever had a seat on it. */
        partiesEver: readonly string[];
        association: string | undefined;
      }
    | undefined;
}

export type MergeOutcome = { outcome: 'merged'; association: string } | Refused;

export function decideMerge(p: MergeProposal): MergeOutcome {
  const { kept, fresh } = p;
  if (!kept || !fresh || kept.number === fresh.number) return refused('not-among-yours');
  const allowed = firstNo(may('associate', kept.state, kept.who), may('merge', fresh.state, fresh.who));
  if (allowed !== 'yes') return refused(allowed, { site: kept.site });
  const strangers = fresh.partiesEver.some((party) => !kept.parties.includes(party));
  if (strangers || !fresh.association) return refused('not-among-yours');
  return { outcome: 'merged', association: fresh.association };
}

function firstNo<T extends string>(...answers: T[]): T | 'yes' {
  return answers.find((answer) => answer !== 'yes') ?? 'yes';
}
