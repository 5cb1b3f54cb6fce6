/**
 * A System ID that a person typed, or brought in a file or QR code, gives a provisional claim: several may wait on one
 * System ID, none blocks another. The system's own word proves one of them, and the first proof ends the others.
 */
export interface WaitingClaim {
  association: string;
  registration: string;
  systemId: string;
  /** The sequences of the registration codes that were issued for it. */
  sequences: readonly number[];
}

export interface SystemSaid {
  systemId: string;
  /** The registration number that the system says it shows, in a request or check-in. */
  registration: string | undefined;
  /** The sequence of the code that it says it accepted last, 0 if none. */
  sequence: number;
}

export type ProofOutcome =
  | { outcome: 'proven'; claim: WaitingClaim; beaten: readonly WaitingClaim[] }
  | { outcome: 'nothing-to-prove' };

/**
 * Which claim the system's word proves: by the number that it shows, or, where it knows none, by the code that it accepted.
 * `current`: the registration for which the System ID is current already; then no claim on it can win any more.
 */
export function decideProof(
  said: SystemSaid,
  waiting: readonly WaitingClaim[],
  current: string | undefined,
): ProofOutcome {
  const claims = waiting.filter((one) => one.systemId === said.systemId);
  const claim =
    said.registration === undefined
      ? claims.find((one) => one.sequences.includes(said.sequence))
      : claims.find((one) => one.registration === said.registration);
  if (!claim || current !== undefined) return { outcome: 'nothing-to-prove' };
  return { outcome: 'proven', claim, beaten: claims.filter((one) => one.association !== claim.association) };
}
