/**
 * Is this check-in the next word of the one system that has this System ID? The counter and the token that changes with
 * every check-in tell two live copies apart; one lost reply is forgiven. (docs/documents.md, Check-in and answer)
 */
export interface KnownSystem {
  checkInN: number;
  token: string | undefined;
  previousToken: string | undefined;
  /** The previous token was accepted once and no current one was seen since. */
  forgiven: boolean;
  /** A party settled a conflict: what the system says next is believed. */
  resync: boolean;
  instance: string | undefined;
}

export interface SaidAtCheckIn {
  n: number;
  token: string | undefined;
  instance: string | undefined;
}

export type CheckInOrder =
  | { outcome: 'next'; forgiven: boolean }
  /** `restored`: the known installation from an old backup. `copy`: another installation. */
  | { outcome: 'conflict'; kind: 'restored' | 'copy' };

export function orderOfCheckIn(known: KnownSystem, said: SaidAtCheckIn): CheckInOrder {
  if (known.resync) return { outcome: 'next', forgiven: false };
  if (said.n > known.checkInN) {
    if (said.token === known.token) return { outcome: 'next', forgiven: false };
    const lostOneReply = said.token === known.previousToken && known.token !== undefined && !known.forgiven;
    if (lostOneReply) return { outcome: 'next', forgiven: true };
  }
  const restored = said.instance !== undefined && said.instance === known.instance;
  return { outcome: 'conflict', kind: restored ? 'restored' : 'copy' };
}
