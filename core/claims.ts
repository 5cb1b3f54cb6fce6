/**
 * A System ID that a person typed gives a provisional claim: several may wait on one System ID, none blocks another. The
 * system's own word proves one of them, and the first proof ends the others.
 */
export interface WaitingClaim {
  association: string;
  registration: string;
  systemId: string;
}

export interface SystemSaid {
  systemId: string;
  /** The registration number that the system says it shows, in a request or check-in. */
  registration: string | undefined;
}

export type ProofOutcome =
  | { outcome: 'proven'; claim: WaitingClaim; beaten: readonly WaitingClaim[] }
  | { outcome: 'nothing-to-prove' };

/** `current`: the registration for which the System ID is current already; then no claim on it can win any more. */
export function decideProof(
  said: SystemSaid,
  waiting: readonly WaitingClaim[],
  current: string | undefined,
): ProofOutcome {
  const claim = waiting.find((c) => c.systemId === said.systemId && c.registration === said.registration);
  if (!claim || current !== undefined) return { outcome: 'nothing-to-prove' };
  const beaten = waiting.filter((c) => c.systemId === said.systemId && c.association !== claim.association);
  return { outcome: 'proven', claim, beaten };
}
